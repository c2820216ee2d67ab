"""A feed on a plain file server, followed by a client that shares nothing with this program."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.compare import isomorphic

from harvester.errors import ExportError, UsageError
from harvester.export import feed as feed_module
from harvester.export.feed import read_feed, write_feed
from harvester.export.sums import whole
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.rdf.ntriples import parse
from harvester.rdf.write import Description
from harvester.terms import Literal
from harvester.words import Text
from tests.export import clients
from tests.export.test_pages import content, described, plain_server
from tests.export.world import a_source
from tests.nights import World, catalog
from tests.servers import FileServer

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAY = timedelta(days=1)

# SEMIC's shapes for activities (shape.ttl of the specification), restated without its shapes for
# what the activities are about.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass as:Create, as:Update, as:Delete ; sh:nodeKind sh:IRI ;
    sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path as:object ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ;
    sh:property [ sh:path as:published ; sh:datatype xsd:dateTime ; sh:minCount 1 ; sh:maxCount 1 ]
    .
"""


def graph(descriptions: list[Description]) -> rdflib.Graph:
    """What descriptions say, as the independent client would have it."""
    from tests.export.world import ntriples

    lines = "".join(ntriples(one.triples) for one in descriptions)
    return rdflib.Graph().parse(data=lines, format="nt")


def union(feed: clients.Feed) -> rdflib.Graph:
    found = rdflib.Graph()
    for said in feed.state.values():
        found += said
    return found


def test_replayed_from_empty_it_is_the_export(tmp_path: Path) -> None:
    """And between two nights it is exactly the changes, for those who have followed."""
    story = [
        described(a_source("a", 3)),
        described(a_source("a", 3) + a_source("b", 2)),
        described(a_source("a", 3) + a_source("b", 2)),
        described(a_source("b", 2)),
        described(a_source("a", 1) + a_source("b", 1)),
    ]
    with plain_server(tmp_path) as address:
        url = f"{address}/flöde/index.trig".replace("ö", "%C3%B6")
        follower = clients.Feed()
        before: dict[str, rdflib.Graph] = {}
        for number, night in enumerate(story):
            write_feed(tmp_path / "flöde", night, now=NOW + number * DAY)
            told = len(follower.activities)
            clients.follow_feed(url, follower)
            new = [iri for _, _, iri in follower.activities[told:]]
            after = {one.iri: graph([one]) for one in night}
            changed = {
                iri
                for iri in before | after
                if iri not in before or iri not in after or not isomorphic(before[iri], after[iri])
            }
            assert sorted(new) == sorted(changed)
            assert isomorphic(union(follower), graph(night))
            assert isomorphic(union(clients.follow_feed(url)), graph(night))
            before = after
    verbs = [verb for _, verb, _ in follower.activities]
    assert {verb: verbs.count(verb) for verb in set(verbs)} == {
        "Create": 8 + 6 + 4,
        "Update": 1,
        "Delete": 8 + 2,
    }


def test_a_follower_reads_only_what_is_new(tmp_path: Path) -> None:
    """The relations tell which fragments a reader needs not fetch."""
    url = (tmp_path / "f" / "index.trig").as_uri()
    write_feed(tmp_path / "f", described(a_source("a", 3)), now=NOW)
    follower = clients.follow_feed(url)
    write_feed(tmp_path / "f", described(a_source("a", 4)), now=NOW + DAY)
    clients.follow_feed(url, follower)
    assert follower.fragments == 2


