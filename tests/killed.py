"""Runs nights that die: each line of standard input is one, answered by one line.

A line is JSON: ``folder``, ``sources`` (id and address each), and what ends the night: ``at``, a
fault point's name and which of its occurrences (counted from 1), or ``after`` seconds; nothing for
an unbroken night. The answer is JSON: ``status`` of the process (negative for a signal) and, for an
unbroken night, ``points``: the names of all fault points in the order in which they were met.

A fault point is met before the thing happens. They are set here, around the seams of the program,
and cost it nothing. Each night runs in a fork of this process, which has imported everything.
"""

import json
import os
import re
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import harvester.export.feed as feed_module
import harvester.export.pages as pages_module
import harvester.export.written as written_module
import harvester.fetch.bodies as bodies_module
import harvester.pipeline  # noqa: F401  imported before the forks
import harvester.publishing as publishing_module
from harvester.fetch.fetcher import Fetcher
from harvester.settings import Source
from harvester.store import Store, database
from harvester.worker import Worker
from tests.nights import World
from tests.servers import LOOPBACK

SQL = re.compile(
    r"\s*(BEGIN|COMMIT|ROLLBACK|INSERT|DELETE|UPDATE)\b(?: OR \w+)?(?: INTO| FROM)? ?(\w*)"
)
FILES = (
    (".bodies", "body"),
    ("SHA256SUMS", "sums"),
    (".sha256", "sum"),
    (".void.ttl", "description"),
    ("-pages/.index.", "pages index"),
    ("-pages", "page"),
    ("-feed/.index.", "feed index"),
    ("-feed", "fragment"),
    (".rdf.", "export"),
)
FORMS = {"publish": "file", "write_pages": "page", "write_feed": "feed", "describe": "description"}


class Points:
    """Counts fault points by name, and dies at the one it is told."""

    def __init__(self, fatal: str, occurrence: int) -> None:
        self.met: list[str] = []
        self._count: Counter[str] = Counter()
        self._fatal = (fatal, occurrence)
        self._lock = threading.Lock()
        self.form = ""  # what is being published

    def meet(self, name: str) -> None:
        with self._lock:
            self.met.append(name)
            self._count[name] += 1
            if (name, self._count[name]) == self._fatal:
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(60)  # until the kernel has done it

    def before(self, owner: Any, attribute: str, name: str | Callable[..., str]) -> None:
        """Meet a point before every call of ``owner.attribute``."""
        real = getattr(owner, attribute)

        def met(*args: Any, **kwargs: Any) -> Any:
            self.meet(name(*args) if callable(name) else name)
            return real(*args, **kwargs)

        setattr(owner, attribute, met)


def install(points: Points) -> None:
    """Put the fault points around the seams."""
    points.before(Fetcher, "get", "fetch")
    points.before(bodies_module.BodyStore, "_write_all", "body write")
    points.before(Worker, "add", "parse")
    points.before(Worker, "finish", "judge")
    points.before(Store, "close", "close")
    points.before(written_module, "verify", lambda path, *_: f"verify {place(str(path))}")
    for module in (pages_module, feed_module):
        points.before(module, "remove", lambda path: f"remove {place(str(path))}")
    for name, form in FORMS.items():
        publishes(points, name, form)
    points.before(
        os,
        "fsync",
        lambda handle: f"fsync {place(os.fspath(Path(f'/proc/self/fd/{handle}').readlink()))}",
    )
    points.before(os, "replace", lambda part, _path: f"rename {place(os.fspath(part))}")
    real_connect = database._connect

    def connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
        db = real_connect(path, mode, busy_seconds)
        db.set_trace_callback(lambda sql: statement(points, sql))
        return db

    database._connect = connect
    for syntax, real in list(written_module.WRITERS.items()):
        written_module.WRITERS = {
            **written_module.WRITERS,
            syntax: lambda *args, real=real: chunks(points, real(*args)),
        }


def publishes(points: Points, name: str, form: str) -> None:
    """Let the points know which form is written by the calls of a function of publishing."""
    real = getattr(publishing_module, name)

    def publish(*args: Any, **kwargs: Any) -> Any:
        points.form = form
        return real(*args, **kwargs)

    setattr(publishing_module, name, publish)


def chunks(points: Points, real: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in real:
        points.meet(f"{points.form} write")
        yield chunk


def statement(points: Points, sql: str) -> None:
    found = SQL.match(sql)
    if found:
        points.meet(
            f"sql {found[1]} {found[2] if found[1] in ('INSERT', 'DELETE') else ''}".strip()
        )


def place(path: str) -> str:
    """What lies at a path, or in a folder: ``page``, ``page folder``, ``feed index`` ..."""
    folder = Path(path).is_dir()
    kind = next((name for mark, name in FILES if mark in path), "export" if folder else "store")
    return f"{kind} folder" if folder else kind


def night(order: dict[str, Any]) -> None:
    """Run in the fork: one night, with its end."""
    fatal, occurrence = order.get("at") or ("", 0)
    points = Points(fatal, occurrence)
    install(points)
    folder = Path(order["folder"])
    sources = [Source(name, url, allow_private=(LOOPBACK,)) for name, url in order["sources"]]
    world = World(folder, None, tuple(sources), forms=True)  # type: ignore[arg-type]
    world.targets = tuple(order["targets"])
    world.night(jobs=1)
    (folder / "points.json").write_text(json.dumps(points.met))


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                night(order)
                status = 0
            finally:
                os._exit(status)
        if "after" in order:
            time.sleep(order["after"])
            os.kill(pid, signal.SIGKILL)
        answer: dict[str, Any] = {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}
        met = Path(order["folder"]) / "points.json"
        if met.exists():
            answer["points"] = json.loads(met.read_text())
            met.unlink()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
