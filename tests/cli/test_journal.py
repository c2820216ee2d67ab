"""The log of a run: what its lines hold, where they go, and what becomes of a full disk."""

import json
import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from harvester.cli.journal import Journal
from harvester.events import Event
from tests.commands import run
from tests.nights import World, catalog
from tests.servers import FileServer

AT = datetime(2026, 11, 22, 3, 0, 1, 250_000, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path):
    """One source that answers and one that does not."""
    with FileServer({}) as server:
        world = World.of(tmp_path, server, "a", "b")
        world.serve({"a": catalog("a", range(3))})
        world.write_config()
        yield world


def keep(world: World, *lines: str) -> Path:
    config = world.folder / "harvester.toml"
    config.write_text("\n".join(["[log]", *lines, config.read_text()]))
    return world.folder / "harvester.log"


def names(lines: list[str]) -> list[tuple[str, str]]:
    return [(one["source"], one["event"]) for one in map(json.loads, lines)]


def test_stderr_is_json_and_nothing_else_with_log_format_json(world):
    """One object an event, each with time, run, source and event; the answer stays on stdout."""
    done = run(world.folder, "harvest", "--log-format", "json")
    assert done.returncode == 3
    said = [json.loads(line) for line in done.stderr.splitlines()]
    started = {("a", "source-started"), ("b", "source-started")}
    assert started < set(names(done.stderr.splitlines()))
    ended = {one["source"]: one for one in said if one["event"] == "source-ended"}
    assert (ended["a"]["outcome"], ended["a"]["datasets"]) == ("ok", 3)
    assert (ended["b"]["cause"], ended["b"]["outcome"]) == ("http-404", "gone")
    assert {one["run"] for one in said} == {1}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["time"]) for one in said)
    assert [one["event"] for one in said if not one["source"]] == [
        "run-started", "export-written", "run-ended", "pruned",
    ]  # fmt: skip
    assert said[-2]["exit_code"] == 3
    assert done.stdout.startswith("Source")


def test_a_command_that_cannot_begin_says_so_in_the_log(world):
    """The last line of stderr is an object too."""
    (world.folder / "harvester.db").write_text("this is no database at all")
    done = run(world.folder, "harvest", "--log-format", "json")
    said = json.loads(done.stderr)
    assert (done.returncode, said["event"], said["exit_code"]) == (10, "command-failed", 10)
    assert (said["run"], "not a store" in said["error"]) == (0, True)


def test_text_has_pairs_that_can_be_searched(world):
    """Quoted where needed; what says nothing is left out."""
    done = run(world.folder, "harvest", "--log-format", "text")
    lines = done.stderr.splitlines()
    assert any(
        re.search(
            r"Z run=1 source=b event=source-ended outcome=gone .*cause=http-404 error=\"", one
        )
        for one in lines
    )
    assert "held=" not in done.stderr


def test_the_log_file_of_the_configuration_is_its_owners(world):
    """Runs are added to it; stderr is as without it; accept is logged too."""
    log = keep(world, 'file = "harvester.log"', 'format = "json"')
    without = run(world.folder, "harvest", "--lang", "en")
    assert "b: gone" in without.stderr
    run(world.folder, "harvest")
    assert {json.loads(line)["run"] for line in log.read_text().splitlines()} == {1, 2}
    assert log.stat().st_mode & 0o777 == 0o600
    world.serve({"a": catalog("a", range(60))})
    run(world.folder, "harvest", "a")
    world.serve({"a": catalog("a", range(9))})
    assert run(world.folder, "harvest", "a").returncode == 4
    assert run(world.folder, "accept", "a").returncode == 0
    last = [json.loads(line) for line in log.read_text().splitlines()]
    assert last[-1] | {"time": ""} == {
        "time": "", "run": 5, "source": "", "event": "run-ended", "state": "finished",
        "exit_code": 0, "seconds": last[-1]["seconds"],
    }  # fmt: skip
    assert next(one for one in last if one["event"] == "source-ended" and one["run"] == 4)["held"]


@pytest.mark.case("F7")
@pytest.mark.parametrize("file", ["/dev/full", "no-folder-but-a-file/x.log"])
def test_a_log_that_cannot_be_written_fails_nothing(world, file):
    """The run ends as it would have; one line says how many lines are lost and why."""
    (world.folder / "no-folder-but-a-file").write_text("")
    keep(world, f'file = "{file}"')
    done = run(world.folder, "harvest", "a", "--lang", "en")
    assert done.returncode == 0
    assert re.fullmatch(rf"harvester: \S*{file}: 6 lines of the log .*\n", done.stderr)
    assert b"https://a.exempel.se/2" in world.export()


def test_the_log_keeps_itself_small(tmp_path):
    """What was before is kept once; no line is lost in between, and none is cut."""
    path = tmp_path / "x.log"
    journal = Journal("json", path, now=lambda: AT, largest=2000)
    written = []
    for number in count():
        journal.tell(Event("tick", fields={"number": number}))
        written.append(number)
        if path.with_name("x.log.1").exists() and path.stat().st_size > 1900:
            break
    kept = [path.with_name("x.log.1"), path]
    assert sum(one.stat().st_size for one in kept) <= 4000
    found = [json.loads(line)["number"] for one in kept for line in one.read_text().splitlines()]
    assert found == written[-len(found) :]
    assert journal.lost == 0
    assert {one.name for one in tmp_path.iterdir()} == {"x.log", "x.log.1"}


def test_no_symbolic_link_is_followed(tmp_path):
    """A log in a folder of others cannot be made to write elsewhere."""
    target = tmp_path / "target"
    target.write_text("")
    (tmp_path / "x.log").symlink_to(target)
    journal = Journal("text", tmp_path / "x.log", now=lambda: AT)
    journal.tell(Event("tick"))
    assert journal.lost == 1
    assert target.read_text() == ""


@pytest.mark.case("S70")
@pytest.mark.parametrize("form", ["text", "json"])
def test_data_can_forge_no_line_of_the_log(tmp_path, form):
    """Line ends, ESC, bidirectional controls and half characters are shown; long text is cut."""
    path = tmp_path / "x.log"
    journal = Journal(form, path, now=lambda: AT)
    evil = 'x"\n2026-11-22T03:00:00Z event=run-ended \x1b[2J \u202e \ud800'
    journal.tell(Event("source-ended", "a", {"error": evil, "held": "y" * 5000}))
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert line.isprintable()
    assert line.endswith('(+4000)"' if form == "text" else '(+4000)"}')
    if form == "json":
        assert json.loads(line)["error"] == evil
