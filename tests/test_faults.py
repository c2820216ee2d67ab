"""What operators, disks and clocks do to a run, seen from outside."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from harvester.cli import boundary
from harvester.model import Outcome
from harvester.store import Store
from tests.commands import environment, run, start
from tests.nights import LOG, NOW, World, catalog, dump, rows
from tests.servers import FileServer, Peer, RawServer, answer

NUMBERS = range(1, 41)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 100000000\r\n\r\n"


def endless(peer: Peer) -> None:
    """A body that comes fast enough never to be given up, and never ends."""
    peer.send(HEAD)
    peer.drip([b"# nothing to read here\n" * 500] * 1000, every=0.1)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with FileServer({}) as server:
        world = World.of(tmp_path_factory.mktemp("first"), server, "a", "b")
        world.serve({"a": catalog("a", NUMBERS), "b": catalog("b", NUMBERS)})
        world.night()
        yield world


@pytest.fixture
def world(first: World, tmp_path: Path) -> World:
    """A first night has passed over two catalogs."""
    world = first.copy(tmp_path / "world")
    world.serve({"a": catalog("a", NUMBERS), "b": catalog("b", NUMBERS)})
    world.write_config()
    (world.folder / "tmp").mkdir()
    return world


def processes(folder: Path) -> list[str]:
    """The command lines of processes that name a folder."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in line:
            lines.append(line.decode())
    return lines


