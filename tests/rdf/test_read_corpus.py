"""Every real catalog of the corpus, against the counts of its MANIFEST.tsv."""

import csv
from pathlib import Path

import pytest

from harvester.errors import UnreadableError
from harvester.model import Syntax

from .reading import codes, read

FOLDERS = [
    *("sweden", "belgium", "italy", "spain", "germany", "france", "norway", "switzerland"),
    *("hostile", "usa", "csw", "oai-pmh"),
]
# MANIFEST.tsv counts what pyoxigraph reads, without gates; these are what reading must say.
REFUSED = {
    "hostile/billion-laughs.rdf": "xml-entities",
    "hostile/external-entity-file.rdf": "xml-external",
    "hostile/empty.rdf": "empty",
    "hostile/empty-rdf-element.rdf": "empty",
    "hostile/html-200-login-page.rdf": "html",
    "hostile/html-404-as-dcat.rdf": "html",
    "hostile/sgu-truncated-60pct.rdf": "truncated",
    "switzerland/malkreide__wsl-envidat-mcp__package_search.json": "not-rdf",
    "usa/GSA__datagov-harvester__dcatus_with_none.json": "not-rdf",
}
COUNTS = {
    # Refused by pyoxigraph, so that the manifest has no count; this is rdflib's.
    "france/opendatateam__udata__geonetwork.xml": 42,
    # Six copies of sweden/openumea__RDFtoHTML__sgu.rdf in other or wrong encodings.
    "hostile/sgu-bom.rdf": 295,
    "hostile/sgu-leading-blank-line.rdf": 295,
    "hostile/sgu-one-bad-byte.rdf": 295,
    "hostile/sgu-utf16.rdf": 295,
    "hostile/sgu-windows1252-declared.rdf": 295,
    "hostile/sgu-declared-utf8-is-windows1252.rdf": 295,
}
REPAIRED = {
    "spain/mjanez__ckanext-schemingdcat__iso-19139-to-dcat-ap.ttl",
    "spain/mjanez__ckanext-schemingdcat__iso-19139-to-dcat-ap.xml",
    "germany/GovDataOfficial__ckanext-dcatde__catalog-endpoint.rdf",
    "france/opendatateam__udata__geonetwork.xml",
    "hostile/luft-iri-with-space.rdf",
}


def manifest(corpus: Path) -> dict[str, dict[str, str]]:
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        return {row["file"]: row for row in csv.DictReader(lines, delimiter="\t")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_reads_with_its_count_or_is_refused_by_name(corpus: Path, folder: str) -> None:
    """Each file gives the distinct triples of MANIFEST.tsv or the right UnreadableError."""
    rows = manifest(corpus)
    seen = 0
    for path in sorted((corpus / folder).rglob("*")):
        if not path.is_file():
            continue
        seen += 1
        name = path.relative_to(corpus).as_posix()
        body = path.read_bytes()
        refused = REFUSED.get(name) or ("not-rdf" if folder in ("csw", "oai-pmh") else None)
        if refused:
            with pytest.raises(UnreadableError) as caught:
                read(body)
            assert caught.value.event == refused, name
            continue
        reading, graph = read(body)
        row = rows.get(name, {})
        aside = sum(finding.triples for finding in reading.findings)
        # Paging statements and over-long texts are set aside after they were counted.
        expected = COUNTS.get(name) or (int(row["triples"]) if row.get("triples") else None)
        if expected is not None:
            assert len(graph) + aside == expected, name
        declared = row.get("format", "").split()
        if declared:
            assert reading.reading.syntax == Syntax(declared[0]), name
        assert reading.reading.repaired == (name in REPAIRED), name
    assert seen


def test_ldes_fragments_are_trig_whose_graphs_are_dropped(corpus: Path) -> None:
    """A fragment with named graphs reads as TriG, and one finding says that names are unused."""
    fragments = [
        path
        for path in (corpus / "belgium/Fedict__dcat__ldes-2025-04-13").rglob("index.trig")
        if b" {" in path.read_bytes()
    ]
    for path in fragments[:5]:
        reading, _ = read(path.read_bytes())
        assert reading.reading.syntax is Syntax.TRIG
        assert codes(reading).count("RD004") == 1
    assert len(fragments) > 5


def test_two_pages_of_one_source_share_a_graph(corpus: Path) -> None:
    """The next page is named in both Hydra vocabularies, and is read into the same graph."""
    for kind in ("paged", "partial"):
        pages = [
            (corpus / f"france/opendatateam__udata__{kind}-collection-{n}.jsonld").read_bytes()
            for n in (1, 2)
        ]
        first, graph = read(pages[0])
        assert first.reading.next_url == "http://data.test.org/catalog.jsonld?page=2"
        assert first.reading.total_items == 4
        second, _ = read(pages[1], graph=graph)
        assert second.reading.next_url is None
        assert not any("hydra" in predicate for _, predicate, _ in graph)
