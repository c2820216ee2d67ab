"""Dates: the datatype follows from what is written (XML Schema 1.1, part 2, section 3.3).

Only what is a valid date as it stands gets a datatype; nothing is guessed from ``01/02/2024``.
"""

import re
from functools import lru_cache
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import DCAT, DCTERMS, SCHEMA, XSD
from harvester.shacl.xsd import LEXICAL
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Triple

PROPERTIES: Final = frozenset(
    {
        DCTERMS + "available",
        DCTERMS + "created",
        DCTERMS + "date",
        DCTERMS + "dateAccepted",
        DCTERMS + "dateCopyrighted",
        DCTERMS + "dateSubmitted",
        DCTERMS + "issued",
        DCTERMS + "modified",
        DCTERMS + "updated",
        DCAT + "startDate",
        DCAT + "endDate",
        SCHEMA + "startDate",
        SCHEMA + "endDate",
        "https://schema.org/startDate",
        "https://schema.org/endDate",
    }
)
_TYPES: Final = tuple(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
# What a date is sometimes typed as: free text, the union that DCMI has, schema.org's own types.
_VAGUE: Final = frozenset(
    {
        XSD_STRING,
        RDF_LANG_STRING,
        DCTERMS + "W3CDTF",
        SCHEMA + "Date",
        SCHEMA + "DateTime",
        "https://schema.org/Date",
        "https://schema.org/DateTime",
    }
)
_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}(?![0-9])")
_SPACED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}\S*)\Z")


def fix(triple: Triple, _: Surroundings) -> Triple:
    """Give a date its datatype, and a dateTime with a space its T."""
    subject, predicate, value = triple
    if predicate not in PROPERTIES or not isinstance(value, Literal):
        return triple
    if value.datatype not in _VAGUE and value.datatype not in _TYPES:
        return triple
    right = dated(value.value)
    if right is None or (value.datatype in _TYPES and LEXICAL[value.datatype](value.value)):
        return triple
    return subject, predicate, right


@lru_cache(maxsize=4096)
def dated(text: str) -> Literal | None:
    """The literal that a text is when it is a date, dateTime, year or month; else ``None``."""
    text = text.strip(" \t\r\n")
    text = _SPACED.sub(r"\1T\2", text)
    if not _FOUR_DIGITS.match(text):  # 20240101 is valid too: a year in eighteen thousand years
        return None
    for datatype in _TYPES:
        if LEXICAL[datatype](text):
            return Literal(text, datatype)
    return None
