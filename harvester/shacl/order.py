"""The order of values (SPARQL 1.1 Query, section 17.3; XML Schema 1.1 Part 2: Datatypes)."""

from decimal import Decimal
from typing import NamedTuple

from harvester.namespaces import XSD
from harvester.shacl.xsd import CALENDAR, DURATIONS, INTEGERS, LEXICAL
from harvester.terms import Literal, Term


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
    if name in INTEGERS or name == "decimal":
        return Value("number", Decimal(text))
    if name in ("double", "float"):
        number = float(text)
        return None if number != number else Value("number", number)
    if name == "boolean":
        return Value("boolean", int(text in ("true", "1")))
    if name in CALENDAR:
        return _moment(name, text)
    if name in DURATIONS:
        return _duration(text)
    return None


def _moment(name: str, text: str) -> Value | None:
    match = CALENDAR[name](text)
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
    match = DURATIONS["duration"](text)
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
