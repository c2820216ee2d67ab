"""Offsets as lines and columns, and a line shown with a caret under the place."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from harvester.rdf.encoding import to_utf8

_WIDTH: Final = 100
_MORE: Final = "…"


class Lines:
    """A document's text, by lines.

    A line ends at a line feed, as git, grep and GitHub count; in a text without any, at a
    carriage return. Columns are characters of the text, a byte order mark not counted.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        end = "\n" if "\n" in text else "\r"
        starts = [0]
        at = text.find(end)
        while at >= 0:
            starts.append(at + 1)
            at = text.find(end, at + 1)
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a place, clipped to the text."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[max(line, 1) - 1] + max(column, 1) - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line, without its end; empty where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")


def decoded(body: bytes, *, url: str) -> str:
    """The text of a document that was read, in the encoding it was read in.

    Raises ``UnreadableError`` as reading it does.
    """
    return to_utf8(body, url=url).body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a document for a terminal or a page, with a place in it.

    ``text`` has no control character, no character that changes the direction of text, and is at
    most as wide as was asked for; ``caret`` counts terminal cells from 0 to the place.
    """

    line: int
    column: int
    text: str
    caret: int

    def rows(self) -> tuple[str, str]:
        """The line, and the caret under it."""
        return self.text, " " * self.caret + "^"


def excerpt(lines: Lines, line: int, column: int, *, width: int = _WIDTH) -> Excerpt:
    """Show a line with a caret at a column (both from 1), in at most ``width`` terminal cells."""
    raw = lines.line(line)
    at = min(max(column, 1) - 1, len(raw))
    before = [_visible(character) for character in raw[max(at - width, 0) : at]]
    after = [_visible(character) for character in raw[at : at + width + 1]]
    # A caret at the end of a line stands on a cell of its own.
    whole = len(before) == at and sum(map(_cells, before + after)) < width
    left = before if whole else _fitting(before[::-1], width // 3)[::-1]
    if len(left) < at:
        left = [_MORE, *left]
    caret = sum(map(_cells, left))
    right = _fitting(after, width - caret)
    if at + len(right) < len(raw):
        right = [*_fitting(after, width - caret - 1), _MORE]
    return Excerpt(line, column, "".join(left + right), caret)


def _fitting(texts: list[str], width: int) -> list[str]:
    """The first of the texts, as many as fit."""
    taken = 0
    for number, text in enumerate(texts):
        taken += _cells(text)
        if taken > width:
            return texts[:number]
    return texts


def _visible(character: str) -> str:
    point = ord(character)
    if character == "\t":
        return " "
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return "\ufffd"
    return character


def _cells(text: str) -> int:
    if unicodedata.combining(text):
        return 0
    return 2 if unicodedata.east_asian_width(text) in "WF" else 1
