"""The second wall around a reader: it may compute and read files, and nothing else.

The first wall is that the readers are given nothing to call: no parser here fetches, and the gate
refuses what would make one. This one is Python's own audit events (PEP 578), which cannot be taken
down again. It does not see what native code does by itself; limits on memory, CPU, files and wall
clock hold for that as well.
"""

import os
import sys
from typing import Final

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ROOMS: Final = frozenset({"socket", "subprocess", "pty", "ftplib", "urllib", "http", "smtplib"})
_ACTS: Final = frozenset(
    f"os.{name}"
    for name in (
        *("system", "exec", "fork", "forkpty", "spawn", "posix_spawn", "kill", "killpg", "putenv"),
        *("remove", "rename", "rmdir", "mkdir", "link", "symlink", "truncate", "chmod", "chown"),
        *("chroot", "chflags", "setxattr", "removexattr", "utime"),
    )
)


def raise_wall() -> None:
    """Let this process, from now on, open no socket, start no process and change no file.

    What is refused raises ``PermissionError``, which libraries expect where they try it.
    """
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(f"a reader may not write {path!r}")
    elif event in _ACTS or event.partition(".")[0] in _ROOMS:
        raise PermissionError(f"a reader may not do {event}")
