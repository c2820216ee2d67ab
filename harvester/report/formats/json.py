"""One JSON object: the contract of docs/cli.md, with a schema in harvester/data/schemas/."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from harvester.model import Finding, Severity
from harvester.namespaces import shorten
from harvester.report.validation import View
from harvester.terms import term_to_ntriples

_CHUNK: Final = 256
SCHEMA: Final = "harvester/validate/1"
# Characters that JSON allows raw in a string and that could still steer a terminal.
_STEERING: Final = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def render(view: View) -> Iterator[str]:
    """Yield the object; ``counts`` are of all findings, ``hidden`` of those left out here."""
    head = dumps(_head(view), indent=2).removesuffix("\n}")
    objects = (finding_object(finding, view.lang) for finding in view.findings)
    yield f'{head},\n  "findings": '
    yield from array(objects, "    ", "  ")
    yield "\n}\n"


def array(values: Iterable[Any], indent: str, end: str) -> Iterator[str]:
    """A JSON array with one value a line: fast to write, short to store, easy to compare."""
    start = "[\n"
    for text in lines(values):
        # A line feed in a value is an escape, so that each here is between two values.
        yield start + indent + text.removesuffix("\n").replace("\n", f",\n{indent}")
        start = ",\n"
    yield "[]" if start == "[\n" else f"\n{end}]"


def lines(values: Iterable[Any]) -> Iterator[str]:
    """JSON values as lines, many at a time."""
    import msgspec

    encode = msgspec.json.Encoder().encode_lines
    remaining = iter(values)
    while chunk := list(islice(remaining, _CHUNK)):
        try:
            text = encode(chunk).decode("utf-8")
        except UnicodeEncodeError:  # a lone surrogate: JSON can say it, UTF-8 cannot
            text = "".join(f"{_plain(value)}\n" for value in chunk)
        yield text if text.replace("\n", "").isprintable() else _harmless(text)


def dumps(value: Any, *, indent: int) -> str:
    """JSON with readable letters, in which no character can steer a terminal."""
    return _harmless(json.dumps(value, ensure_ascii=False, indent=indent))


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _harmless(text: str) -> str:
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _head(view: View) -> dict[str, Any]:
    result = view.result
    return {
        "schema": SCHEMA,
        "profile": result.profile,
        "verdict": result.verdict,
        "inputs": [
            {
                "input": entry.name,
                "format": str(entry.syntax),
                "triples": entry.triples,
                "datasets": entry.datasets,
                "distributions": entry.distributions,
                "repaired": entry.repaired,
            }
            for entry in result.inputs
        ],
        "unread": [
            {
                "input": unread.name,
                "reason": unread.reason.in_language(view.lang),
                "line": unread.line or None,
                "column": unread.column or None,
            }
            for unread in result.unread
        ],
        "counts": {str(severity): result.count(severity) for severity in Severity},
        "hidden": view.hidden,
        "suppressed": [
            {**finding_object(entry.finding, view.lang), "by": entry.by, "reason": entry.reason}
            for entry in result.suppressed
        ],
        "stale": [text.in_language(view.lang) for text in result.stale],
    }


def finding_object(finding: Finding, lang: str) -> dict[str, Any]:
    """One finding; names are shortened, unknown places are null."""
    value, message = finding.value, finding.message
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "focus": finding.focus,
        "class": shorten(finding.cls),
        "path": shorten(finding.path),
        "value": None if value is None else term_to_ntriples(value),
        "component": shorten(finding.component),
        "shape": finding.shape,
        "title": finding.title,
        "message": message.sv if lang == "sv" else message.en,
        "input": finding.input,
        "line": finding.line or None,
        "column": finding.column or None,
    }
