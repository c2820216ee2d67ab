"""The wrong and right lines of a rule, made into whole small catalogs.

A rule's ``hv:wrong`` and ``hv:right`` are a few lines of Turtle, for people to read. Put into a
catalog without findings (``examples/rules/catalog.ttl``) they become data that any SHACL engine
can judge: the first gives the rule's code, the second nothing.
"""

from harvester.namespaces import RDF_TYPE
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, is_blank


def prefixes_of(turtle: str) -> str:
    """The ``@prefix`` lines of a Turtle document, to be put before a snippet."""
    return "".join(line for line in turtle.splitlines(keepends=True) if line.startswith("@prefix"))


def read_turtle(turtle: str) -> Graph:
    """Read Turtle that this project wrote; raises ``SyntaxError`` with the line if it is wrong."""
    import pyoxigraph

    def term(value: object) -> Term:
        if isinstance(value, pyoxigraph.Literal):
            return Literal(value.value, value.datatype.value, value.language)
        if isinstance(value, pyoxigraph.BlankNode):
            return f"_:{value.value}"
        if isinstance(value, pyoxigraph.NamedNode):
            return value.value
        raise TypeError(f"not an RDF 1.1 term: {value}")

    graph = Graph()
    for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
        graph.add(str(term(quad.subject)), quad.predicate.value, term(quad.object))
    return graph


def put_into(base: Graph, lines: Graph, instead_of: Graph) -> Graph:
    """Return ``base`` with ``lines`` in place of what it says about the same things.

    A property of a resource gives way when ``lines`` states it, or when ``instead_of`` (the other
    example of the rule) states it of a resource that ``lines`` mentions: so a property that only
    the right example has is missing in the wrong one. Blank nodes that nothing points to any
    longer go as well. An ``rdf:type`` gives way only where ``lines`` states another.
    """
    replaced = {(subject, predicate) for subject, predicate, _ in lines}
    replaced |= {
        (subject, predicate)
        for subject, predicate, _ in instead_of
        if subject in lines.spo and predicate != RDF_TYPE
    }
    kept = Graph(triple for triple in base if triple[:2] not in replaced)
    for subject, predicate, obj in lines:
        kept.add(subject, predicate, obj)
    return _without_orphans(kept)


def _without_orphans(graph: Graph) -> Graph:
    """Drop blank nodes that are no longer the object of any triple."""
    while True:
        pointed_at = {obj for _, _, obj in graph if is_blank(obj)}
        orphans = {s for s in graph.spo if is_blank(s) and s not in pointed_at}
        if not orphans:
            return graph
        graph = Graph(triple for triple in graph if triple[0] not in orphans)
