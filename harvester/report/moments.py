"""Moments and spans of time, for people and for programs."""

from datetime import datetime, timedelta

from harvester.report.texts import say


def clock(moment: datetime | None, lang: str) -> str:
    """A moment in the reader's own time zone, to the minute."""
    return say("never", lang) if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def iso(moment: datetime | None) -> str | None:
    """A moment for programs."""
    return None if moment is None else moment.isoformat(timespec="seconds")


def hours(span: timedelta) -> str:
    """``48h``, ``90m``, ``7d``: the shortest exact way to write a span."""
    seconds = int(span.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0 and (unit != "d" or seconds >= 4 * size):
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
