"""Nights on a file system of 4 MiB that fills up: each of the things that a run writes, in turn."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.errors import DiskFullError
from harvester.export.tables import export_tables
from harvester.store import Store
from tests.commands import run
from tests.export.clients import Served, served
from tests.nights import LOG, World, catalog, dump, rows
from tests.servers import FileServer

SMALL, LARGE = range(1, 41), range(1, 901)


@pytest.fixture(scope="module")
def server() -> Iterator[FileServer]:
    with FileServer({}) as server:
        yield server


def fill(place: Path, leave: int) -> Path:
    """Leave so many bytes of a file system free."""
    filler = place / "filler"
    room = os.statvfs(place)
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - leave)))
    return filler


def first_night(folder: Path, server: FileServer, **places: Path | str) -> World:
    """A store, bodies, an export and a log, each where it is told, after a night of 40 datasets."""
    folder.mkdir(exist_ok=True)
    world = World.of(folder, server, "a")
    world.serve({"a": catalog("a", SMALL)})
    text = world.write_config().read_text()
    log = f'[log]\nformat = "json"\nfile = "{places.get("log", "harvester.log")}"\n'
    export = f'[export.se]\npath = "{places.get("export", "se.rdf")}"\n'
    head = text.replace('[export.se]\npath = "se.rdf"\n', export + log)
    (folder / "harvester.toml").write_text(head)
    done = run(folder, "harvest")
    assert done.returncode == 0, done.stderr
    return world


def stays(world: World, before: dict[str, list[str]]) -> None:
    """What the store found is as it was, and the file is whole."""
    assert dump(world.settings.store, *LOG) == before
    with Store.open(world.settings.store) as store:
        assert store.check().problems == ()


@pytest.mark.case("F5")
def test_no_room_for_the_store(tmpfs, server):
    """Exit code 12, the old rows; with room again the next run needs no repair."""
    world = first_night(tmpfs / "w", server)
    before, export = dump(world.settings.store, *LOG), world.export()
    world.serve({"a": catalog("a", LARGE)})
    size = len(world.server.files["/a.ttl"].body)
    filler = fill(tmpfs, size + 400_000)
    done = run(world.folder, "harvest", "--lang", "en", TMPDIR=str(tmpfs.parent))
    assert done.returncode == 12
    assert re.search(r"harvester\.db: the disk is full", done.stderr)
    assert "Traceback" not in done.stderr
    stays(world, before)
    assert world.export() == export
    filler.unlink()
    world.serve({"a": catalog("a", range(1, 80))})
    assert run(world.folder, "harvest", TMPDIR=str(tmpfs.parent)).returncode == 0
    assert run(world.folder, "check", TMPDIR=str(tmpfs.parent)).returncode == 0


@pytest.mark.case("F7")
def test_no_room_for_a_document(tmp_path, tmpfs, server):
    """Exit code 12 and where; nothing of it stays behind."""
    world = first_night(tmp_path / "w", server)
    before, export = dump(world.settings.store, *LOG), world.export()
    fill(tmpfs, 100_000)
    subprocess.run(["mount", "--bind", str(tmpfs), str(world.settings.bodies)], check=True)
    try:
        world.serve({"a": catalog("a", LARGE)})
        done = run(world.folder, "harvest", "--lang", "en")
        left = [path.name for path in world.settings.bodies.iterdir()]
    finally:
        subprocess.run(["umount", str(world.settings.bodies)], check=True)
    assert done.returncode == 12
    assert f"no room for a document in {world.settings.bodies}" in done.stderr
    assert left == ["filler"]
    stays(world, before)
    assert world.export() == export
    assert rows(world.settings.store, "SELECT state, exit_code FROM run WHERE run = 2") == [
        ("interrupted", 12)
    ]


@pytest.mark.case("F6")
def test_no_room_for_the_export(tmp_path, tmpfs, server):
    """The old file is whole and alone; what was harvested is stored, and exported with room."""
    world = first_night(tmp_path / "w", server, export=tmpfs / "se.rdf")
    export = (tmpfs / "se.rdf").read_bytes()
    world.serve({"a": catalog("a", range(1, 400))})
    filler = fill(tmpfs, 50_000)
    done = run(world.folder, "harvest", "--lang", "en")
    assert done.returncode == 12
    assert f"{tmpfs}/se.rdf" in done.stderr
    assert (tmpfs / "se.rdf").read_bytes() == export
    forms = {"se.rdf", "se.rdf.sha256", "se.void.ttl"}
    assert {path.name for path in tmpfs.iterdir()} == {*forms, "filler"}
    filler.unlink()
    assert run(world.folder, "export", "-o", str(tmpfs / "se.rdf")).returncode == 0
    assert b"https://a.exempel.se/399" in (tmpfs / "se.rdf").read_bytes()


@pytest.mark.case("F6")
@pytest.mark.case("F30")
def test_no_room_for_pages_feed_and_descriptions(tmp_path, tmpfs, server):
    """However far it comes, each form is old or new to those who read it; then all is published."""
    world = World.of(tmp_path, server, "a")
    world.forms, world.targets, world.out = True, ("eu", "se"), tmp_path / "before"
    world.serve({"a": catalog("a", SMALL)})
    world.night()
    before = served(world.out, world.targets)
    world.serve({"a": catalog("a", range(2, 60), words="ny")})
    world.night(export=False)
    after = published(world, tmp_path / "after")
    seen = set()
    for leave in range(0, 1_000_000, 60_000):
        shutil.copytree(tmp_path / "before", tmpfs / "ut")
        filler = fill(tmpfs, leave)
        try:
            now = published(world, tmpfs / "ut")
        except DiskFullError as error:
            why, now = str(error), served(tmpfs / "ut", world.targets)
        else:
            why = ""
        filler.unlink()
        assert {form for form in now if now[form] not in (before[form], after[form])} == set()
        assert not list(tmpfs.rglob("*.part"))
        seen.add(frozenset(form for form in now if now[form] == after[form]))
        assert published(world, tmpfs / "ut") == after
        shutil.rmtree(tmpfs / "ut")
        if not why:
            break
        assert "No space left on device" in why
        assert str(tmpfs) in why
    assert now == after
    assert len(seen) > 4


def published(world: World, folder: Path) -> Served:
    """What readers have after what is live was published into a folder, or a copy of the old."""
    if not folder.exists():
        shutil.copytree(world.published, folder)
    there = replace(world, out=folder)
    for target in world.targets:
        there.publish(target)
    return served(folder, world.targets)


@pytest.mark.case("F6")
def test_no_room_for_tables(tmp_path, tmpfs, server):
    """The old folder is there and whole, and nothing beside it."""
    world = World.of(tmp_path, server, "a")
    world.serve({"a": catalog("a", SMALL)})
    world.night()
    folder = tmpfs / "tabeller"

    def write() -> dict[str, bytes]:
        with Store.open(world.settings.store, read_only=True) as store:
            export_tables(folder, store)
        return files()

    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    before = write()
    world.serve({"a": catalog("a", range(1, 400))})
    world.night()
    for leave in (0, 5_000, 60_000):
        filler = fill(tmpfs, leave)
        with pytest.raises(DiskFullError, match="tabeller"):
            write()
        filler.unlink()
        assert files() == before
        assert [path.name for path in tmpfs.iterdir()] == ["tabeller"]
    assert len(write()["datasets.csv"].splitlines()) == 400


@pytest.mark.case("F7")
def test_no_room_for_the_log(tmp_path, tmpfs, server):
    """The run succeeds; the log ends with a whole line, and how much is lost is said."""
    log = tmpfs / "harvester.log"
    world = first_night(tmp_path / "w", server, log=log)
    page = os.sysconf("SC_PAGE_SIZE")
    log.write_bytes(b"{}\n" * ((page - 100) // 3))
    fill(tmpfs, 0)
    world.serve({"a": catalog("a", range(1, 42))})
    done = run(world.folder, "harvest", "--lang", "en")
    assert done.returncode == 0
    assert re.fullmatch(rf"harvester: {log}: \d lines of the log could .*\n", done.stderr)
    assert log.read_text().endswith("}\n")
    assert all(isinstance(json.loads(line), dict) for line in log.read_text().splitlines())
    assert b"https://a.exempel.se/41" in world.export()
