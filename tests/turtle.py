"""Read Turtle snippets in tests: the program's prefixes and ex: are declared."""

import pyoxigraph as ox

from harvester.namespaces import PREFIXES
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Term

EX = "https://exempel.se/"
PROLOGUE = f"@prefix ex: <{EX}> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)


def graph(*snippets: str) -> Graph:
    """Return one graph of Turtle snippets without prefixes."""
    found = Graph()
    for text in snippets:
        for quad in ox.parse((PROLOGUE + text).encode(), format=ox.RdfFormat.TURTLE):
            found.add(str(term(quad.subject)), quad.predicate.value, term(quad.object))
    return found


def term(node: ox.NamedNode | ox.BlankNode | ox.Literal) -> Term:
    if isinstance(node, ox.Literal):
        if node.language:
            return Literal(node.value, RDF_LANG_STRING, node.language)
        return Literal(node.value, node.datatype.value)
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else node.value
