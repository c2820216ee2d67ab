"""Read a file into a Graph as fast as pyoxigraph can be read, with none of the care of rdf/read."""

from pathlib import Path

import pyoxigraph as ox

from harvester.rdf.graph import Graph, bulk_loading
from harvester.terms import RDF_LANG_STRING, Literal, Term

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_SHARED = 100_000  # objects remembered, so that an authority IRI is held once


def load(
    source: Path | bytes, syntax: ox.RdfFormat | None = None, base: str | None = None
) -> Graph:
    """Read ``source``; the syntax of a file is that of its suffix, Turtle for bytes."""
    if isinstance(source, Path):
        quads = ox.parse(path=source, format=syntax or FORMATS[source.suffix], base_iri=base)
    else:
        quads = ox.parse(source, format=syntax or ox.RdfFormat.TURTLE, base_iri=base)
    graph = Graph()
    with bulk_loading():
        _fill(graph, quads)
    return graph


def _fill(graph: Graph, quads: ox.QuadParser) -> None:
    named, literal = ox.NamedNode, ox.Literal
    make = tuple.__new__
    shared: dict[str, tuple[Term]] = {}
    names: dict[str, str] = {}
    subjects, add_value = graph.spo, graph.add_value
    last: object = None
    subject, properties = "", {}
    repeated = 0
    for quad in quads:
        node = quad.subject
        if node != last:
            last = node
            subject = node.value if type(node) is named else f"_:{node.value}"
            found = subjects.get(subject)
            if found is None:
                found = subjects[subject] = {}
            properties = found
        obj = quad.object
        kind = type(obj)
        if kind is named:
            iri = obj.value
            single = shared.get(iri)
            if single is None:
                if len(shared) > _SHARED:
                    shared.clear()
                single = shared[iri] = (iri,)
        elif kind is literal:
            language = obj.language
            datatype = obj.datatype.value if language is None else RDF_LANG_STRING
            single = (make(Literal, (obj.value, names.setdefault(datatype, datatype), language)),)
        else:
            single = (f"_:{obj.value}",)
        name = quad.predicate.value
        predicate = names.setdefault(name, name)
        if not add_value(subject, properties, predicate, single):
            repeated += 1
