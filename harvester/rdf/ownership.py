"""Who owns a blank node: the one resource that reaches it, or itself when there is no such one."""

from collections.abc import Sequence
from dataclasses import dataclass

from harvester.model import CLASS_KIND
from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF_TYPE, VCARD
from harvester.rdf.graph import Graph

_ROUNDS = 50
# The ranges of these properties, in DCAT 3 and DCAT-AP-SE.
_RANGES = {
    DCTERMS + "publisher": FOAF + "Agent",
    DCAT + "contactPoint": VCARD + "Kind",
    ADMS + "contactPoint": VCARD + "Kind",  # by mistake
    DCAT + "distribution": DCAT + "Distribution",
}


@dataclass(frozen=True, slots=True)
class Ownership:
    """``owned`` gives each root its blank nodes in order; ``named`` are blank nodes that are roots.

    A blank node is a root when it is of a main class, is reached by several resources, or by none.
    ``implied`` gives the main class of those that do not say it themselves: that of the property
    which points at them.
    """

    owned: dict[str, list[str]]
    named: tuple[str, ...]
    implied: dict[str, str]

    def owner(self) -> dict[str, str]:
        """Each blank node that is no root, with the root that owns it."""
        return {blank: root for root, blanks in self.owned.items() for blank in blanks}


def find_owners(graph: Graph, *, imply: bool = True) -> Ownership:
    """Give every subject of ``graph`` to exactly one root, in linear time for real data.

    Unless ``imply``, only what says itself that it is of a main class is a root for that.
    """
    roots: dict[str, None] = {}
    named: dict[str, None] = {}
    plain: set[str] = set()
    for subject, properties in graph.spo.items():
        if subject[:2] != "_:":
            roots[subject] = None
        elif any(cls in CLASS_KIND for cls in properties.get(RDF_TYPE, ())):
            named[subject] = None
        else:
            plain.add(subject)
    implied = _implied(graph, plain) if plain and imply else {}
    named.update(dict.fromkeys(implied))
    for round_number in range(_ROUNDS + 1):
        owned, shared = _reach(graph, [*roots, *named])
        reached = {blank for blanks in owned.values() for blank in blanks}
        if round_number == _ROUNDS:
            # a graph made to be hard: every blank node stands for itself
            shared = [subject for subject in graph.spo if subject in reached]
        if not shared:
            orphans = _orphans(graph, reached, named)
            if not orphans:
                break
            named.update(dict.fromkeys(orphans))
        named.update(dict.fromkeys(shared))
    return Ownership(owned, tuple(named), implied)


def _implied(graph: Graph, plain: set[str]) -> dict[str, str]:
    """Which of the blank subjects ``plain`` a property points at, and the class that it implies."""
    found: dict[str, str] = {}
    for properties in graph.spo.values():
        for predicate, cls in _RANGES.items():
            for value in properties.get(predicate, ()):
                if type(value) is str and value in plain:
                    found.setdefault(value, cls)
    return found


def _reach(graph: Graph, roots: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    owner: dict[str, str] = {root: root for root in roots}
    owned: dict[str, list[str]] = {}
    shared: dict[str, None] = {}
    spo = graph.spo
    for root in roots:
        mine: list[str] = []
        owned[root] = mine
        queue = [root]
        for subject in queue:
            for values in spo.get(subject, {}).values():
                for obj in values:
                    if type(obj) is not str or obj[:2] != "_:":
                        continue
                    known = owner.get(obj)
                    if known is None:
                        owner[obj] = root
                        if obj in spo:
                            mine.append(obj)
                        queue.append(obj)
                    elif known != root and known != obj:
                        shared[obj] = None
    return owned, list(shared)


def _orphans(graph: Graph, reached: set[str], named: dict[str, None]) -> list[str]:
    """Blank subjects that nothing reaches: heads of free-standing trees, else one of a cycle."""
    lost = [s for s in graph.spo if s[:2] == "_:" and s not in reached and s not in named]
    if not lost:
        return []
    referred = {
        obj
        for subject in lost
        for values in graph.spo[subject].values()
        for obj in values
        if type(obj) is str and obj[:2] == "_:" and obj != subject
    }
    heads = [subject for subject in lost if subject not in referred]
    return heads or lost[:1]
