"""A whole night over every real and hostile catalog of the corpus, from a loopback server."""

import csv
import gzip
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree

from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import Outcome, Run
from harvester.pipeline import harvest
from harvester.publishing import publish, publish_folders
from harvester.settings import Publication, Settings, Source
from harvester.store import Store
from tests.servers import LOOPBACK, FileServer

# everything at once: slow where other work runs beside it
pytestmark = pytest.mark.timeout(400)

FOLDERS = [
    "sweden",
    "belgium",
    "italy",
    "spain",
    "germany",
    "france",
    "norway",
    "switzerland",
    "hostile",
]
LDES = "ldes-2025-04-13"  # fragments of a feed of another source type
PAGED = "http://data.test.org"

# Why a source does not end as ok.
FAILING = {
    "france/opendatateam__udata__paged-collection-1.jsonld": (
        Outcome.UNREACHABLE,
        "pagination-origin",  # its next page is on data.test.org
    ),
    "france/opendatateam__udata__partial-collection-1.jsonld": (
        Outcome.UNREACHABLE,
        "pagination-origin",
    ),
    "switzerland/malkreide__wsl-envidat-mcp__package_search.json": (
        Outcome.UNREADABLE,
        "not-rdf",  # CKAN's own JSON
    ),
    "hostile/billion-laughs.rdf": (Outcome.UNREADABLE, "xml-entities"),
    "hostile/external-entity-file.rdf": (Outcome.UNREADABLE, "xml-external"),
    "hostile/html-200-login-page.rdf": (Outcome.UNREADABLE, "html"),
    "hostile/html-404-as-dcat.rdf": (Outcome.UNREADABLE, "html"),
    "hostile/sgu-truncated-60pct.rdf": (Outcome.UNREADABLE, "truncated"),
    "hostile/empty.rdf": (Outcome.EMPTY, "empty"),
    "hostile/empty-rdf-element.rdf": (Outcome.EMPTY, "empty"),
    "hostile/nul-and-control-chars.nt": (Outcome.EMPTY, "empty"),  # every statement is illegal
}

# The manifest counts what pyoxigraph read when it was made; these it could not read.
COUNTS = {
    "france/opendatateam__udata__geonetwork.xml": (1, 0),  # rdflib's second chance
    "hostile/sgu-declared-utf8-is-windows1252.rdf": (9, 16),  # as in sweden's sgu.rdf
    "hostile/sgu-windows1252-declared.rdf": (9, 16),
    "hostile/sgu-utf16.rdf": (9, 16),
    "hostile/sgu-one-bad-byte.rdf": (9, 16),
    "hostile/sgu-bom.rdf": (9, 16),
    "hostile/sgu-leading-blank-line.rdf": (9, 16),
}


@dataclass(frozen=True)
class Night:
    """One night's run, the store and the requests that the server saw."""

    run: Run
    store: Path
    export: bytes
    conditional: int
    requests: int


@pytest.fixture(scope="module")
def manifest(corpus: Path) -> dict[str, dict[str, str]]:
    """File -> its row in the manifest; a few hostile files have none and get an empty one."""
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8") as file:
        known = {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}
    files = [path for name in FOLDERS for path in sorted((corpus / name).rglob("*"))]
    names = [str(path.relative_to(corpus)) for path in files if path.is_file()]
    return {name: known.get(name, {}) for name in names if LDES not in name}


@pytest.fixture(scope="module")
def nights(
    corpus: Path, manifest: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Settings, Night, Night]:
    """Two nights in a row over the same files."""
    folder = tmp_path_factory.mktemp("night")
    files = {f"/{name}": (corpus / name).read_bytes() for name in manifest}
    with FileServer(files) as server:
        pages = _paged_over_here(corpus, server)
        sources = tuple(
            Source(_id(name), server.url(f"/{name}"), allow_private=(LOOPBACK,))
            for name in (*manifest, *pages)
        )
        settings = Settings(
            path=folder / "harvester.toml",
            store=folder / "harvester.db",
            user_agent="corpus test",
            profile="dcat-ap-se",
            publish="all",
            exports={"se": folder / "se.rdf"},
            sources=sources,
        )
        first = run_night(settings, server)
        shutil.copy(settings.store, folder / "first.db")
        second = run_night(settings, server)
    return settings, replace(first, store=folder / "first.db"), second


def run_night(settings: Settings, server: FileServer) -> Night:
    before = len(server.requests)
    with (
        Store.open(settings.store, create=True) as store,
        Fetcher(BodyStore(settings.bodies), user_agent=settings.user_agent) as fetcher,
    ):
        run = harvest(
            settings,
            store,
            fetcher,
            sources=settings.sources,
            now=lambda: datetime.now(UTC),
            jobs=4,
        )
    asked = server.requests[before:]
    return Night(
        run,
        settings.store,
        settings.exports["se"].read_bytes() if "se" in settings.exports else b"",
        sum("if-none-match" in request.headers for request in asked),
        len(asked),
    )


