"""What a fix is: a statement, what it becomes, and which fixers say so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from harvester.namespaces import DCTERMS
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple


@dataclass(frozen=True)
class Surroundings:
    """What a fixer may look at beside the statement: the whole graph and the profile's terms."""

    graph: Graph
    vocabulary: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def periods(self) -> frozenset[Term]:
        """Nodes that are the value of dcterms:temporal, or typed dcterms:PeriodOfTime."""
        found = set(self.graph.instances(DCTERMS + "PeriodOfTime"))
        for properties in self.graph.spo.values():
            found.update(v for v in properties.get(DCTERMS + "temporal", ()) if type(v) is str)
        return frozenset(found)

    def tagged(self, tag: str) -> list[Literal]:
        """Every text with the language tag ``tag``, in any case."""
        return [
            value
            for _, _, value in self.graph
            if isinstance(value, Literal)
            and value.datatype == RDF_LANG_STRING
            and (value.language or "").lower() == tag
        ]

    @cached_property
    def texts_in_se(self) -> list[Literal]:
        """The texts tagged ``se``: Northern Sami, or Swedish with a country code for a tag."""
        return self.tagged("se")


Fixer = Callable[[Triple, Surroundings], Triple]
"""Gives the statement it should be, or the same object where nothing is certainly wrong.

A fixer may change terms, never add, remove or join statements, and has nothing to say about what
it gave itself. A blank node is never replaced.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One statement before and after, and the names of the fixers, in order."""

    before: Triple
    after: Triple
    fixers: tuple[str, ...]


def propose(
    surroundings: Surroundings, fixers: Sequence[tuple[str, Fixer]]
) -> dict[Triple, Change]:
    """Ask every fixer about every statement; changes by the statement before.

    A change that would make two statements one, or move what is said of one node to another, is
    not proposed: that is no spelling mistake, but a decision.
    """
    graph = surroundings.graph
    found: dict[Triple, Change] = {}
    for triple in graph:
        current, names = triple, []
        for name, fixer in fixers:
            after = fixer(current, surroundings)
            if after != current:
                names.append(name)
                current = after
        if names and current != triple:
            found[triple] = Change(triple, current, tuple(names))
    joined = _joined(graph, found)
    return {before: change for before, change in found.items() if before not in joined}


def _joined(graph: Graph, changes: Mapping[Triple, Change]) -> set[Triple]:
    targets: dict[Triple, Triple] = {}
    joined: set[Triple] = set()
    for before, change in changes.items():
        after = change.after
        first = targets.setdefault(after, before)
        if first != before:
            joined |= {first, before}
        if after in graph or (after[0] != before[0] and after[0] in graph.spo):
            joined.add(before)
    return joined


def applied(graph: Graph, changes: Mapping[Triple, Change]) -> Graph:
    """A new graph in which each statement of ``changes`` is what it should be, in its place."""
    return Graph(
        change.after if (change := changes.get(triple)) is not None else triple for triple in graph
    )
