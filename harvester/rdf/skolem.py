"""Stable IRIs for blank nodes that must be named (RDF 1.1 Concepts, section 3.5).

The IRI is a name-based UUID (RFC 9562, section 5.5) of the source and what identifies the thing:
its identifier, address or title, in that order, else all of its content. So a new description
does not make a new dataset.
"""

import uuid
from collections.abc import Sequence
from typing import Final

from harvester.model import CLASS_KIND, Kind
from harvester.namespaces import DCAT, DCTERMS, FOAF, VCARD
from harvester.rdf.canonical import content_key
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import Ownership
from harvester.terms import Literal, Triple

_NAMESPACE: Final = uuid.UUID("5a7f2b64-3c0e-5d15-9a53-0b4f0e1c9b6d")

_IDENTIFYING: Final = (
    DCTERMS + "identifier",
    DCAT + "landingPage",
    DCAT + "endpointURL",
    DCAT + "downloadURL",
    DCAT + "accessURL",
    VCARD + "hasEmail",
    FOAF + "homepage",
    FOAF + "name",
    VCARD + "fn",
    DCTERMS + "title",
)
_CONTAINED_BY: Final = (DCAT + "distribution", DCAT + "dataset", DCAT + "service", DCAT + "catalog")


def name_blank_nodes(graph: Graph, source_id: str, ownership: Ownership) -> dict[str, str]:
    """Give each blank node in ``ownership.named`` an IRI, the same whatever the labels are."""
    parents = _parents(graph, ownership.named)
    keys = {blank: _key(graph, blank, parents, ownership) for blank in ownership.named}
    groups: dict[str, list[str]] = {}
    for blank, key in keys.items():
        groups.setdefault(key, []).append(blank)
    names: dict[str, str] = {}
    for key, members in groups.items():
        if len(members) > 1:
            members.sort(key=lambda blank: _content(graph, blank, ownership))
        for number, blank in enumerate(members):
            text = f"{source_id}\n{key}" + (f"\n{number}" if number else "")
            names[blank] = uuid.uuid5(_NAMESPACE, text).urn
    return names


def _parents(graph: Graph, named: Sequence[str]) -> dict[str, str]:
    wanted = frozenset(named)
    parents: dict[str, str] = {}
    for subject, properties in graph.spo.items():
        for predicate in _CONTAINED_BY:
            for obj in properties.get(predicate, ()):
                if type(obj) is str and obj in wanted:
                    parents.setdefault(obj, subject)
    return parents


def _key(graph: Graph, blank: str, parents: dict[str, str], ownership: Ownership) -> str:
    lineage: list[str] = []
    node: str | None = blank
    while node is not None and len(lineage) < 4:
        lineage.append(_own_key(graph, node, ownership) if node[:2] == "_:" else node)
        node = parents.get(node) if node[:2] == "_:" else None
    return "\n".join(lineage)


def _own_key(graph: Graph, blank: str, ownership: Ownership) -> str:
    classes = [*graph.types(blank), ownership.implied.get(blank, "")]
    kinds = {CLASS_KIND[c] for c in classes if isinstance(c, str) and c in CLASS_KIND}
    if kinds:
        for predicate in _IDENTIFYING:
            values = sorted(_plain(v) for v in graph.objects(blank, predicate) if _plain(v))
            if values:
                return "\n".join([min(kinds), predicate, *values])
    return f"{Kind.OTHER}\n{_content(graph, blank, ownership)}"


def _plain(value: object) -> str:
    if isinstance(value, Literal):
        return value.value.strip()
    return value if isinstance(value, str) and value[:2] != "_:" else ""


def _content(graph: Graph, blank: str, ownership: Ownership) -> str:
    triples: list[Triple] = list(graph.triples_of(blank))
    for owned in ownership.owned.get(blank, ()):
        triples.extend(graph.triples_of(owned))
    return content_key(blank, triples)
