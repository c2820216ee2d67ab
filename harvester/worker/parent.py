"""The run's end: a server that forks children, and one child each source."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from harvester.errors import HarvesterError, SourceError, UnreadableError
from harvester.model import Document, DocumentReading, Recipe, SourceState
from harvester.worker.messages import (
    ANSWER,
    ENCODER,
    Add,
    Broken,
    Died,
    Finish,
    Limits,
    Open,
    Reading,
    State,
    Unreadable,
)

_ENVIRONMENT: Final = frozenset(
    {"PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "HOME"}
)


class WorkerServer:
    """A warm process that forks one child for each source; used as a context manager."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="harvester-")
        self._address = str(Path(self._folder.name) / "workers")
        # -P keeps the working directory off the module path: a repository may hold a rdflib.py
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "harvester.worker.server", self._address],
            stdin=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if k in _ENVIRONMENT},
        )
        if self._process.stdin is None:
            raise HarvesterError("the worker server has no standard input")
        self._process.stdin.write(msgspec.json.encode(limits) + b"\n")
        self._process.stdin.flush()

    def fork(self, source_id: str, profile: str, recipe: Recipe) -> "Worker":
        """Fork a child for one source; raises :class:`HarvesterError` when there is no server."""
        connection = self._connect()
        connection.send_bytes(ENCODER.encode(Open(source_id, profile, recipe)))
        return Worker(connection, self._limits)

    def _connect(self) -> Connection:
        while self._process.poll() is None:
            with suppress(FileNotFoundError, ConnectionRefusedError):
                return Client(self._address, family="AF_UNIX")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.01)
        raise HarvesterError(f"the worker server ended with status {self._process.returncode}")

    def close(self) -> None:
        """Stop the server; children that still run end with their connections."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Worker:
    """The parent's end of one child."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._connection = connection
        self._limits = limits

    def add(self, document: Document) -> DocumentReading:
        """Let the child read a document; raises :class:`SourceError`."""
        answer = self._ask(Add(document), document.url)
        if not isinstance(answer, Reading):
            raise HarvesterError(f"unexpected answer {type(answer).__name__}")
        return answer.reading

    def finish(self, url: str) -> SourceState:
        """Get the state of the source; raises :class:`SourceError`."""
        answer = self._ask(Finish(), url)
        if not isinstance(answer, State):
            raise HarvesterError(f"unexpected answer {type(answer).__name__}")
        return answer.state

    def close(self) -> None:
        """Let the child go."""
        self._connection.close()

    def _ask(self, request: Add | Finish, url: str) -> Reading | State:
        try:
            self._connection.send_bytes(ENCODER.encode(request))
            if not self._connection.poll(self._limits.wall):
                raise SourceError(
                    "too-slow-to-read",
                    f"reading {url} took longer than {self._limits.wall:.0f} s and was stopped",
                    url=url,
                )
            answer: Reading | State | Unreadable | Broken | Died = ANSWER.decode(
                self._connection.recv_bytes()
            )
        except (EOFError, OSError) as error:
            raise SourceError(
                "reader-died", f"the process that reads {url} was lost ({error})", url=url
            ) from error
        if isinstance(answer, Unreadable):
            raise UnreadableError(
                answer.event,
                answer.message,
                url=answer.url,
                line=answer.line,
                column=answer.column,
            )
        if isinstance(answer, Broken):
            raise SourceError("internal", f"reading {url}: {answer.message}", url=url)
        if isinstance(answer, Died):
            raise SourceError("reader-died", f"reading {url}: {_why(answer.status)}", url=url)
        return answer


def _why(status: int) -> str:
    if status == -signal.SIGXCPU:
        return "the document needed more CPU time than a source may use"
    if status < 0:
        return f"the reading process was ended by {signal.Signals(-status).name}"
    return f"the reading process ended with status {status}"
