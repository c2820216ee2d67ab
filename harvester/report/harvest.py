"""What a harvest did, per source: a table for people, one object for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import timedelta
from typing import Any, Final

from harvester.model import Run, SourceRun
from harvester.report.exported import exported_json, left_out_lines
from harvester.report.health import health_json, health_lines, since
from harvester.report.moments import clock, hours, iso
from harvester.report.terminal import Column, table
from harvester.report.texts import say

RESOURCE_KEYS: Final = ("added", "changed", "unchanged", "missing", "removed")
SEVERITIES: Final = ("error", "warning", "info")
_COUNTS: Final = ("datasets", "added", "changed", "unchanged", "removed", "held")
_FINDINGS: Final = ("errors", "warnings", "tips")


def harvest_table(run: Run, lang: str, width: int) -> list[str]:
    """One row per source and a total; then what was exported."""
    columns = [
        Column(say("column.source", lang), narrowest=16),
        Column(say("column.outcome", lang)),
        Column(say("column.documents", lang), numeric=True),
        *(Column(say(f"column.{name}", lang), numeric=True) for name in (*_COUNTS, *_FINDINGS)),
        Column(say("column.seconds", lang), numeric=True),
    ]
    rows = [_row(source, lang) for source in run.sources]
    if len(rows) > 1:
        rows.append(_total(run, lang))
    lines = table(columns, rows, width)
    return [
        *lines,
        "",
        say("harvest.legend", lang),
        *export_lines(run, lang),
        *verdict_table(run, lang, width),
    ]


def verdict_table(run: Run, lang: str, width: int) -> list[str]:
    """The sources that new rules alone judge otherwise, with their findings before and after."""
    if not run.rejudged:
        return []
    columns = [
        Column(say("column.source", lang), narrowest=16),
        *(Column(say(f"column.{name}", lang), numeric=True) for name in _FINDINGS),
    ]
    rows = [
        [one.id, *(f"{one.before.get(name, 0)} → {one.after.get(name, 0)}" for name in SEVERITIES)]
        for one in run.rejudged
    ]
    heading = say("harvest.rejudged", lang, count=len(rows))
    return ["", heading, *table(columns, rows, width)]


def export_lines(run: Run, lang: str) -> list[str]:
    """What was exported, where to, and what was left out."""
    lines: list[str] = []
    for exported in run.exports:
        lines.append(
            say(
                "harvest.unchanged" if exported.unchanged else "harvest.export",
                lang,
                triples=exported.triples,
                path=exported.path,
                target=exported.target,
            )
        )
        lines += left_out_lines(exported, lang)
    if any(astuple(run.pruned)):
        lines.append(say("harvest.pruned", lang, **asdict(run.pruned)))
    return lines


def harvest_json(run: Run, lang: str) -> dict[str, Any]:
    """The object of ``harvest --json`` (docs/cli.md)."""
    return {
        "run": run.run,
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        "sources": [
            source_json(source, lang) | {"normalised": dict(source.normalised)}
            for source in run.sources
        ],
        "export": [exported_json(exported) for exported in run.exports],
        "rejudged": [
            {"id": one.id, "before": dict(one.before), "after": dict(one.after)}
            for one in run.rejudged
        ],
        "health": {one.id: health_json(one, run.started) for one in run.health},
        "postponed": [{"id": one.id, "since": iso(one.since)} for one in run.postponed],
        "export_held": {name: why.in_language(lang) for name, why in run.held_exports.items()},
        "pruned": asdict(run.pruned),
    }


def source_json(source: SourceRun, lang: str) -> dict[str, Any]:
    """One source of ``harvest --json``."""
    return {
        "id": source.id,
        "outcome": str(source.outcome),
        "complete": source.complete,
        "not_modified": source.not_modified,
        "documents": source.documents,
        "bytes": source.bytes,
        "resources": _counts(source.resources, RESOURCE_KEYS),
        "datasets": source.datasets,
        "findings": _counts(source.findings, SEVERITIES),
        "held": source.held.in_language(lang) if source.held is not None else None,
        "error": source.error.in_language(lang) if source.error is not None else None,
        "seconds": round(source.seconds, 3),
    }


def problems(run: Run, lang: str) -> list[str]:
    """One line per source that failed or is held: which, how, since when, why."""
    lines = []
    again = {one.id: one for one in run.health if one.tries > 1}
    for source in run.sources:
        text = source.held or source.error
        reason = text.in_language(lang) if text is not None else ""
        if source.outcome.failed or source.held is not None:
            outcome = say(f"outcome.{source.outcome}", lang)
            if source.id in again:
                outcome += f" {since(again[source.id], lang)}"
            lines.append(
                f"{source.id}: {outcome}: {reason}" if reason else f"{source.id}: {outcome}"
            )
    return lines


def postponed_lines(run: Run, limit: timedelta, lang: str) -> list[str]:
    """One line per source that there was no time for, and since when it waits."""
    return [
        say("harvest.postponed", lang, id=one.id, limit=hours(limit), when=clock(one.since, lang))
        for one in run.postponed
    ]


def _counts(found: Mapping[str, int], keys: Sequence[str]) -> dict[str, int]:
    return {key: found.get(key, 0) for key in keys}


def _numbers(source: SourceRun) -> list[int]:
    resources = _counts(source.resources, RESOURCE_KEYS)
    return [
        source.documents,
        source.datasets,
        resources["added"],
        resources["changed"],
        resources["unchanged"],
        resources["removed"],
        resources["missing"],
        *_counts(source.findings, SEVERITIES).values(),
    ]


def _row(source: SourceRun, lang: str) -> list[str]:
    outcome = say(f"outcome.{source.outcome}", lang)
    return [source.id, outcome, *map(str, _numbers(source)), f"{source.seconds:.1f}"]


def _total(run: Run, lang: str) -> list[str]:
    sums = [sum(column) for column in zip(*map(_numbers, run.sources), strict=True)]
    return [say("total", lang), "", *map(str, sums), f"{run.seconds:.1f}"]


def attention_lines(run: Run, limit: timedelta, lang: str) -> list[str]:
    """All that a person should know after a run, one line a thing; ``limit`` is the run's time."""
    return [
        *problems(run, lang),
        *(why.in_language(lang) for why in run.held_exports.values()),
        *postponed_lines(run, limit, lang),
        *health_lines(run.health, lang, run.started),
        *verdict_lines(run, lang),
        *outcome_lines(run.sources, lang),
    ]


def verdict_lines(run: Run, lang: str) -> list[str]:
    """One line when new rules alone find more errors than those before."""
    worse = [one for one in run.rejudged if one.after.get("error", 0) > one.before.get("error", 0)]
    names = ", ".join(one.id for one in worse)
    return [say("harvest.worse", lang, count=len(worse), names=names)] if worse else []


def outcome_lines(sources: Sequence[SourceRun], lang: str) -> list[str]:
    """The sentence behind exit codes 3 and 4, with the counts."""
    failed = sum(source.outcome.failed for source in sources)
    held = sum(source.held is not None for source in sources)
    lines = [say("harvest.failed", lang, count=failed, total=len(sources))] if failed else []
    return lines + ([say("harvest.held", lang, count=held, total=len(sources))] if held else [])
