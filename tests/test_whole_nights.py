"""What must hold of a night as a whole, seen from its servers, its store and its export."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.model import Outcome
from tests.commands import environment, run
from tests.harvesting import catalog as plain
from tests.nights import LOG, World, catalog, dump, rows
from tests.servers import FileServer, RawServer, answer

PREFIXES = b"""
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer({}) as server:
        yield server


@pytest.mark.case("S38")
def test_no_address_that_data_only_names_is_asked(tmp_path, server):
    """Nothing checks links: harvest, validate and quality send no packet to where data points."""
    world = World.of(tmp_path, server, "a")
    with RawServer(answer(b"")) as victim:
        url = victim.url("/victim")
        named = f"""
        <https://a.exempel.se/1> dcat:landingPage <{url}/1> ; foaf:page <{url}/2> ;
          dcterms:conformsTo <{url}/3> ; dcterms:publisher <{url}/4> ; rdfs:seeAlso <{url}/5> .
        <https://a.exempel.se/1/csv> dcat:accessURL <{url}/6> ; dcat:downloadURL <{url}/7> ;
          dcterms:license <{url}/8> ; dcat:accessService [ dcat:endpointURL <{url}/9> ] .
        <https://a.exempel.se/katalog> owl:imports <{url}/10> ; foaf:homepage <{url}/11> .
        """
        world.serve({"a": catalog("a", [1]) + PREFIXES + named.encode()})
        world.write_config()
        (tmp_path / "a.ttl").write_bytes(server.files["/a.ttl"].body)
        for command in (["harvest"], ["quality"], ["plan", "--json"], ["validate", "a.ttl"]):
            assert run(world.folder, *command).returncode in (0, 1), command
        assert rows(world.settings.store, "SELECT count(*) FROM dataset") == [(1,)]
        assert victim.connections == 0


@pytest.mark.case("S37")
@pytest.mark.parametrize(
    ("address", "event"),
    [
        ("http://10.0.0.1/k", "blocked-address"),
        ("http://169.254.169.254/latest", "blocked-address"),
        ("file:///etc/passwd", "address-scheme"),
        ("ftp://exempel.se/k", "address-scheme"),
        ("urn:x:katalog", "address-scheme"),
    ],
)
def test_a_sub_catalog_inside_is_not_reached(tmp_path, server, address, event):
    """Its IRI is an address like any other: checked, and the source fails."""
    world = World.of(tmp_path, server, "a")
    world.serve({"a": catalog("a", [1])})
    world.night()
    export = world.export()
    part = (
        f"<https://a.exempel.se/katalog> dcterms:hasPart <{address}> . <{address}> a dcat:Catalog ."
    )
    world.serve({"a": catalog("a", [1]) + PREFIXES + part.encode()})
    world.night()
    ended = world.ended("a")
    assert (ended.outcome, ended.event) == (Outcome.UNREACHABLE, event)
    assert ended.error is not None
    assert address in ended.error.en
    assert world.export() == export


@pytest.mark.case("S64")
def test_data_names_no_local_file(tmp_path, server, monkeypatch):
    """Not even one whose path is spelt like the IRI, in the folder that the program runs in."""
    trap = tmp_path / "urn:x"
    trap.mkdir()
    (trap / "secret.ttl").write_bytes(catalog("hemlig", [1]))
    monkeypatch.chdir(tmp_path)
    world = World.of(tmp_path, server, "a")
    part = "<https://a.exempel.se/katalog> dcterms:hasPart <urn:x/secret.ttl> ."
    part += "<urn:x/secret.ttl> a dcat:Catalog ."
    world.serve({"a": catalog("a", [1]) + PREFIXES + part.encode()})
    world.night()
    assert world.ended("a").event == "address-scheme"
    assert rows(world.settings.store, "SELECT count(*) FROM resource") == [(0,)]


@pytest.mark.case("S37")
def test_a_circle_of_sub_catalogs_ends(tmp_path, server):
    """A part that names its whole, and itself, is fetched once."""
    world = World.of(tmp_path, server, "a")
    whole, part = server.url("/a.ttl"), server.url("/part.ttl")
    links = f"<{whole}> a dcat:Catalog ; dcterms:hasPart <{part}> . <{part}> a dcat:Catalog ."
    back = f"<{part}> a dcat:Catalog ; dcterms:hasPart <{whole}>, <{part}> ; dcterms:title 'Del' ."
    world.serve(
        {
            "a": catalog("a", [1]) + PREFIXES + links.encode(),
            "part": catalog("del", [1]) + PREFIXES + back.encode(),
        }
    )
    world.night()
    assert world.ended("a").outcome is Outcome.OK
    assert sorted(one.target for one in server.requests) == ["/a.ttl", "/part.ttl"]


@pytest.mark.case("F19")
def test_a_page_that_fails_removes_nothing(tmp_path, server):
    """Page 2 of 3 is gone: all that was live stays live."""
    world = World.of(tmp_path, server, "a")

    def page(number: int, after: str) -> bytes:
        link = f"<> a hydra:PartialCollectionView ; hydra:next <{after}> ." if after else ""
        return catalog("a", range(number * 9, number * 9 + 9)) + PREFIXES + link.encode()

    world.serve({"a": page(0, "a2.ttl"), "a2": page(1, "a3.ttl"), "a3": page(2, "")})
    world.night()
    assert world.ended("a").datasets == 27
    before, export = dump(world.settings.store, *LOG), world.export()
    del server.files["/a2.ttl"]
    world.serve({"a": page(5, "a2.ttl")})
    world.night()
    assert world.ended("a").outcome is Outcome.GONE
    assert dump(world.settings.store, *LOG) == before
    assert world.export() == export


