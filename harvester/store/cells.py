"""How one cell of a row is cut out of a resource's nodes; ``columns.py`` says which where.

A column that holds one value takes the first one in sorted order; a column of many is a JSON
array. Blank nodes show as their label, or not at all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from harvester.namespaces import DCTERMS, FOAF, RDF_TYPE, RDFS, SKOS, VCARD, shorten
from harvester.store.text import as_json
from harvester.terms import Literal, Term, is_blank

Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Cell, ...]
Node: TypeAlias = Mapping[str, Sequence[Term]]
Nodes: TypeAlias = Mapping[str, Node]
Cut: TypeAlias = Callable[[Nodes, Node], Sequence[Cell]]

NOTHING: Final[Node] = MappingProxyType({})
_LABELS: Final = (
    DCTERMS + "title",
    RDFS + "label",
    SKOS + "prefLabel",
    FOAF + "name",
    VCARD + "fn",
)


def _show(nodes: Nodes, term: Term) -> str:
    if isinstance(term, Literal):
        return term.value
    if not is_blank(term):
        return term
    node = nodes.get(term, NOTHING)
    return next((_first(nodes, node, label) for label in _LABELS if label in node), "")


def every(nodes: Nodes, node: Node, *predicates: str) -> list[str]:
    """All values of these properties as text, sorted, each once; IRIs as they are."""
    values = [_show(nodes, obj) for name in predicates for obj in node.get(name, ())]
    if len(values) > 1:
        values = sorted(set(values))
    return [value for value in values if value]


def _first(nodes: Nodes, node: Node, *predicates: str) -> str:
    for predicate in predicates:
        if predicate in node:
            values = every(nodes, node, predicate)
            if values:
                return values[0]
    return ""


def one(*predicates: str) -> Cut:
    """The first value of the first of these properties that has one."""

    def cut(nodes: Nodes, node: Node) -> Sequence[Cell]:
        return (_first(nodes, node, *predicates) or None,)

    return cut


def many(*predicates: str) -> Cut:
    """All values of these properties, as a JSON array."""

    def cut(nodes: Nodes, node: Node) -> Sequence[Cell]:
        values = every(nodes, node, *predicates)
        return (as_json(values) if values else None,)

    return cut


def number(predicate: str) -> Cut:
    """A whole number, or nothing where the value is not written as one (``10.0`` is)."""

    def cut(nodes: Nodes, node: Node) -> Sequence[Cell]:
        written = re.fullmatch(r"\+?(\d{1,18})(?:\.0*)?", _first(nodes, node, predicate).strip())
        return (int(written[1]) if written and written[1].isascii() else None,)

    return cut


def texts(*predicates: str) -> Cut:
    """Four cells: the best text (sv, en, any), in Swedish, in English, JSON of the others."""

    def cut(_nodes: Nodes, node: Node) -> Sequence[Cell]:
        found: dict[str, str] = {}
        for predicate in predicates:
            for obj in node.get(predicate, ()):
                if isinstance(obj, Literal):
                    found.setdefault((obj.language or "").lower(), obj.value)
        if not found:
            return (None, None, None, None)
        swedish, english = _take(found, "sv"), _take(found, "en")
        best = next((text for text in (swedish, english) if text is not None), None)
        if best is None:
            best = found[min(found)]
        return (best, swedish, english, as_json(found) if found else None)

    return cut


def _take(found: dict[str, str], language: str) -> str | None:
    for tag in sorted(found):
        if tag == language or tag.startswith(language + "-"):
            return found.pop(tag)
    return None


def inside(predicate: str, *paths: Sequence[str]) -> Cut:
    """The first value of a property of the node that ``predicate`` leads to (a blank node)."""

    def cut(nodes: Nodes, node: Node) -> Sequence[Cell]:
        found: set[str] = set()
        for path in paths:
            ends: Sequence[Term] = node.get(predicate, ())
            for step in path:
                ends = [
                    obj
                    for end in ends
                    if not isinstance(end, Literal)
                    for obj in nodes.get(end, NOTHING).get(step, ())
                ]
            found.update(_show(nodes, end) for end in ends)
        return (min(found - {""}, default=None),)

    return cut


def own_or_inside(predicate: str, *steps: str) -> Cut:
    """A value of the property itself or, where that is a blank node, of what it leads to."""
    direct, indirect = one(predicate), inside(predicate, *((step,) for step in steps))

    def cut(nodes: Nodes, node: Node) -> Sequence[Cell]:
        found = direct(nodes, node)
        return indirect(nodes, node) if found[0] is None else found

    return cut


def class_name(nodes: Nodes, node: Node) -> Sequence[Cell]:
    """The shortened class that says most: not the general one."""
    names = {shorten(value) for value in every(nodes, node, RDF_TYPE)}
    return (min(names - {"vcard:Kind"} or names, default=None),)
