"""What a harvest would do, with nothing written: counts and names per source."""

from collections.abc import Sequence
from typing import Any, Final

from harvester.model import Kind, Severity, SourceResult
from harvester.report.terminal import cut, visible
from harvester.report.texts import say

SHOWN: Final = 5
_SIGNS: Final = (("added", "+"), ("changed", "~"), ("removed", "-"))


def plan_lines(results: Sequence[SourceResult], lang: str, width: int) -> list[str]:
    """A line per source, and under it the first names of what is added, changed and removed."""
    lines: list[str] = []
    for result in results:
        plan = result.plan
        counts = [f"{len(getattr(plan, name))} {say(f'plan.{name}', lang)}" for name, _ in _SIGNS]
        counts.append(f"{plan.unchanged} {say('plan.unchanged', lang)}")
        outcome = say(f"outcome.{result.outcome}", lang)
        what = say("plan.nothing", lang) if not _changes(result) else ", ".join(counts)
        lines.append(f"{result.source.id}: {outcome}: {visible(result.error) or what}")
        if plan.held is not None:
            lines.append(f"  ! {visible(plan.held.in_language(lang))}")
        for name, sign in _SIGNS:
            names: tuple[str, ...] = getattr(plan, name)
            lines += [cut(f"  {sign} {visible(iri)}", width) for iri in names[:SHOWN]]
            if len(names) > SHOWN:
                lines.append(f"  {sign} {say('plan.more', lang, count=len(names) - SHOWN)}")
    return lines


def plan_json(results: Sequence[SourceResult], lang: str) -> dict[str, Any]:
    """Everything, every name: ``{"sources": [...]}``."""
    return {"sources": [_source(result, lang) for result in results]}


def _source(result: SourceResult, lang: str) -> dict[str, Any]:
    plan, state = result.plan, result.state
    severities = [finding.severity for finding in state.findings] if state else []
    return {
        "id": result.source.id,
        "outcome": str(result.outcome),
        "complete": result.complete,
        "documents": len(result.documents),
        "datasets": state.count(Kind.DATASET) if state else None,
        "findings": {str(s): severities.count(s) for s in Severity} if state else None,
        "added": list(plan.added),
        "changed": list(plan.changed),
        "removed": list(plan.removed),
        "unchanged": plan.unchanged,
        "held": plan.held.in_language(lang) if plan.held is not None else None,
        "error": result.error or None,
        "seconds": round(result.seconds, 3),
    }


def _changes(result: SourceResult) -> bool:
    return any(getattr(result.plan, name) for name, _ in _SIGNS)
