"""The fixers in the order in which they are asked: each a pure function in a file of its own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.fix.change import Fixer
from harvester.fix.fixers import (
    addresses,
    codes,
    dates,
    formats,
    iris,
    languages,
    terms,
    vocabularies,
)

FIXERS: Final[Mapping[str, Fixer]] = MappingProxyType(
    {
        "iri": iris.fix,
        "term": terms.fix,
        "address": addresses.fix,
        "vocabulary": vocabularies.fix,
        "licence": codes.licence,
        "frequency": codes.frequency,
        "language": codes.language,
        "format": formats.fix,
        "tag": languages.fix,
        "date": dates.fix,
    }
)
