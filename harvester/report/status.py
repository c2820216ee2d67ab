"""How every source stands: last good answer, last try, datasets, last change, state."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from harvester.report.health import health_json, health_of
from harvester.report.moments import clock, hours, iso
from harvester.report.terminal import Column, table, visible
from harvester.report.texts import say

if TYPE_CHECKING:
    from harvester.store.views import SourceStatus


Uptime = Mapping[str, tuple[int, int]]
NEVER_TRIED: Final[Uptime] = MappingProxyType({})
UPTIME_OVER: Final = timedelta(days=30)


def state_of(status: "SourceStatus", now: datetime, stale: timedelta | None) -> str:
    """One word: ``new``, ``stale`` (no good answer for longer than that), or the outcome's kind."""
    if status.last_try is None:
        return "new"
    if is_stale(status, now, stale):
        return "stale"
    if status.held is not None:
        return "held"
    return "failing" if status.outcome is not None and status.outcome.failed else "ok"


def is_stale(status: "SourceStatus", now: datetime, stale: timedelta | None) -> bool:
    """Whether a configured source had no good answer within ``stale``."""
    if stale is None or not status.configured:
        return False
    return status.last_good is None or now - status.last_good > stale


def status_table(
    statuses: Sequence["SourceStatus"],
    lang: str,
    width: int,
    *,
    now: datetime,
    stale: timedelta | None,
    uptime: Uptime = NEVER_TRIED,
) -> list[str]:
    """One row per source; its change is that of the last run that changed something."""
    if not statuses:
        return [say("status.empty", lang)]
    columns = [
        Column(say("column.source", lang), narrowest=16),
        Column(say("column.state", lang)),
        Column(say("column.last_good", lang)),
        Column(say("column.last_try", lang)),
        Column(say("column.uptime", lang), numeric=True),
        Column(say("column.datasets", lang), numeric=True),
        Column(say("column.change", lang)),
        Column(say("column.title", lang), narrowest=5),
    ]
    rows = [
        [
            status.id,
            say(f"state.{state_of(status, now, stale)}", lang),
            clock(status.last_good, lang),
            clock(status.last_try, lang),
            _percent(uptime.get(status.id)),
            str(status.datasets),
            _change(status),
            status.title if status.configured else say("status.left", lang),
        ]
        for status in statuses
    ]
    return table(columns, rows, width)


def status_problems(
    statuses: Sequence["SourceStatus"], lang: str, *, now: datetime, stale: timedelta | None
) -> list[str]:
    """One line per stale source, and the reason of its last failure."""
    return [
        say(
            "status.stale",
            lang,
            id=status.id,
            when=clock(status.last_good, lang),
            limit=hours(stale),
        )
        + (f": {visible(status.error.in_language(lang))}" if status.error is not None else "")
        for status in statuses
        if stale is not None and is_stale(status, now, stale)
    ]


def status_json(
    statuses: Sequence["SourceStatus"],
    lang: str,
    *,
    now: datetime,
    stale: timedelta | None,
    uptime: Uptime = NEVER_TRIED,
) -> dict[str, Any]:
    """``{"sources": [...]}``, times in ISO 8601 with their offset; ``uptime_30d`` from 0 to 1."""
    return {
        "sources": [
            {
                "id": status.id,
                "title": status.title,
                "url": status.url,
                "configured": status.configured,
                "state": state_of(status, now, stale),
                "outcome": str(status.outcome) if status.outcome is not None else None,
                "last_good": iso(status.last_good),
                "last_try": iso(status.last_try),
                "failing_since": iso(status.failing_since),
                "health": health_json(health_of(status, now), now),
                "uptime_30d": _share(uptime.get(status.id)),
                "datasets": status.datasets,
                "resources": status.resources,
                "findings": dict(status.findings),
                "last_changed": iso(status.last_changed),
                "change": dict(status.last_change),
                "held": status.held.in_language(lang) if status.held is not None else None,
                "error": status.error.in_language(lang) if status.error is not None else None,
            }
            for status in statuses
        ]
    }


def _share(tries: tuple[int, int] | None) -> float | None:
    return None if tries is None or not tries[0] else round(tries[1] / tries[0], 4)


def _percent(tries: tuple[int, int] | None) -> str:
    share = _share(tries)
    # 99.9 % is not 100 %: a source that failed once is not shown as one that never did
    return "-" if share is None else f"{math.floor(share * 100)}%"


def _change(status: "SourceStatus") -> str:
    change = status.last_change
    signs = (("+", "added"), ("~", "changed"), ("-", "removed"))
    return " ".join(f"{sign}{change[name]}" for sign, name in signs if change.get(name)) or "="
