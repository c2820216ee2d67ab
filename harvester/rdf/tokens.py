"""Turtle's strings, for scans that must not mistake text for structure, and their escapes.

Each pattern matches an unclosed string to its end too, so that a scan never starts over inside one
and stays linear on hostile input.
"""

import re
from typing import Final

_DOUBLE = rb"\"[^\"\\\r\n]*+(?:\\.[^\"\\\r\n]*+)*+\"?"
_SINGLE = rb"'[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'?"
_LONG_DOUBLE = rb"\"\"\"(?:[^\"\\]++|\\.|\"(?!\"\"))*+(?:\"\"\"|\\?\Z)"
_LONG_SINGLE = rb"'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)"

TURTLE_STRING: Final = b"|".join((_LONG_DOUBLE, _LONG_SINGLE, _DOUBLE, _SINGLE))
COMMENT: Final = rb"#[^\r\n]*+"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def unescaped(text: str) -> str:
    """What the inside of a string or IRI says (Turtle, section 6.4)."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits is None:
        return _SHORT.get(match[3], match[3])
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else match[0]
