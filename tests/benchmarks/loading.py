"""Read a file into a Graph as fast as pyoxigraph can be read, with none of the care of rdf/read."""

import os

import pyoxigraph as ox

from harvester.rdf.collect import collect
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.limits import DEFAULT

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def load(
    source: str | os.PathLike[str] | bytes,
    syntax: ox.RdfFormat | None = None,
    base: str | None = None,
) -> Graph:
    """Read ``source``; the syntax of a file is that of its suffix, Turtle for bytes."""
    if isinstance(source, bytes):
        quads = ox.parse(source, format=syntax or ox.RdfFormat.TURTLE, base_iri=base)
    else:
        suffix = os.path.splitext(source)[1]  # noqa: PTH122  # pathlib takes 7 ms to import
        quads = ox.parse(path=source, format=syntax or FORMATS[suffix], base_iri=base)
    with bulk_loading():
        return collect(quads, Graph().new_blank, DEFAULT, named=False).graph
