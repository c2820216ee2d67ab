"""Licences, frequencies and languages that are known by another name than the profile's.

Only rows of ``harvester/data/tables`` that are exact: the same thing in other words.
"""

from collections.abc import Callable, Mapping
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import DCTERMS
from harvester.normalize import tables
from harvester.terms import XSD_STRING, Literal, Term, Triple, is_blank

# UPDATE_CONT by udata, CONT by SEMIC: the sources disagree about what it meant.
_CONTESTED: Final = frozenset({"purl.org/cld/freq/continuous"})
# As a code of a country or of a language, se is Swedish to some and Northern Sami to others.
_SWEDISH_OR_SAMI: Final = frozenset({"se"})
_Key = Callable[[str], str]


def licence(triple: Triple, _: Surroundings) -> Triple:
    """Write a licence by the IRI that the profile knows it by."""
    return _coded(triple, DCTERMS + "license", tables.licences, tables.licence_key, frozenset())


def frequency(triple: Triple, _: Surroundings) -> Triple:
    """Write a frequency by its term of the EU table."""
    path = DCTERMS + "accrualPeriodicity"
    return _coded(triple, path, tables.frequencies, _without_spaces, _CONTESTED)


def language(triple: Triple, _: Surroundings) -> Triple:
    """Write a language by its term of the EU table."""
    path = DCTERMS + "language"
    return _coded(triple, path, tables.languages, tables.fold, _SWEDISH_OR_SAMI)


def _without_spaces(value: str) -> str:
    return tables.fold(value).replace(" ", "")


def _coded(
    triple: Triple,
    path: str,
    table: Callable[[], Mapping[str, tables.Known]],
    key: _Key,
    left_alone: frozenset[str],
) -> Triple:
    subject, predicate, value = triple
    if predicate != path or is_blank(value):
        return triple
    name = _name(value)
    if name is None or key(name) in left_alone:
        return triple
    known = table().get(key(name))
    if known is None or known.certainty != tables.EXACT or known.value == value:
        return triple
    return subject, predicate, known.value


def _name(value: Term) -> str | None:
    if isinstance(value, Literal):
        plain = value.datatype == XSD_STRING or value.language is not None
        return value.value if plain else None
    return value
