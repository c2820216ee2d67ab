"""Canonical form and digest of one resource: the same content gives the same bytes.

Blank nodes that form trees, as nearly all do, are labelled in linear time by what they contain.
Others are told apart by colour refinement with single choices among look-alikes. Equal digests
always mean isomorphic triples; unequal ones may, for contrived graphs, mean "changed" where
nothing did. The work is bounded: RDFC-1.0 is exponential on cliques, this is not.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from harvester.terms import Literal, Term, Triple, term_to_ntriples, triple_to_ntriples

_WORK_LIMIT = 500_000  # edge visits of colour refinement for one resource


def canonical_ntriples(root: str, triples: Sequence[Triple]) -> str:
    """Write the triples of the resource ``root`` as sorted N-Triples with content-based labels.

    ``root`` salts the labels, so that blank nodes of two resources never share one. Repeated
    triples are written once. Each line ends with a line feed; no triples give an empty string.
    """
    return Writer().canonical(root, triples)


class Writer:
    """Writes many resources; the form of each IRI is made once."""

    def __init__(self) -> None:
        self._nodes: dict[str, str] = {}

    def canonical(self, root: str, triples: Sequence[Triple]) -> str:
        """The same as :func:`canonical_ntriples`."""
        blanks = _blank_nodes(triples)
        if blanks:
            labels = _labels(root, triples, blanks)
            triples = [_relabel(triple, labels) for triple in triples]
            self._nodes.update(zip(labels.values(), labels.values(), strict=True))
        nodes = self._nodes
        lines: dict[str, None] = {}
        for subject, predicate, obj in triples:
            try:
                said = nodes[obj] if type(obj) is str else term_to_ntriples(obj)
                lines[f"{nodes[subject]} {nodes[predicate]} {said} ."] = None
            except KeyError:
                for node in (subject, predicate, obj):
                    if isinstance(node, str):
                        nodes[node] = term_to_ntriples(node)
                lines[triple_to_ntriples((subject, predicate, obj))] = None
        return "\n".join(sorted(lines)) + "\n" if lines else ""


def digest(ntriples: str) -> str:
    """The sha256 of canonical N-Triples, in hex."""
    return sha256(ntriples.encode()).hexdigest()


def content_key(node: str, triples: Sequence[Triple]) -> str:
    """A hex digest of what is said from ``node`` on, whatever the blank nodes are called."""
    return digest(
        canonical_ntriples("", [(_ROOT, p, o) if s == node else (s, p, o) for s, p, o in triples])
    )


_ROOT = "urn:node"


def _blank_nodes(triples: Iterable[Triple]) -> list[str]:
    seen: dict[str, None] = {}
    for subject, _, obj in triples:
        if subject[:2] == "_:":
            seen[subject] = None
        if type(obj) is str and obj[:2] == "_:":
            seen[obj] = None
    return list(seen)


def _relabel(triple: Triple, labels: dict[str, str]) -> Triple:
    subject, predicate, obj = triple
    return (
        labels.get(subject, subject),
        predicate,
        labels.get(obj, obj) if type(obj) is str else obj,
    )


def _hash(*parts: str) -> str:
    return sha256("\x00".join(parts).encode()).hexdigest()[:32]


def _key(term: Term) -> str:
    if isinstance(term, Literal):
        return f'"{term.value}"^^{term.datatype}@{term.language or ""}'
    return term


class _Edges:
    """Where the blank nodes of a resource stand: ground statements apart, links between them."""

    def __init__(self, triples: Sequence[Triple], blanks: Sequence[str]) -> None:
        self.ground: dict[str, list[str]] = {blank: [] for blank in blanks}
        self.out: dict[str, list[tuple[str, str]]] = {blank: [] for blank in blanks}
        self.into: dict[str, list[tuple[str, str]]] = {blank: [] for blank in blanks}
        for subject, predicate, obj in dict.fromkeys(triples):
            inside = subject[:2] == "_:"
            if isinstance(obj, str) and obj[:2] == "_:":
                self.into[obj].append((predicate, subject))
                if inside:
                    self.out[subject].append((predicate, obj))
            elif inside:
                self.ground[subject].append(f"{predicate} {_key(obj)}")


def _labels(root: str, triples: Sequence[Triple], blanks: Sequence[str]) -> dict[str, str]:
    edges = _Edges(triples, blanks)
    order = _tree_order(edges, blanks)
    if order is not None:
        return _tree_labels(root, edges, order)
    return _refined_labels(root, edges, blanks)


def _tree_order(edges: _Edges, blanks: Sequence[str]) -> list[str] | None:
    """Parents before children when the blank nodes form a forest, else ``None``."""
    if any(len(edges.into[blank]) > 1 for blank in blanks):
        return None
    order = [b for b in blanks if not edges.into[b] or edges.into[b][0][1][:2] != "_:"]
    for blank in order:
        order.extend(child for _, child in edges.out[blank])
    return order if len(order) == len(blanks) else None


def _tree_labels(root: str, edges: _Edges, order: Sequence[str]) -> dict[str, str]:
    content: dict[str, str] = {}
    for blank in reversed(order):
        children = (f"{predicate} {content[child]}" for predicate, child in edges.out[blank])
        content[blank] = _hash(*sorted(edges.ground[blank]), "|", *sorted(children))
    labels: dict[str, str] = {}
    taken: dict[str, int] = {}
    for blank in order:
        predicate, parent = edges.into[blank][0] if edges.into[blank] else ("", "")
        place = _hash(root, labels.get(parent, parent), predicate, content[blank])
        twin = taken[place] = taken.get(place, -1) + 1
        labels[blank] = "_:b" + (_hash(place, str(twin)) if twin else place)[:16]
    return labels


def _refined_labels(root: str, edges: _Edges, blanks: Sequence[str]) -> dict[str, str]:
    colour = {
        blank: _hash(
            *sorted(edges.ground[blank]),
            "|",
            *sorted(f"{p} {s}" for p, s in edges.into[blank] if s[:2] != "_:"),
        )
        for blank in blanks
    }
    size = sum(len(edges.out[blank]) + len(edges.into[blank]) + 1 for blank in blanks)
    budget = _WORK_LIMIT
    while True:
        colour, budget = _refine(edges, colour, size, budget)
        tied = _first_tie(colour)
        if tied is None or budget <= 0:
            break
        # any of the look-alikes will do: where they are automorphic the result is the same
        colour[tied] = _hash(colour[tied], "chosen")
    labels: dict[str, str] = {}
    taken: dict[str, int] = {}
    for blank in blanks:
        twin = taken[colour[blank]] = taken.get(colour[blank], -1) + 1
        labels[blank] = "_:b" + _hash(root, colour[blank], str(twin))[:16]
    return labels


def _refine(
    edges: _Edges, colour: dict[str, str], size: int, budget: int
) -> tuple[dict[str, str], int]:
    classes = len(set(colour.values()))
    while budget > 0:
        budget -= size
        colour = {
            blank: _hash(
                mine,
                *sorted(f"> {p} {colour[o]}" for p, o in edges.out[blank]),
                *sorted(f"< {p} {colour[s]}" for p, s in edges.into[blank] if s[:2] == "_:"),
            )
            for blank, mine in colour.items()
        }
        found = len(set(colour.values()))
        if found == classes:
            break
        classes = found
    return colour, budget


def _first_tie(colour: dict[str, str]) -> str | None:
    groups: dict[str, list[str]] = {}
    for blank, mine in colour.items():
        groups.setdefault(mine, []).append(blank)
    ties = [mine for mine, members in groups.items() if len(members) > 1]
    return groups[min(ties)][0] if ties else None
