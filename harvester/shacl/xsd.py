"""Lexical forms and order of the XSD datatypes (W3C XML Schema 1.1 Part 2: Datatypes).

Forms are checked as RDF reads them: without the whitespace normalisation of XML documents.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from harvester.namespaces import XSD
from harvester.terms import Literal, Term

LexicalCheck = Callable[[str], object]  # truthy for a well-formed lexical form

_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = (
    r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
)
NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_CHARS = NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_DURATION = (
    r"(?P<sign>-)?P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def _whole(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Match all of a text; compiled when first asked, since few datatypes meet in one run."""
    compiled: list[Callable[[str], re.Match[str] | None]] = []

    def match(text: str) -> re.Match[str] | None:
        if not compiled:
            compiled.append(re.compile(pattern, re.ASCII).fullmatch)
        return compiled[0](text)

    return match


_INTEGER = _whole(r"[+-]?\d+")
_DECIMAL = _whole(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DOUBLE = _whole(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN")
_CALENDAR: Final = {
    "dateTime": _whole(f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}"),
    "dateTimeStamp": _whole(f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?!$){_ZONE}"),
    "date": _whole(f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}"),
    "time": _whole(f"{_TIME}{_ZONE}"),
    "gYear": _whole(f"{_YEAR}{_ZONE}"),
    "gYearMonth": _whole(f"{_YEAR}-{_MONTH}{_ZONE}"),
    "gMonth": _whole(f"--{_MONTH}{_ZONE}"),
    "gMonthDay": _whole(f"--{_MONTH}-{_DAY}{_ZONE}"),
    "gDay": _whole(f"---{_DAY}{_ZONE}"),
}
_DURATIONS: Final = {
    "duration": _whole(_DURATION),
    "yearMonthDuration": _whole(r"(?=[^DT]*$)" + _DURATION),
    "dayTimeDuration": _whole(r"(?=[^YM]*(?:T|$))" + _DURATION),
}
_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


def _days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _calendar_check(name: str) -> LexicalCheck:
    match = _CALENDAR[name]
    if name in ("time", "gYear", "gYearMonth", "gMonth", "gDay"):
        return match

    def check(text: str) -> bool:
        found = match(text)
        if found is None:
            return False
        day = found["day"]
        if day < "29":
            return True
        # --02-29 is a day that exists in some years, so a leap year stands in for "no year".
        year = int(found["year"][-4:]) if "year" in found.groupdict() else 2000
        return int(day) <= _days_in_month(year, int(found["month"]))

    return check


def _integer_check(low: int | None, high: int | None) -> LexicalCheck:
    if low is None and high is None:
        return _INTEGER

    def check(text: str) -> bool:
        if _INTEGER(text) is None:
            return False
        value = Decimal(text)
        return (low is None or value >= low) and (high is None or value <= high)

    return check


_BASE64 = _whole(
    r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
)
_XML_CHARACTERS = _whole("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_NORMALIZED = _whole("[ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def _is_token(text: str) -> bool:
    return _NORMALIZED(text) is not None and text == text.strip(" ") and "  " not in text


_CHECKS: dict[str, LexicalCheck] = {
    "string": _XML_CHARACTERS,
    "normalizedString": _NORMALIZED,
    "token": _is_token,
    "language": _whole(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "Name": _whole(f"[:{NAME_START}][:{NAME_CHARS}]*"),
    "NCName": _whole(f"[{NAME_START}][{NAME_CHARS}]*"),
    "NMTOKEN": _whole(f"[:{NAME_CHARS}]+"),
    "boolean": frozenset({"true", "false", "1", "0"}).__contains__,
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "hexBinary": _whole(r"(?:[0-9a-fA-F]{2})*"),
    "base64Binary": _BASE64,
    **_DURATIONS,
    **{name: _calendar_check(name) for name in _CALENDAR},
    **{name: _integer_check(*bounds) for name, bounds in _BOUNDS.items()},
}
LEXICAL: Final[Mapping[str, LexicalCheck]] = {XSD + name: check for name, check in _CHECKS.items()}
"""Datatype IRI -> check of a lexical form. A datatype that is not here has no forms to check."""


class Value(NamedTuple):
    """A value that can be ordered among those of the same ``kind``.

    ``floating`` is true for a time without time zone, which is only comparable with one that has a
    zone when they are more than 14 hours apart (XML Schema 1.1 Part 2, section 3.3.7).
    """

    kind: str
    key: int | float | Decimal | str | tuple[int, Decimal]
    floating: bool = False


_FOURTEEN_HOURS = 14 * 3600


def value_of(term: Term | None) -> Value | None:
    """Return the value of a literal that has an order, or ``None`` (also for ill-typed ones)."""
    if not isinstance(term, Literal) or not term.datatype.startswith(XSD):
        return None
    name = term.datatype[len(XSD) :]
    text = term.value
    if name == "string":
        return Value("string", text)
    check = LEXICAL.get(term.datatype)
    if check is None or not check(text):
        return None
    if name in _BOUNDS or name == "decimal":
        return Value("number", Decimal(text))
    if name in ("double", "float"):
        number = float(text)
        return None if number != number else Value("number", number)
    if name == "boolean":
        return Value("boolean", int(text in ("true", "1")))
    if name in _CALENDAR:
        return _moment(name, text)
    if name in _DURATIONS:
        return _duration(text)
    return None


def _moment(name: str, text: str) -> Value | None:
    match = _CALENDAR[name](text)
    if match is None:
        return None
    parts = match.groupdict()
    year, month, day = (int(parts.get(part) or fill) for part, fill in _FILL)
    seconds: Decimal | int = 86400 if parts.get("midnight") else 0
    if parts.get("hour"):
        seconds = int(parts["hour"]) * 3600 + int(parts["minute"]) * 60 + Decimal(parts["second"])
    zone = parts["zone"]
    if zone and zone != "Z":
        minutes = int(zone[1:3]) * 60 + int(zone[4:6])
        seconds -= minutes * 60 if zone[0] == "+" else -minutes * 60
    kind = "dateTime" if name == "dateTimeStamp" else name
    return Value(kind, _days(year, month, day) * 86400 + Decimal(seconds), zone is None)


_FILL = (("year", "2000"), ("month", "1"), ("day", "1"))


def _days(year: int, month: int, day: int) -> int:
    """Count days of the proleptic Gregorian calendar; ``datetime`` stops at year 9999."""
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day


def _duration(text: str) -> Value | None:
    match = _DURATIONS["duration"](text)
    if match is None:
        return None
    part = {
        name: Decimal(value or 0) for name, value in match.groupdict().items() if name != "sign"
    }
    months = int(part["years"] * 12 + part["months"])
    seconds = part["days"] * 86400 + part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"]
    sign = -1 if match["sign"] else 1
    return Value("duration", (sign * months, sign * seconds))


# A month lasts 28 to 31 days, but 12 of them never less than 365 (Schema Part 2, 3.3.6.2).
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def _order_durations(a: tuple[int, Decimal], b: tuple[int, Decimal]) -> int | None:
    orders = set()
    for year, month in _REFERENCES:
        ends = []
        for months, seconds in (a, b):
            years, rest = divmod(month - 1 + months, 12)
            ends.append(_days(year + years, rest + 1, 1) * 86400 + seconds)
        orders.add((ends[0] > ends[1]) - (ends[0] < ends[1]))
    return orders.pop() if len(orders) == 1 else None


def compare(a: Value | None, b: Value | None) -> int | None:
    """Return -1, 0 or 1 as ``a`` is before, equal to or after ``b``; ``None`` when undecided."""
    if a is None or b is None or a.kind != b.kind:
        return None
    left, right = a.key, b.key
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _order_durations(left, right)
    if a.floating != b.floating:
        gap = left - right  # type: ignore[operator]  # only moments float, and they are numbers
        if abs(gap) <= _FOURTEEN_HOURS:
            return None
        return 1 if gap > 0 else -1
    return (left > right) - (left < right)  # type: ignore[operator]  # one kind, one type of key