def _paged_over_here(corpus: Path, server: FileServer) -> list[str]:
    """The two paged French collections once more, with their pages on this server."""
    names = []
    for kind in ("paged", "partial"):
        stem = corpus / "france" / f"opendatateam__udata__{kind}-collection-"
        for page in (1, 2):
            body = Path(f"{stem}{page}.jsonld").read_bytes()
            target = f"/{kind}.jsonld?page={page}"
            here = server.url(f"/{kind}.jsonld").encode()
            server.files[target] = body.replace(f"{PAGED}/catalog.jsonld".encode(), here)
        names.append(f"{kind}.jsonld?page=1")
    return names


def _id(name: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in name.lower())


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def test_each_source_ends_in_the_right_outcome(nights, manifest):
    """Every one is ok but those whose failure is named, with the reason that is named."""
    _, first, _ = nights
    ended = {source.id: (source.outcome, source.event) for source in first.run.sources}
    expected = {_id(name): FAILING.get(name, (Outcome.OK, "")) for name in manifest}
    assert {key: value for key, value in ended.items() if key in expected} == expected
    assert sum(source.outcome.failed for source in first.run.sources) == len(FAILING)


def test_datasets_and_distributions_are_those_of_the_manifest(nights, manifest):
    """Counts per source equal the manifest's, but for files it could not read."""
    _, first, _ = nights
    found = {
        table: dict(rows(first.store, f"SELECT source, count(*) FROM {table} GROUP BY source"))
        for table in ("dataset", "distribution")
    }
    for name, row in manifest.items():
        if name in FAILING:
            continue
        stated = (int(row.get("datasets") or 0), int(row.get("distributions") or 0))
        expected = COUNTS.get(name, stated)
        source = _id(name)
        assert (
            found["dataset"].get(source, 0),
            found["distribution"].get(source, 0),
        ) == expected, name


def test_paged_collections_arrive_whole(nights):
    """Both Hydra vocabularies, next page as literal: four datasets over two pages."""
    _, first, _ = nights
    by_id = {source.id: source for source in first.run.sources}
    for kind in ("paged", "partial"):
        assert (by_id[_id(f"{kind}.jsonld?page=1")].documents) == 2
        assert (by_id[_id(f"{kind}.jsonld?page=1")].datasets) == 4


def test_no_triple_is_lost(nights):
    """Statements read + what normalising added = triples stored + repeats + those in findings."""
    _, first, _ = nights
    accounts = rows(
        first.store,
        """
        SELECT document.source, sum(statements - duplicates) + source.added,
          (SELECT sum(triples) FROM resource WHERE resource.source = document.source),
          (SELECT sum(triples) FROM finding WHERE finding.source = document.source)
        FROM document JOIN source USING (source) GROUP BY document.source""",
    )
    assert len(accounts) > 40
    for source, read, stored, named in accounts:
        assert read == stored + (named or 0), source


def test_the_second_night_changes_nothing(nights):
    """Fetched with validators, no row but the run log differs, the export is byte-identical."""
    _, first, second = nights
    assert second.export == first.export
    done = {source.id: source.outcome for source in first.run.sources}
    for source in second.run.sources:
        before = done[source.id]
        assert source.outcome is (Outcome.UNCHANGED if before is Outcome.OK else before)
    assert second.conditional >= sum(outcome is Outcome.OK for outcome in done.values())
    tables = rows(
        first.store,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN"
        " ('run', 'source_run', 'run_document', 'sqlite_sequence') ORDER BY name",
    )
    for (table,) in tables:
        assert rows(second.store, f"SELECT * FROM {table}") == rows(
            first.store, f"SELECT * FROM {table}"
        ), table


def test_the_export_is_what_the_store_holds(nights):
    """RDF/XML: read by lxml, and by pyoxigraph with the number of triples that was announced."""
    _, _, second = nights
    assert etree.fromstring(second.export).tag.endswith("RDF")
    read = sum(1 for _ in ox.parse(second.export, format=ox.RdfFormat.RDF_XML))
    assert read == second.run.exports[0].triples > 200_000


