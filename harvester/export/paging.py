"""Which descriptions stand on which page.

A page has a number of items (datasets, series, data services) and all that a reader needs to
understand them without another page: their distributions, publishers, contact points, whatever
else they refer to, and the catalogs that list them, which list on a page what is on that page.

A description that several pages need is repeated on each, so pages put together are the export
again. A blank node cannot be repeated, since a reader takes those of two pages for two: what a
description says with blank nodes stands on the first page that has it. What no item needs stands
on the last page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from harvester.export.catalogs import HAS_PART, LISTS
from harvester.export.chosen import Piece
from harvester.model import Kind
from harvester.namespaces import DCAT
from harvester.rdf.write import Description
from harvester.terms import Triple

Read: TypeAlias = Callable[[Piece], Sequence[Triple]]

ITEMS: Final = frozenset({Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE})
_ON_OWN_TERMS: Final = ITEMS | {Kind.CATALOG}
# What a catalog has as many of as there are datasets; a record is followed from nothing.
_LINKS: Final = LISTS | {HAS_PART, DCAT + "catalog", DCAT + "record"}


class Page(NamedTuple):
    """One page: its number, from 1; the IRIs of its items; its descriptions, to be read once."""

    number: int
    items: tuple[str, ...]
    descriptions: Iterator[Description]


@dataclass(slots=True)
class _Catalog:
    """A catalog without its links to what is published, which are dealt out to the pages."""

    own: list[Triple] = field(default_factory=list)
    dangling: list[Triple] = field(default_factory=list)


class Pager:
    """Deals the pieces of an export out to pages of ``size`` items.

    ``items`` and ``pages`` say how many there are; there is always one page. Iterate once, and
    use up each page before the next. An index of a few hundred bytes a piece is held in memory,
    and the links of the catalogs.
    """

    def __init__(self, pieces: Sequence[Piece], read: Read, size: int) -> None:
        self._pieces = pieces
        self._read = read
        self.size = size
        self._at: dict[str, list[int]] = {}
        for place, piece in enumerate(pieces):
            self._at.setdefault(piece.iri, []).append(place)
        self._items = list(dict.fromkeys(one.iri for one in pieces if one.kind in ITEMS))
        self.items = len(self._items)
        self.pages = max(1, -(-self.items // size))
        self._listed: dict[str, list[tuple[str, str]]] = {}
        self._catalogs: dict[int, _Catalog] = {}
        for place, piece in enumerate(pieces):
            if piece.kind is Kind.CATALOG:
                self._catalogs[place] = self._take_apart(piece)
        self._seen: set[int] = set()

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages in order."""
        for number in range(1, self.pages + 1):
            items = tuple(self._items[(number - 1) * self.size : number * self.size])
            here = self._needed(items)
            if number == self.pages:
                rest = [n for n in range(len(self._pieces)) if n not in self._seen | here]
                here |= self._needed([self._pieces[place].iri for place in rest])
            yield Page(number, items, self._descriptions(sorted(here)))

    def _take_apart(self, piece: Piece) -> _Catalog:
        catalog = _Catalog()
        for triple in self._read(piece):
            subject, predicate, obj = triple
            if not isinstance(obj, str) or predicate not in _LINKS or subject != piece.iri:
                catalog.own.append(triple)
            elif self._kind(obj) in _ON_OWN_TERMS and obj != piece.iri:
                self._listed.setdefault(obj, []).append((piece.iri, predicate))
            else:
                catalog.dangling.append(triple)
        return catalog

    def _kind(self, iri: str) -> Kind | None:
        places = self._at.get(iri)
        return None if places is None else self._pieces[places[0]].kind

    def _needed(self, iris: Iterable[str]) -> set[int]:
        """The places of what is described, of what it refers to and of what lists it."""
        here: set[int] = set()
        waiting = [place for iri in iris for place in self._at[iri]]
        while waiting:
            place = waiting.pop()
            if place in here:
                continue
            here.add(place)
            piece = self._pieces[place]
            for catalog, _ in self._listed.get(piece.iri, ()):
                waiting += self._at[catalog]
            taken = self._catalogs.get(place)
            for _, _, obj in self._read(piece) if taken is None else taken.own:
                if isinstance(obj, str) and self._kind(obj) not in _ON_OWN_TERMS:
                    waiting += self._at.get(obj, ())
        return here

    def _descriptions(self, places: Sequence[int]) -> Iterator[Description]:
        links: dict[str, list[Triple]] = {}
        for place in places:
            iri = self._pieces[place].iri
            for catalog, predicate in self._listed.get(iri, ()):
                links.setdefault(catalog, []).append((catalog, predicate, iri))
        for place in places:
            piece = self._pieces[place]
            taken = self._catalogs.get(place)
            triples = list(self._read(piece) if taken is None else taken.own)
            if place in self._seen:
                triples = [one for one in triples if not _has_blank(one)]
            elif taken is not None:
                triples += taken.dangling
            self._seen.add(place)
            if taken is not None:
                triples += dict.fromkeys(links.get(piece.iri, ()))
            if triples:
                yield Description(piece.iri, triples)


def _has_blank(triple: Triple) -> bool:
    subject, _, obj = triple
    return subject[:2] == "_:" or (isinstance(obj, str) and obj[:2] == "_:")
