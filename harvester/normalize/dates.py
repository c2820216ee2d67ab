"""Dates: the datatype that the text has the form of (XML Schema 1.1 Datatypes, section 3.3).

``2024-05-01`` without a datatype, as xsd:dateTime or as schema:Date becomes xsd:date. A space for
the ``T``, missing seconds and a time zone without a colon are mended. What is no date of the
calendar is left, and so is ``1/2/2024``, which is two dates.
"""

import re
from datetime import date
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, SCHEMA, XSD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.terms import Literal, Term

DATES: Final = frozenset(
    {
        *(DCTERMS + name for name in ("issued", "modified", "created", "available", "date")),
        *(namespace + name for namespace in (DCAT, SCHEMA) for name in ("startDate", "endDate")),
    }
)
_FORM: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?P<second>:[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?|(?P<day_zone>Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
)
_DAY: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
# Most dates: in order at one look, without asking the calendar.
_IN_ORDER: Final = {
    XSD + "date": re.compile(_DAY),
    XSD + "dateTime": re.compile(rf"{_DAY}T{_CLOCK}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?"),
}


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Give a date the datatype of its form; one in order is left as it is written."""
    if not isinstance(value, Literal):
        return None
    if value.datatype in _IN_ORDER and _IN_ORDER[value.datatype].fullmatch(value.value):
        return None
    right = read(value.value)
    return None if right is None or right == value else Rewrite(((predicate, right),))


def read(text: str) -> Literal | None:
    """The literal that a text in one of the forms of ISO 8601 is, or ``None``."""
    match = _FORM.fullmatch(text.strip())
    if match is None or not _exists(match):
        return None
    if match["hour"]:
        day = f"{match['year']}-{match['month']}-{match['day']}"
        clock = f"{match['hour']}:{match['minute']}{match['second'] or ':00'}"
        return Literal(f"{day}T{clock}{_zone(match['zone'] or '')}", XSD + "dateTime")
    name = "date" if match["day"] else "gYearMonth" if match["month"] else "gYear"
    return Literal(match[0], XSD + name)


def _zone(text: str) -> str:
    return f"{text[:3]}:{text[3:]}" if len(text) == 5 else text


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    seconds = float((match["second"] or ":0")[1:])
    return int(match["hour"] or 0) < 24 and int(match["minute"] or 0) < 60 and seconds < 60


STEPS: Final = (ValueStep("dates", DATES.__contains__, rewrite),)
