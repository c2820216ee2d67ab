"""One JSON object: the contract of docs/cli.md, with a schema in harvester/data/schemas/."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from harvester.model import Finding, Severity
from harvester.namespaces import shorten
from harvester.report.formats.interface import path_of, value_of
from harvester.report.validation import View

SCHEMA: Final = "harvester/validate/1"
# Characters that JSON allows raw in a string and that could still steer a terminal.
_STEERING: Final = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def render(view: View) -> Iterator[str]:
    """Yield the object; ``counts`` are of all findings, ``hidden`` of those left out here."""
    head = dumps(_head(view), indent=2).removesuffix("\n}")
    objects = (dumps(finding_object(finding, view.lang)) for finding in view.findings)
    yield f'{head},\n  "findings": '
    yield from array(objects, "    ", "  ")
    yield "\n}\n"


def array(objects: Iterable[str], indent: str, end: str) -> Iterator[str]:
    """A JSON array with one object a line: fast to write, short to store, easy to compare."""
    start = "[\n"
    for text in objects:
        yield f"{start}{indent}{text}"
        start = ",\n"
    yield "[]" if start == "[\n" else f"\n{end}]"


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON with readable letters, in which no character can steer a terminal."""
    text = (
        _compact(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    )
    if text.isprintable():
        return text
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _compact(value: Any) -> str:
    import msgspec

    try:
        return msgspec.json.encode(value).decode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate: JSON can say it, UTF-8 cannot
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "focus": finding.focus,
        "class": shorten(finding.cls),
        "path": path_of(finding),
        "value": value_of(finding),
        "component": shorten(finding.component),
        "shape": finding.shape,
        "title": finding.title,
        "message": finding.message.in_language(lang),
        "input": finding.input,
        "line": finding.line or None,
        "column": finding.column or None,
    }
