"""Text for terminals: made harmless, measured and set in columns."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# C0 and C1 controls, line and paragraph separators, bidirectional controls, lone surrogates and
# the byte order mark: everything with which data could steer a terminal (security-cases S69).
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
# Letters of Europe and the usual punctuation, each one cell wide: no soft hyphen, no joiner.
_NARROW: Final = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027]*+")
ELLIPSIS: Final = "…"
GAPS: Final = (2, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``numeric`` sets to the right; ``narrowest`` > 0 lets it be cut to that."""

    title: str
    numeric: bool = False
    narrowest: int = 0


def visible(text: str) -> str:
    r"""Return ``text`` on one line with every control character shown: ESC becomes ``\x1b``."""
    # None of the unsafe characters is printable, and asking that is many times faster.
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def width_of(text: str) -> int:
    """How many terminal cells ``text`` fills: wide characters two, combining ones none."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return ``text`` if it fills at most ``width`` cells, else its start and an ellipsis."""
    if width_of(text) <= width:
        return text
    return start_of(text, width - 1).rstrip() + ELLIPSIS


def start_of(text: str, width: int) -> str:
    """As much of the start of ``text`` as fills at most ``width`` cells."""
    if text.isascii() or _NARROW.fullmatch(text):
        return text[: max(0, width)]
    for place, char in enumerate(text):
        width -= _cells(char)
        if width < 0:
            return text[:place]
    return text


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Set ``rows`` under the columns' titles, cut to ``width`` cells where columns allow it.

    Numbers are never cut: a table of many big ones is wider than ``width``.
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    widths = [
        max([width_of(column.title), *(width_of(row[n]) for row in cells)])
        for n, column in enumerate(columns)
    ]
    least = [
        min(widths[n], max(column.narrowest, width_of(column.title)))
        if column.narrowest
        else widths[n]
        for n, column in enumerate(columns)
    ]
    between = len(columns) - 1
    gap = next((gap for gap in GAPS if sum(least) + gap * between <= width), GAPS[-1])
    for _ in range(sum(widths) + gap * between - width):
        spare, widest = max((widths[n] - least[n], n) for n in range(len(columns)))
        if spare:
            widths[widest] -= 1
    return [
        _line(columns, widths, gap, [column.title for column in columns]),
        *(_line(columns, widths, gap, row) for row in cells),
    ]


def _line(columns: Sequence[Column], widths: Sequence[int], gap: int, cells: Sequence[str]) -> str:
    parts: list[str] = []
    for column, width, cell in zip(columns, widths, cells, strict=True):
        text = cut(cell, width) if column.narrowest else cell
        padding = " " * max(0, width - width_of(text))
        parts.append(padding + text if column.numeric else text + padding)
    return (" " * gap).join(parts).rstrip()
