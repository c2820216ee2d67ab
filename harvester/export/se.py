"""What is published for Sweden's national data portal, and in which order.

All live descriptions that won (``harvester.dedupe``), in Sweden's words (``export.swedish``). Of
the catalogs, sub-catalogs are merged into their main catalog, and a catalog lists no dataset whose
description is not published, or is published from another source.

The order: the national catalog; then each catalog, series, dataset and service followed by what
it contains (a dataset by its distributions); then publishers, contact points and all else; each
group by IRI. It depends on nothing but what is published.

Why something is left out: ``sub-catalog`` ``national-catalog`` (a source describes the national
catalog itself) ``invalid`` (excluded, or part of what is), the reasons of
``harvester.export.choice`` with ``only-left-out`` (nothing else names it) and ``empty-catalog``
(it listed nothing else), and for the entries of a catalog ``lists-duplicate`` ``lists-invalid``
``lists-left-out`` ``lists-other-source``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from harvester.dedupe import STANDS_ALONE
from harvester.export.catalogs import (
    HAS_PART,
    LISTS,
    CatalogTree,
    arrange_catalogs,
    listed_by,
    parts_of,
)
from harvester.export.entry import Entry
from harvester.export.swedish import in_swedish
from harvester.model import Kind, LeftOut
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.rdf.write import Description
from harvester.settings import NationalCatalog
from harvester.terms import RDF_LANG_STRING, Literal, Triple, triple_to_ntriples

Read = Callable[[Entry], Sequence[Triple]]

_GROUP: Final = {
    Kind.CATALOG: 0,
    Kind.DATASET_SERIES: 1,
    Kind.DATASET: 2,
    Kind.DATA_SERVICE: 3,
    Kind.AGENT: 4,
    Kind.CONTACT_POINT: 5,
    Kind.DISTRIBUTION: 6,
    Kind.OTHER: 7,
}
_DEEPEST: Final = 8


class Selection:
    """The published descriptions of one state; iterate, then read ``left_out``.

    ``entries`` are all live resources, ``losers`` and ``excluded`` those among them, as
    (source, iri), that lost against another description or are not to be published; ``unchosen``
    maps those that this target leaves out to the reason.
    """

    flat = False
    """Whether the national catalog takes the place of the sources' catalogs."""

    def __init__(
        self,
        entries: Iterable[Entry],
        read: Read,
        *,
        unread: Read | None = None,
        losers: frozenset[tuple[str, str]] = frozenset(),
        excluded: frozenset[tuple[str, str]] = frozenset(),
        unchosen: Mapping[tuple[str, str], str] = MappingProxyType({}),
        national: NationalCatalog | None = None,
    ) -> None:
        self.left_out: list[LeftOut] = []
        self._read = self._give = read
        self._unread = unread or read
        self._national = national
        self._entries = {entry.key: entry for entry in entries}
        self._losers = losers
        self._withheld = dict(self._why_withheld(excluded, unchosen))
        self._described = {
            entry.iri
            for entry in self._entries.values()
            if not STANDS_ALONE.isdisjoint(entry.kinds)
        }
        self._catalogs = [e for e in self._entries.values() if Kind.CATALOG in e.kinds]
        self._trees = self._arrange()

    def __iter__(self) -> Iterator[Description]:
        """Yield what is published, one description at a time."""
        self.left_out.clear()
        if self._national is not None:
            yield self._national_catalog(self._national)
        graphs = {source: self._graph(source) for source in {key[0] for key in self._entries}}
        doubtful = self._named_by_unchosen()
        named: set[str] = set()
        waiting = sorted(self._entries, key=self._place)
        while waiting:
            later = []
            for key in waiting:
                entry = self._entries[key]
                if key in doubtful and key[1] not in named:
                    later.append(key)
                elif triples := self._triples(entry):
                    if doubtful:
                        named.update(obj for _, _, obj in triples if isinstance(obj, str))
                    yield Description(entry.iri, self._worded(triples), graphs[entry.source])
            if len(later) == len(waiting):
                break
            waiting = later
        for key in waiting:
            if self.published(key):
                triples = self._read(self._entries[key])
                self.left_out.append(LeftOut(key[1], "only-left-out", len(triples)))

    def as_lines(self) -> Iterator[Description]:
        """Yield the same with triples as lines (``rdf.lines``), wherever nobody looked into them.

        What is damaged may then come out as it is: only for who checks what becomes of it, and
        iterates again if it is no good.
        """
        self._give = self._unread
        try:
            yield from self
        finally:
            self._give = self._read

    def _worded(self, triples: Sequence[Triple]) -> Sequence[Triple]:
        """The triples of a description in the target's words."""
        return in_swedish(triples)

    def published(self, key: tuple[str, str]) -> bool:
        """Whether this description is published (sub-catalogs are not, but what they list is)."""
        return key in self._entries and key not in self._losers and key not in self._withheld

    def _why_withheld(
        self, excluded: frozenset[tuple[str, str]], unchosen: Mapping[tuple[str, str], str]
    ) -> Iterator[tuple[tuple[str, str], str]]:
        if not excluded and not unchosen:
            return
        for key in self._entries:
            for one in self._chain(key):
                reason = "invalid" if one.key in excluded else unchosen.get(one.key)
                if reason is not None:
                    yield key, reason
                    break

    def _named_by_unchosen(self) -> set[tuple[str, str]]:
        """What is not part of anything and named by what this target leaves out."""
        found: set[tuple[str, str]] = set()
        for key, reason in self._withheld.items():
            if reason != "invalid" and key not in self._losers:
                for _, _, obj in self._read(self._entries[key]):
                    if isinstance(obj, str) and (key[0], obj) in self._entries:
                        found.add((key[0], obj))
        return {
            key
            for key in found
            if key not in self._withheld
            and all(STANDS_ALONE.isdisjoint(one.kinds) for one in self._chain(key))
        }

    def _arrange(self) -> dict[str, CatalogTree]:
        # Also what lost: a sub-catalog that two sources describe is merged in each of them.
        parts: dict[str, dict[str, list[str]]] = {}
        for entry in self._catalogs:
            if self._withheld.get(entry.key) != "invalid":
                found = parts_of(entry.iri, self._read(entry))
                parts.setdefault(entry.source, {})[entry.iri] = found
        return {source: arrange_catalogs(found) for source, found in parts.items()}

    def _triples(self, entry: Entry) -> Sequence[Triple]:
        if entry.key in self._losers:
            return ()
        triples = self._give(entry)
        tree = self._trees.get(entry.source)
        reason = self._why_not(entry, tree)
        if not reason and tree is not None and Kind.CATALOG in entry.kinds:
            links = set(self._links(entry, tree))
            if links or not self._only_left_out(entry.iri):
                return self._main_catalog(entry, triples, tree, links)
            reason = "empty-catalog"
        if not reason:
            return triples
        self.left_out.append(LeftOut(entry.iri, reason, len(triples)))
        return ()

    def _why_not(self, entry: Entry, tree: CatalogTree | None) -> str:
        if entry.key in self._withheld:
            return self._withheld[entry.key]
        if self._national is not None and entry.iri == self._national.iri:
            return "national-catalog"
        if tree is not None and entry.iri in tree.main_of:
            return "sub-catalog"
        merged = self.flat and self._national is not None and Kind.CATALOG in entry.kinds
        return "sub-catalog" if merged else ""

    def _only_left_out(self, catalog: str) -> bool:
        return any(one.iri == catalog and one.reason == "lists-left-out" for one in self.left_out)

    def _main_catalog(
        self,
        entry: Entry,
        triples: Sequence[Triple],
        tree: CatalogTree,
        links: Iterable[tuple[str, str]],
    ) -> Sequence[Triple]:
        own = {
            triple
            for triple in triples
            if not (triple[0] == entry.iri and triple[1] in LISTS and isinstance(triple[2], str))
            and not (triple[1] == HAS_PART and triple[2] in tree.main_of)
        }
        own.update((entry.iri, *link) for link in links)
        return sorted(own, key=triple_to_ntriples)

    def _links(self, main: Entry, tree: CatalogTree) -> Iterator[tuple[str, str]]:
        links: set[tuple[str, str]] = set()
        for iri in (main.iri, *tree.subs[main.iri]):
            links.update(listed_by(iri, self._read(self._entries[main.source, iri])))
        dropped: Counter[str] = Counter()
        for predicate, target in links:
            reason = self._unlisted(main.source, target)
            if reason:
                dropped[reason] += 1
            else:
                yield predicate, target
        self.left_out += [LeftOut(main.iri, reason, dropped[reason]) for reason in sorted(dropped)]

    def _unlisted(self, source: str, target: str) -> str:
        key = (source, target)
        if key in self._losers:
            return "lists-duplicate"
        if key in self._withheld:
            return "lists-invalid" if self._withheld[key] == "invalid" else "lists-left-out"
        # What nobody describes is listed as the publisher wrote it.
        if key not in self._entries and target in self._described:
            return "lists-other-source"
        return ""

    def _national_catalog(self, national: NationalCatalog) -> Description:
        iri = national.iri
        triples: set[Triple] = {(iri, RDF_TYPE, DCAT + "Catalog")}
        for name, texts in (("title", national.title), ("description", national.description)):
            for language, text in texts.items():
                triples.add((iri, DCTERMS + name, Literal(text, RDF_LANG_STRING, language)))
        for name, value in (("publisher", national.publisher), ("license", national.license)):
            if value:
                triples.add((iri, DCTERMS + name, value))
        for source, tree in self._trees.items():
            for main in tree.mains:
                if not self.published((source, main)) and not self.flat:
                    continue
                if main != iri and not self.flat:
                    triples.add((iri, HAS_PART, main))
                else:
                    links = self._links(self._entries[source, main], tree)
                    triples.update((iri, *link) for link in links)
        return Description(iri, sorted(triples, key=triple_to_ntriples), iri)

    def _graph(self, source: str) -> str:
        """The graph of a source in N-Quads: its first main catalog, else a URN of its id."""
        tree = self._trees.get(source)
        taken = None if self._national is None else self._national.iri
        for main in () if tree is None else tree.mains:
            if self.published((source, main)) and main != taken:
                return main
        return f"urn:harvester:source:{source}"

    def _chain(self, key: tuple[str, str]) -> Iterator[Entry]:
        """A resource and what contains it, up to the first that stands alone."""
        entry: Entry | None = self._entries.get(key)
        for _ in range(_DEEPEST):
            if entry is None:
                return
            yield entry
            if entry.parent is None or not STANDS_ALONE.isdisjoint(entry.kinds):
                return
            entry = self._entries.get((entry.source, entry.parent))

    def _place(self, key: tuple[str, str]) -> tuple[int, str, str, int, int, str]:
        chain = list(self._chain(key))
        entry, top = chain[0], chain[-1]
        return (_group(top), top.iri, top.source, len(chain), _group(entry), entry.iri)


def _group(entry: Entry) -> int:
    return min(_GROUP[kind] for kind in entry.kinds)
