import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.errors import SourceError, UnreadableError
from harvester.model import Document, Kind, Recipe
from harvester.worker import Limits, WorkerServer

DATASET = b"<http://example.org/d> a <http://www.w3.org/ns/dcat#Dataset> ."
SMALL = Limits(memory=700 * 1024 * 1024, cpu=2, wall=6.0)


@pytest.fixture(scope="module")
def server() -> Iterator[WorkerServer]:
    with WorkerServer(SMALL) as running:
        yield running


def document(folder: Path, body: bytes) -> Document:
    path = folder / "body"
    path.write_bytes(body)
    return Document("http://example.org/c", "http://example.org/c", path, "s", len(body))


def test_a_source_is_read_in_a_child(server, tmp_path):
    """Two documents in, one state out."""
    worker = server.fork("s", "dcat-ap-se", Recipe())
    reading = worker.add(document(tmp_path, DATASET))
    assert (reading.statements, reading.syntax) == (1, "turtle")
    state = worker.finish("http://example.org/c")
    worker.close()
    assert [resource.kinds for resource in state.resources] == [(Kind.DATASET,)]


def test_what_cannot_be_read_keeps_its_type_and_place(server, tmp_path):
    """The child's error is raised here with event, address and line."""
    worker = server.fork("s", "dcat-ap-se", Recipe())
    with pytest.raises(UnreadableError) as caught:
        worker.add(document(tmp_path, b"<html><body>not here</body></html>"))
    worker.close()
    assert caught.value.event == "html"


def test_a_child_that_is_killed_is_told(server, tmp_path):
    """F3: whatever ends the child, the parent learns how and goes on."""
    worker = server.fork("s", "dcat-ap-se", Recipe())
    worker.add(document(tmp_path, DATASET))
    os.kill(_child_of(server), 9)
    with pytest.raises(SourceError, match="SIGKILL"):
        worker.finish("http://example.org/c")
    worker.close()
    test_a_source_is_read_in_a_child(server, tmp_path)


def test_an_unknown_profile_is_told_by_name(server, tmp_path):
    """An error of the configuration crosses the border as words."""
    worker = server.fork("s", "no-such-profile", Recipe())
    with pytest.raises(SourceError, match="no-such-profile"):
        worker.add(document(tmp_path, DATASET))
    worker.close()


def test_no_secret_is_in_the_environment_of_a_child(monkeypatch):
    """D2: only a short list of variables is handed on."""
    monkeypatch.setenv("HARVESTER_KEY", "canary")
    with WorkerServer(SMALL) as running:
        worker = running.fork("s", "dcat-ap-se", Recipe())
        environment = Path(f"/proc/{_child_of(running)}/environ").read_bytes()
        worker.close()
    assert b"PATH=" in environment
    assert b"canary" not in environment


def test_children_end_with_their_server(tmp_path):
    """No process outlives the run."""
    with WorkerServer(SMALL) as running:
        running.fork("s", "dcat-ap-se", Recipe()).add(document(tmp_path, DATASET))
        pid = _child_of(running)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] == "Z":
            break
        time.sleep(0.01)
    assert time.monotonic() < deadline


def _child_of(server: WorkerServer) -> int:
    deadline = time.monotonic() + 10
    task = Path(f"/proc/{server._process.pid}/task/{server._process.pid}/children")
    while time.monotonic() < deadline:
        children = task.read_text().split()
        if children:
            return int(children[-1])
        time.sleep(0.01)
    raise AssertionError("no child was forked")
