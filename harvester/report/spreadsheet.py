"""Cells for spreadsheets (RFC 4180), none of which is taken for a formula."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from harvester.report.terminal import visible

# What spreadsheets take for the start of a formula, also after blanks, also full-width
# (security-cases S68).
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_PLAIN: Final = re.compile(r'[A-Za-z0-9<_][^",;]*')
_QUOTED: Final = re.compile(r'[",;\r\n]')
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, which needs no guarding although it may be negative."""

    text: str


def cell(value: object, *, line_ends: bool = False) -> str:
    """One cell, control characters shown; with ``line_ends`` it keeps its own, as LF."""
    if value is None:
        return ""
    text = str(value)
    if text.isprintable() and _PLAIN.fullmatch(text):
        return text
    text = "\n".join(map(visible, _LINE_END.split(text))) if line_ends else visible(text)
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def line(cells: Iterable[object], separator: str) -> str:
    """One row of cells that keep their line ends; a :class:`Number` is left as it is."""
    found = (one.text if isinstance(one, Number) else cell(one, line_ends=True) for one in cells)
    return separator.join(found) + "\r\n"
