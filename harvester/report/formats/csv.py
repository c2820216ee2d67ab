"""A table for spreadsheets (RFC 4180), in which no cell is taken for a formula."""

from collections.abc import Iterator
from functools import lru_cache
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
