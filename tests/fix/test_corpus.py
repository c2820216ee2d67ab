"""Every catalog that can be read: what is claimed goes, nothing comes, twice is once."""

from functools import partial
from pathlib import Path

import pytest

from harvester.errors import UnreadableError
from harvester.fix import fix_document
from harvester.fix.choose import difference
from harvester.model import Finding
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.rules.judge import validate
from tests.fix.judging import URL
from tests.fix.test_written import assert_nothing_else_changed

COUNTRIES = (
    "belgium",
    "france",
    "germany",
    "italy",
    "norway",
    "spain",
    "sweden",
    "switzerland",
    "usa",
)
LARGEST = 20_000_000
SMALL = 60_000
EVERY = 12


def catalogs(corpus: Path, largest: int) -> list[Path]:
    """The files of real publishers up to a size."""
    return sorted(
        path
        for country in COUNTRIES
        for path in (corpus / country).rglob("*")
        if path.is_file() and path.stat().st_size <= largest
    )


def findings(body: bytes) -> list[Finding]:
    """What reading and the profile say, counted anew from the bytes."""
    graph = Graph()
    reading = read_document(body, url=URL, graph=graph)
    return [*reading.findings, *validate(graph, load_profile("dcat-ap-se"))]


def check(path: Path) -> int:
    """Mend one file; how many findings went away, or -1 where it cannot be read."""
    profile = load_profile("dcat-ap-se")
    body = path.read_bytes()
    fix = partial(
        fix_document,
        url=URL,
        judge=lambda graph: validate(graph, profile),
        vocabulary=profile.vocabulary.spo,
    )
    try:
        result = fix(body)
    except UnreadableError:
        return -1
    assert result.reason in ("", "encoding"), path
    renamed = {change.before[0]: change.after[0] for change in result.changes}
    before, after = findings(result.old), findings(result.new)
    assert difference(after, before, renamed) == [], path
    assert len(difference(before, after, renamed)) >= len(result.gone), path
    assert bool(result.changes) == bool(result.gone)
    assert_nothing_else_changed(result)
    if result.changes:
        assert fix(result.new).new == result.new, path
    return len(result.gone)


def test_a_sample_is_mended_and_nothing_comes(corpus: Path) -> None:
    """Every twelfth of the small files."""
    gone = [check(path) for path in catalogs(corpus, SMALL)[::EVERY]]
    assert max(gone) > 0


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_whole_corpus_is_mended_and_nothing_comes(corpus: Path) -> None:
    """All files that can be read."""
    gone = {path: check(path) for path in catalogs(corpus, LARGEST)}
    assert sum(count for count in gone.values() if count > 0) > 0
    assert any(count == -1 for count in gone.values())
