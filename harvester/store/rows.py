"""From a resource's triples to the rows that a person can query.

The exact triples are kept in ``resource.ntriples``; these rows are an index over them.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from harvester.model import Kind, Resource
from harvester.namespaces import DCAT, DCTERMS
from harvester.rdf.ntriples import parse
from harvester.store.cells import NOTHING, Cell, Node, Row, every
from harvester.store.columns import PARENT, TABLES, columns
from harvester.store.search_text import search_row
from harvester.terms import Literal, Term

# facts of the national portal, duplicates: dcterms:identifier is a key when it is a UUID.
UUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}").fullmatch


class Rows(NamedTuple):
    """What one resource gives: its rows by table, and the identifier that duplicates share.

    Each row starts with the IRI; its cells are those of ``columns()``. ``identifier`` is the
    UUID-shaped dcterms:identifier of a dataset or data service, or ``""``. ``text`` is the row of
    table ``search``, for a resource that has text.
    """

    tables: dict[str, list[Row]]
    identifier: str
    text: Row | None


def rows(resource: Resource) -> Rows:
    """The rows of one resource.

    Raises ``ValueError`` when ``resource.ntriples`` is not canonical N-Triples.
    """
    nodes: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, obj in parse(resource.ntriples):
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(obj)
    node: Node = nodes.get(resource.iri, NOTHING)
    found: dict[str, list[Row]] = {}
    described: list[Mapping[str, Cell]] = []
    for kind in resource.kinds:
        groups = TABLES.get(kind)
        if groups is not None:
            row: list[Cell] = [resource.iri]
            for _, cut in groups:
                row += cut(nodes, node)
            if kind in PARENT:
                row.append(resource.parent)
            found[kind.value] = [tuple(row)]
            described.append(dict(zip(columns(kind), row, strict=True)))
    if DCAT + "keyword" in node:
        found["keyword"] = _keywords(resource.iri, node)
    if DCAT + "theme" in node:
        found["theme"] = [(resource.iri, theme) for theme in every(nodes, node, DCAT + "theme")]
    text = search_row(resource.iri, described, (str(row[1]) for row in found.get("keyword", ())))
    return Rows(found, _identifier(resource, node), text)


def _identifier(resource: Resource, node: Node) -> str:
    if Kind.DATASET not in resource.kinds and Kind.DATA_SERVICE not in resource.kinds:
        return ""
    values = (
        obj.value.strip() if isinstance(obj, Literal) else obj
        for obj in node.get(DCTERMS + "identifier", ())
    )
    return min(filter(UUID, values), default="")


def _keywords(iri: str, node: Node) -> list[Row]:
    words = (obj for obj in node.get(DCAT + "keyword", ()) if isinstance(obj, Literal))
    return [(iri, *pair) for pair in sorted({(word.value, word.language or "") for word in words})]
