"""Which resource a finding is about, when its focus is a blank node inside one."""

from collections.abc import Callable

from harvester.rdf.graph import Graph


def owner(graph: Graph) -> Callable[[str], str]:
    """Return a function from a focus node to the resource that owns it.

    An IRI owns itself. A blank node is owned by what points at it, and so on up to an IRI; of
    several, by the first in document order. A blank node that nothing points at, or that only a
    circle of blank nodes holds, owns itself. Linear in the graph, however deep the nesting.
    """
    parents: dict[str, str] = {}
    for subject, properties in graph.spo.items():
        for values in properties.values():
            for value in values:
                if type(value) is str and value[:2] == "_:" and value != subject:
                    parents.setdefault(value, subject)
    found: dict[str, str] = {}

    def own(node: str) -> str:
        chain: list[str] = []
        seen: set[str] = set()
        current = node
        while current[:2] == "_:" and current not in found:
            if current in seen:
                current = node  # a circle: nothing outside it holds the node
                break
            seen.add(current)
            chain.append(current)
            parent = parents.get(current)
            if parent is None:
                break
            current = parent
        top = found.get(current, current)
        for step in chain:
            found[step] = top
        return top

    return own
