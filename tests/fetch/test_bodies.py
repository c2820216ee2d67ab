import errno
import hashlib
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.errors import DiskFullError
from harvester.fetch.bodies import BodyStore


def files(bodies: BodyStore) -> list[Path]:
    """Every file in the store's folder, whatever it is called."""
    return [path for path in bodies.folder.rglob("*") if path.is_file()]


@pytest.mark.case("D4")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.binary(max_size=50)))
def test_a_body_lies_under_the_sha256_of_its_bytes(bodies: BodyStore, chunks: list[bytes]) -> None:
    """What was written in pieces is found whole under its digest."""
    data = b"".join(chunks)
    stored = bodies.write(chunks)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.size == len(data)
    assert stored.path == bodies.path(stored.sha256)
    assert stored.path.is_absolute()
    assert stored.path.read_bytes() == data
    assert bodies.exists(stored.sha256)
    assert bodies.verify(stored.sha256)


def test_an_equal_body_is_stored_once(bodies: BodyStore) -> None:
    """Two sources with the same bytes share one file."""
    first = bodies.write([b"hej"])
    assert bodies.write([b"h", b"ej"]) == first
    assert len(files(bodies)) == 1


@pytest.mark.case("S85")
def test_only_the_owner_may_read_bodies(bodies: BodyStore) -> None:
    """S85: files are 0600 and folders 0700, whatever the umask."""
    old = os.umask(0)
    try:
        path = bodies.write([b"hej"]).path
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_damaged_body_is_noticed_and_healed_by_the_next_write(bodies: BodyStore) -> None:
    """``verify`` reads the bytes; writing the true ones again mends the file."""
    stored = bodies.write([b"hej"])
    stored.path.write_bytes(b"haj")
    assert not bodies.verify(stored.sha256)
    bodies.write([b"hej"])
    assert bodies.verify(stored.sha256)


def test_a_body_that_is_not_kept_is_absent_and_not_verified(bodies: BodyStore) -> None:
    """Asking for an unknown digest is no error; a thing that is no digest is one."""
    assert not bodies.exists("0" * 64)
    assert not bodies.verify("0" * 64)
    with pytest.raises(ValueError, match="passwd"):
        bodies.path("../../etc/passwd")


def test_bodies_can_be_listed_and_removed(bodies: BodyStore) -> None:
    """Retention needs every digest, and removing twice is no error."""
    digests = sorted(bodies.write([text]).sha256 for text in (b"a", b"b", b"c"))
    assert list(bodies.digests()) == digests
    bodies.remove(digests[0])
    bodies.remove(digests[0])
    assert list(bodies.digests()) == digests[1:]


def test_a_body_whose_source_fails_leaves_nothing(bodies: BodyStore) -> None:
    """A cut transfer leaves neither a body nor a part of one."""

    def cut() -> Iterator[bytes]:
        yield bytes(3_000_000)
        raise ConnectionError("cut")

    with pytest.raises(ConnectionError):
        bodies.write(cut())
    assert files(bodies) == []


@pytest.mark.case("F7")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_at_any_call_leaves_nothing(
    bodies: BodyStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """F7: write, fsync and rename may each find the disk full; the message says where."""

    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((Path, call) if call == "replace" else (os, call)), full)
    with pytest.raises(DiskFullError, match=r"no room for a document in .*bodies"):
        bodies.write([b"hej"])
    monkeypatch.undo()
    assert files(bodies) == []


@pytest.mark.case("F7")
def test_a_real_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    """F7: with RLIMIT_FSIZE the kernel refuses the write; no half body stays."""
    script = (
        "import sys; from pathlib import Path; from harvester.fetch.bodies import BodyStore\n"
        "from harvester.errors import DiskFullError\n"
        "try: BodyStore(Path(sys.argv[1])).write([bytes(1_000_000)] * 3)\n"
        "except DiskFullError as error: print(error); sys.exit(error.exit_code)\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "b")],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (12, "")
    assert "no room" in done.stdout
    assert [path for path in (tmp_path / "b").rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A refused write says which folder and what to look at."""
    (tmp_path / "taken").write_text("a file is in the way")
    with pytest.raises(DiskFullError, match=r"cannot write a document in .*taken/bodies"):
        BodyStore(tmp_path / "taken" / "bodies").write([b"hej"])


@pytest.mark.case("F1")
def test_a_killed_writer_leaves_a_part_that_is_swept(bodies: BodyStore) -> None:
    """F1: after SIGKILL in the middle of a body there is no body, and ``sweep`` tidies up."""
    script = (
        "import sys, time; from pathlib import Path; from harvester.fetch.bodies import BodyStore\n"
        "def drip():\n"
        "    yield bytes(2_000_000); print('half', flush=True); time.sleep(60)\n"
        "BodyStore(Path(sys.argv[1])).write(drip())\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(bodies.folder)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    with child, child.stdout:
        assert child.stdout.readline() == b"half\n"
        child.send_signal(signal.SIGKILL)
    assert len(files(bodies)) == 1
    assert list(bodies.digests()) == []
    assert bodies.sweep() == 1
    assert files(bodies) == []


def test_many_threads_may_write_the_same_body(bodies: BodyStore) -> None:
    """Sources run side by side; whoever is last renames the same bytes."""
    data = [bytes([n]) * 100_000 for n in range(4)] * 4
    threads = [threading.Thread(target=bodies.write, args=([body],)) for body in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(bodies)) == 4
    assert all(bodies.verify(digest) for digest in bodies.digests())
