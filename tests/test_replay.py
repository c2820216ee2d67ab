"""Held states that are accepted, runs that are read again, and checks that find damage."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.cli.boundary import run
from harvester.model import Outcome
from tests.nights import LOG, World, catalog, dump, rows
from tests.servers import FileServer

ROOT = Path(__file__).parents[1]
FULL, HALF = range(1, 41), range(1, 21)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One night has passed over two catalogs of forty datasets."""
    with FileServer({}) as server:
        world = World.of(tmp_path_factory.mktemp("first"), server, "a", "b")
        world.serve({"a": catalog("a", FULL), "b": catalog("b", FULL)})
        world.night()
        yield world


@pytest.fixture
def world(first: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The first night once more, in a folder of its own that is the working directory."""
    world = first.copy(tmp_path / "world")
    world.serve({"a": catalog("a", FULL), "b": catalog("b", FULL)})
    world.write_config()
    monkeypatch.chdir(world.folder)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # for the readers, where nothing is installed
    return world


@pytest.fixture
def halved(world: World) -> World:
    """On the second night a has only half of its datasets, and is held."""
    world.serve({"a": catalog("a", HALF)})
    world.night()
    assert world.ended("a").outcome is Outcome.HELD
    return world


def live(world: World) -> int:
    return rows(world.settings.store, "SELECT count(*) FROM dataset WHERE source = 'a'")[0][0]


@pytest.mark.case("F16")
def test_a_held_state_stays_beside_the_live_one(halved):
    """Live data and export are as before; the held bodies are kept and named."""
    assert live(halved) == 40
    assert b"a.exempel.se/30" in halved.export()
    held = rows(halved.settings.store, "SELECT sha256 FROM run_document WHERE run = 2")
    assert [(halved.settings.bodies / h[:2] / h[2:]).is_file() for (h,) in held] == [True]


@pytest.mark.case("F16")
def test_accept_lets_exactly_the_held_state_through(halved, capsys):
    """Offline, from the bodies: not what the source says by now. Then it is exported."""
    halved.serve({"a": catalog("a", [])})
    asked = len(halved.server.requests)
    assert run(["accept", "a"]) == 0
    assert "are live now (run 3)" in capsys.readouterr().out
    assert len(halved.server.requests) == asked
    assert live(halved) == 20
    assert b"a.exempel.se/30" not in halved.export()
    assert rows(halved.settings.store, "SELECT command, state FROM run WHERE run = 3") == [
        ("accept a", "finished")
    ]


@pytest.mark.case("F16")
def test_the_night_after_an_accepted_state_finds_nothing_new(halved):
    """What was accepted is live as if it had never been held, validators included."""
    assert run(["accept", "a", "--quiet"]) == 0
    halved.night()
    assert halved.ended("a").outcome is Outcome.UNCHANGED
    assert halved.ended("a").not_modified


@pytest.mark.case("F16")
def test_another_state_the_next_day_is_judged_anew(halved):
    """An accepted half is no permission to lose the rest; a full one goes live by itself."""
    assert run(["accept", "a", "--quiet"]) == 0
    halved.serve({"a": catalog("a", range(1, 6))})
    halved.night()
    assert halved.ended("a").outcome is Outcome.HELD
    halved.serve({"a": catalog("a", FULL)})
    halved.night()
    assert halved.ended("a").outcome is Outcome.OK
    assert live(halved) == 40


@pytest.mark.case("F16")
def test_a_state_held_for_three_nights_is_said_louder(halved):
    """It is still held; a good answer starts the count anew."""
    halved.night()
    halved.night()
    held = halved.ended("a").held
    assert held is not None
    assert held.en.startswith("HELD 3 TIMES IN A ROW")
    assert live(halved) == 40
    halved.serve({"a": catalog("a", FULL)})
    halved.night()
    assert halved.ended("a").outcome is Outcome.UNCHANGED
    halved.serve({"a": catalog("a", HALF)})
    halved.night()
    held = halved.ended("a").held
    assert held is not None
    assert "ROW" not in held.en


def test_there_is_nothing_to_accept_where_nothing_is_held(world, capsys):
    """Exit code 2, and no run is logged."""
    assert run(["accept", "a"]) == 2
    assert "nothing is held back" in capsys.readouterr().err
    assert run(["accept", "c"]) == 2
    assert rows(world.settings.store, "SELECT count(*) FROM run") == [(1,)]


def test_a_held_state_whose_body_is_gone_is_not_accepted(halved, capsys):
    """Exit code 10; the live state is as it was."""
    before = dump(halved.settings.store)
    ((held,),) = rows(halved.settings.store, "SELECT sha256 FROM run_document WHERE run = 2")
    (halved.settings.bodies / held[:2] / held[2:]).write_bytes(b"something else")
    assert run(["accept", "a"]) == 10
    assert "gone or damaged" in capsys.readouterr().err
    assert dump(halved.settings.store) == before


@pytest.mark.case("S76")
def test_a_newcomer_takes_nothing_over(world):
    """Source aa, whose id comes before b, copies a dataset of b: held, and b's text stays."""
    before = dump(world.settings.store, *LOG)
    export = world.export()
    stolen = catalog("aa", [1, 2]) + catalog("b", [7], words="stulen", host="b.exempel.se")
    world.sources = World.of(world.folder, world.server, "a", "aa", "b").sources
    world.serve({"aa": stolen})
    world.night()
    assert world.ended("aa").outcome is Outcome.HELD
    assert "that b publishes" in str(world.ended("aa").held)
    assert world.export() == export
    after = dump(world.settings.store, *LOG)
    assert {table for table in after if after[table] != before[table]} == {"source"}


@pytest.mark.case("S76")
def test_a_newcomer_that_loses_is_recorded_and_changes_nothing(world):
    """Source c copies a dataset of b: its description is stored, and a decision says who won."""
    world.sources = World.of(world.folder, world.server, "a", "b", "c").sources
    world.serve({"c": catalog("b", [7], words="stulen", host="b.exempel.se")})
    world.night()
    assert world.ended("c").outcome is Outcome.OK
    assert "stulen" not in world.export().decode()
    lost = rows(world.settings.store, "SELECT winner_source, loser_iri, reason FROM decision")
    assert ("b", "https://b.exempel.se/7", "iri:id") in lost


def test_a_run_is_read_again_offline(halved, capsys):
    """The first run gives forty datasets, the second twenty; nothing is fetched or written."""
    before = dump(halved.settings.store)
    asked = len(halved.server.requests)
    assert run(["replay", "1", "--json"]) == 0
    first = {one["id"]: one for one in json.loads(capsys.readouterr().out)["sources"]}
    assert (first["a"]["datasets"], first["a"]["changed"], first["b"]["datasets"]) == (40, [], 40)
    assert run(["replay", "2", "--json"]) == 4
    second = {one["id"]: one for one in json.loads(capsys.readouterr().out)["sources"]}
    assert (second["a"]["datasets"], len(second["a"]["removed"])) == (20, 40)
    assert second["b"]["datasets"] == 40
    assert len(halved.server.requests) == asked
    assert dump(halved.settings.store) == before
    assert run(["replay", "9"]) == 2


def test_a_backup_is_a_whole_store(halved, capsys):
    """It is as good as the one it was made from, and never overwrites."""
    assert run(["backup", "copy.db"]) == 0
    assert dump(halved.folder / "copy.db") == dump(halved.settings.store)
    assert run(["backup", "copy.db"]) == 10
    capsys.readouterr()
    assert run(["check", "--store", "copy.db"]) == 10  # its bodies lie beside the original


def test_a_sound_installation_is_found_sound(halved, capsys):
    """Counts of all that was looked at; a held source is as sound as any."""
    assert run(["check", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["problems"] == answer["outdated"] == answer["notes"] == []
    assert answer["checked"]["sources"] == 2
    assert answer["checked"]["bodies"] == 3
    assert answer["checked"]["exports"] == 1
    assert (answer["checked"]["pages"], answer["checked"]["feeds"]) == (0, 0)


def test_a_damaged_body_is_found(world, capsys):
    """By hashing it, and by the source that cannot be read again."""
    ((sha256,),) = rows(world.settings.store, "SELECT sha256 FROM document WHERE source = 'a'")
    path = world.settings.bodies / sha256[:2] / sha256[2:]
    path.write_bytes(path.read_bytes().replace(b"Om 7 ", b"Om 8 "))
    assert run(["check"]) == 10
    err = capsys.readouterr().err
    assert f"{path}: the file is not what was fetched" in err
    assert "a: cannot be read again" in err
    assert "b:" not in err


def test_an_export_that_someone_edited_is_found(world, capsys):
    """One byte is enough; writing it anew makes it right."""
    path = world.folder / "se.rdf"
    path.write_bytes(path.read_bytes() + b"\n")
    assert run(["check"]) == 1
    assert "is not what the store and the configuration give now" in capsys.readouterr().err
    assert run(["export"]) == 0
    assert run(["check"]) == 0


def test_a_resource_that_its_documents_do_not_give_is_found(world, capsys):
    """A row that was edited with its digest, so that the store itself looks whole."""
    import hashlib
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(world.settings.store)) as db:
        ((text,),) = db.execute("SELECT ntriples FROM resource WHERE iri LIKE '%a.%/7'").fetchall()
        edited = text.replace("Om 7", "Om 9")
        digest = hashlib.sha256(edited.encode()).hexdigest()
        db.execute(
            "UPDATE resource SET ntriples = ?, digest = ? WHERE iri LIKE '%a.%/7'",
            (edited, digest),
        )
        db.commit()
    assert run(["check"]) == 10
    assert "a: 1 resources are not what its stored documents give" in capsys.readouterr().err


def test_a_plan_shows_each_property_that_would_change(world, capsys):
    """From what is live to what is served, also what is held; nothing is written."""
    before = dump(world.settings.store)
    world.serve({"a": catalog("a", FULL, words="luften"), "b": catalog("b", HALF)})
    assert run(["plan", "--json"]) == 4
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["sources"]}
    change = next(c for c in found["a"]["changes"] if c["iri"] == "https://a.exempel.se/7")
    assert (change["change"], change["kind"], change["title"]) == (
        "changed",
        "dataset",
        "Datamängd 7",
    )
    assert change["properties"] == [
        {
            "property": "dcterms:description",
            "before": ['"Om 7"@sv'],
            "after": ['"Om 7 luften"@sv'],
        }
    ]
    gone = [c["iri"] for c in found["b"]["changes"] if c["kind"] == "dataset"]
    assert len(gone) == 20
    assert run(["plan", "--md"]) == 4
    assert '`"Om 7"@sv` → `"Om 7 luften"@sv`' in capsys.readouterr().out
    assert dump(world.settings.store) == before
    assert run(["plan", "--md", "--json"]) == 2


@pytest.mark.case("S76")
def test_a_plan_shows_who_would_win(world, capsys):
    """A source that the operator has put first, with a dataset that b publishes now."""
    from dataclasses import replace

    world.serve({"a": catalog("a", FULL) + catalog("b", [7], words="bättre")})
    world.sources = (replace(world.sources[0], priority=1), world.sources[1])
    config = world.write_config()
    config.write_text(config.read_text().replace('id = "a"', 'id = "a"\npriority = 1'))
    assert run(["plan"]) == 0
    assert (
        "https://b.exempel.se/7 would be published from a, not b (iri:priority)"
        in capsys.readouterr().out
    )
