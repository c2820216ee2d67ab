"""The run's end: a server that forks children, and one child each source."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Final, Self

import msgspec

from harvester.errors import HarvesterError, SourceError, UnreadableError
from harvester.model import Document, DocumentReading, SourceState
from harvester.settings import Recipe
from harvester.words import Text
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
    Warm,
)

_ENVIRONMENT: Final = frozenset(
    {"PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "HOME"}
)


_MOST_STARTS: Final = 4
_PATIENCE: Final = 2.0  # seconds that a server gets to end, and a child to be ended by its clock


class WorkerServer:
    """A warm process that forks one child for each source; used as a context manager.

    It starts with the first fork: a night in which nothing has changed needs none.
    ``profiles`` are loaded before the first fork, so that the children share them.

    Parent and server talk by a pair of sockets that have no name: nobody else can ask, and no
    file is left behind whenever either of them is killed.
    """

    def __init__(self, limits: Limits, profiles: Collection[str] = ()) -> None:
        self._limits = limits
        self._profiles = tuple(profiles)
        self._starting = threading.Lock()
        self._starts = 0
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None

    def fork(self, source_id: str, profile: str, recipe: Recipe) -> "Worker":
        """Fork a child for one source; raises :class:`HarvesterError` when there is no server."""
        connection = self._connect()
        with suppress(BrokenPipeError, ConnectionResetError):  # the first question will tell
            connection.send_bytes(ENCODER.encode(Open(source_id, profile, recipe)))
        return Worker(connection, self._limits)

    def _start(self) -> "subprocess.Popen[bytes]":
        self._starts += 1
        door, theirs = socket.socketpair()
        with theirs:
            # -P keeps the working directory off the module path: there may be a rdflib.py in it
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", "harvester.worker.server", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,  # ours carries the result
                env={k: v for k, v in os.environ.items() if k in _ENVIRONMENT},
                process_group=0,  # Ctrl-C reaches the run alone, which then stops its readers
                pass_fds=[theirs.fileno()],
            )
        if process.stdin is None:
            raise _broken("has no standard input", "har ingen standardinmatning")
        process.stdin.write(msgspec.json.encode(Warm(self._limits, self._profiles)) + b"\n")
        process.stdin.flush()
        self._door, self._process = door, process
        return process

    def _connect(self) -> Connection:
        process = self._process or self._start_first()
        while True:
            connection = self._enter()
            if connection is not None:
                return connection
            process = self._start_again(process)

    def _enter(self) -> Connection | None:
        """A connection that the server has taken; ``None`` when it has ended."""
        ours, theirs = socket.socketpair()
        connection = Connection(ours.detach())
        with theirs, suppress(OSError):
            if self._door is not None:
                socket.send_fds(self._door, [b"+"], [theirs.fileno()])
        with suppress(EOFError, OSError):
            connection.recv_bytes()
            return connection
        connection.close()
        return None

    def _start_first(self) -> "subprocess.Popen[bytes]":
        with self._starting:
            if self._closed:
                raise _broken("has been closed", "har stängts")
            return self._process or self._start()

    def _start_again(self, ended: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
        """Out of memory, the kernel may have chosen the server itself to end."""
        with self._starting:
            if self._closed or self._starts >= _MOST_STARTS:
                self._let_go(ended)
                status = ended.returncode
                raise _broken(f"ended with status {status}", f"slutade med status {status}")
            if self._process is not None and self._process is not ended:
                return self._process
            self._let_go(ended)
            return self._start()

    def close(self) -> None:
        """Stop the server and with it the children that still run."""
        with self._starting:
            self._closed = True
            if self._process is not None:
                self._let_go(self._process)

    def _let_go(self, process: "subprocess.Popen[bytes]") -> None:
        if self._door is not None:
            self._door.close()
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

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
            name = type(answer).__name__
            raise _broken(f"gave an unexpected answer ({name})", f"gav ett oväntat svar ({name})")
        return answer.reading

    def finish(self, url: str) -> SourceState:
        """Get the state of the source; raises :class:`SourceError`."""
        answer = self._ask(Finish(), url)
        if not isinstance(answer, State):
            name = type(answer).__name__
            raise _broken(f"gave an unexpected answer ({name})", f"gav ett oväntat svar ({name})")
        return answer.state

    def close(self) -> None:
        """Let the child go."""
        self._connection.close()

    def _ask(self, request: Add | Finish, url: str) -> Reading | State:
        try:
            # Why a child that is gone has gone may still lie in the pipe.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._connection.send_bytes(ENCODER.encode(request))
            if not self._connection.poll(self._limits.wall + _PATIENCE):
                raise self._too_slow(url)
            answer: Reading | State | Unreadable | Broken | Died = ANSWER.decode(
                self._connection.recv_bytes()
            )
        except (EOFError, OSError) as error:
            text = Text(
                f"processen som läser {url} försvann ({error})",
                f"the process that reads {url} was lost ({error})",
            )
            raise SourceError("reader-died", text, url=url) from error
        if isinstance(answer, Unreadable):
            raise UnreadableError(
                answer.event,
                f"{url}: " + answer.text if not answer.url else answer.text,
                url=answer.url or url,
                line=answer.line,
                column=answer.column,
            )
        if isinstance(answer, Broken):
            raise SourceError("internal", _reading(url) + answer.message, url=url)
        if isinstance(answer, Died) and answer.status == -signal.SIGALRM:
            raise self._too_slow(url)
        if isinstance(answer, Died):
            raise SourceError("reader-died", _reading(url) + _why(answer.status), url=url)
        return answer

    def _too_slow(self, url: str) -> SourceError:
        return SourceError(
            "too-slow-to-read",
            Text(
                f"att läsa {url} tog längre än {self._limits.wall:g} s och avbröts",
                f"reading {url} took longer than {self._limits.wall:g} s and was stopped",
            ),
            url=url,
        )


def _broken(english: str, swedish: str) -> HarvesterError:
    return HarvesterError(Text(f"läsarnas server {swedish}", f"the readers' server {english}"))


def _reading(url: str) -> Text:
    return Text(f"när {url} lästes: ", f"reading {url}: ")


def _why(status: int) -> Text:
    if status == -signal.SIGXCPU:
        return Text(
            "dokumentet krävde mer processortid än en källa får använda",
            "the document needed more CPU time than a source may use",
        )
    if status < 0:
        name = signal.Signals(-status).name
        return Text(
            f"den läsande processen avslutades av {name}",
            f"the reading process was ended by {name}",
        )
    return Text(
        f"den läsande processen slutade med status {status}",
        f"the reading process ended with status {status}",
    )
