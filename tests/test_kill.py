"""Runs that are killed: at no moment is anything half, and the next run ends as if unbroken."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harvester.fetch.bodies import BodyStore
from harvester.model import Outcome
from harvester.store import Store
from harvester.store.search_schema import INDEXES
from tests.export.clients import Served, served
from tests.nights import World, catalog, rows
from tests.servers import FileServer

ROOT = Path(__file__).parents[1]
ENDS = (Outcome.OK, Outcome.OK, Outcome.UNCHANGED, Outcome.HELD, Outcome.OK, Outcome.GONE)
NAMES = ("a", "b", "c", "d", "e", "f")
# Runs differ in their numbers; what they leave behind does not.
NUMBERS = {"run", "first_seen", "changed", "since", "removed", "id"}
LOG = {"run", "source_run", "run_document", "sqlite_sequence", "_sqlite_migrations"}

# A few of the most telling; `make kill` goes through all that there are.
SOME = [
    ("fetch", 2),
    ("body write", 1),
    ("parse", 2),
    ("sql BEGIN", 3),
    ("sql INSERT resource", 1),
    ("sql INSERT search_exact", 5),
    ("sql COMMIT", 4),
    ("sql INSERT decision", 1),  # all sources stored, nothing decided yet
    ("file write", 2),
    ("rename export", 1),
    ("rename sum", 1),
    ("rename page folder", 1),
    ("rename pages index", 1),
    ("remove page folder", 1),
    ("rename fragment", 1),
    ("rename feed index", 2),
    ("rename sums", 2),
    ("rename description", 2),
]
TARGETS = ("eu", "se")


@dataclass
class Nursery:
    """A process in which nights are run and killed (tests/killed.py)."""

    process: "subprocess.Popen[str]"

    def night(self, world: World, **end: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        sources = [(source.id, source.url) for source in world.sources]
        targets = list(world.targets)
        order = {"folder": str(world.folder), "sources": sources, "targets": targets, **end}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@dataclass(frozen=True)
class Case:
    """The world after its first night, what a second one makes of it, and how long that takes."""

    nursery: Nursery
    first: World
    states: tuple[dict[str, frozenset], dict[str, frozenset]]
    served: tuple[Served, Served]
    second: dict[str, list[str]]
    points: list[str]
    seconds: float
    temporary: Path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Six sources: changed, three datasets fewer, unchanged, half gone, new, and not there."""
    folder = tmp_path_factory.mktemp("kill")
    temporary = folder / "tmp"
    temporary.mkdir()
    with (
        FileServer({}) as server,
        subprocess.Popen(
            [sys.executable, "-m", "tests.killed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        ) as process,
    ):
        first = World.of(folder / "first", server, *NAMES[:4], NAMES[5])
        first.forms = True
        first.targets = TARGETS
        first.folder.mkdir()
        for size in (19, 20):  # so that pages of a night before may be removed in the next
            first.serve({name: catalog(name, range(size)) for name in "abcd"})
            first.night()
        first.serve(
            {
                "a": catalog("a", range(22), words="ny"),
                "b": catalog("b", range(3, 20)),
                "d": catalog("d", range(10)),
                "e": catalog("e", range(5)) + catalog("a", [1, 2], words="kopia"),
            }
        )
        first.sources = World.of(first.folder, server, *NAMES).sources
        nursery = Nursery(process)
        second = first.copy(folder / "second")
        begun = time.monotonic()
        answer = nursery.night(second)
        seconds = time.monotonic() - begun
        assert answer["status"] == 0
        outcomes = rows(second.settings.store, "SELECT outcome FROM source_run WHERE run = 3")
        assert sorted(outcomes) == sorted((one.value,) for one in ENDS)
        yield Case(
            nursery,
            first,
            (live(first), live(second)),
            (served(first.folder, TARGETS), served(second.folder, TARGETS)),
            found(second),
            answer["points"],
            seconds,
            temporary,
        )
        assert process.stdin is not None
        process.stdin.close()


def live(world: World) -> dict[str, frozenset]:
    """What is live of each source, after checking that the store is whole."""
    with Store.open(world.settings.store) as store:
        assert store.check().problems == ()
        return {name: frozenset(store.digests(name).items()) for name in NAMES}


def found(world: World) -> dict[str, list[str]]:
    """All that a store says, but for the log and the numbers of runs.

    Of an index the words and where they are, as SQLite gives them: in which pieces it lies follows
    from the order in which the sources were stored.
    """
    path = world.settings.store
    tables = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    said = {index: words(path, index) for index in INDEXES}
    for table in set(tables) - LOG:
        if table.startswith(tuple(INDEXES)):
            continue
        columns = [row[1] for row in rows(path, f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in NUMBERS)
        said[table] = sorted(map(repr, rows(path, f"SELECT {kept} FROM {table}")))
    return said


def words(path: Path, index: str) -> list[str]:
    """The words of a full-text index and where they stand, after checking it against its text."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        db.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, instance)")
        return sorted(
            map(
                repr,
                db.execute(
                    "SELECT term, source, iri, col, offset FROM words JOIN search ON doc = id"
                ),
            )
        )


def nothing_is_half(case: Case, world: World) -> str:
    """Each source, each body and the export are wholly old or wholly new; says which."""
    old, new = case.states
    now = live(world)
    for name in NAMES:
        assert now[name] in (old[name], new[name]), name
    for index in INDEXES:
        words(world.settings.store, index)
    # One form after the other: each of them is old or new.
    before, after = case.served
    for form, what in served(world.folder, world.targets).items():
        assert what in (before[form], after[form]), form
    bodies = BodyStore(world.settings.bodies)
    assert all(bodies.verify(sha256) for sha256 in bodies.digests())
    return "new" if now == new else "old" if now == old else "between"


def recovers(case: Case, world: World) -> None:
    """The next run needs no repair and reaches what an unbroken run reaches."""
    answer = case.nursery.night(world)
    assert answer["status"] == 0
    assert found(world) == case.second
    assert served(world.folder, world.targets) == case.served[1]
    for target in TARGETS:
        for folder in (
            world.folder,
            world.folder / f"{target}-pages",
            world.folder / f"{target}-feed",
        ):
            sums = f"{target}.rdf.sha256" if folder == world.folder else "SHA256SUMS"
            done = subprocess.run(["sha256sum", "--check", "--strict", sums], cwd=folder)
            assert done.returncode == 0
    states = rows(world.settings.store, "SELECT state FROM run ORDER BY run")
    assert states[-1] == ("finished",)
    assert ("running",) not in states
    assert not list(world.folder.rglob("*.part"))


def killed_at(case: Case, folder: Path, **end: Any) -> str:
    world = case.first.copy(folder / "world")
    answer = case.nursery.night(world, **end)
    assert answer["status"] == -9 or "after" in end
    seen = nothing_is_half(case, world)
    recovers(case, world)
    return seen


@pytest.mark.case("F1")
def test_the_second_night_changes_what_it_should(case):
    """Each kind of ending is there, so that a kill can spoil each of them."""
    old, new = case.states
    assert {name for name in NAMES if old[name] != new[name]} == {"a", "b", "e"}
    before, after = case.served
    assert {form for form in before if before[form] == after[form]} == set()
    assert {name for name, _ in SOME} <= set(case.points)
    assert len(set(case.points)) > 60


@pytest.mark.case("F1")
@pytest.mark.case("F27")
@pytest.mark.parametrize("point", SOME, ids=lambda point: f"{point[0]} {point[1]}")
def test_a_run_killed_at_a_fault_point(case, tmp_path, point):
    """Before a fetch, a write, a sync, a rename, a statement: nothing half, then as unbroken."""
    killed_at(case, tmp_path, at=point)


@pytest.mark.slow
@pytest.mark.case("F1")
@pytest.mark.timeout(3600)
def test_a_run_killed_at_every_fault_point(case, tmp_path):
    """The first, the middle and the last of every name."""
    counts = Counter(case.points)
    points = [(name, n) for name, c in sorted(counts.items()) for n in sorted({1, (c + 1) // 2, c})]
    failed = {}
    for number, point in enumerate(points):
        try:
            killed_at(case, tmp_path / str(number), at=point)
        except AssertionError as error:
            failed[point] = str(error)[:1000]
    assert failed == {}
    assert len(points) > 150


@pytest.mark.slow
@pytest.mark.case("F1")
@pytest.mark.timeout(3600)
def test_a_run_killed_two_hundred_times_at_random(case, tmp_path):
    """At any moment, also inside SQLite and the kernel; old, new and between are all met."""
    chance = random.Random(7)
    seen = {
        killed_at(case, tmp_path / str(number), after=chance.uniform(0, case.seconds))
        for number in range(200)
    }
    assert seen == {"old", "new", "between"}
    assert list(case.temporary.iterdir()) == []


@pytest.mark.case("F2")
@pytest.mark.case("F3")
def test_no_reader_and_no_folder_outlives_a_killed_run(case, tmp_path):
    """The readers notice that the run is gone and end; no run makes a temporary file or folder."""
    killed_at(case, tmp_path, at=("judge", 1))
    for _ in range(600):
        if not readers_of(case.temporary):
            break
        time.sleep(0.05)
    assert readers_of(case.temporary) == []
    assert list(case.temporary.iterdir()) == []


def readers_of(temporary: Path) -> list[str]:
    """The readers that were started by the runs of this test."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            mine = f"TMPDIR={temporary}\0".encode() in (path / "environ").read_bytes()
            if mine and b"harvester.worker" in (path / "cmdline").read_bytes():
                found.append(path.name)
    return found
