"""Spans of time as people type them."""

import re
from datetime import timedelta
from typing import Final

from harvester.errors import UsageError
from harvester.words import Text

_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN: Final = re.compile(r"(\d{1,5})([mhdw])")


def parse_span(text: str) -> timedelta:
    """Read ``90m``, ``48h``, ``7d`` or ``2w``. Raises ``UsageError``."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            Text(
                f'"{text}" är ingen tidsrymd; skriv den som 90m, 48h, 7d eller 2w',
                f'"{text}" is not a span of time; write it as 90m, 48h, 7d or 2w',
            )
        )
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
