import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.errors import LockedError, StoreError
from harvester.store.lock import run_lock
from tests.store.night import NOW

HOLD = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from harvester.store.lock import run_lock
with run_lock(Path(sys.argv[1]), now=datetime(2026, 11, 22, 4, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(path):
    """Another process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.case("F8")
def test_a_second_run_is_told_who_holds_the_store(path, holder):
    """At once, with process id and start time; the holder's note survives the attempt."""
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(LockedError) as caught, run_lock(path, now=NOW):
            pass
        assert time.monotonic() - started < 1
        assert f"process {holder.pid}, started 2026-11-22T04:00:00+00:00" in str(caught.value)
        assert caught.value.exit_code == 11


@pytest.mark.case("F8")
def test_the_kernel_frees_the_lock_of_a_killed_run(path, holder):
    """SIGKILL leaves the file behind, but no lock."""
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with run_lock(path, now=NOW):
        assert path.with_name("harvester.db.lock").exists()


def test_a_run_may_wait_for_another(path, holder):
    """With a waiting time, the lock is had as soon as the other run ends."""
    subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -9 {holder.pid}"]).wait()
    with run_lock(path, now=NOW, wait_seconds=10):
        pass


def test_the_lock_is_had_again_after_a_shorter_note(path):
    """What an earlier holder wrote is gone, not half overwritten; garbage in it hurts nobody."""
    path.with_name("harvester.db.lock").write_text("x" * 500)
    with run_lock(path, now=datetime(1970, 1, 1, tzinfo=UTC)):
        assert path.with_name("harvester.db.lock").read_text().endswith("}")
        code = HOLD.replace("time.sleep(60)", "")
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert f"process {os.getpid()}, started 1970" in done.stderr


def test_a_lock_in_a_folder_that_does_not_exist_says_so(path):
    """The same words as for the store itself."""
    with (
        pytest.raises(StoreError, match="folder does not exist"),
        run_lock(path.parent / "missing" / "harvester.db", now=NOW),
    ):
        pass