@pytest.mark.slow
def test_the_export_is_the_same_in_every_syntax(nights, tmp_path):
    """Five syntaxes hold the same number of triples, counted by a parser that wrote none."""
    settings, _, second = nights
    formats = {
        "rdf": ox.RdfFormat.RDF_XML,
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    counts = {}
    with Store.open(second.store, read_only=True) as store:
        for suffix, syntax in formats.items():
            path = tmp_path / f"se.{suffix}.gz"
            written = publish(settings, store, target="se", path=path)
            with gzip.open(path) as file:
                counts[suffix] = sum(1 for _ in ox.parse(file, format=syntax))
            assert counts[suffix] == written.triples
    assert len(set(counts.values())) == 1


VERSIONS = {
    "open-meal": [
        "sweden/Orebrokommun__Open-Meal-Information__dcat.v1",
        "sweden/Orebrokommun__Open-Meal-Information__dcat.v2",
        "sweden/Orebrokommun__Open-Meal-Information__dcat.v3",
        "sweden/Sambruk__Open-Meal__dcat.v4",
        "sweden/Sambruk__Open-Meal__dcat.v5",
    ],
    "alessandria": [
        "italy/versions/ComunediAlessandria__open-data__v2025-02-27-6c1efa__catalog.rdf",
        "italy/versions/ComunediAlessandria__open-data__v2025-04-03-370b3e__catalog.rdf",
        "italy/ComunediAlessandria__open-data__catalog.rdf",
    ],
}


def described(path: Path, base: str) -> dict[str, set[str]]:
    """IRI -> its description as canonical lines, by rdflib alone: another reading of the file."""
    import rdflib
    from rdflib.compare import to_canonical_graph

    graph = rdflib.Graph()
    graph.parse(path, format="xml", publicID=base)
    found = {}
    for subject in set(graph.subjects()):
        if isinstance(subject, rdflib.URIRef):
            text = to_canonical_graph(graph.cbd(subject)).serialize(format="nt")
            found[str(subject)] = {" ".join(line.split()) for line in text.splitlines() if line}
    return found


@pytest.mark.parametrize("name", VERSIONS)
def test_versions_in_turn_give_the_changes_of_a_graph_diff(name, corpus, tmp_path):
    """Served one after the other, each version adds, changes and removes what a diff names."""
    with FileServer({"/c": b""}) as server:
        source = Source("s", server.url("/c"), allow_private=(LOOPBACK,), max_removed="100%")
        settings = Settings(
            path=tmp_path / "harvester.toml",
            store=tmp_path / "harvester.db",
            user_agent="corpus test",
            profile="dcat-ap-se",
            publish="all",
            exports={},
            sources=(source,),
        )
        before: dict[str, set[str]] = {}
        for version in VERSIONS[name]:
            server.files["/c"] = (corpus / version).read_bytes()
            night = run_night(settings, server)
            now = described(corpus / version, source.url)
            expected = dict.fromkeys(now.keys() - before.keys(), "added")
            expected |= dict.fromkeys(before.keys() - now.keys(), "removed")
            common = now.keys() & before.keys()
            expected |= {iri: "changed" for iri in common if now[iri] != before[iri]}
            found = dict(
                rows(night.store, f"SELECT iri, change FROM change WHERE run = {night.run.run}")
            )
            # a contact point without IRI, which a graph diff cannot name: gone and new where its
            # address has changed
            named = {iri: change for iri, change in found.items() if "urn:uuid:" not in iri}
            assert named == expected, version
            assert len(found) - len(named) <= 2
            before = now


@pytest.mark.slow
def test_rdflib_reads_the_whole_export(nights):
    """The national RDF/XML is read by a third implementation with the same number of triples."""
    import rdflib

    _, _, second = nights
    graph = rdflib.Graph()
    graph.parse(data=second.export, format="xml")
    assert len(graph) == second.run.exports[0].triples


def said(folder: Path, syntax: ox.RdfFormat, own: str) -> tuple[set[str], int]:
    """The statements of all files in a folder, without those about the files themselves.

    Those with a blank node are counted: their labels mean nothing outside a file.
    """
    found: set[str] = set()
    nameless = 0
    for path in folder.rglob("*.*"):
        for quad in ox.parse(path.read_bytes(), format=syntax, base_iri=own):
            if own in str(quad.subject):
                continue
            if "BlankNode" in f"{type(quad.subject)} {type(quad.object)}":
                nameless += 1
            else:
                found.add(str(quad.triple))
    return found, nameless


@pytest.mark.slow
def test_the_pages_of_the_whole_export_say_what_its_file_says(nights, tmp_path):
    """Belgium's 1,981 datasets included: put together they are exactly the file."""
    settings, _, second = nights
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "se.rdf").write_bytes(second.export)
    with Store.open(second.store, read_only=True) as store:
        wanted = Publication(served=tmp_path, paged=tmp_path / "pages", page_size=100)
        publish_folders(settings, store, "se", wanted, allow_shrink=True)
    shutil.copytree(tmp_path / "pages", tmp_path / "copy", ignore=shutil.ignore_patterns("SHA*"))
    own = "https://pages.invalid/"
    syntax = ox.RdfFormat.RDF_XML
    assert said(tmp_path / "copy", syntax, own) == said(tmp_path / "file", syntax, own)
