"""Many nights in a row with data that drift: neither the store nor the night grows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from harvester.model import Retention, Source
from tests.harvesting import catalog, harvested, settings_of, turtle
from tests.servers import LOOPBACK, FileServer
from tests.store.night import NOW

NAMES = ("drift", "edits", "calm")


@dataclass(frozen=True)
class Measured:
    """One night: bytes of the store and of the bodies, seconds, log rows pruned."""

    store: int
    bodies: int
    seconds: float
    pruned: int


def nights(folder: Path, count: int, size: int, retention: Retention) -> Iterator[Measured]:
    """Let nights pass over three sources of ``size`` datasets.

    Each night *drift* has one new dataset for its oldest, *edits* changes every one's catalog,
    *calm* stays as it is.
    """
    with FileServer({}) as server:
        sources = [Source(n, server.url(f"/{n}"), allow_private=(LOOPBACK,)) for n in NAMES]
        settings = settings_of(folder, sources, retention)
        for number in range(1000, 1000 + count):  # as many digits each night
            server.files = {
                "/drift": turtle(catalog("drift", range(number, number + size))),
                "/edits": turtle(catalog("edits", range(size), f"natt {number}")),
                "/calm": turtle(catalog("calm", range(size))),
            }
            run = harvested(settings, now=NOW + timedelta(days=number))
            assert [one.outcome.failed for one in run.sources] == [False] * 3
            yield Measured(
                store=settings.store.stat().st_size,
                bodies=sum(one.stat().st_size for one in settings.bodies.rglob("*/*")),
                seconds=run.seconds,
                pruned=run.pruned.runs,
            )


@pytest.mark.case("F35")
def test_eight_nights_with_a_policy_of_one_day(tmp_path):
    """After the policy's days the bodies and the log stand still."""
    policy = Retention(timedelta(days=1), timedelta(days=1))
    found = list(nights(tmp_path, 8, 4, policy))
    assert [one.pruned > 0 for one in found] == [False] * 3 + [True] * 5
    assert found[-1].bodies == found[4].bodies
    assert found[-1].store <= found[4].store * 1.1


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.case("F35")
@pytest.mark.timeout(3600)
def test_four_hundred_nights(tmp_path):
    """The last fifty nights cost no more room and no more time than the first fifty did.

    The first nights until the policy bites are not counted: they fill the store.
    """
    policy = Retention(timedelta(days=20), timedelta(days=10))
    found = list(nights(tmp_path, 400, 20, policy))
    first, last = found[25:75], found[-50:]
    assert median(one.store for one in last) <= 1.1 * median(one.store for one in first)
    assert median(one.bodies for one in last) <= 1.1 * median(one.bodies for one in first)
    assert median(one.seconds for one in last) <= 1.5 * median(one.seconds for one in first)
