"""pyoxigraph's terms into our own, one document at a time: the only loop over every triple."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyoxigraph as ox

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.limits import Limits
from harvester.rdf.validity import NUMERIC
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Triple

FORMATS = {
    Syntax.RDFXML: ox.RdfFormat.RDF_XML,
    Syntax.TURTLE: ox.RdfFormat.TURTLE,
    Syntax.TRIG: ox.RdfFormat.TRIG,
    Syntax.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Syntax.NQUADS: ox.RdfFormat.N_QUADS,
    Syntax.JSONLD: ox.RdfFormat.JSON_LD,
}
_WITH_GRAPHS = (Syntax.TRIG, Syntax.NQUADS, Syntax.JSONLD)


@dataclass(slots=True)
class Page:
    """What one document said, before it joins the graph of its source.

    ``statements`` counts triples as read; ``iris`` and ``tags`` are the distinct IRIs and language
    tags met; ``numbers`` the distinct literals with a numeric datatype.
    ``oversized`` and ``nested`` are the statements set aside for a text that is too long (with its
    length) or an RDF 1.2 triple term.
    """

    graph: Graph = field(default_factory=Graph)
    statements: int = 0
    duplicates: int = 0
    iris: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    numbers: set[Literal] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)
    oversized: list[tuple[Triple, int]] = field(default_factory=list)
    nested: list[tuple[str, str]] = field(default_factory=list)


def parse(
    body: bytes, syntax: Syntax, *, base: str | None, lenient: bool, labels: Graph, limits: Limits
) -> Page:
    """Parse a UTF-8 document with pyoxigraph.

    ``labels`` is the source's graph, which gives blank nodes their labels. Raises ``SyntaxError``
    as pyoxigraph does, and ``UnreadableError`` (``too-many-triples``, ``too-many-blank-nodes``,
    ``too-many-prefixes``) over a limit.
    """
    parser = ox.parse(body, FORMATS[syntax], base_iri=base, lenient=lenient)
    quads = islice(parser, limits.triples + 1)
    given = labels.blanks
    try:
        with without_collector():
            page = collect(quads, labels, limits, named=syntax in _WITH_GRAPHS)
    except SyntaxError:
        labels.blanks = given  # the next attempt counts from the same number
        raise
    if page.statements > limits.triples:
        raise over("triples", limits.triples)
    if len(parser.prefixes) > limits.prefixes:
        raise over("prefixes", limits.prefixes)
    return page


def over(what: str, limit: int) -> UnreadableError:
    """The error for a document with too much of something."""
    return UnreadableError(
        "too-many-" + what.replace(" ", "-"),
        f"the document has more than {limit} {what}; split it into pages",
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Without Python's cycle collector, which would walk all terms again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def collect(quads: Iterable[ox.Quad], labels: Graph, limits: Limits, *, named: bool) -> Page:
    """Index quads by subject and predicate; the graph names are counted and dropped.

    Raises ``UnreadableError`` (``too-many-blank-nodes``). Each line in the loop runs once a triple,
    which is why it calls nothing that it need not.
    """
    page = Page()
    intern = page.iris.setdefault
    intern_tag = page.tags.setdefault
    longest = limits.literal
    number = page.numbers.add
    blanks = _BlankNodes(labels, limits.blank_nodes)
    add = page.graph.add
    spo = page.graph.spo
    find = spo.get
    iri, literal, blank, default = ox.NamedNode, ox.Literal, ox.BlankNode, ox.DefaultGraph
    make = tuple.__new__
    numeric = NUMERIC
    statements = duplicates = fresh = 0
    term: Any  # mypy cannot follow comparisons of exact types, which are the fast ones
    obj: Any
    for quad in quads:
        statements += 1
        term = quad.subject
        subject = term.value if type(term) is iri else blanks[term.value]
        predicate = quad.predicate.value
        predicate = intern(predicate, predicate)
        term = quad.object
        kind = type(term)
        if kind is iri:
            obj = term.value
            obj = intern(obj, obj)
        elif kind is literal:
            value = term.value
            language = term.language
            if language is not None:
                if term.direction is not None:
                    language = f"{language}--{term.direction.value}"
                obj = make(Literal, (value, RDF_LANG_STRING, intern_tag(language, language)))
            else:
                datatype = term.datatype.value
                if datatype == XSD_STRING:
                    obj = make(Literal, (value, XSD_STRING, None))
                else:
                    datatype = intern(datatype, datatype)
                    obj = make(Literal, (value, datatype, None))
                    if datatype in numeric:
                        number(obj)
            if len(value) > longest:
                page.oversized.append(((subject, predicate, obj), len(value)))
                continue
        elif kind is blank:
            obj = blanks[term.value]
        else:
            page.nested.append((subject, predicate))
            continue
        if named and type(quad.graph_name) is not default:
            name = str(quad.graph_name)
            page.names[name] = page.names.get(name, 0) + 1
        # Most triples bring a new property or a new subject; the rest is Graph.add's business.
        properties = find(subject)
        if properties is None:
            spo[subject] = {predicate: (obj,)}
            fresh += 1
        elif predicate not in properties:
            properties[predicate] = (obj,)
            fresh += 1
        elif not add(subject, predicate, obj):
            duplicates += 1
    page.graph.grew(fresh)
    page.iris.update(zip(page.graph.spo, page.graph.spo, strict=True))
    page.statements = statements
    page.duplicates = duplicates
    return page


class _BlankNodes(dict[str, str]):
    """A document's blank-node labels -> the source's, in order of first appearance."""

    def __init__(self, labels: Graph, limit: int) -> None:
        super().__init__()
        self._labels = labels
        self._limit = limit

    def __missing__(self, label: str) -> str:
        if len(self) >= self._limit:
            raise over("blank nodes", self._limit)
        new = self[label] = self._labels.new_blank()
        return new
