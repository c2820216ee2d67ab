"""What is looked after beside the data: how sources fare, which had to wait, what was pruned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

SHRINKING_OVER: Final = 10  # good runs
FALLS: Final = 3
SLOW_AFTER: Final = 5  # runs: below that nothing is usual yet
SLOW_TIMES: Final = 3
SLOW_FROM: Final = 10.0  # seconds above the usual
EXPIRES_SOON: Final = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Postponed:
    """A source that a run had no time for; ``since`` is its last try, ``None`` if there is none."""

    id: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What retention removed: rows of the run log and of changes, bodies and their bytes."""

    runs: int = 0
    changes: int = 0
    bodies: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A source that new rules alone judge otherwise: its findings by severity, before and after."""

    id: str
    before: Mapping[str, int]
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Good:
    """One good run of one source: *ok* or *unchanged*, live datasets after it, seconds."""

    outcome: str
    datasets: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Health:
    """What of one source needs a look; all empty when it is well.

    ``failing_since`` with the number of ``tries`` since its last good run. ``shrunk``: datasets
    before and after a slow loss. ``slow``: seconds of the last run, and what is usual.
    ``certificate``: when its server's expires, if that is soon.
    """

    id: str
    failing_since: datetime | None = None
    tries: int = 0
    shrunk: tuple[int, int] | None = None
    slow: tuple[float, float] | None = None
    certificate: datetime | None = None

    @property
    def well(self) -> bool:
        """Whether there is nothing to look at."""
        return self == Health(self.id)


def shrinking(lately: Sequence[Good]) -> tuple[int, int] | None:
    """The first and the last number of datasets, if they fall and fall.

    Within the newest ``SHRINKING_OVER`` good runs they fell at least ``FALLS`` times more often
    than they rose. The guards judge one night; this sees the loss that passes them bit by bit.
    """
    counts = [one.datasets for one in lately[-SHRINKING_OVER:]]
    steps = [(after > before) - (after < before) for before, after in pairwise(counts)]
    if -sum(steps) >= FALLS and counts[-1] < counts[0]:
        return counts[0], counts[-1]
    return None


def slow(lately: Sequence[Good]) -> tuple[float, float] | None:
    """The seconds of the newest good run and the (upper) median of those before, if far apart.

    Only runs of the same outcome are compared: an unchanged source costs a request or two.
    """
    if not lately:
        return None
    *before, last = (one.seconds for one in lately if one.outcome == lately[-1].outcome)
    if len(before) < SLOW_AFTER:
        return None
    usual = sorted(before)[len(before) // 2]
    return (last, usual) if last > SLOW_TIMES * usual and last - usual > SLOW_FROM else None


def expiring(certificate: datetime | None, now: datetime) -> datetime | None:
    """The end of a certificate, if it is less than ``EXPIRES_SOON`` away."""
    soon = certificate is not None and certificate - now < EXPIRES_SOON
    return certificate if soon else None
