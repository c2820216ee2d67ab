"""Spans of time and limits of what may go, as a configuration writes them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final, NoReturn

from harvester.words import Text

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_MAX_REMOVED: Final = re.compile(r"(\d{1,2}|100)%")


def span(value: str) -> timedelta:
    """A span as ``config.file.SPAN`` and ``TIME`` let it be written."""
    return timedelta(**{_UNITS[value[-1]]: int(value[:-1])})


def most_removed(value: str | int, fail: Callable[[Text], NoReturn]) -> str:
    """A share (``"20%"``) or a number of what may go at once, as text; ``fail`` gets the why."""
    if isinstance(value, int):
        if value < 0:
            fail(Text("får inte vara negativt", "cannot be negative"))
    elif _MAX_REMOVED.fullmatch(value) is None:
        fail(
            Text(
                f'"{value}" är varken en andel som "20%" eller ett antal som 25',
                f'"{value}" is neither a share such as "20%" nor a number such as 25',
            )
        )
    return str(value)
