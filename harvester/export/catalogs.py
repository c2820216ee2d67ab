"""Main catalogs and sub-catalogs, by the Swedish rule.

Sub-catalogs are named by dcterms:hasPart; their datasets and services move up to the main catalog,
and only the main catalog's own metadata is kept (DCAT-AP-SE, docs/harvesting.md, multiple
catalogues). The rule knows one level and forbids circles; deeper ones are taken for one level,
and a circle hangs on its first IRI, so that nothing is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from harvester.namespaces import DCAT, DCTERMS
from harvester.terms import Triple

HAS_PART: Final = DCTERMS + "hasPart"
LISTS: Final = frozenset({DCAT + "dataset", DCAT + "service", DCAT + "resource"})


@dataclass(frozen=True, slots=True)
class CatalogTree:
    """The catalogs of one source: each main one with its sub-catalogs, both in order."""

    subs: Mapping[str, tuple[str, ...]]
    main_of: Mapping[str, str]

    @property
    def mains(self) -> tuple[str, ...]:
        """The main catalogs, in order."""
        return tuple(self.subs)


def arrange_catalogs(parts: Mapping[str, Iterable[str]]) -> CatalogTree:
    """Arrange one source's catalogs; ``parts`` maps each to what it has as dcterms:hasPart."""
    inside = {
        catalog: sorted(part for part in set(parts[catalog]) if part in parts and part != catalog)
        for catalog in sorted(parts)
    }
    below = {part for found in inside.values() for part in found}
    subs: dict[str, list[str]] = {}
    main_of: dict[str, str] = {}
    # What nothing contains comes first; whatever is then still unplaced is part of a circle.
    for catalog in [*(one for one in inside if one not in below), *inside]:
        if catalog in main_of or catalog in subs:
            continue
        subs[catalog] = []
        waiting = [catalog]
        while waiting:
            for part in inside[waiting.pop()]:
                if part not in main_of and part not in subs:
                    main_of[part] = catalog
                    subs[catalog].append(part)
                    waiting.append(part)
    return CatalogTree({main: tuple(sorted(subs[main])) for main in sorted(subs)}, main_of)


def parts_of(catalog: str, triples: Iterable[Triple]) -> list[str]:
    """The IRIs that a catalog's description gives as dcterms:hasPart."""
    return [
        obj
        for subject, predicate, obj in triples
        if subject == catalog and predicate == HAS_PART and isinstance(obj, str)
    ]


def listed_by(catalog: str, triples: Iterable[Triple]) -> list[tuple[str, str]]:
    """The datasets and services that a catalog lists, as (property, IRI)."""
    return [
        (predicate, obj)
        for subject, predicate, obj in triples
        if subject == catalog and predicate in LISTS and isinstance(obj, str)
    ]
