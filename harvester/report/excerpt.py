"""The line that a finding is on, with a caret under the place."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from harvester.report.terminal import ELLIPSIS, start_of, visible, width_of

if TYPE_CHECKING:
    from harvester.rdf.positions import Page, Place

# Kept of one line: minified JSON-LD is a single line of megabytes.
MOST_CHARACTERS: Final = 400


def lines_of(page: "Page", places: "Iterable[Place]") -> dict[tuple[str, int], str]:
    """The text of every line of one document that a finding is on.

    Of a very long line, the part around its first finding; the rest becomes spaces, so that
    columns still count.
    """
    name = page.name
    wanted: dict[int, int] = {}
    for place in places:
        if place.line not in wanted and place.line and place.input == name:
            wanted[place.line] = place.column or 1
    if not wanted:
        return {}
    lines = page.lines
    return {
        (name, line): _around(lines.line(line), column)
        for line, column in wanted.items()
        if line <= len(lines)
    }


def excerpt(text: str, column: int, width: int) -> tuple[str, str]:
    """Return the part of a line around ``column`` (from 1) and a line with a caret under it.

    Control characters are shown, tabs as one space; at most ``width`` cells wide.
    """
    at = min(max(column, 1), len(text) + 1) - 1
    before = visible(text[:at].lstrip().replace("\t", " "))
    after = visible(text[at:].rstrip().replace("\t", " "))
    room = max(width, 20)
    if width_of(before) > room // 2:
        before = ELLIPSIS + _end(before, room // 2 - 1)
    if width_of(before) + width_of(after) > room:
        after = start_of(after, room - width_of(before) - 1) + ELLIPSIS
    return before + after, " " * width_of(before) + "^"


def _around(line: str, column: int) -> str:
    if len(line) <= MOST_CHARACTERS:
        return line
    start = max(0, column - 1 - MOST_CHARACTERS // 2)
    return " " * start + line[start : start + MOST_CHARACTERS]


def _end(text: str, width: int) -> str:
    return start_of(text[::-1], width)[::-1]