def until(holds: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.case("F2")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_stops_a_run_that_waits_for_a_slow_source(world, number, code):
    """Within five seconds, its readers with it; what was stored stays, the run is marked."""
    world.serve({"a": catalog("a", NUMBERS, words="ny")})
    with RawServer(endless) as slow:
        config = world.write_config()
        config.write_text(config.read_text().replace(world.server.url("/b.ttl"), slow.url("/b")))
        process = start(world.folder, "harvest", TMPDIR=str(world.folder / "tmp"))
        until(lambda: slow.requests)
        until(lambda: rows(world.settings.store, "SELECT 1 FROM source_run WHERE run = 2"))
        begun = time.monotonic()
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
        seconds = time.monotonic() - begun
    assert process.returncode == code
    assert seconds < 5
    assert err == "harvester: interrupted\n"
    assert processes(world.folder / "tmp") == []
    assert list((world.folder / "tmp").iterdir()) == []
    with Store.open(world.settings.store) as store:
        assert store.check().problems == ()
    assert b"ny" in b"".join(
        p.read_bytes() for p in world.settings.bodies.rglob("*") if p.is_file()
    )
    world.night()
    states = rows(world.settings.store, "SELECT state FROM run ORDER BY run")
    assert states == [("finished",), ("interrupted",), ("finished",)]


@pytest.mark.case("F2")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_where_stderr_is_a_log_a_signal_is_a_line_of_it(world, number, code):
    """Each line is JSON; the last ones say that the run was interrupted, and why."""
    with RawServer(endless) as slow:
        config = world.write_config()
        config.write_text(config.read_text().replace(world.server.url("/b.ttl"), slow.url("/b")))
        process = start(world.folder, "harvest", "--log-format", "json")
        until(lambda: slow.requests)
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == code
    lines = [json.loads(line) for line in err.splitlines()]
    assert [(one["event"], one["exit_code"]) for one in lines[-2:]] == [
        ("run-ended", code),
        ("command-failed", code),
    ]
    assert lines[-2]["state"] == lines[-1]["error"] == "interrupted"


@pytest.mark.case("F2")
def test_a_signal_stops_a_run_in_the_middle_of_reading(world):
    """A reader deep in a big document is not waited for."""
    world.serve({"a": catalog("a", range(60_000))})
    process = start(world.folder, "harvest", TMPDIR=str(world.folder / "tmp"))
    big = len(world.server.files["/a.ttl"].body)
    until(lambda: any(p.stat().st_size == big for p in world.settings.bodies.glob("??/*")))
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert process.returncode == 143
    assert processes(world.folder / "tmp") == []


@pytest.mark.case("F2")
def test_a_second_signal_ends_it_at_once(world):
    """Whatever the first one is waiting for; the store is whole."""
    with RawServer(endless) as slow:
        config = world.write_config()
        config.write_text(config.read_text().replace(world.server.url("/b.ttl"), slow.url("/b")))
        process = start(world.folder, "harvest", TMPDIR=str(world.folder / "tmp"))
        until(lambda: slow.requests)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode in (143, -15)
    until(lambda: not processes(world.folder / "tmp"), 5)
    with Store.open(world.settings.store) as store:
        assert store.check().problems == ()


@pytest.mark.case("F8")
def test_of_two_runs_at_once_the_second_ends_and_readers_work(world):
    """Exit code 11 at once, naming the first; status, export and plan need no lock."""
    with RawServer(endless) as slow:
        config = world.write_config()
        text = config.read_text()
        config.write_text(text.replace(world.server.url("/b.ttl"), slow.url("/b")))
        process = start(world.folder, "harvest", TMPDIR=str(world.folder / "tmp"))
        until(lambda: slow.requests)
        for command in (["harvest"], ["accept", "a"]):
            second = run(world.folder, *command)
            assert second.returncode == 11, command
            assert f"process {process.pid}" in second.stderr
        for command in (["status"], ["export", "-o", "other.nt"], ["plan", "a"]):
            assert run(world.folder, *command).returncode == 0, command
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert run(world.folder, "check").returncode == 0


@pytest.mark.case("F7")
def test_no_room_for_a_document(world):
    """Exit code 12 and where to make room; store and export are as they were."""
    before, export = dump(world.settings.store, *LOG), world.export()
    world.serve({"a": catalog("a", range(1000))})
    done = run(world.folder, "harvest", "a", largest_file=100_000)
    assert done.returncode == 12
    assert "no room for a document in" in done.stderr
    assert dump(world.settings.store, *LOG) == before
    assert world.export() == export
    assert list(world.settings.bodies.glob("*.part")) == []


@pytest.mark.case("F5")
def test_no_room_for_the_store(world):
    """Exit code 12; the old rows are there, the file is whole, the next run succeeds."""
    before, export = dump(world.settings.store, *LOG), world.export()
    world.serve({"a": catalog("a", range(150), words="x")})
    size = len(world.server.files["/a.ttl"].body)
    done = run(world.folder, "harvest", "a", largest_file=size + 60_000)
    assert done.returncode == 12
    assert "the disk is full or refuses writing" in done.stderr
    assert dump(world.settings.store, *LOG) == before
    assert world.export() == export
    with Store.open(world.settings.store) as store:
        assert store.check().problems == ()
    assert run(world.folder, "harvest").returncode == 0
    assert run(world.folder, "check").returncode == 0


@pytest.mark.case("F6")
def test_no_room_for_the_export(world):
    """Exit code 12; the old file is whole and alone."""
    before = world.export()
    world.serve({"a": catalog("a", range(150), words="x")})
    assert run(world.folder, "harvest", "--no-export").returncode == 0
    done = run(world.folder, "export", largest_file=len(before))
    assert done.returncode == 12
    assert world.export() == before
    assert list(world.folder.glob(".se.rdf*")) == []
    assert run(world.folder, "export").returncode == 0
    assert len(world.export()) > len(before)


@pytest.mark.case("F7")
def test_no_room_for_the_answer(world):
    """stdout on a full disk is exit code 12 and one line; what was harvested is stored."""
    world.serve({"a": catalog("a", NUMBERS, words="ny")})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "harvester", "harvest"],
            cwd=world.folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 12
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert rows(world.settings.store, "SELECT state FROM run WHERE run = 2") == [("finished",)]


@pytest.mark.case("F25")
@pytest.mark.parametrize(
    "jump", [timedelta(hours=-2), timedelta(days=3653), NOW - NOW.replace(year=1970)]
)
def test_a_clock_that_jumps_changes_nothing_but_times(world, jump):
    """Runs are ordered by their number; durations come from a clock that never jumps."""
    world.now += -jump if jump > timedelta(days=4000) else jump
    world.serve({"a": catalog("a", range(1, 40))})
    world.night()
    assert world.ended("a").outcome is Outcome.OK
    assert 0 <= world.runs[-1].seconds < 60
    with Store.open(world.settings.store, read_only=True) as store:
        status = {one.id: one for one in store.status()}
        newest = store.history("a", last=1)[0]
    assert status["a"].run == 2
    assert status["a"].datasets == 39
    assert newest.source_run.run == 2
    world.now = NOW + timedelta(days=2)
    world.night()
    assert world.ended("a").outcome is Outcome.UNCHANGED