@pytest.mark.parametrize("number", range(1, 26, 2))
def test_the_cases_of_digg(tmp_path: Path, corpus: Path, number: int) -> None:
    """From the state before to the state after, the feed says what the case's report counts."""
    folder = corpus / "suites" / "ldes-dcat-ap" / "testsuite" / f"test{number}"
    before, after = (things(folder / f"{name}.ttl") for name in ("before", "after"))
    url = (tmp_path / "f" / "index.trig").as_uri()
    write_feed(tmp_path / "f", before, now=NOW)
    follower = clients.follow_feed(url)
    follower.activities.clear()
    write_feed(tmp_path / "f", after, now=NOW + DAY)
    clients.follow_feed(url, follower)
    told: dict[str, list[str]] = {"Create": [], "Update": [], "Delete": []}
    for _, verb, iri in follower.activities:
        told[verb].append(iri)
    report = json.loads((folder / "report.json").read_text())
    names = {"Create": "addedURIs", "Update": "updatedURIs", "Delete": "removedURIs"}
    assert {name: sorted(told[verb]) for verb, name in names.items()} == {
        name: sorted(report[name]) for name in names.values()
    }
    meant = rdflib.Graph().parse(folder / "after.ttl")
    assert isomorphic(union(follower), meant)


def things(path: Path) -> list[Description]:
    """Each subject of a Turtle file as a description."""
    found: dict[str, list[str]] = {}
    for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        found.setdefault(triple.subject.value, []).append(f"{triple.triple} .\n")
    return [Description(iri, parse("".join(lines))) for iri, lines in found.items()]


def test_activities_conform_to_semics_shapes(tmp_path: Path) -> None:
    """Closed: nothing but the class, the object and the time."""
    for number, count in enumerate((2, 3, 1)):
        write_feed(tmp_path / "f", described(a_source("a", count)), now=NOW + number * DAY)
    everything = rdflib.Graph()
    for path in (tmp_path / "f").glob("2*.trig"):
        dataset = rdflib.Dataset()
        dataset.parse(path, format="trig", publicID=path.as_uri())
        for triple in dataset.default_graph:
            everything.add(triple)
    shapes = rdflib.Graph().parse(data=SHAPES)
    conforms, _, text = pyshacl.validate(everything, shacl_graph=shapes)
    assert conforms, text
    kinds = {str(kind) for kind in everything.objects(None, rdflib.RDF.type)}
    assert {str(clients.AS[verb]) for verb in ("Create", "Update", "Delete")} <= kinds
    everything.add(
        (next(everything.subjects(clients.AS.object)), rdflib.RDFS.label, rdflib.Literal("x"))
    )
    assert not pyshacl.validate(everything, shacl_graph=shapes)[0]


def test_fragments_never_change(tmp_path: Path) -> None:
    """They say so themselves; only the index is written anew, and not when nothing has changed."""
    folder = tmp_path / "f"
    write_feed(folder, described(a_source("a", 2)), now=NOW)
    first = content(folder)
    write_feed(folder, described(a_source("a", 2)), now=NOW + DAY)
    assert content(folder) == first
    write_feed(folder, described(a_source("a", 3)), now=NOW + DAY)
    later = content(folder)
    assert {name for name in first if later[name] != first[name]} == {"index.trig", "SHA256SUMS"}
    fragments = [data for name, data in later.items() if name.startswith("2")]
    assert len(fragments) == 2
    assert all(b"ldes:immutable true" in data for data in fragments)
    assert whole(folder)


