"""How a description is laid out: which nodes stand alone, which are written inside another."""

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from harvester.model import CLASS_KIND
from harvester.namespaces import DCTERMS, FOAF, RDF_TYPE, RDFS, SKOS, VCARD, shorten
from harvester.terms import Term, Triple

Properties: TypeAlias = dict[str, list[Term]]

# What a reader looks for first; all other properties follow by name.
_FIRST: Final = {
    RDF_TYPE: "0",
    DCTERMS + "title": "1",
    FOAF + "name": "1",
    VCARD + "fn": "1",
    SKOS + "prefLabel": "1",
    RDFS + "label": "1",
    DCTERMS + "description": "2",
}
_DEEPEST: Final = 12  # a hostile chain of blank nodes must not become a deep recursion

_CLASS_ORDER: Final = {cls: place for place, cls in enumerate(CLASS_KIND)}


class Layout(NamedTuple):
    """The nodes of a description: ``tops`` in the order to write them, and those inside others."""

    nodes: dict[str, Properties]
    tops: list[str]
    inline: frozenset[str]


def arrange(triples: Iterable[Triple]) -> Layout:
    """Group triples by node and property.

    A blank node is *inline*, written where it is referred to, when that is one place, and not
    itself or below itself. IRIs come before the other blank nodes, both by name.
    """
    nodes: dict[str, Properties] = {}
    references: dict[str, int] = {}
    for subject, predicate, obj in triples:
        properties = nodes.get(subject)
        if properties is None:
            properties = nodes[subject] = {}
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = [obj]
        else:
            values.append(obj)
        if type(obj) is str and obj[:2] == "_:":
            references[obj] = references.get(obj, 0) + 1
    if not references:
        return Layout(nodes, _by_name(nodes), frozenset())
    return _nest(nodes, {node for node, count in references.items() if count == 1})


def _nest(nodes: dict[str, Properties], once: set[str]) -> Layout:
    tops = _by_name([node for node in nodes if node not in once])
    circular = sorted((node for node in once if node in nodes), reverse=True)
    inline: set[str] = set()
    seen = set(tops)
    open_nodes = [(node, 0) for node in tops]
    while open_nodes or circular:
        if not open_nodes:
            # Nothing that stands alone leads to what is left: each is part of a circle.
            node = circular.pop()
            if node in seen:
                continue
            seen.add(node)
            tops.append(node)
            open_nodes.append((node, 0))
        node, depth = open_nodes.pop()
        for values in nodes.get(node, {}).values():
            for value in values:
                if value not in once or value in seen or not isinstance(value, str):
                    continue
                seen.add(value)
                if depth < _DEEPEST:
                    inline.add(value)
                    open_nodes.append((value, depth + 1))
                else:
                    tops.append(value)
                    open_nodes.append((value, 0))
    return Layout(nodes, [node for node in tops if node in nodes], frozenset(inline))


def _by_name(nodes: Iterable[str]) -> list[str]:
    return sorted(nodes, key=lambda node: (node[:2] == "_:", node))


def reading_order(predicate: str) -> str:
    """Return a key that sorts properties as people read them: class, name, text, then by name."""
    first = _FIRST.get(predicate)
    return first if first is not None else f"3{shorten(predicate)}"


def class_order(cls: str) -> tuple[int, str]:
    """Return a key that sorts classes: those of DCAT-AP-SE first, the most telling one foremost."""
    return _CLASS_ORDER.get(cls, len(_CLASS_ORDER)), cls
