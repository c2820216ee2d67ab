"""Where the log goes: stderr, or a file that keeps itself small."""

import os
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from harvester.cli import output
from harvester.cli.compose import now
from harvester.errors import reason_of
from harvester.events import Event
from harvester.report.log import log_line
from harvester.settings import Settings
from harvester.words import Text

LARGEST: Final = 10 * 1024 * 1024  # bytes; the log before it is kept, once, as *.1


class Journal:
    """Writes events as lines; may be told from any thread; fails no run.

    ``lost`` counts the lines that could not be written, ``reason`` says why the first could not.
    """

    def __init__(
        self,
        form: str,
        path: Path | None,
        *,
        now: Callable[[], datetime] = now,
        largest: int = LARGEST,
    ) -> None:
        self._form = form
        self.path = path
        self._now = now
        self._largest = largest
        self._run = 0
        self._lock = threading.Lock()
        self.lost = 0
        self.reason: Text | None = None

    def tell(self, event: Event) -> None:
        """Write one line; every line after *run-started* has its number."""
        with self._lock:
            if event.name == "run-started":
                self._run = int(event.fields["number"] or 0)
            line = log_line(event, self._run, self._now(), self._form)
            if self.path is None:
                output.write_log(line)
                return
            try:
                self._append(self.path, f"{line}\n".encode("utf-8", "backslashreplace"))
            except OSError as error:
                self.lost += 1
                self.reason = self.reason or reason_of(error)

    def _append(self, path: Path, line: bytes) -> None:
        # Opened for each line: a file that somebody moved away or removed is made again.
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(path, flags, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size and size + len(line) > self._largest:
                path.replace(path.with_name(path.name + ".1"))
                os.close(handle)
                handle = os.open(path, flags, 0o600)
                size = 0
            written = os.write(handle, line)
            if written < len(line):  # the disk is full: half a line would spoil the next one
                os.ftruncate(handle, size)
                raise OSError(None, f"{written} of {len(line)} bytes were written")
        finally:
            os.close(handle)


def journal_of(settings: Settings, asked: str | None) -> Journal | None:
    """The log that ``[log]`` or ``--log-format`` wants, ``None`` when neither wants one."""
    form = asked or settings.log.format
    if not form and settings.log.file is None:
        return None
    return Journal(form or "text", settings.log.file)
