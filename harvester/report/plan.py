"""What reading sources gave, with nothing written: counts and names per source."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from harvester.model import Kind, Severity, SourceResult


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
        "error": result.error.in_language(lang) if result.error is not None else None,
        "seconds": round(result.seconds, 3),
    }


def reasons(results: Iterable[SourceResult], lang: str) -> Iterator[str]:
    """One line per source that failed."""
    for result in results:
        if result.error is not None:
            yield f"{result.source.id}: {result.error.in_language(lang)}"
