"""The warm process that forks the children, and what a child does.

Run as ``python -m harvester.worker.server DOOR`` with a ``Warm`` as one line of JSON on standard
input, which the parent keeps open for as long as it lives. ``DOOR`` is the number of an open Unix
socket; each byte that comes through it brings a socket with it, and gets a child of its own.
"""

import gc
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection

import msgspec

from harvester.errors import HarvesterError, UnreadableError
from harvester.intake import Intake
from harvester.model import Document
from harvester.normalize import make_normaliser
from harvester.profile import load_profile
from harvester.rules.profile import Profile
from harvester.words import Text
from harvester.worker.messages import (
    ENCODER,
    REQUEST,
    Add,
    Broken,
    Died,
    Finish,
    Limits,
    MiB,
    Open,
    Reading,
    State,
    Unreadable,
    Warm,
)
from harvester.worker.wall import raise_wall


def _handle(connection: Connection, wall: float, profiles: Mapping[str, Profile]) -> None:
    """The life of a child: one source, then the end."""
    request = REQUEST.decode(connection.recv_bytes())
    if not isinstance(request, Open):
        raise TypeError(f"unexpected request {type(request).__name__}")
    profile = profiles.get(request.profile) or load_profile(request.profile)
    intake = Intake(request.source_id, profile, make_normaliser(request.recipe))
    while True:
        try:
            request = REQUEST.decode(connection.recv_bytes())
        except EOFError:
            return
        # The kernel's clock, whose signal ends the process: native code cannot be interrupted.
        signal.setitimer(signal.ITIMER_REAL, wall)
        if isinstance(request, Finish):
            connection.send_bytes(ENCODER.encode(State(intake.state())))
            return
        if isinstance(request, Add):
            answer = ENCODER.encode(_add(intake, request.document))
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.send_bytes(answer)


def _add(intake: Intake, document: Document) -> Reading | Unreadable:
    try:
        return Reading(intake.add(document, document.path.read_bytes()))
    except UnreadableError as error:
        return Unreadable(error.event, error.text, error.url, error.line, error.column)


def _child(connection: Connection, limits: Limits, profiles: Mapping[str, Profile]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.files, limits.files))
    raise_wall()
    try:
        _handle(connection, limits.wall, profiles)
    except MemoryError:
        most = limits.memory // MiB
        text = Text(
            f"att läsa det tar mer än {most} MiB minne",
            f"reading it takes more than {most} MiB of memory",
        )
        connection.send_bytes(ENCODER.encode(Unreadable("reader-memory", text, "", 0, 0)))
    except Exception as error:  # noqa: BLE001 - the border: whatever happens is told, not raised
        connection.send_bytes(ENCODER.encode(Broken(f"{type(error).__name__}: {error}")))


class _Server:
    """The loop of the warm process: take, fork, reap; a child that dies is reported."""

    def __init__(self, door: int, limits: Limits, profiles: Mapping[str, Profile]) -> None:
        self._door = socket.socket(fileno=door)
        self._limits = limits
        self._profiles = profiles
        self._children: dict[int, Connection] = {}

    def run(self) -> None:
        """Serve until standard input is closed, which is how the parent's end is noticed."""
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for stop in (signal.SIGINT, signal.SIGTERM):  # the parent decides when to stop
            signal.signal(stop, signal.SIG_IGN)
        with selectors.DefaultSelector() as selector:
            actions: dict[int, Callable[[], bool]] = {
                sys.stdin.fileno(): lambda: False,
                wake_read: lambda: self._reap(wake_read),
                self._door.fileno(): self._accept,
            }
            for descriptor in actions:
                selector.register(descriptor, selectors.EVENT_READ)
            going_on = True
            while going_on:
                for key, _ in selector.select():
                    going_on = actions[key.fd]() and going_on
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.waitpid(pid, 0)

    def _accept(self) -> bool:
        came, handles, _, _ = socket.recv_fds(self._door, 1, 1, socket.MSG_CMSG_CLOEXEC)
        if not came:
            return False
        connection = Connection(handles[0])
        with suppress(OSError):  # who asked may have given up by now
            connection.send_bytes(b"+")
        pid = os.fork()
        if pid == 0:
            self._become_child(connection)
        self._children[pid] = connection
        return True

    def _become_child(self, connection: Connection) -> None:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._door.close()
            for other in self._children.values():
                other.close()
            # It lives for one source: what it makes is let go with it, and is no cycle's.
            gc.disable()
            _child(connection, self._limits, self._profiles)
            status = 0
        finally:
            os._exit(status)

    def _reap(self, wake_read: int) -> bool:
        with suppress(BlockingIOError):
            os.read(wake_read, 4096)
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            with self._children.pop(pid) as connection, suppress(OSError):
                if status != 0:
                    code = os.waitstatus_to_exitcode(status)
                    connection.send_bytes(ENCODER.encode(Died(code)))
        return True


def _preloaded(names: Iterable[str]) -> dict[str, Profile]:
    """Load and compile profiles; what is wrong with one is told to the source that needs it."""
    profiles = {}
    for name in names:
        with suppress(HarvesterError):
            profile = profiles[name] = load_profile(name)
            profile.compiled  # noqa: B018 - read once here, and shared by all children
            profile.annotations  # noqa: B018
    return profiles


def _main() -> None:
    warm = msgspec.json.decode(sys.stdin.buffer.readline(), type=Warm)
    server = _Server(int(sys.argv[1]), warm.limits, _preloaded(warm.profiles))
    gc.collect()
    gc.freeze()
    server.run()


if __name__ == "__main__":
    _main()
