"""What was wrong with a configuration, in words: msgspec's message with the nearest valid name."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from harvester.config.file import ConfigFile
from harvester.config.lines import KeyPath
from harvester.words import Text

_MESSAGE: Final = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`")
_MISSING: Final = re.compile(r"Object missing required field `(.*)`")
_EXPECTED: Final = re.compile(
    r"expected (?P<wanted>[a-z]+(?: \| [a-z]+)*)"
    r"(?: (?P<limit>[<>]=?|of length [<>]?=?) ?(?P<number>\S+))?(?:, got (?P<got>[a-z]+))?"
)
_KINDS: Final = {
    "str": "en text",
    "int": "ett heltal",
    "float": "ett tal",
    "bool": "true eller false",
    "array": "en lista",
    "object": "en tabell",
    "date": "ett datum",
    "null": "inget",
}
_LIMITS: Final = {
    ">=": "som är minst",
    "<=": "som är högst",
    ">": "som är större än",
    "<": "som är mindre än",
    "of length >=": "av längd minst",
    "of length <=": "av längd högst",
}


def explain(message: str, data: dict[str, Any]) -> tuple[KeyPath, Text]:
    """Turn a ``msgspec.ValidationError``'s text about ``data`` into (where, what is wrong)."""
    found = _MESSAGE.fullmatch(message)
    what, steps = (found["what"], found["path"] or "") if found else (message, "")
    at: KeyPath = tuple(name or int(index) for name, index in _STEP.findall(steps))
    if unknown := _UNKNOWN.fullmatch(what):
        return (*at, unknown[1]), Text("okänd nyckel", "unknown key") + nearest(
            unknown[1], _fields(at)
        )
    if missing := _MISSING.fullmatch(what):
        return at, Text(f'nyckeln "{missing[1]}" saknas', f'needs the key "{missing[1]}"')
    value: Any = data
    for step in at:
        value = value[step]
    choices = _choices(at)
    if choices and isinstance(value, str):
        listed = ", ".join(choices)
        said = Text(f'"{value}" är inte en av {listed}', f'"{value}" is not one of {listed}')
        return at, said + nearest(value, choices, Text("", ""))
    if isinstance(value, str) and "matching regex" in what:
        form = what.rpartition(" regex ")[2]
        return at, Text(
            f'"{value}" har inte formen {form}', f'"{value}" does not have the form {form}'
        )
    return at, _in_words(what)


KNOWN_HERE: Final = Text("; här finns: {}", "; known here: {}")


def nearest(word: str, known: Iterable[str], otherwise: Text = KNOWN_HERE) -> Text:
    """Return ``; did you mean "x"?`` for the closest known word, else ``otherwise``."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return Text(f'; menade du "{close[0]}"?', f'; did you mean "{close[0]}"?')
    listed = ", ".join(names)
    return Text(otherwise.sv.format(listed), otherwise.en.format(listed))


def _in_words(what: str) -> Text:
    """What msgspec says of a type or a number, also in Swedish where its words are known."""
    english = what[0].lower() + what[1:].replace("`", "")
    if found := _EXPECTED.fullmatch(english):
        kinds = " eller ".join(_KINDS.get(kind, kind) for kind in found["wanted"].split(" | "))
        limit = _LIMITS.get(found["limit"] or "", found["limit"] or "")
        swedish = f"ska vara {kinds}"
        if found["number"]:
            swedish += f" {limit} {found['number']}"
        if found["got"]:
            swedish += f", inte {_KINDS.get(found['got'], found['got'])}"
        return Text(swedish, english)
    return Text.same(english)


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
