"""What a node is a part of, and what people call it: for reports, not for judging."""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, FOAF, RDF_TYPE, VCARD
from harvester.rdf.graph import Graph
from harvester.terms import Literal

_NAMES: Final = (DCTERMS + "title", FOAF + "name", VCARD + "fn")
_LANGUAGES: Final = ("sv", "en", "")
_DISTRIBUTION: Final = DCAT + "Distribution"
# Steps for all questions together; a file made to be walked for hours runs out of them, and what
# is asked after that is answered from the node alone.
_STEPS: Final = 5_000_000


class Surroundings:
    """Answers about the nodes of one graph, which must not change meanwhile."""

    def __init__(self, graph: Graph, steps: int = _STEPS) -> None:
        self._graph = graph
        self._every = frozenset(graph.instances(DCAT + "Dataset"))
        self._catalogs = frozenset(graph.instances(DCAT + "Catalog"))
        self._parents = _parents(graph)
        self._left = steps

    def datasets(self, node: str) -> frozenset[str]:
        """The datasets that ``node`` is a part of.

        A dataset is a part of itself; a catalog, and what only a catalog points at, of them all.
        Links are followed backwards, up to the first dataset on each way.
        """
        found: set[str] = set()
        for current in self._upward(node):
            if current in self._every:
                found.add(current)
            elif current in self._catalogs:
                return self._every
        return frozenset(found)

    def title(self, node: str) -> str:
        """The title of ``node``, or of the nearest thing that points at it and has one.

        A distribution is known by its dataset: its own title is often just "CSV". Swedish before
        English before any other language; empty when there is none.
        """
        way = self._upward(node)
        own = self._own_title(next(way))
        if own and _DISTRIBUTION not in self._graph.types(node):
            return own
        return next(filter(None, map(self._own_title, way)), own)

    def _upward(self, node: str) -> Iterator[str]:
        """``node`` and what holds it, nearest first; datasets and catalogs end a way."""
        todo = [node]
        seen = {node}
        for current in todo:  # grows while it is read
            yield current
            if current in self._every or current in self._catalogs:
                continue
            for parent in self._parents.get(current, ()):
                if parent not in seen and self._left > 0:
                    self._left -= 1
                    seen.add(parent)
                    todo.append(parent)

    def _own_title(self, node: str) -> str:
        for predicate in _NAMES:
            values = [v for v in self._graph.objects(node, predicate) if isinstance(v, Literal)]
            if values:
                return min(values, key=_preference).value.strip()
        return ""


def population(graph: Graph) -> dict[str, int]:
    """How many instances each class has, by the class's IRI."""
    counts: dict[str, int] = {}
    for properties in graph.spo.values():
        for cls in properties.get(RDF_TYPE, ()):
            if isinstance(cls, str):
                counts[cls] = counts.get(cls, 0) + 1
    return counts


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
