"""Blank nodes that only name a value: the value itself takes their place.

``dcterms:format [ a dcterms:IMT ; rdf:value "text/csv" ; rdfs:label "CSV" ]`` is how older tools
write ``"text/csv"``. A node that says anything else, is used elsewhere, or names nothing that the
property's own step knows, is left.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, RDF, RDF_TYPE, RDFS, SKOS
from harvester.normalize import closed_list, format, frequency, language, licence, theme  # noqa: A004
from harvester.normalize.step import Edit, ResourceStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, is_blank

_NAMES: Final = (
    RDF + "value",
    DCTERMS + "identifier",
    RDFS + "label",
    SKOS + "prefLabel",
    SKOS + "notation",
    DCTERMS + "title",
)
_KNOWN: Final[Mapping[str, Callable[[Term], object]]] = MappingProxyType(
    {
        format.FORMAT: format.meaning,
        format.MEDIA_TYPE: format.meaning,
        DCAT + "compressFormat": format.meaning,
        licence.LICENSE: licence.lookup,
        language.LANGUAGE: language.lookup,
        frequency.FREQUENCY: frequency.lookup,
        theme.THEME: theme.lookup,
        closed_list.ACCESS_RIGHTS: lambda value: closed_list.lookup("access-right", value),
    }
)


def edits(graph: Graph) -> Iterator[Edit]:
    """Put the name in the place of each node that only names a value."""
    used: dict[str, int] = {}
    for _, _, obj in graph:
        if isinstance(obj, str) and is_blank(obj):
            used[obj] = used.get(obj, 0) + 1
    for subject, properties in graph.spo.items():
        for predicate, lookup in _KNOWN.items():
            for node in properties.get(predicate, ()):
                if isinstance(node, str) and is_blank(node) and used[node] == 1:
                    named = _name(graph, node, lookup)
                    if named is not None:
                        before: list[Triple] = [(subject, predicate, node)]
                        before += graph.triples_of(node)
                        yield Edit(tuple(before), ((subject, predicate, named),))


def _name(graph: Graph, node: str, lookup: Callable[[Term], object]) -> Literal | None:
    properties = graph.spo.get(node, {})
    if not properties.keys() <= {RDF_TYPE, *_NAMES}:
        return None
    names = [
        value for name in _NAMES for value in properties.get(name, ()) if isinstance(value, Literal)
    ]
    return next((Literal(name.value) for name in names if lookup(Literal(name.value))), None)


STEPS: Final = (
    ResourceStep("labelled", _KNOWN.__contains__, lambda _, value: is_blank(value), edits),
)
