"""What needs a look, judged from a source's own past."""

from datetime import UTC, datetime, timedelta

import pytest

from harvester.upkeep import Good, Health, expiring, shrinking, slow

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def sizes(*counts: int) -> list[Good]:
    return [Good("ok", count, 1.0) for count in counts]


def durations(*seconds: float, outcome: str = "ok") -> list[Good]:
    return [Good(outcome, 1, one) for one in seconds]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((100, 95, 91, 88), (100, 88)),
        ((100, 100, 95, 95, 91, 91, 88), (100, 88)),
        ((100, 95, 96, 90, 85, 80), (100, 80)),
        ((100, 50), None),  # once: a guard's matter, and the operator has said yes
        ((100, 95, 91), None),
        ((10, 9, 10, 9, 10, 9), None),
        ((88, 91, 95, 100), None),
        ((), None),
        ((7,), None),
    ],
)
def test_who_loses_datasets_run_after_run_shrinks(counts, found):
    """Three falls more than rises; each of them may be small enough for every guard."""
    assert shrinking(sizes(*counts)) == found


def test_what_was_long_ago_is_over():
    """Ten good runs are looked at: a source that settled is well again."""
    assert shrinking(sizes(100, 90, 80, *[70] * 9)) is None
    assert shrinking(sizes(100, 90, 80, 70, *[70] * 6)) == (100, 70)


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        ((2, 3, 2, 3, 2, 40), (40, 2)),
        ((2, 3, 2, 3, 2, 9), None),  # over three times the usual, but nobody waits for 7 s
        ((20, 30, 20, 30, 20, 50), None),
        ((2, 3, 2, 3, 40), None),  # nothing is usual yet
        ((), None),
    ],
)
def test_who_takes_far_longer_than_is_usual_is_slow(seconds, found):
    """Three times the median of at least five runs, and ten seconds more."""
    assert slow(durations(*seconds)) == found


def test_only_runs_of_the_same_outcome_are_compared():
    """A night with a new catalog is not slow because the others had nothing to read."""
    unchanged = durations(*[0.1] * 9, outcome="unchanged")
    assert slow([*unchanged, *durations(60)]) is None
    assert slow([*durations(*[60] * 6), *unchanged]) is None


def test_certificates_are_told_three_weeks_before():
    """Also those that are past it; without TLS there is none."""
    soon, late = NOW + timedelta(days=20, hours=23), NOW + timedelta(days=21)
    assert expiring(soon, NOW) == soon
    assert expiring(late, NOW) is None
    assert expiring(NOW - timedelta(days=1), NOW) is not None
    assert expiring(None, NOW) is None


def test_well_is_who_has_nothing_of_it():
    """One thing is enough to need a look."""
    assert Health("a").well
    assert not Health("a", tries=1).well
    assert not Health("a", certificate=NOW).well
