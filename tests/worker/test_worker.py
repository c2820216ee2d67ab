"""Children that read, and the ways in which they can end."""

import hashlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harvester.errors import HarvesterError, SourceError, UnreadableError
from harvester.model import Document, Kind
from harvester.settings import Recipe
from harvester.worker import Limits, Worker, WorkerServer
from tests.nights import catalog

PROFILE = "dcat-ap-se"
URL = "https://exempel.se/dcat"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&k;</rdf:RDF>'
)


@pytest.fixture(scope="module")
def server() -> Iterator[WorkerServer]:
    with WorkerServer(Limits()) as server:
        yield server


@pytest.fixture
def document(tmp_path: Path):
    def make(body: bytes, media_type: str = "text/turtle") -> Document:
        sha256 = hashlib.sha256(body).hexdigest()
        path = tmp_path / sha256
        path.write_bytes(body)
        return Document(URL, URL, path, sha256, len(body), 200, media_type)

    return make


def fork(server: WorkerServer) -> Worker:
    return server.fork("a", PROFILE, Recipe())


def children(server: WorkerServer) -> list[int]:
    pid = server._process.pid
    return [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def reads(server: WorkerServer, document) -> bool:
    """Whether the server still forks readers that read."""
    worker = fork(server)
    worker.add(document(catalog("a", range(3))))
    state = worker.finish(URL)
    worker.close()
    return state.count(Kind.DATASET) == 3


def test_a_child_reads_and_ends(server, document):
    """What crosses the border is the whole state; then the child is gone."""
    assert reads(server, document)
    for _ in range(100):
        if not children(server):
            break
        time.sleep(0.02)
    assert children(server) == []


@pytest.mark.case("S39")
@pytest.mark.case("F3")
def test_an_entity_bomb_is_refused_at_once(server, document):
    """747 bytes that end pyoxigraph with SIGABRT are refused by the gate in under a second."""
    begun = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        fork(server).add(document(BOMB, "application/rdf+xml"))
    assert caught.value.event == "xml-entities"
    assert time.monotonic() - begun < 1
    assert reads(server, document)


@pytest.mark.case("S81")
@pytest.mark.case("F3")
def test_a_clique_of_blank_nodes_is_hashed_or_given_up_in_time(server, document):
    """Twelve blank nodes that all point at each other: 132 triples that end RDFC-1.0."""
    names = [f"_:n{n}" for n in range(12)]
    lines = [f"{a} <https://exempel.se/p> {b} ." for a in names for b in names if a != b]
    lines.append(f"<https://exempel.se/x> <https://exempel.se/p> {names[0]} .")
    begun = time.monotonic()
    worker = fork(server)
    worker.add(document("\n".join(lines).encode() + b"\n", "application/n-triples"))
    state = worker.finish(URL)
    assert sum(one.triples for one in state.resources) == len(lines)
    assert time.monotonic() - begun < 5


@pytest.mark.case("F3")
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGABRT, "ended by SIGABRT"),
        (signal.SIGKILL, "ended by SIGKILL"),
        (signal.SIGSEGV, "ended by SIGSEGV"),
        (signal.SIGXCPU, "needed more CPU time than a source may use"),
    ],
)
def test_a_child_that_is_ended_says_how(server, document, number, words):
    """As an abort in native code or the OOM killer would; the next source is read."""
    worker = fork(server)
    worker.add(document(catalog("a", range(3))))
    child = max(children(server))
    os.kill(child, number)
    with pytest.raises(SourceError, match=words) as caught:
        worker.finish(URL)
    assert caught.value.event == "reader-died"
    assert reads(server, document)


@pytest.mark.case("D2")
@pytest.mark.case("F3")
def test_a_document_that_needs_too_much_memory_is_told(document):
    """The limit is the address space of the child alone."""
    with WorkerServer(Limits(memory=64 * 1024 * 1024)) as server:
        with pytest.raises(UnreadableError, match="takes more than 64 MiB of memory") as caught:
            fork(server).add(document(catalog("a", range(30_000))))
        assert caught.value.event == "reader-memory"


