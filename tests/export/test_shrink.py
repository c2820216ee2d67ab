"""An export that is sharply smaller than what is published is held back; the old one stays."""

from pathlib import Path

import pytest

from harvester.errors import EXIT_HELD, ShrunkError
from harvester.export import SUFFIXES, export
from harvester.export.feed import write_feed
from harvester.export.pages import write_pages
from harvester.export.publish import syntax_of
from harvester.export.shrink import datasets_in, guard
from tests.export.test_feed import NOW
from tests.export.test_pages import content, described
from tests.export.world import a_source

GUARD = guard("se.rdf", "20%", target="se")


@pytest.mark.parametrize(
    ("before", "after", "limit", "held"),
    [
        (None, 0, "20%", False),  # the first export
        (0, 0, "20%", False),
        (100, 80, "20%", False),
        (100, 79, "20%", True),
        (100, 200, "20%", False),
        (10, 5, "20%", False),  # a few may always go
        (10, 4, "20%", True),
        (3, 0, "20%", True),  # but not all
        (100, 90, "10", False),
        (100, 89, "10", True),
        (100, 99, "0", True),
        (100, 1, "100%", False),
        (100, 0, "100%", True),
    ],
)
def test_the_limit(before: int | None, after: int, limit: str, held: bool) -> None:
    """A share with a floor, or a number as it stands; an empty export is always asked about."""
    check = guard("se.rdf", limit, target="eu")
    if not held:
        check(lambda: before, after)
        return
    with pytest.raises(ShrunkError, match=rf"it has {before} datasets now and would have {after};"):
        check(lambda: before, after)
    assert ShrunkError.exit_code == EXIT_HELD


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".rdf.gz"])
def test_a_file(tmp_path: Path, suffix: str) -> None:
    """Counted in the file that is there, whoever wrote it."""
    path = tmp_path / f"se{suffix}"
    export("se", path, a_source("a", 20), check=GUARD)
    syntax, zipped = syntax_of(path)
    assert datasets_in(path, syntax, zipped=zipped) == 20
    before = path.read_bytes()
    with pytest.raises(ShrunkError):
        export("se", path, a_source("a", 10), check=GUARD)
    assert path.read_bytes() == before
    export("se", path, a_source("a", 17), check=GUARD)
    export("se", path, a_source("a", 1))
    assert datasets_in(path, syntax, zipped=zipped) == 1


def test_what_nobody_can_read_is_no_loss(tmp_path: Path) -> None:
    """A broken file does not keep a whole one out."""
    path = tmp_path / "se.rdf"
    path.write_text("<rdf")
    export("se", path, a_source("a", 1), check=GUARD)


def test_pages_and_feed(tmp_path: Path) -> None:
    """Counted in what the pages and the feed say."""
    pages, feed = tmp_path / "sidor", tmp_path / "flöde"
    many, few = described(a_source("a", 20)), described(a_source("a", 2))
    write_pages(pages, many, size=3, check=GUARD)
    write_feed(feed, many, now=NOW, check=GUARD)
    before = content(tmp_path)
    with pytest.raises(ShrunkError, match="it has 20"):
        write_pages(pages, few, size=3, check=GUARD)
    with pytest.raises(ShrunkError, match="it has 20"):
        write_feed(feed, few, now=NOW, check=GUARD)
    assert content(tmp_path) == before
