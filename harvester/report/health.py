"""What of each source needs a look, one line a thing."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from harvester.report.moments import clock, iso
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.upkeep import Health, expiring, shrinking, slow

if TYPE_CHECKING:
    from harvester.store.views import SourceStatus


def health_of(status: "SourceStatus", now: datetime) -> Health:
    """Judge how one source fares."""
    return Health(
        status.id,
        status.failing_since,
        status.tries,
        shrinking(status.lately),
        slow(status.lately) if not status.tries else None,
        expiring(status.certificate, now),
    )


def unwell(statuses: Iterable["SourceStatus"], now: datetime) -> tuple[Health, ...]:
    """The configured sources that need a look."""
    judged = [health_of(status, now) for status in statuses if status.configured]
    return tuple(health for health in judged if not health.well)


def since(health: Health, lang: str) -> str:
    """``2026-11-20 03:00 (3 tries)``."""
    when = clock(health.failing_since, lang)
    if health.tries == 1:
        return say("health.since_once", lang, when=when)
    return say("health.since", lang, when=when, tries=health.tries)


def failing_lines(found: Sequence[Health], reasons: Mapping[str, str], lang: str) -> list[str]:
    """One line per source that has no good answer, with the newest reason."""
    return [
        say("health.failing", lang, id=one.id, since=since(one, lang))
        + (f": {visible(reasons[one.id])}" if reasons.get(one.id) else "")
        for one in found
        if one.tries
    ]


def health_lines(found: Sequence[Health], lang: str, now: datetime) -> list[str]:
    """One line for each source that shrinks, is slow, or whose certificate expires soon."""
    lines = []
    for one in found:
        if one.shrunk is not None:
            before, after = one.shrunk
            lines.append(say("health.shrinking", lang, id=one.id, before=before, after=after))
        if one.slow is not None:
            last, usual = one.slow
            lines.append(
                say("health.slow", lang, id=one.id, last=f"{last:.0f}", usual=f"{usual:.1f}")
            )
        if one.certificate is not None:
            days = days_left(one.certificate, now)
            when = clock(one.certificate, lang)
            lines.append(
                say(
                    "health.certificate" if days >= 0 else "health.expired",
                    lang,
                    id=one.id,
                    days=days,
                    when=when,
                )
            )
    return lines


def health_json(health: Health, now: datetime) -> dict[str, Any]:
    """The same for programs; what is well is ``null``."""
    return {
        "failing_since": iso(health.failing_since),
        "tries": health.tries,
        "shrinking": None
        if health.shrunk is None
        else {"before": health.shrunk[0], "after": health.shrunk[1]},
        "slow": None
        if health.slow is None
        else {"seconds": health.slow[0], "usual": health.slow[1]},
        "certificate_expires": iso(health.certificate),
        "certificate_days": None
        if health.certificate is None
        else days_left(health.certificate, now),
    }


def days_left(end: datetime, now: datetime) -> int:
    """Whole days until ``end``; negative when it is past."""
    return math.floor((end - now).total_seconds() / 86400)
