"""What was wrong with a configuration, in words: msgspec's message with the nearest valid name."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from harvester.config.file import ConfigFile
from harvester.config.lines import KeyPath

_MESSAGE: Final = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`")
_MISSING: Final = re.compile(r"Object missing required field `(.*)`")


def explain(message: str, data: dict[str, Any]) -> tuple[KeyPath, str]:
    """Turn a ``msgspec.ValidationError``'s text about ``data`` into (where, what is wrong)."""
    found = _MESSAGE.fullmatch(message)
    what, steps = (found["what"], found["path"] or "") if found else (message, "")
    at: KeyPath = tuple(name or int(index) for name, index in _STEP.findall(steps))
    if unknown := _UNKNOWN.fullmatch(what):
        return (*at, unknown[1]), "unknown key" + nearest(unknown[1], _fields(at))
    if missing := _MISSING.fullmatch(what):
        return at, f'needs the key "{missing[1]}"'
    value: Any = data
    for step in at:
        value = value[step]
    choices = _choices(at)
    if choices and isinstance(value, str):
        return at, f'"{value}" is not one of {", ".join(choices)}{nearest(value, choices, "")}'
    if isinstance(value, str) and "matching regex" in what:
        return at, f'"{value}" does not have the form {what.rpartition(" regex ")[2]}'
    return at, what[0].lower() + what[1:].replace("`", "")


def nearest(word: str, known: Iterable[str], otherwise: str = "; known here: {}") -> str:
    """Return ``; did you mean "x"?`` for the closest known word, else ``otherwise``."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else otherwise.format(", ".join(names))


def _struct_at(at: KeyPath) -> type | None:
    """The Struct that describes the table at ``at``; positions in lists do not count."""
    struct: type | None = ConfigFile
    for step in at:
        if struct is not None and isinstance(step, str):
            struct = _first_struct(get_type_hints(struct).get(step))
    return struct


def _first_struct(hint: Any) -> type | None:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint
    return next((s for arg in get_args(hint) if (s := _first_struct(arg)) is not None), None)


def _fields(at: KeyPath) -> tuple[str, ...]:
    struct = _struct_at(at)
    return tuple(field.encode_name for field in fields(struct)) if struct is not None else ()


def _choices(at: KeyPath) -> tuple[str, ...]:
    struct = _struct_at(at[:-1]) if at and isinstance(at[-1], str) else None
    return tuple(_literals(get_type_hints(struct).get(str(at[-1])))) if struct is not None else ()


def _literals(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for arg in get_args(hint):
            yield from _literals(arg)
