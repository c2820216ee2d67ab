"""Where the material lies that is not part of the project, and how tests read it."""

import os
from pathlib import Path

import pyoxigraph as ox

from harvester.rdf.graph import Graph
from tests.turtle import term

_SHARED = Path(__file__).parents[2] / "shared"
CORPUS = Path(os.environ.get("HARVESTER_CORPUS", _SHARED / "corpus"))
REFERENCE = Path(os.environ.get("HARVESTER_REFERENCE", _SHARED / "reference"))


def read(path: Path, base: str = "https://exempel.se/fil/") -> Graph:
    """Read a file the short way: no gate, no findings; IRIs are taken as they are."""
    body = path.read_bytes()
    syntax = ox.RdfFormat.from_extension(path.suffix[1:])
    if syntax is None or path.suffix == ".xml":
        syntax = ox.RdfFormat.RDF_XML
    graph = Graph()
    for quad in ox.parse(body, syntax, base_iri=base, lenient=True):
        graph.add(str(term(quad.subject)), quad.predicate.value, term(quad.object))
    return graph
