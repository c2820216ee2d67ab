"""A table for spreadsheets (RFC 4180), in which no cell is taken for a formula."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from harvester.report.formats.json import finding_object
from harvester.report.terminal import visible
from harvester.report.validation import View

COLUMNS: Final = (
    "code",
    "severity",
    "title",
    "message",
    "path",
    "value",
    "input",
    "line",
    "column",
    "focus",
    "class",
    "component",
    "shape",
)
# What spreadsheets take for the start of a formula, also after blanks, also full-width
# (security-cases S68).
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_PLAIN: Final = re.compile(r'[A-Za-z0-9<_][^",]*')
_QUOTED: Final = re.compile(r'[",\r\n]')


def render(view: View) -> Iterator[str]:
    """Yield the head and a row for each finding."""
    yield ",".join(COLUMNS) + "\r\n"
    shared = lru_cache(maxsize=1024)(cell)  # for what many rows have
    for finding in view.findings:
        row = finding_object(finding, view.lang)
        yield (
            f"{shared(row['code'])},{shared(row['severity'])},{shared(row['title'])},"
            f"{shared(row['message'])},{shared(row['path'])},{cell(row['value'])},"
            f"{shared(row['input'])},{row['line'] or ''},{row['column'] or ''},"
            f"{shared(row['focus'])},{shared(row['class'])},{shared(row['component'])},"
            f"{shared(row['shape'])}\r\n"
        )


def cell(value: object) -> str:
    """One cell: control characters shown, an apostrophe before what could be a formula."""
    if value is None:
        return ""
    text = str(value)
    if text.isprintable() and _PLAIN.fullmatch(text):
        return text
    text = visible(text)
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
