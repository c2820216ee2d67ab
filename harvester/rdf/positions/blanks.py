"""The graph's blank nodes found again in a scan: by who holds them, not by their labels.

Reading gives new labels, and parsers tell their triples in an order of their own. What every
parser keeps is the order of the values of one property of one node. So a blank node is found as
the n-th blank value of a property of a node that is found; one that nothing holds, as the n-th
of those at the top level.
"""

from collections.abc import Iterable, Sequence

from harvester.rdf.graph import Graph
from harvester.rdf.positions.index import Index
from harvester.terms import Term


class Holders:
    """Who holds the nodes of a graph that need it: blank nodes, and IRIs that describe nothing.

    Built in one pass over the graph, and used for all its documents.
    """

    def __init__(self, graph: Graph, loose: Iterable[str]) -> None:
        self.graph = graph
        self._holders: dict[str, tuple[str, str]] = {}
        wanted = frozenset(loose)
        holders = self._holders
        for subject, properties in graph.spo.items():
            named = subject[:2] != "_:"
            for predicate, values in properties.items():
                for value in values:
                    if type(value) is not str:
                        continue
                    if value[:2] == "_:":
                        known = holders.get(value)
                        if known is None or known[0] == value or (named and known[0][:2] == "_:"):
                            holders[value] = subject, predicate
                    elif value in wanted and value not in holders:
                        holders[value] = subject, predicate

    def get(self, node: str) -> tuple[str, str] | None:
        """The subject and property that have a node as a value."""
        return self._holders.get(node)

    def chain(self, node: str) -> list[tuple[str, str]]:
        """Who holds a node, who holds that one, up to an IRI or a node that nothing holds."""
        chain: list[tuple[str, str]] = []
        seen = {node}
        holder = self._holders.get(node)
        while holder is not None and holder[0] not in seen:
            chain.append(holder)
            seen.add(holder[0])
            holder = self._holders.get(holder[0]) if holder[0][:2] == "_:" else None
        return chain

    def circles(self, node: str) -> bool:
        """Whether a blank node is held by itself, through others or not, and by nothing else."""
        seen: set[str] = set()
        current = node
        while current not in seen and current[:2] == "_:":
            seen.add(current)
            holder = self._holders.get(current)
            if holder is None:
                return False
            current = holder[0]
        return current == node


class BlankNodes:
    """The keys that one document's scan has for the graph's blank nodes."""

    def __init__(
        self, holders: Holders, index: Index, numbers: range, paths: frozenset[str] = frozenset()
    ) -> None:
        self._holders = holders
        self._index = index
        self._numbers = numbers
        self._paths = paths
        self._keys: dict[str, str] = {}
        self._done: set[tuple[str, str]] = set()
        self._roots_done = False
        self._circles_done = False

    def key(self, node: str) -> str:
        """The key of a node: itself for an IRI; empty where it is not found."""
        if node[:2] != "_:":
            return node
        if node not in self._keys:
            chain = [node, *(subject for subject, _ in self._holders.chain(node))]
            if chain[-1][:2] == "_:" and self._holders.get(chain[-1]) is not None:
                self._match_circles()
            for label in reversed(chain):
                if label[:2] == "_:" and label not in self._keys:
                    self._match(label)
        return self._keys.get(node, "")

    def _match(self, label: str) -> None:
        holder = self._holders.get(label)
        if holder is None:
            self._match_roots()
            return
        subject, predicate = holder
        key = self._keys.get(subject, "") if subject[:2] == "_:" else subject
        if not key or (subject, predicate) in self._done:
            return
        self._done.add((subject, predicate))
        found = dict.fromkeys(
            node
            for verb, _, _, _, node, _ in self._index.statements.get(key, ())
            if verb == predicate and node[:2] == "_:"
        )
        self._pair(self._own(self._holders.graph.objects(subject, predicate)), found)

    def _match_roots(self) -> None:
        if self._roots_done:
            return
        self._roots_done = True
        labels = (node for node in self._holders.graph.spo if self._holders.get(node) is None)
        found = (key for key in self._index.roots if key not in self._index.referenced)
        self._pair(self._own(labels), found)

    def _match_circles(self) -> None:
        """Pair nodes that only hold each other: in order, those that say alike."""
        if self._circles_done:
            return
        self._circles_done = True
        alike: dict[frozenset[tuple[str, str]], list[str]] = {}
        for node in self._own(self._holders.graph.spo):
            if self._holders.circles(node):
                alike.setdefault(self._said(node), []).append(node)
        found: dict[frozenset[tuple[str, str]], list[str]] = {}
        for key in self._index.roots:
            if key in self._index.referenced:
                said = frozenset(
                    (verb, "" if node[:2] == "_:" else node or self._index.literal(*span).value)
                    for verb, _, *span, node, _ in self._index.statements.get(key, ())
                    if verb in self._paths
                )
                found.setdefault(said, []).append(key)
        for said, nodes in alike.items():
            self._pair(nodes, found.get(said, ()))

    def _said(self, node: str) -> frozenset[tuple[str, str]]:
        return frozenset(
            (predicate, "" if value[:2] == "_:" else value)
            if isinstance(value, str)
            else (predicate, value.value)
            for predicate, values in self._holders.graph.spo.get(node, {}).items()
            if predicate in self._paths
            for value in values
        )

    def _own(self, values: Sequence[Term] | Iterable[Term]) -> list[str]:
        return [value for value in values if type(value) is str and self._is_own(value)]

    def _is_own(self, value: str) -> bool:
        return value[:2] == "_:" and value[3:].isdecimal() and int(value[3:]) in self._numbers

    def _pair(self, labels: Iterable[str], keys: Iterable[str]) -> None:
        for label, key in zip(labels, keys, strict=False):
            self._keys.setdefault(label, key)
