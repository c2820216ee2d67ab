"""What to do first: what each failing indicator would give, the most first."""

from dataclasses import dataclass

from harvester.quality.checks import ANSWERS
from harvester.quality.indicators import INDICATORS, Indicator
from harvester.quality.measure import Assessment


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do: the points it gives a catalog, and what to do it to.

    ``certain`` is false where the points come only if an address answers.
    """

    indicator: Indicator
    gain: float
    certain: bool
    resources: tuple[str, ...]


def advice(assessment: Assessment) -> tuple[Advice, ...]:
    """What would raise the points of a catalog, ranked by gain, certain ones before others.

    The gain is of the exact share, so that one failing dataset of a thousand still shows.
    """
    found = [
        Advice(
            tally.indicator,
            round(tally.indicator.points * len(tally.failing) / tally.checks, 2),
            tally.indicator.metric not in ANSWERS,
            tally.failing,
        )
        for tally in assessment.tallies
        if tally.failing
    ]
    order = {indicator.metric: number for number, indicator in enumerate(INDICATORS)}
    found.sort(key=lambda one: (not one.certain, -one.gain, order[one.indicator.metric]))
    return tuple(found)
