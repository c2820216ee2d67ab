import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harvester.store.store import Store
from tests.store.killed import findings_of, night_of
from tests.store.night import SOURCE, Night, dump

LOG = ("run", "source_run", "finding", "normalisation")


def child(path: Path, fatal: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", str(path), str(fatal)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip


def state(path: Path) -> tuple[dict[str, str], list[str]]:
    """The live digests and findings, after checking that the file is whole."""
    with Store.open(path) as store:
        assert store.check().problems == ()
        lines = sorted(str(row) for row in store._db.execute("SELECT resource, line FROM finding"))
        return store.digests("exempel"), lines


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    """A store after the first night."""
    path = tmp_path_factory.mktemp("first") / "harvester.db"
    with Store.open(path, create=True) as store:
        Night(store, [SOURCE]).passes(*night_of(1), findings=findings_of(1))
    return path


@pytest.fixture(scope="module")
def second(first, tmp_path_factory) -> tuple[Path, int]:
    """A store after an unbroken second night, and how many statements that took."""
    path = tmp_path_factory.mktemp("second") / "harvester.db"
    shutil.copy(first, path)
    with child(path) as process:
        answer, _ = process.communicate(timeout=60)
    return path, int(answer.split()[1])


def recovers(path: Path, whole: Path) -> None:
    """The run after a kill needs no repair and reaches the state of an unbroken run."""
    with Store.open(path) as store:
        night = Night(store, [SOURCE])
        night.passes(*night_of(2), findings=findings_of(2))
        states = [
            row[0] for row in store._db.execute("SELECT state FROM run WHERE run < ?", (night.run,))
        ]
        assert "running" not in states
        mine = [row[:2] for row in store._db.execute("SELECT iri, digest FROM resource")]
    with Store.open(whole, read_only=True) as store:
        theirs = [row[:2] for row in store._db.execute("SELECT iri, digest FROM resource")]
    assert sorted(mine) == sorted(theirs)


def fatal_statements(total: int) -> list[int]:
    """BEGIN, the reading, the first write, some on the way, and COMMIT itself."""
    return [1, 2, 5, total // 3, 2 * total // 3, total - 1, total]


@pytest.mark.case("F1")
@pytest.mark.parametrize("point", range(7))
def test_a_source_is_wholly_old_when_killed_before_the_commit(first, second, tmp_path, point):
    """SIGKILL before any statement up to COMMIT: the first night is live, as it was."""
    whole, total = second
    path = tmp_path / "harvester.db"
    shutil.copy(first, path)
    with child(path, fatal_statements(total)[point]) as process:
        process.communicate(timeout=60)
    assert process.returncode == -9
    assert state(path) == state(first)
    recovers(path, whole)


def kill_at_random(first: Path, whole: Path, folder: Path, times: int, seed: int) -> set[str]:
    chance = random.Random(seed)
    old, new = state(first), state(whole)
    seen = set()
    for number in range(times):
        path = folder / f"{number}.db"
        shutil.copy(first, path)
        with child(path) as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.08))
            process.kill()
        now = state(path)
        assert now in (old, new)
        seen.add("old" if now == old else "new")
        recovers(path, whole)
    return seen


@pytest.mark.case("F1")
def test_a_source_is_wholly_old_or_wholly_new_when_killed_at_any_time(first, second, tmp_path):
    """SIGKILL at random moments of a transaction, its COMMIT and the checkpoint at closing."""
    kill_at_random(first, second[0], tmp_path, times=4, seed=1)


@pytest.mark.slow
@pytest.mark.case("F1")
@pytest.mark.timeout(600)
def test_two_hundred_kills(first, second, tmp_path):
    """The same, often enough to have seen both ends."""
    assert kill_at_random(first, second[0], tmp_path, times=200, seed=2) == {"old", "new"}


@pytest.mark.case("F27")
def test_a_run_that_was_killed_is_marked_by_the_next(store):
    """Its state is derived, never left at running."""
    night = Night(store, [SOURCE])
    night.begin()
    night.begin()
    night.end(exit_code=3)
    rows = store._db.execute("SELECT state, exit_code FROM run ORDER BY run").fetchall()
    assert rows == [("interrupted", None), ("finished", 3)]
    assert dump(store)["source_run"] == []
