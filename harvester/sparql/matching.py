"""The compact graph as a store of rdflib's: terms are turned into rdflib's where they match."""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib.store import Store
from rdflib.term import BNode, Node, URIRef

from harvester.rdf.graph import Graph
from harvester.rdf.rdflib_terms import RdflibTerms
from harvester.terms import Literal, Term, Triple

_Nodes = tuple[Any, Any, Any]
_Index = dict[str, dict[Term, list[str]]]


class MatchingStore(Store):
    """Answers triple patterns from a graph that no longer changes.

    Literals match by lexical form, datatype and language tag in lower case (RDF 1.1 Concepts,
    3.3). Objects are indexed when first asked for.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self._spo = graph.spo
        self._size = len(graph)
        self._terms = RdflibTerms()
        self._nodes: dict[Term, Any] = {}
        self._subjects: _Index | None = None
        self._long: dict[tuple[str, str], frozenset[Term]] = {}

    def ours(self, node: Node) -> Term:
        """The term that an rdflib term stands for."""
        return self._terms.term(node)

    def __len__(self, context: Any = None) -> int:
        return self._size

    def triples(
        self, triple_pattern: _Nodes, context: Any = None
    ) -> Iterator[tuple[_Nodes, Iterator[Any]]]:
        """Yield the triples that match; ``None`` matches anything."""
        del context
        subject, predicate, obj = triple_pattern
        # A variable may be bound to a literal and then stand where none can.
        if isinstance(subject, URIRef | BNode | None) and isinstance(predicate, URIRef | None):
            s, p = (None if node is None else str(self.ours(node)) for node in (subject, predicate))
            o = None if obj is None else _key(self.ours(obj))
            node = self._node
            for one, two, three in self._matches(s, p, o):
                yield (node(one), node(two), node(three)), iter(())

    def _matches(self, s: str | None, p: str | None, o: Term | None) -> Iterator[Triple]:
        if s is not None:
            properties: Iterable[str] = self._spo.get(s, ()) if p is None else (p,)
            for name in properties:
                yield from self._values(s, name, o)
            return
        index = self._index()
        for name in index if p is None else (p,):
            by_value = index.get(name, {})
            for value in by_value if o is None else (o,):
                for subject in by_value.get(value, ()):
                    yield from self._values(subject, name, value)

    def _values(self, s: str, p: str, o: Term | None) -> Iterator[Triple]:
        values = self._spo.get(s, {}).get(p, ())
        # A catalog of 10,000 datasets is not walked for each of them.
        if o is not None and isinstance(values, list):
            if (s, p) not in self._long:
                self._long[s, p] = frozenset(values)
            if o in self._long[s, p]:
                yield s, p, o
                return
        for value in values:
            if o is None or _key(value) == o:
                yield s, p, value

    def _index(self) -> _Index:
        if self._subjects is None:
            self._subjects = {}
            for subject, properties in self._spo.items():
                for name, values in properties.items():
                    by_value = self._subjects.setdefault(name, {})
                    for key in dict.fromkeys(map(_key, values)):
                        by_value.setdefault(key, []).append(subject)
        return self._subjects

    def _node(self, term: Term) -> Any:
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = self._terms.node(term)
        return node


def _key(term: Term) -> Term:
    if isinstance(term, Literal) and term.language is not None:
        return term._replace(language=term.language.lower())
    return term
