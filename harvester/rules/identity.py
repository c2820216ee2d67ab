"""What makes a finding the same finding tomorrow: names that outlive labels, lines and order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harvester.model import Finding
from harvester.namespaces import DCAT
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import find_owners
from harvester.rdf.skolem import name_blank_nodes
from harvester.terms import Term, is_blank, term_to_ntriples


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding apart from where it stands in a file.

    ``focus`` and ``value`` have no labels of blank nodes in them. ``resource`` is the resource
    that owns the focus; ``datasets`` those that it is, or is a distribution of. ``input`` is what
    the finding's catalog was called on the command line.
    """

    code: str
    focus: str
    path: str
    value: str
    resource: str
    datasets: frozenset[str]
    input: str


def marks(graph: Graph, findings: Sequence[Finding], source: str) -> list[Mark]:
    """Mark the findings about one graph, in their order; ``source`` is the input's name."""
    if not findings:
        return []
    blanks = {
        term
        for finding in findings
        for term in (finding.focus, finding.value)
        if isinstance(term, str) and is_blank(term)
    }
    names, owners = _stable_names(graph, blanks) if blanks else ({}, {})
    holders = _holders(graph)
    found: list[Mark] = []
    for finding in findings:
        root = owners.get(finding.focus, finding.focus)
        found.append(
            Mark(
                code=finding.code,
                focus=names.get(finding.focus, finding.focus),
                path=finding.path,
                value=_value(finding.value, names),
                resource=names.get(root, root),
                datasets=frozenset(holders.get(root, ())),
                input=source,
            )
        )
    return found


def _value(value: Term | None, names: dict[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and is_blank(value):
        return names[value]
    return term_to_ntriples(value)


def _holders(graph: Graph) -> dict[str, list[str]]:
    """Each dataset and distribution, with the datasets it belongs to."""
    found: dict[str, list[str]] = {}
    for dataset in graph.instances(DCAT + "Dataset"):
        found.setdefault(dataset, []).append(dataset)
        for node in graph.objects(dataset, DCAT + "distribution"):
            if isinstance(node, str):
                found.setdefault(node, []).append(dataset)
    return found


def _stable_names(graph: Graph, blanks: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Name blank nodes, and say which root owns each.

    One that an IRI owns is named by the way from there, so that mending it in one place does not
    make its other findings new; one that stands alone by what identifies it (``rdf/skolem.py``).
    Equal ways are told apart by counting, in ``rules/baseline.py``.
    """
    ownership = find_owners(graph, imply=False)
    roots = name_blank_nodes(graph, "", ownership)
    owner = ownership.owner()
    names = dict(roots)
    for root in {owner[blank] for blank in blanks if blank in owner}:
        for node, way in _ways(graph, root, frozenset(ownership.owned[root])).items():
            names[node] = f"{roots.get(root, root)} {way}"
    return {blank: names.get(blank, "_:") for blank in (*names, *blanks)}, owner


def _ways(graph: Graph, root: str, owned: frozenset[str]) -> dict[str, str]:
    """The shortest way from the root to each blank node; of several, the first in the alphabet."""
    found: dict[str, str] = {}
    level = {root: ""}
    while level:
        after: dict[str, str] = {}
        for node, way in level.items():
            for path, child in _steps(graph, node):
                if child in owned and child not in found:
                    longer = f"{way}/<{path}>"
                    after[child] = min(after.get(child, longer), longer)
        found.update(after)
        level = after
    return found


def _steps(graph: Graph, node: str) -> Iterable[tuple[str, str]]:
    for path, values in graph.spo.get(node, {}).items():
        for value in values:
            if isinstance(value, str) and is_blank(value):
                yield path, value
