"""One run at a time: a kernel lock on a file beside the store."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from harvester.errors import LockedError
from harvester.store.faults import explained
from harvester.words import Text


@contextmanager
def run_lock(store: Path, *, now: datetime, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold ``<store>.lock`` while the block runs; reading commands need no lock.

    The kernel frees it when the process ends, however it ends, so a file that was left behind
    locks nobody out. Raises ``LockedError`` with the holder's process id and start time when
    another run holds it for longer than ``wait_seconds``.
    """
    from filelock import FileLock, Timeout

    path = store.with_name(store.name + ".lock")
    # A soft lock, the fallback where the file system has no flock, would survive a SIGKILL.
    lock = FileLock(path, timeout=wait_seconds, mode=0o600, fallback_to_soft=False)
    with explained(path):
        path.parent.stat()  # filelock would make missing folders
        try:
            lock.acquire()
        except Timeout as error:
            raise LockedError(
                Text(f"{store}: en annan körning pågår (", f"{store}: another run is at work (")
                + _holder(path)
                + Text("); vänta tills den är klar", "); wait until it ends")
            ) from error
    try:
        holder = {"pid": os.getpid(), "started": now.astimezone(UTC).isoformat(timespec="seconds")}
        with explained(path), path.open("r+", encoding="utf-8") as file:
            file.truncate()
            file.write(json.dumps(holder))
        yield
    finally:
        lock.release()


def _holder(path: Path) -> Text:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        process, started = int(holder["pid"]), str(holder["started"])[:25]
    except (OSError, ValueError, KeyError, TypeError):
        return Text("den har inte sagt vilken", "it has not said which")
    return Text(f"process {process}, startad {started}", f"process {process}, started {started}")
