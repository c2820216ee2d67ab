"""A table for spreadsheets (RFC 4180), in which no cell is taken for a formula."""

from collections.abc import Iterator
from typing import Final

from harvester.report.formats.json import finding_object
from harvester.report.spreadsheet import cell
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


def render(view: View) -> Iterator[str]:
    """Yield the head and a row for each finding."""
    yield ",".join(COLUMNS) + "\r\n"
    for finding in view.findings:
        row = finding_object(finding, view.lang)
        yield ",".join(cell(row[name]) for name in COLUMNS) + "\r\n"
