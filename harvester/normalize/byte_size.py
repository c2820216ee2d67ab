"""Sizes: dcat:byteSize as xsd:nonNegativeInteger (DCAT 3, section 6.8.17; xsd:decimal before)."""

import re
from typing import Final

from harvester.namespaces import DCAT, XSD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.terms import Literal, Term

BYTE_SIZE: Final = DCAT + "byteSize"
_INTEGER: Final = XSD + "nonNegativeInteger"
_WHOLE: Final = re.compile(r"\s*\+?([0-9]{1,18})(?:\.0*)?\s*")


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Give a whole number of bytes its datatype; a part of a byte or ``12 kB`` is left."""
    if not isinstance(value, Literal):
        return None
    match = _WHOLE.fullmatch(value.value)
    if match is None or (value.datatype == _INTEGER and "." not in value.value):
        return None
    return Rewrite(((predicate, Literal(match[1], _INTEGER)),))


STEPS: Final = (ValueStep("byte-size", BYTE_SIZE.__eq__, rewrite),)