SECRETS = {
    "HARVESTER_KEY_A": "canary-in-the-environment",
    "HARVESTER_UNUSED": "canary-that-nobody-uses",
    "GITHUB_TOKEN": "canary-of-someone-else",
}


@pytest.mark.case("S32")
def test_no_secret_is_written_anywhere(world, monkeypatch, capfd):
    """Not in what is said, stored, exported or left in a temporary folder, whatever fails."""
    (world.folder / "key.txt").write_text("canary-in-a-file")
    moved = answer(b"", 302, {"Location": "/b?token=canary-in-a-redirect"})
    failing = answer(b"who are you, canary-in-an-answer?", 401)
    with RawServer([moved, failing]) as hostile:
        config = world.write_config()
        key = 'headers = { X-Api-Key = { env = "HARVESTER_KEY_A" } }\n'
        file = 'headers = { Authorization = { file = "key.txt" } }\n'
        text = config.read_text().replace(
            world.server.url("/a.ttl"), world.server.url("/a.ttl?apikey=canary-in-a-query")
        )
        first, a, b = text.split("[[source]]\n")
        b = b.replace(world.server.url("/b.ttl"), hostile.url("/b"))
        log = '[log]\nfile = "log.json"\nformat = "json"\n'
        forms = "".join(
            f'paged = "{one}-pages"\nfeed = "{one}-feed"\n{head}'
            for one, head in (("se", '[export.eu]\npath = "eu.ttl"\n'), ("eu", ""))
        )
        config.write_text(f"{first}{forms}{log}[[source]]\n{key}{a}[[source]]\n{file}{b}")
        said = []
        for command in (
            ["harvest", "--debug"],
            ["harvest", "--json"],
            ["harvest", "--log-format", "text"],
            ["plan", "--json", "--debug"],
            ["plan", "--md"],
            ["sources", "list", "--json"],
            ["sources", "check", "--json"],
            ["status", "--json"],
            ["history", "a", "--json"],
            ["check"],
            ["replay", "2", "--json"],
            ["doctor", "--json"],
        ):
            done = run(world.folder, *command, TMPDIR=str(world.folder / "tmp"), **SECRETS)
            assert done.returncode in (0, 3), done.stderr
            said += [done.stdout, done.stderr]
        monkeypatch.chdir(world.folder)
        for name, secret in SECRETS.items():
            monkeypatch.setenv(name, secret)
        for command in (
            ["harvest", "--log-format", "json"],
            ["export", "--csv", "tabeller"],
            ["export", "--target", "eu", "-o", "eu.jsonld", "--paged", "p", "--feed", "f"],
            ["report", "rapport"],
            ["search", "datamängd", "--json"],
            ["query", "SELECT * { ?s ?p ?o }", "--format", "json"],
            ["quality", "--json", "--dqv", "dqv.ttl"],
            ["show", "https://a.exempel.se/1", "--json"],
            ["backup", "kopia.db"],
        ):
            assert boundary.run(command) in (0, 3), (command, capfd.readouterr())
            said += capfd.readouterr()
        assert "Datamängd 1" in "".join(said)
        sent = [request.headers for request in world.server.requests]
        assert any(one.get("x-api-key") == "canary-in-the-environment" for one in sent)
    files = [path for path in world.folder.rglob("*") if path.is_file()]
    kept = [path for path in files if path.name not in ("harvester.toml", "key.txt")]
    for name in (
        *("log.json", "harvester.db", "kopia.db", "se.rdf", "se.rdf.sha256", "se.void.ttl"),
        *("se-pages/index.rdf", "se-feed/index.trig", "eu-feed/index.trig", "p/index.rdf"),
        *("eu.ttl", "eu.jsonld", "tabeller/datasets.csv", "rapport/index.html", "dqv.ttl"),
    ):
        assert world.folder / name in kept, name
    found = [
        hit for path in kept for hit in re.findall(rb".{0,99}canary.{0,30}", path.read_bytes())
    ]
    assert found == []
    assert [hit for text in said for hit in re.findall(".{0,99}canary.{0,30}", text)] == []
