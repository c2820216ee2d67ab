"""The runs of one source, and what each changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from harvester.report.harvest import source_json
from harvester.report.moments import clock
from harvester.report.terminal import cut, visible
from harvester.report.texts import say

if TYPE_CHECKING:
    from harvester.store.views import HistoryEntry

SHOWN: Final = 10
SIGNS: Final = {"added": "+", "changed": "~", "removed": "-", "winner": "*"}


def history_lines(
    source: str, entries: Sequence["HistoryEntry"], lang: str, width: int
) -> list[str]:
    """Newest first: a line per run, and under it the first things that it changed."""
    if not entries:
        return [say("history.empty", lang, id=visible(source))]
    lines: list[str] = []
    for entry in entries:
        run = entry.source_run
        numbers = " ".join(
            f"{sign}{run.resources.get(name, 0)}"
            for name, sign in SIGNS.items()
            if run.resources.get(name)
        )
        outcome = say(f"outcome.{run.outcome}", lang)
        what = numbers or say("plan.nothing", lang)
        text = run.held or run.error
        reason = text.in_language(lang) if text is not None else ""
        lines.append(
            say(
                "history.run",
                lang,
                run=run.run,
                when=clock(entry.at, lang),
                outcome=outcome,
                what=visible(reason) or what,
                datasets=run.datasets,
            )
        )
        lines += [
            cut(f"  {SIGNS.get(change.change, '?')} {change.kind} {visible(change.iri)}", width)
            for change in entry.changes[:SHOWN]
        ]
        if len(entry.changes) > SHOWN:
            lines.append("  " + say("plan.more", lang, count=len(entry.changes) - SHOWN))
    return lines


def history_json(source: str, entries: Sequence["HistoryEntry"], lang: str) -> dict[str, Any]:
    """Every run and every change: ``{"source": ..., "runs": [...]}``."""
    return {
        "source": source,
        "runs": [
            {
                "run": entry.source_run.run,
                "at": entry.at.isoformat(timespec="seconds"),
                **source_json(entry.source_run, lang),
                "changes": [
                    {
                        "iri": change.iri,
                        "change": change.change,
                        "kind": str(change.kind),
                        "from_source": change.from_source,
                    }
                    for change in entry.changes
                ],
            }
            for entry in entries
        ],
    }
