"""Where in a TOML text a key stands; tomllib does not say."""

import re
from collections.abc import Iterator
from typing import Final

KeyPath = tuple[str | int, ...]

_NAME: Final = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED: Final = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_PART = re.compile(_NAME)


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line) for every line that does not start inside a string."""
    open_quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not open_quote:
            yield number, line
        rest = line
        while True:
            if open_quote:
                _, found, rest = rest.partition(open_quote)
                if not found:
                    break
                open_quote = ""
            starts = [(rest.find(quote), quote) for quote in ('"""', "'''") if quote in rest]
            if not starts:
                break
            at, open_quote = min(starts)
            rest = rest[at + 3 :]


def key_lines(text: str) -> dict[KeyPath, int]:
    """Map every table and key to its line; the third ``[[source]]`` is ``("source", 2)``."""
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in code_lines(text):
        if header := _HEADER.match(line):
            table = _parts(header[2], counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            path: KeyPath = (*table, *(part.strip("\"'") for part in _PART.findall(key[1])))
            found.setdefault(path, number)
    return found


def line_of(text: str, path: KeyPath) -> int:
    """The line of the key at ``path``, or of the nearest table that holds it; 1 at worst."""
    lines = key_lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _parts(dotted: str, counts: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    names = [part.strip("\"'") for part in _PART.findall(dotted)]
    for position, name in enumerate(names):
        path = (*path, name)
        if position < len(names) - 1 and path in counts:
            path = (*path, counts[path])
    return path
