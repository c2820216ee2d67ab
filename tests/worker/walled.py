"""Run as a process: behind the wall, try what a reader may not do, and say how each try ends."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from harvester.worker.wall import raise_wall


def main(folder: Path, port: int) -> None:
    kept = folder / "kept.txt"
    attempts: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
        "resolve": lambda: socket.getaddrinfo("exempel.se", 80),
        "listen": lambda: socket.create_server(("127.0.0.1", 0)),
        "write": lambda: (folder / "new.txt").write_text("x"),
        "append": lambda: kept.open("a"),
        "low-level": lambda: os.open(kept, os.O_WRONLY),
        "remove": kept.unlink,
        "rename": lambda: kept.rename(folder / "other.txt"),
        "mkdir": lambda: (folder / "new").mkdir(),
        "process": lambda: subprocess.run(["/bin/true"], check=True),
        "shell": lambda: os.system("/bin/true"),
        "fork": os.fork,
        "kill": lambda: os.kill(os.getppid(), 0),
        "read": kept.read_text,
    }
    raise_wall()
    for name, attempt in attempts.items():
        try:
            attempt()
            answer = "done"
        except PermissionError:
            answer = "refused"
        sys.stdout.write(f"{name} {answer}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
