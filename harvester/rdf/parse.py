"""One document parsed with pyoxigraph, within limits."""

from itertools import islice

import pyoxigraph as ox

from harvester.model import Syntax
from harvester.rdf.collect import Page, collect, over
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.halves import a_core_is_free, read_in_halves
from harvester.rdf.limits import Limits

FORMATS = {
    Syntax.RDFXML: ox.RdfFormat.RDF_XML,
    Syntax.TURTLE: ox.RdfFormat.TURTLE,
    Syntax.TRIG: ox.RdfFormat.TRIG,
    Syntax.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Syntax.NQUADS: ox.RdfFormat.N_QUADS,
    Syntax.JSONLD: ox.RdfFormat.JSON_LD,
}
_WITH_GRAPHS = (Syntax.TRIG, Syntax.NQUADS, Syntax.JSONLD)


def parse(
    body: bytes, syntax: Syntax, *, base: str | None, lenient: bool, labels: Graph, limits: Limits
) -> Page:
    """Parse a UTF-8 document with pyoxigraph.

    ``labels`` is the source's graph, which gives blank nodes their labels. Raises ``SyntaxError``
    as pyoxigraph does, and ``UnreadableError`` (``too-many-triples``, ``too-many-blank-nodes``,
    ``too-many-prefixes``) over a limit.
    """
    given = labels.blanks
    huge = syntax is Syntax.NTRIPLES and len(body) >= limits.one_process
    if huge and not lenient and a_core_is_free():
        with bulk_loading():
            page = read_in_halves(
                body,
                lambda half: _parse(half, syntax, base, lenient, labels, limits),
                lambda half: _parse(half, syntax, base, lenient, Graph(), limits),
            )
        if page is not None:
            if page.statements > limits.triples:
                raise over("triples", limits.triples)
            return page
        labels.blanks = given
    return _parse(body, syntax, base, lenient, labels, limits)


def _parse(
    body: bytes, syntax: Syntax, base: str | None, lenient: bool, labels: Graph, limits: Limits
) -> Page:
    parser = ox.parse(body, FORMATS[syntax], base_iri=base, lenient=lenient)
    quads = islice(parser, limits.triples + 1)
    given = labels.blanks
    try:
        with bulk_loading():
            page = collect(quads, labels.new_blank, limits, named=syntax in _WITH_GRAPHS)
    except SyntaxError:
        labels.blanks = given  # the next attempt counts from the same number
        raise
    page.strict = not lenient
    if page.statements > limits.triples:
        raise over("triples", limits.triples)
    if len(parser.prefixes) > limits.prefixes:
        raise over("prefixes", limits.prefixes)
    return page
