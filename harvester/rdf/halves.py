"""One huge document read by two processes, where its syntax has one statement a line.

The second process reads the second half while this one reads the first, and hands over what it
read as bytes. It may fail in any way: then this process reads the document alone, and says of it
what it would have said anyway.
"""

import os
import select
import signal
from collections.abc import Callable
from typing import Final, NoReturn

from harvester.rdf.collect import Page

_FIRST: Final = 0.56  # the first half is larger: this process has no columns to make
_CHUNK: Final = 1 << 20  # bytes
_PATIENCE: Final = 60.0

Read = Callable[[bytes], Page]


def a_core_is_free() -> bool:
    """Whether a second process would run beside this one, and not instead of it."""
    return os.getloadavg()[0] + 1 <= len(os.sched_getaffinity(0))


def read_in_halves(
    body: bytes, read_first: Read, read_second: Read, *, cut: int = 0, patience: float = _PATIENCE
) -> Page | None:
    """Read a document of lines with two processes; ``None`` where it is to be read by one.

    ``read_first`` reads the beginning here, ``read_second`` the rest there, from the line that
    begins at ``cut``; what the first raises other than ``SyntaxError`` is raised. ``patience`` is
    how many seconds the second may be silent after the first is done.
    """
    # Imported before forking, so that the second process imports nothing.
    from harvester.rdf.columns import add_encoded, encode

    cut = cut or body.find(b"\n", int(len(body) * _FIRST)) + 1
    if not cut:
        return None
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # also where a wall forbids it
        os.close(reading)
        os.close(writing)
        return None
    if child == 0:
        _hand_over(writing, lambda: encode(read_second(body[cut:])))
    os.close(writing)
    try:
        page = read_first(body[:cut])
        encoded = _receive(reading, patience)
        if encoded is None or page.oversized or page.nested:
            return None
        add_encoded(page, encoded)
        page.statements = len(page.graph) + page.duplicates
    except SyntaxError:
        return None
    else:
        return page
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _hand_over(writing: int, make: Callable[[], bytes | None]) -> NoReturn:
    """The life of the second process: nothing of the first's may be flushed, closed or told."""
    try:
        encoded = make()
        if encoded is not None:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(len(encoded).to_bytes(8) + encoded)
    finally:
        os._exit(0)


def _receive(reading: int, patience: float) -> bytes | None:
    """All that the second process wrote; ``None`` where it is silent for long or ended early."""
    received = bytearray()
    while select.select([reading], [], [], patience)[0]:
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            break
        received += chunk
    size = int.from_bytes(received[:8])
    return bytes(received[8:]) if size == len(received) - 8 else None
