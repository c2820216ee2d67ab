"""What a harvest would change, property by property: for the terminal and programs."""

from typing import Any, Final

from harvester.model import SourceResult
from harvester.plan_diff import Preview, PropertyChange, ResourceChange
from harvester.report.plan import plan_json
from harvester.report.show import normalisation_json
from harvester.report.terminal import cut, visible
from harvester.report.texts import say

SHOWN: Final = 5
SIGNS: Final = {"added": "+", "changed": "~", "removed": "-"}


def preview_lines(preview: Preview, lang: str, width: int) -> list[str]:
    """A line per source, and under it the first of what is added, changed and removed."""
    lines: list[str] = []
    for result, changes in preview.sources:
        lines.append(f"{result.source.id}: {_summary(result, lang)}")
        if result.plan.held is not None:
            lines.append(f"  ! {visible(result.plan.held.in_language(lang))}")
        for change, sign in SIGNS.items():
            some = [one for one in changes if one.change == change]
            for one in some[:SHOWN]:
                lines.append(cut(f"  {sign} {_name(one)}", width))
                lines += [cut(f"      {line}", width) for line in _properties(one, lang)]
            if len(some) > SHOWN:
                lines.append(f"  {sign} {say('plan.more', lang, count=len(some) - SHOWN)}")
    for winner in preview.winners:
        text = say(
            "plan.winner",
            lang,
            iri=visible(winner.iri),
            old=winner.from_source,
            new=winner.to_source,
            reason=winner.reason,
        )
        lines.append(cut(text, width))
    return lines


def preview_json(preview: Preview, lang: str) -> dict[str, Any]:
    """Everything: as ``plan_json``, each source with its ``changes``, and ``winners``."""
    answer = plan_json([result for result, _ in preview.sources], lang)
    for source, (_, changes) in zip(answer["sources"], preview.sources, strict=True):
        source["changes"] = [
            {
                "change": one.change,
                "iri": one.iri,
                "kind": str(one.kind),
                "title": one.title,
                "properties": [
                    {"property": p.path, "before": list(p.before), "after": list(p.after)}
                    for p in one.properties
                ],
                "normalisations": [normalisation_json(n) for n in one.normalisations],
            }
            for one in changes
        ]
    answer["winners"] = [
        {"iri": w.iri, "from": w.from_source, "to": w.to_source, "reason": w.reason}
        for w in preview.winners
    ]
    return answer


def _summary(result: SourceResult, lang: str) -> str:
    plan = result.plan
    outcome = say(f"outcome.{result.outcome}", lang)
    if result.error is not None:
        return f"{outcome}: {visible(result.error.in_language(lang))}"
    if not (plan.added or plan.changed or plan.removed):
        return f"{outcome}: {say('plan.nothing', lang)}"
    counts = [f"{len(getattr(plan, name))} {say(f'plan.{name}', lang)}" for name in SIGNS]
    counts.append(f"{plan.unchanged} {say('plan.unchanged', lang)}")
    return f"{outcome}: {', '.join(counts)}"


def _name(change: ResourceChange) -> str:
    return visible(f"{change.iri}  {change.title}" if change.title else change.iri)


def _properties(change: ResourceChange, lang: str) -> list[str]:
    if change.change == "changed" and not change.properties:
        return [say("plan.structure", lang)]
    lines = [visible(_property(one)) for one in change.properties[:SHOWN]]
    if len(change.properties) > SHOWN:
        lines.append(say("plan.more", lang, count=len(change.properties) - SHOWN))
    return lines


def _property(one: PropertyChange) -> str:
    old, new = ", ".join(one.before), ", ".join(one.after)
    if not new:
        return f"{one.path}: - {old}"
    return f"{one.path}: {old} → {new}" if old else f"{one.path}: + {new}"
