"""How values are spelled in the store's columns."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from harvester.model import Kind


def moment(when: datetime) -> str:
    """A point in time as ISO 8601 in UTC, to the second. ``when`` knows its zone."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """The point in time that :func:`moment` wrote."""
    return datetime.fromisoformat(text)


def storable(text: str) -> str:
    """The text with half surrogate pairs made visible: SQLite takes UTF-8 only."""
    return text.encode("utf-8", "backslashreplace").decode()


def without_credentials(url: str) -> str:
    """The address without a user and password (``//user:secret@``); a path is left as it is."""
    if "@" not in url or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/?#]*@", "//", url, count=1)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def kinds_text(kinds: tuple[Kind, ...]) -> str:
    """The kinds of a resource, with spaces between."""
    return " ".join(kinds)


def read_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds that :func:`kinds_text` wrote."""
    return tuple(map(Kind, text.split()))


def as_json(value: Any) -> str:
    """Compact JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
