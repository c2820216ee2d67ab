"""Patterns of Turtle's strings, for scans that must not mistake text for structure.

Each matches an unclosed string to its end too, so that a scan never starts over inside one and
stays linear on hostile input.
"""

from typing import Final

_DOUBLE = rb"\"[^\"\\\r\n]*+(?:\\.[^\"\\\r\n]*+)*+\"?"
_SINGLE = rb"'[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'?"
_LONG_DOUBLE = rb"\"\"\"(?:[^\"\\]++|\\.|\"(?!\"\"))*+(?:\"\"\"|\\?\Z)"
_LONG_SINGLE = rb"'''(?:[^'\\]++|\\.|'(?!''))*+(?:'''|\\?\Z)"

TURTLE_STRING: Final = b"|".join((_LONG_DOUBLE, _LONG_SINGLE, _DOUBLE, _SINGLE))
COMMENT: Final = rb"#[^\r\n]*+"
