"""What a node is a part of, and what people call it: for reports, not for judging."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, FOAF, RDF_TYPE, VCARD
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term

_NAMES: Final = (DCTERMS + "title", FOAF + "name", VCARD + "fn")
_LANGUAGES: Final = ("sv", "en", "")
_DISTRIBUTION: Final = DCAT + "Distribution"
# Steps for all questions together; a file made to be walked for hours runs out of them, and what
# is asked after that is answered from the node alone.
_STEPS: Final = 5_000_000
_NOTHING: Final[Mapping[str, Sequence[Term]]] = MappingProxyType({})


class Surroundings:
    """Answers about the nodes of one graph, which must not change meanwhile."""

    def __init__(self, graph: Graph, steps: int = _STEPS) -> None:
        self._graph = graph
        self._every = frozenset(graph.instances(DCAT + "Dataset"))
        self._catalogs = frozenset(graph.instances(DCAT + "Catalog"))
        self._parents = _parents(graph)
        self._left = steps
        self._titles: dict[str, str] = {}

    def of(self, node: str) -> tuple[frozenset[str], str]:
        """The datasets that ``node`` is a part of, and its title.

        A dataset is a part of itself; a catalog, and what only a catalog points at, of them all.
        Links are followed backwards, up to the first dataset on each way.

        The title is its own, or that of the nearest thing that points at it and has one. A
        distribution is known by its dataset: its own title is often just "CSV". Swedish before
        English before any other language; empty when there is none.
        """
        if node in self._every:
            return frozenset((node,)), self._title(node)
        way = self._upward(node)
        own = self._title(node)
        if own and _DISTRIBUTION not in self._graph.types(node):
            title = own
        else:
            title = next(filter(None, map(self._title, way[1:])), own)
        if not self._catalogs.isdisjoint(way):
            return self._every, title
        return self._every.intersection(way), title

    def _upward(self, node: str) -> list[str]:
        """``node`` and what holds it, nearest first; datasets and catalogs end a way."""
        way = [node]
        seen = {node}
        for current in way:  # grows while it is read
            if current in self._every or current in self._catalogs:
                continue
            for parent in self._parents.get(current, ()):
                if parent not in seen and self._left > 0:
                    self._left -= 1
                    seen.add(parent)
                    way.append(parent)
        return way

    def _title(self, node: str) -> str:
        known = self._titles.get(node)
        if known is None:
            known = self._titles[node] = _title(self._graph.spo.get(node, _NOTHING))
        return known


def population(graph: Graph) -> dict[str, int]:
    """How many instances each class has, by the class's IRI."""
    counts: dict[str, int] = {}
    for properties in graph.spo.values():
        for cls in properties.get(RDF_TYPE, ()):
            if isinstance(cls, str):
                counts[cls] = counts.get(cls, 0) + 1
    return counts


def _title(properties: Mapping[str, Sequence[Term]]) -> str:
    for predicate in _NAMES:
        values = [v for v in properties.get(predicate, ()) if type(v) is Literal]
        if values:
            return (values[0] if len(values) == 1 else min(values, key=_preference)).value.strip()
    return ""


def _preference(value: Literal) -> int:
    language = (value.language or "").lower().partition("-")[0]
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def _parents(graph: Graph) -> dict[str, list[str]]:
    parents: dict[str, list[str]] = {}
    described = graph.spo
    for subject, properties in described.items():
        for values in properties.values():
            for value in values:
                if type(value) is str and value in described and value != subject:
                    parents.setdefault(value, []).append(subject)
    return parents
