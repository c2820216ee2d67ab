"""What a run tells of itself, as events for its log."""

from harvester.events import Event
from harvester.model import Exported, SourceRun
from harvester.report.moments import iso
from harvester.upkeep import Health, Postponed


def run_started(number: int, command: str, sources: int) -> Event:
    """The number that all further lines carry; how many sources are to be harvested."""
    return Event("run-started", fields={"number": number, "command": command, "sources": sources})


def run_ended(exit_code: int, seconds: float, state: str) -> Event:
    """How the run ended; ``state`` is *finished* or *interrupted*."""
    return Event(
        "run-ended",
        fields={"state": state, "exit_code": exit_code, "seconds": round(seconds, 3)},
    )


def source_ended(entry: SourceRun) -> Event:
    """How one source ended; ``cause`` is the slug of what went wrong."""
    return Event(
        "source-ended",
        entry.id,
        {
            "outcome": str(entry.outcome),
            "documents": entry.documents,
            "bytes": entry.bytes,
            "datasets": entry.datasets,
            **entry.resources,
            "seconds": entry.seconds,
            "held": entry.held.en if entry.held is not None else None,
            "cause": entry.event or None,
            "error": entry.error.en if entry.error is not None else None,
        },
    )


def source_postponed(one: Postponed) -> Event:
    """There was no time for the source; ``since`` is its last try."""
    return Event("source-postponed", one.id, {"since": iso(one.since)})


def source_unwell(health: Health) -> Event:
    """The source needs a look."""
    before, after = health.shrunk or (None, None)
    seconds, usual = health.slow or (None, None)
    return Event(
        "source-unwell",
        health.id,
        {
            "failing_since": iso(health.failing_since),
            "tries": health.tries or None,
            "datasets_before": before,
            "datasets_after": after,
            "seconds": seconds,
            "usual_seconds": usual,
            "certificate_expires": iso(health.certificate),
        },
    )


def export_written(exported: Exported) -> Event:
    """One export is in its place."""
    return Event(
        "export-written",
        fields={
            "target": exported.target,
            "path": str(exported.path),
            "triples": exported.triples,
            "sha256": exported.sha256,
        },
    )