@pytest.mark.case("S63")
def test_a_list_that_bites_its_tail_goes_through(tmp_path, server):
    """Read, validated, stored and exported, or set aside with a finding; nothing hangs."""
    circle = b"""
    <https://a.exempel.se/1> dcterms:conformsTo _:a ; dcterms:language _:b .
    _:a rdf:first "x" ; rdf:rest _:b . _:b rdf:first "y" ; rdf:rest _:a .
    _:c rdf:first "z" ; rdf:rest _:c .
    """
    world = World.of(tmp_path, server, "a")
    world.serve({"a": catalog("a", [1]) + PREFIXES + circle})
    assert world.night().seconds < 20
    assert world.ended("a").outcome is Outcome.OK
    assert b"https://a.exempel.se/1" in world.export()
    world.serve({"a": catalog("a", [1]) + PREFIXES + circle + b"# again\n"})
    world.night()
    assert world.ended("a").resources["changed"] == 0


@pytest.mark.case("S77")
def test_what_data_says_about_rules_changes_no_verdict(tmp_path, server):
    """Shapes, deactivation, imports, subclasses and other types in the data: the same findings."""
    config = tmp_path / "harvester.toml"
    clean = tmp_path / "a.ttl"
    clean.write_bytes(plain("a", [1]))
    evil = tmp_path / "b.ttl"
    shapes = Path(__file__).parents[1] / "shapes"
    iris = sorted(
        line.split("<")[1].split(">")[0]
        for path in shapes.rglob("*.ttl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("<") and "NodeShape" in line
    )[:50]
    said = "".join(f"<{iri}> sh:deactivated true .\n" for iri in iris)
    said += """
    dcat:Dataset rdfs:subClassOf foaf:Agent ; sh:deactivated true ; a sh:NodeShape .
    <https://exempel.se/ontologi> a owl:Ontology ; owl:imports <http://127.0.0.1:9/shapes> .
    <https://exempel.se/form> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:deactivated true .
    """
    evil.write_bytes(plain("a", [1]) + PREFIXES + said.encode())
    assert not config.exists()
    about = []
    for path in (clean, evil):
        done = run(tmp_path, "validate", str(path), "-o", "csv", "--full")
        assert done.returncode == 1, done.stderr
        about.append({one for one in done.stdout.splitlines() if "https://a.exempel.se/1" in one})
    wanted = {line.replace("a.ttl", "b.ttl") for line in about[0]}
    assert len(wanted) > 1
    assert {cut_place(one) for one in wanted} <= {cut_place(one) for one in about[1]}


def cut_place(line: str) -> str:
    """A line of CSV without the numbers of line and column."""
    return ",".join(cell for cell in line.split(",") if not cell.isdigit())


@pytest.mark.case("F28")
@pytest.mark.case("F29")
def test_neither_workers_nor_hash_seed_nor_a_second_time_changes_a_byte(tmp_path, server):
    """Four sources that share things, harvested anew and again: one export."""
    names = "abcd"
    world = World.of(tmp_path, server, *names)
    world.serve({name: catalog(name, range(9)) + catalog("gemensam", range(5)) for name in names})
    world.write_config()
    found = set()
    for number, (seed, jobs) in enumerate([("0", "1"), ("1", "8"), ("2", "4")]):
        store = f"{number}.db"
        for _ in range(2):
            done = subprocess.run(
                [
                    *(sys.executable, "-P", "-m", "harvester", "harvest"),
                    *("--jobs", jobs, "--store", store),
                ],
                cwd=world.folder,
                env=environment(PYTHONHASHSEED=seed),
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            found.add(world.export())
        written = rows(world.folder / store, "SELECT count(*) FROM change WHERE run = 2")
        assert written == [(0,)]
    assert len(found) == 1


@pytest.mark.case("F34")
def test_new_rules_change_findings_and_nothing_else(tmp_path, server):
    """Read anew although no document changed; the verdicts are told, the data and export stay."""
    world = World.of(tmp_path, server, "a", "b")
    world.serve({"a": catalog("a", range(3)), "b": catalog("b", range(2))})
    assert world.night().rejudged == ()
    live = "SELECT source, iri, digest, changed FROM resource"
    before = rows(world.settings.store, live)
    export = world.export()
    world.sources = tuple(replace(one, profile="dcat-ap-3.0.1") for one in world.sources)
    run = world.night()
    assert [one.id for one in run.rejudged] == ["a", "b"]
    assert [one.after for one in run.rejudged] == [one.findings for one in run.sources]
    assert all(one.before != one.after for one in run.rejudged)
    assert {one.outcome for one in run.sources} == {Outcome.OK}
    assert rows(world.settings.store, live) == before
    assert rows(world.settings.store, "SELECT count(*) FROM change WHERE run = 2") == [(0,)]
    assert world.export() == export
    assert world.night().rejudged == ()
