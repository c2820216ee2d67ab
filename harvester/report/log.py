"""The log of a run: one line an event, for people or for programs."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from harvester.events import Event, Value
from harvester.report.terminal import visible

LONGEST: Final = 1000  # characters of one value
FORMATS: Final = ("text", "json")
_PLAIN: Final = re.compile(r"[^\s\"=\\]+")


def log_line(event: Event, run: int, at: datetime, form: str) -> str:
    """One line without its end: time in UTC, run (0 before there is one), source, event, fields.

    ``text`` has ``name=value`` pairs, quoted where needed, without those that say nothing; ``json``
    is one object in ASCII with all of them. Control characters of data are escaped in both.
    """
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head: dict[str, Value] = {"run": run, "source": event.source, "event": event.name}
    fields = {name: _cut(value) for name, value in event.fields.items()}
    if form == "json":
        return json.dumps({"time": moment, **head, **fields})
    return " ".join([moment, *_pairs({**head, **fields})])


def _pairs(fields: dict[str, Value]) -> Iterator[str]:
    for name, value in fields.items():
        if value is None or value == "":
            continue
        text = visible(str(value))
        yield f"{name}={text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)}"


def _cut(value: Value) -> Value:
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return f"{value[:LONGEST]}… (+{len(value) - LONGEST})"