@pytest.mark.case("F3")
def test_a_document_that_takes_too_long_is_stopped_by_the_kernels_clock(document):
    """Also inside native code, which no Python time-out interrupts; the child is gone."""
    with WorkerServer(Limits(wall=0.2)) as server:
        worker = fork(server)
        with pytest.raises(SourceError, match="took longer than") as caught:
            worker.add(document(catalog("a", range(60_000))))
        assert caught.value.event == "too-slow-to-read"
        assert children(server) == []


@pytest.mark.case("F3")
def test_a_child_that_hangs_is_given_up(document):
    """Stopped, so that not even its clock ends it: the run goes on all the same."""
    with WorkerServer(Limits(wall=1)) as server:
        worker = fork(server)
        worker.add(document(catalog("a", range(3))))
        os.kill(children(server)[0], signal.SIGSTOP)
        with pytest.raises(SourceError, match="took longer than 1 s"):
            worker.finish(URL)
        worker.close()
        assert reads(server, document)


def test_a_night_without_news_starts_no_process():
    """The server starts with the first fork; one that was closed does not start."""
    server = WorkerServer(Limits())
    assert server._process is None
    server.close()
    with pytest.raises(HarvesterError, match="closed"):
        fork(server)


@pytest.mark.case("F3")
def test_a_server_that_was_ended_is_started_again(document):
    """A few times; one that will not live is an error of ours."""
    with WorkerServer(Limits()) as server:
        assert reads(server, document)
        for _ in range(3):
            server._process.kill()
            server._process.wait()
            assert reads(server, document)
        server._process.kill()
        server._process.wait()
        with pytest.raises(HarvesterError, match="server ended with status -9"):
            fork(server)


@pytest.mark.case("F2")
def test_no_file_is_made_and_none_can_be_left(monkeypatch, tmp_path, document):
    """The sockets have no name: a run that is killed has nothing to sweep."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with WorkerServer(Limits()) as server:
        worker = fork(server)
        worker.add(document(catalog("a", range(3))))
        assert list(folder.iterdir()) == []
        opened = [path.readlink() for path in Path(f"/proc/{server._process.pid}/fd").iterdir()]
        assert not [path for path in opened if str(folder) in str(path)]
        worker.close()


@pytest.mark.case("F3")
def test_many_are_read_at_once_while_the_server_is_ended(document):
    """Threads that lose it together start one other, and none waits for ever."""
    first, *rest = [document(catalog("a", range(3))) for _ in range(9)]
    with WorkerServer(Limits()) as server:
        first_read = fork(server).add(first).statements
        server._process.kill()
        with ThreadPoolExecutor(8) as pool:
            read = [pool.submit(lambda one=one: fork(server).add(one)) for one in rest]
            assert {one.result(timeout=30).statements for one in read} == {first_read}
        assert server._starts == 2


@pytest.mark.case("F2")
def test_closing_ends_every_child_at_once(document):
    """Also while one is in the middle of a big document; whoever waits for it is told."""
    server = WorkerServer(Limits())
    worker = fork(server)
    failed: list[str] = []

    def read() -> None:
        try:
            worker.add(document(catalog("a", range(60_000))))
        except SourceError as error:
            failed.append(error.event)

    thread = threading.Thread(target=read)
    thread.start()
    while not (alive := children(server)):
        time.sleep(0.01)
    begun = time.monotonic()
    server.close()
    thread.join(5)
    assert time.monotonic() - begun < 4
    assert failed == ["reader-died"]
    assert not any(Path(f"/proc/{pid}").exists() for pid in alive)


@pytest.mark.case("D2")
@pytest.mark.case("S32")
def test_a_child_has_no_secret_in_its_environment(monkeypatch, document):
    """A whitelist: whatever the variable is called."""
    monkeypatch.setenv("HARVESTER_KEY", "canary-1")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:canary-2@proxy.exempel.se")
    with WorkerServer(Limits()) as server:
        worker = fork(server)
        worker.add(document(catalog("a", range(3))))
        for pid in (server._process.pid, *children(server)):
            assert b"canary" not in Path(f"/proc/{pid}/environ").read_bytes()
