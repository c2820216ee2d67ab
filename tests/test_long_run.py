"""Many nights in a row with data that drift: neither the store nor the night grows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from harvester.settings import Publication, Retention, Source
from tests.harvesting import catalog, harvested, settings_of, turtle
from tests.nights import rows
from tests.servers import LOOPBACK, FileServer
from tests.store.night import NOW

NAMES = ("drift", "edits", "calm")


@dataclass(frozen=True)
class Measured:
    """One night: bytes of store, bodies, pages, feed and full-text index, log rows pruned.

    ``fragments`` is how many files the feed has, ``seconds`` how long the night took.
    """

    store: int
    bodies: int
    pages: int
    feed: int
    fragments: int
    index: int
    seconds: float
    pruned: int


def nights(
    folder: Path, count: int, size: int, retention: Retention, keep: timedelta
) -> Iterator[Measured]:
    """Let nights pass over three sources of ``size`` datasets, with pages and a feed of ``keep``.

    Each night *drift* has one new dataset for its oldest, *edits* changes every one's catalog,
    *calm* stays as it is.
    """
    with FileServer({}) as server:
        sources = [Source(n, server.url(f"/{n}"), allow_private=(LOOPBACK,)) for n in NAMES]
        pages, feed = folder / "pages", folder / "feed"
        forms = Publication(served=folder, paged=pages, page_size=10, feed=feed, keep=keep)
        settings = replace(settings_of(folder, sources, retention), publications={"se": forms})
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
                pages=sum(one.stat().st_size for one in pages.rglob("*") if one.is_file()),
                feed=sum(one.stat().st_size for one in feed.iterdir()),
                fragments=len(list(feed.glob("2*.trig"))),
                index=rows(settings.store, "SELECT sum(length(block)) FROM search_exact_data")[0][
                    0
                ],
                seconds=run.seconds,
                pruned=run.pruned.runs,
            )


@pytest.mark.case("F35")
def test_eight_nights_with_a_policy_of_one_day(tmp_path):
    """After the policy's days the bodies, the log, the pages and the feed stand still."""
    policy = Retention(timedelta(days=1), timedelta(days=1))
    found = list(nights(tmp_path, 8, 4, policy, timedelta(days=1)))
    assert [one.pruned > 0 for one in found] == [False] * 3 + [True] * 5
    assert found[-1].bodies == found[4].bodies
    assert found[-1].pages == found[4].pages
    assert found[-1].feed <= found[4].feed * 1.1
    assert found[-1].store <= found[4].store * 1.1


def stands_still(found: list[Measured], settled: int, window: int) -> None:
    """The last nights cost no more room and no more time than those after the policy bit.

    A feed and an index grow for some nights and are then gathered: their largest are compared.
    """
    first, last = found[settled : settled + window], found[-window:]
    assert median(one.seconds for one in last) <= 1.5 * median(one.seconds for one in first)
    for what in ("store", "bodies", "pages", "feed", "fragments", "index"):
        most, before = (max(getattr(one, what) for one in some) for some in (last, first))
        assert most <= 1.1 * before, what


@pytest.mark.slow
@pytest.mark.case("F35")
@pytest.mark.timeout(600)
def test_sixty_nights(tmp_path):
    """Three weeks after the policy of ten days bit, nothing has grown."""
    policy = Retention(timedelta(days=10), timedelta(days=5))
    stands_still(list(nights(tmp_path, 60, 20, policy, timedelta(days=10))), 20, 20)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.case("F35")
@pytest.mark.timeout(3600)
def test_four_hundred_nights(tmp_path):
    """The first nights until the policy bites are not counted: they fill the store."""
    policy = Retention(timedelta(days=20), timedelta(days=10))
    stands_still(list(nights(tmp_path, 400, 20, policy, timedelta(days=20))), 25, 50)
