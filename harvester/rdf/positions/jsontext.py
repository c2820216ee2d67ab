"""JSON with places: the same values as any JSON parser gives, each with where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from json import JSONDecodeError, loads
from typing import Final, TypeAlias

_TOKEN: Final = re.compile(
    r"[\s,]*+(?:(?P<key>\"(?:[^\"\\]++|\\.)*+\")\s*+:"
    r"|(?P<scalar>\"(?:[^\"\\]++|\\.)*+\"|[^\s\[\]{}:,\"]++)"
    r"|(?P<mark>[\[\]{}]))",
    re.DOTALL,
)

SKIPPED: Final = "@skipped"


@dataclass(slots=True)
class Scalar:
    """A string, number, boolean or null: where it starts and ends."""

    start: int
    end: int


@dataclass(slots=True)
class Array:
    """An array and its items."""

    start: int
    items: list["Value"] = field(default_factory=list)
    end: int = 0


@dataclass(slots=True)
class Object:
    """An object and its members: key, where the key's text starts, value."""

    start: int
    members: list[tuple[str, int, "Value"]] = field(default_factory=list)
    end: int = 0


Value: TypeAlias = Scalar | Array | Object


def parse(
    text: str, others: Callable[[int], re.Pattern[str]] | None = None, position: int = 0
) -> Value | None:
    """Return the value of a JSON text that starts at an offset; ``None`` where there is none.

    ``others`` gives a pattern for the object that starts at an offset; what it matches becomes one
    member with the key ``SKIPPED``.
    """
    top = Array(0)
    stack: list[Array | Object] = [top]
    names: dict[str, str] = {}
    key, key_at = "", 0
    match_token = _TOKEN.match
    patterns: list[re.Pattern[str] | None] = [None]
    before_key = False
    while True:
        pattern = patterns[-1]
        if before_key and pattern is not None and isinstance(around := stack[-1], Object):
            skipped = pattern.match(text, position)
            if skipped is not None and skipped.end() > position:
                around.members.append((SKIPPED, position, Scalar(position, position)))
                position = skipped.end()
        match = match_token(text, position)
        if match is None:
            break
        position = match.end()
        before_key = match["key"] is None
        name = match["key"]
        if name is not None:
            key = names.get(name) or names.setdefault(name, string(name))
            key_at = match.start("key") + 1
            continue
        value: Value
        if match["scalar"] is not None:
            value = Scalar(match.start("scalar"), position)
        elif match["mark"] in "]}":
            if len(stack) > 1:
                stack.pop().end = position
                patterns.pop()
                if len(stack) == 1:
                    break
            continue
        elif match["mark"] == "{":
            value = Object(position - 1)
        else:
            value = Array(position - 1)
        holder = stack[-1]
        if isinstance(holder, Object):
            holder.members.append((key, key_at, value))
        else:
            holder.items.append(value)
        if not isinstance(value, Scalar):
            stack.append(value)
            inside = isinstance(value, Object) and others is not None
            patterns.append(others(position) if others is not None and inside else None)
    return top.items[0] if top.items else None


def string(raw: str) -> str:
    """The text of a scalar: a string without its quotes and escapes, else the token itself."""
    if raw[:1] != '"':
        return raw
    if "\\" not in raw:
        return raw[1:-1]
    try:
        return str(loads(raw, strict=False))
    except JSONDecodeError:
        return raw[1:-1]
