"""Lexical forms and order of the XSD datatypes (W3C XML Schema 1.1 Part 2: Datatypes).

Forms are checked as RDF reads them: without the whitespace normalisation of XML documents.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from harvester.namespaces import XSD

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
CALENDAR: Final = {
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
DURATIONS: Final = {
    "duration": _whole(_DURATION),
    "yearMonthDuration": _whole(r"(?=[^DT]*$)" + _DURATION),
    "dayTimeDuration": _whole(r"(?=[^YM]*(?:T|$))" + _DURATION),
}
INTEGERS: Final[dict[str, tuple[int | None, int | None]]] = {
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
    match = CALENDAR[name]
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


_LONG_NUMBER = 100  # digits; the bounded types end at 20


def _integer_check(low: int | None, high: int | None) -> LexicalCheck:
    if low is None and high is None:
        return _INTEGER

    def check(text: str) -> bool:
        if _INTEGER(text) is None:
            return False
        if len(text) > _LONG_NUMBER:
            # Python reads no number of thousands of digits; beyond zeros only the sign matters.
            digits = text.lstrip("+-").lstrip("0")[:_LONG_NUMBER]
            text = f"-{digits or 0}" if text[0] == "-" else digits or "0"
        value = int(text)
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
    **DURATIONS,
    **{name: _calendar_check(name) for name in CALENDAR},
    **{name: _integer_check(*bounds) for name, bounds in INTEGERS.items()},
}
LEXICAL: Final[Mapping[str, LexicalCheck]] = {XSD + name: check for name, check in _CHECKS.items()}
"""Datatype IRI -> check of a lexical form. A datatype that is not here has no forms to check."""