def test_the_same_history_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two feeds that were told the same states at the same times are the same."""
    for name in ("1", "2"):
        for number, count in enumerate((2, 0, 3)):
            write_feed(tmp_path / name, described(a_source("a", count)), now=NOW + number * DAY)
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_old_fragments_are_gone_a_night_later(tmp_path: Path) -> None:
    """Readers who have the index of before still find what it names."""
    folder = tmp_path / "f"
    keep = timedelta(days=10)
    for number in range(4):
        triples = [
            ("https://exempel.se/1", RDF_TYPE, DCAT + "Dataset"),
            ("https://exempel.se/1", DCTERMS + "title", Literal(str(number))),
        ]
        write_feed(
            folder,
            [Description("https://exempel.se/1", triples)],
            now=NOW + 20 * number * DAY,
            keep=keep,
        )
        there = [name for name in content(folder) if name.startswith("2")]
        assert len(there) == (1 if number == 0 else 2)
        assert len(read_feed(folder)) == 1
    feed = clients.follow_feed((folder / "index.trig").as_uri())
    assert [verb for _, verb, _ in feed.activities] == ["Update"]


def test_a_store_from_a_backup_is_told_as_changes(tmp_path: Path) -> None:
    """Whoever has followed comes back to the old state with it; time goes on from where it was."""
    folder = tmp_path / "f"
    old, new = described(a_source("a", 2)), described(a_source("a", 3))
    write_feed(folder, old, now=NOW)
    write_feed(folder, new, now=NOW + DAY)
    done = write_feed(folder, old, now=NOW)
    assert done.added == {"Update": 1, "Delete": 2}
    feed = clients.follow_feed((folder / "index.trig").as_uri())
    assert isomorphic(union(feed), graph(old))


def test_a_damaged_feed_is_not_added_to(tmp_path: Path) -> None:
    """What has been said cannot be known: the words say what to do."""
    folder = tmp_path / "f"
    write_feed(folder, described(a_source("a", 2)), now=NOW)
    fragment = next(folder.glob("2*"))
    fragment.write_bytes(fragment.read_bytes()[:400])
    before = content(folder)
    with pytest.raises(ExportError, match=r"is damaged.*Restore it from a copy"):
        write_feed(folder, described(a_source("a", 3)), now=NOW + DAY)
    assert content(folder) == before


def test_a_fragment_that_was_changed_is_damage_too(tmp_path: Path) -> None:
    """Also when it can still be read; its checksum is not written anew."""
    folder = tmp_path / "f"
    write_feed(folder, described(a_source("a", 2)), now=NOW)
    fragment = next(folder.glob("2*"))
    fragment.write_bytes(fragment.read_bytes().replace(b"2026-11-22T", b"2026-11-21T"))
    before = content(folder)
    for number in (2, 3):
        with pytest.raises(ExportError, match=r"is damaged: .* is not what was written"):
            write_feed(folder, described(a_source("a", number)), now=NOW + DAY)
    assert content(folder) == before


@pytest.mark.case("F1")
def test_checksums_that_a_killed_run_did_not_write_are_written_by_the_next(tmp_path: Path) -> None:
    """Also when nothing has changed since."""
    folder = tmp_path / "f"
    write_feed(folder, described(a_source("a", 2)), now=NOW)
    sums = (folder / "SHA256SUMS").read_bytes()
    write_feed(folder, described(a_source("a", 3)), now=NOW + DAY)
    whole = content(folder)
    (folder / "SHA256SUMS").write_bytes(sums)
    assert write_feed(folder, described(a_source("a", 3)), now=NOW + 2 * DAY).added == {}
    assert content(folder) == whole


def test_a_fragment_at_fault_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is the last thing that is written."""
    folder = tmp_path / "f"
    write_feed(folder, described(a_source("a", 2)), now=NOW)
    before = content(folder)

    def failing(*_: object, **__: object) -> int:
        raise ExportError(Text.same("fel"))

    monkeypatch.setattr(feed_module, "write_verified", failing)
    with pytest.raises(ExportError, match="was not published: fel"):
        write_feed(folder, described(a_source("a", 3)), now=NOW + DAY)
    assert content(folder) == before


def test_a_folder_of_pages_is_no_feed(tmp_path: Path) -> None:
    """Two forms never share a folder."""
    (tmp_path / "index.rdf").write_text("")
    with pytest.raises(UsageError, match="what is written here has a folder of its own"):
        write_feed(tmp_path, [], now=NOW)


def test_whole_nights(tmp_path: Path) -> None:
    """From the sources to the follower, with blank nodes; the times are those of the runs."""
    with FileServer({}) as server:
        world = World.of(tmp_path, server, "a")
        world.forms = True
        follower = clients.Feed()
        url = (tmp_path / "se-feed" / "index.trig").as_uri()
        for numbers in (range(20), range(2, 22), range(2, 22)):
            world.serve({"a": catalog("a", numbers)})
            world.night()
            clients.follow_feed(url, follower)
            meant = rdflib.Graph().parse(data=world.export(), format="xml")
            assert isomorphic(union(follower), meant)
    days = {at[:10] for at, _, _ in follower.activities}
    assert days == {"2026-11-23", "2026-11-24"}
