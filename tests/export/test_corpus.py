"""What Europe and Sweden are told of real catalogs: nothing that the source did not force."""

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from harvester.export import SUFFIXES, export
from harvester.fix.document import fix_document
from harvester.model import Resource, Syntax
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.write import WRITERS, Description
from harvester.rules.judge import shacl_results, validate
from tests.export.corpus import BEGIN, END, PAGE, exported, remaining, report, resources, semic
from tests.export.world import Stored, statements
from tests.files import REFERENCE
from tests.normalize.measure import files
from tests.rdf.write.graphs import OX_FORMATS

SMALL = 200_000  # bytes
BIG = "belgium/Fedict__dcat__datagovbe-sample1981.ttl"
MIDDLE = "italy/geosolutions-it__ckanext-dcatapit__catalog_dati_unibo.rdf"
# Properties that nothing but a program's fault can get wrong.
CERTAIN = {
    *("dcterms:license", "dcterms:format", "dcat:mediaType", "dcat:packageFormat"),
    *("dcat:compressFormat", "dcterms:accrualPeriodicity", "dcterms:language"),
    *("dcterms:issued", "dcterms:modified", "dcat:startDate", "dcat:endDate"),
}


@pytest.fixture(scope="module")
def catalogs(corpus: Path) -> dict[str, tuple[Resource, ...]]:
    """The small catalogs as the store would hold them, by name."""
    found = {path.name: resources(path) for path in files(corpus) if path.stat().st_size < SMALL}
    return {name: stored for name, stored in found.items() if stored}


@pytest.fixture(scope="module")
def big(corpus: Path) -> tuple[Resource, ...]:
    """1,981 datasets of Belgium's portal."""
    stored = resources(corpus / BIG)
    assert stored is not None
    return stored


@pytest.fixture(scope="module")
def _semic_shapes() -> None:
    if not REFERENCE.is_dir():
        pytest.skip(f"no reference shapes at {REFERENCE} (set HARVESTER_REFERENCE)")


def faults(stored: tuple[Resource, ...]) -> Iterator[str]:
    """What the official shapes say that the source did not force."""
    for one in remaining(stored, exported(stored, "eu")):
        if not one.forced or one.component == "NodeKind" or one.path in CERTAIN:
            yield f"{one.component} {one.path} {one.focus}"


@pytest.mark.usefixtures("_semic_shapes")
def test_what_the_official_shapes_find_the_source_forced(catalogs):
    """None at all for licences, formats, languages, frequencies, dates and kinds of node."""
    assert len(catalogs) > 15
    assert {name: list(faults(stored)) for name, stored in catalogs.items()} == {
        name: [] for name in catalogs
    }


@pytest.mark.slow
@pytest.mark.usefixtures("_semic_shapes")
def test_what_remains_of_a_whole_portal_the_source_forced(big):
    """The same of 1,981 Belgian datasets."""
    assert list(faults(big)) == []


@pytest.mark.slow
@pytest.mark.usefixtures("_semic_shapes")
def test_the_page_says_what_remains(corpus):
    """The table in docs/europe.md; ``python -m tests.export.corpus`` writes it."""
    page = PAGE.read_text("utf-8")
    written = BEGIN + page.partition(BEGIN)[2].partition(END)[0] + END
    assert written == report(corpus)


@pytest.mark.usefixtures("_semic_shapes")
@pytest.mark.parametrize("name", ["sgu.rdf", "obligatoriskt.rdf", "catalog-endpoint.rdf"])
def test_pyshacl_finds_the_same(catalogs, name):
    """The reference engine on a few exports."""
    stored = next(stored for key, stored in catalogs.items() if key.endswith(name))
    graph = exported(stored, "eu")
    core, reference = (
        Counter((r.focus, r.path, r.component) for r in shacl_results(graph, semic(), engine))
        for engine in ("core", "pyshacl")
    )
    assert core == reference


def mended(stored: tuple[Resource, ...]) -> list[object]:
    """What ``validate --fix`` would mend of the Swedish export."""
    profile = load_profile("dcat-ap-se")
    graph = exported(stored, "se")
    text = b"".join(WRITERS[Syntax.NTRIPLES]([Description("", list(graph))], lambda _: None))

    def judge(data: Graph):
        return validate(data, profile)

    return list(fix_document(text, url="https://exempel.se/se.nt", judge=judge).changes)


def test_nothing_that_sweden_is_told_could_be_mended(catalogs):
    """No finding of the rule book remains that the program itself calls certain to mend."""
    assert {name: mended(stored) for name, stored in catalogs.items()} == {
        name: [] for name in catalogs
    }


@pytest.mark.slow
def test_nothing_of_a_whole_portal_could_be_mended(big):
    """The same of 1,981 Belgian datasets."""
    assert mended(big) == []


def published(stored: tuple[Resource, ...]) -> list[Stored]:
    return [Stored("s", one.iri, one.kinds, one.ntriples, one.parent) for one in stored]


@pytest.mark.parametrize("suffix", [*SUFFIXES, *(f"{suffix}.gz" for suffix in SUFFIXES)])
def test_every_syntax_says_the_same(corpus, tmp_path, suffix):
    """Five syntaxes, each also packed, twice the same bytes."""
    stored = resources(corpus / MIDDLE)
    assert stored is not None
    first, again = tmp_path / f"1{suffix}", tmp_path / f"2{suffix}"
    done = export("eu", first, published(stored))
    assert export("eu", again, reversed(published(stored))).sha256 == done.sha256
    body = gzip.decompress(first.read_bytes()) if suffix.endswith(".gz") else first.read_bytes()
    syntax = OX_FORMATS[SUFFIXES[suffix.removesuffix(".gz")]]
    meant = exported(stored, "eu")
    assert len(statements(body, syntax)) == done.triples == len(meant)
    read = Counter(quad.predicate.value for quad in ox.parse(body, format=syntax))
    assert read == Counter(predicate for _, predicate, _ in meant)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_rdflib_reads_a_whole_portal(big, tmp_path):
    """A parser of another make sees as many statements as were meant."""
    path = tmp_path / "eu.rdf"
    done = export("eu", path, published(big))
    assert len(rdflib.Graph().parse(path, format="xml")) == done.triples
    assert done.triples > 150_000
