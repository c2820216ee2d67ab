"""Read a file into a Graph as fast as pyoxigraph can be read, with none of the care of rdf/read."""

from pathlib import Path

import pyoxigraph as ox

from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.limits import DEFAULT
from harvester.rdf.parse import collect

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def load(
    source: Path | bytes, syntax: ox.RdfFormat | None = None, base: str | None = None
) -> Graph:
    """Read ``source``; the syntax of a file is that of its suffix, Turtle for bytes."""
    if isinstance(source, Path):
        quads = ox.parse(path=source, format=syntax or FORMATS[source.suffix], base_iri=base)
    else:
        quads = ox.parse(source, format=syntax or ox.RdfFormat.TURTLE, base_iri=base)
    with bulk_loading():
        return collect(quads, Graph().new_blank, DEFAULT, named=False).graph
