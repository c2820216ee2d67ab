"""The two streams: results to stdout, everything else to stderr."""

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from harvester.report.terminal import visible

# Characters that JSON allows raw in a string and that could still steer a terminal.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def prepare_streams() -> None:
    """Let no character that the terminal's encoding lacks raise an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_lines(lines: Iterable[str]) -> None:
    """Write result lines to stdout; a reader that went away is no error."""
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def write_text(text: str) -> None:
    """Write whole text to stdout."""
    _write(sys.stdout, text)


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write a file's bytes to stdout, whatever encoding the terminal has."""
    stream = sys.stdout
    if stream is None or stream.closed:
        return
    try:
        stream.flush()
        stream.buffer.writelines(pieces)
        stream.buffer.flush()
    except BrokenPipeError:
        _silence(stream)


def write_json(value: Any) -> None:
    """Write one JSON object to stdout, indented, readable and safe to look at."""
    _write(sys.stdout, json_text(value))


def json_text(value: Any) -> str:
    """The same as text; escaped to ASCII where stdout cannot carry more."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=2)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def write_problem(text: str) -> None:
    """Write one line to stderr, with every control character shown."""
    _write(sys.stderr, f"harvester: {visible(text)}\n")


def write_log(line: str) -> None:
    """Write one line of the log to stderr; it is made harmless already."""
    _write(sys.stderr, f"{line}\n")


def write_debug(text: str) -> None:
    """Write lines to stderr as they are, but for control characters."""
    _write(sys.stderr, "".join(f"{visible(line)}\n" for line in text.splitlines()))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person watches ``stream``."""
    return stream is not None and not stream.closed and stream.isatty()


def terminal_width() -> int:
    """How many cells a line has; ``COLUMNS`` or the terminal decide, else 80."""
    from shutil import get_terminal_size

    return max(40, get_terminal_size((80, 24)).columns)


def flush_streams() -> None:
    """Flush both streams now, so that a closed pipe is met here and not at interpreter exit."""
    for stream in (sys.stdout, sys.stderr):
        _write(stream, "")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None or stream.closed:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """Let all further writes go nowhere: the reader has gone away."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
