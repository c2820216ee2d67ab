"""Which values Europe takes as they are after one look at their property."""

from enum import Enum, auto

from harvester.export.eu_table import DATATYPES, OWN_TERMS, RANGES, SINGLE, TEXTS
from harvester.namespaces import RDF_TYPE


class Takes(Enum):
    """Which values of a property need no second look; of some only the number is looked at."""

    ANYTHING = auto()
    TEXTS = auto()
    TEXT = auto()
    IRIS = auto()
    NOTHING = auto()


def takes_of(predicate: str) -> Takes:
    """What a property takes without a second look."""
    if predicate in RANGES:
        return Takes.NOTHING if RANGES[predicate] else Takes.IRIS
    if predicate in TEXTS and predicate not in DATATYPES:
        return Takes.TEXT if predicate in SINGLE else Takes.TEXTS
    if predicate in TEXTS or predicate == RDF_TYPE or predicate.startswith(OWN_TERMS):
        return Takes.NOTHING
    return Takes.ANYTHING
