"""Graphs for the writers' tests, and independent readers to judge what was written."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import pyoxigraph as ox
import rdflib
from hypothesis import strategies as st
from lxml import etree
from rdflib.compare import isomorphic

from harvester.model import Syntax
from harvester.namespaces import DCAT, DCTERMS, PREFIXES, RDF, RDF_TYPE, XSD
from harvester.rdf.write import WRITERS, Amendment, Description
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple

OX_FORMATS = {
    Syntax.RDFXML: ox.RdfFormat.RDF_XML,
    Syntax.TURTLE: ox.RdfFormat.TURTLE,
    Syntax.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Syntax.NQUADS: ox.RdfFormat.N_QUADS,
    Syntax.TRIG: ox.RdfFormat.TRIG,
    Syntax.JSONLD: ox.RdfFormat.JSON_LD,
}
RDFLIB_FORMATS = {
    Syntax.RDFXML: "xml",
    Syntax.TURTLE: "turtle",
    Syntax.NTRIPLES: "nt",
    Syntax.NQUADS: "nquads",
    Syntax.TRIG: "trig",
    Syntax.JSONLD: "json-ld",
}

NASTY_TEXTS = [
    "",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    '"',
    '""',
    '"""',
    'a\n"',
    'a\n""" b',
    'a\n\\" b',
    "'",
    "\\",
    "\\n",
    "\\u0041",
    "]]>",
    "<b>&amp;</b>",
    "&#0;",
    "a\u0085b",
    "a\u2028b",
    "\u00a0",
    "e\u0301",
    "\U0001f6b2",
    "\u202egnol\u202c",
    "שלום",
    "\ufeff",
    "{}",
    "@sv",
    "_:b0",
    "dcat:Dataset",
]
NOT_XML_TEXTS = ["\x00", "a\x1b[31mb", "\x0b", "\ufffe", "\uffff"]
IRIS = [
    "https://exempel.se/dataset/1",
    "https://exempel.se/d?a=1&b=2&c=%C3%A5#x",
    "https://exempel.se/o'brien",
    "https://exempel.se/åäö/数",
    "https://exempel.se/a/../b/./c",
    "https://exempel.se/(a)~!*;,=",
    "mailto:info@exempel.se",
    "tel:+46-10-000",
    "urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "HTTP://EXEMPEL.SE:80/",
    "https://[2001:db8::1]/",
    "dcat:Dataset",
    "schema:a//b",
    DCAT,
    DCAT + "a.b",
    DCAT + "a:b",
    DCAT + "//a",
    DCAT + "-x",
    DCAT + "1x",
    DCAT + "é",
    DCAT + "a/b",
    DCTERMS + "title#",
]
CLASSES = [DCAT + "Dataset", DCAT + "Catalog", RDF + "Description", RDF + "Bag", RDF + "li", *IRIS]
XML_PREDICATES = [
    RDF_TYPE,
    RDF + "first",
    RDF + "_1",
    DCTERMS + "title",
    DCAT + "distribution",
    "https://exempel.se/terms#é",
    "https://exempel.se/p/12a",
    "https://exempel.se/p?q=1&r",
    "urn:x:p",
    "dcat:title",
]
OTHER_PREDICATES = [
    "http://e/p/123",
    "http://e/",
    RDF + "li",
    RDF + "Description",
    "http://www.w3.org/2000/xmlns/a",
    DCAT,
]

texts = st.sampled_from(NASTY_TEXTS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8
)
tags = st.sampled_from(["sv", "en", "sv-se", "zh-hant-tw", "de-1996", "x-y"])
forms = texts | st.sampled_from(["1", "01", "-0", "true", "1.0", "2024-01-01"])
datatypes = st.sampled_from(
    [XSD + "integer", XSD + "boolean", XSD + "date", RDF + "XMLLiteral", RDF + "JSON", *IRIS]
)
literals = st.one_of(
    texts.map(Literal),
    st.tuples(texts, st.just(RDF_LANG_STRING), tags).map(Literal._make),
    st.tuples(forms, datatypes, st.none()).map(Literal._make),
)
blanks = st.sampled_from([f"_:b{n}" for n in range(5)] + ["_:0f-1_", "_:n-1"])
iris = st.sampled_from(IRIS)


def graphs(predicates: Sequence[str]) -> st.SearchStrategy[list[Triple]]:
    """Any graph: nodes that refer to each other, to themselves, to nothing."""
    subjects = iris | blanks
    properties = st.sampled_from(predicates)
    links = st.tuples(subjects, properties, iris | blanks | literals)
    types = st.tuples(subjects, st.just(RDF_TYPE), st.sampled_from(CLASSES))
    return st.lists(links | types, max_size=14, unique=True)


def written(syntax: Syntax, triples: Iterable[Triple]) -> tuple[bytes, list[Amendment]]:
    """One description, written; and what the writer said about it."""
    amendments: list[Amendment] = []
    description = Description("https://exempel.se/dataset/1", list(triples))
    return b"".join(WRITERS[syntax]([description], amendments.append)), amendments


def read(syntax: Syntax, data: bytes) -> ox.Dataset:
    """The statements that pyoxigraph reads, with blank nodes under canonical names."""
    quads = ox.parse(data, format=OX_FORMATS[syntax], rename_blank_nodes=True)
    return canonical(quad.triple for quad in quads)


def canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def expected(triples: Iterable[Triple]) -> ox.Dataset:
    """The same triples, made term by term without any syntax between."""
    return canonical(
        ox.Triple(ox_node(subject), ox.NamedNode(predicate), ox_term(obj))
        for subject, predicate, obj in triples
    )


def ox_node(node: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(node[2:]) if node[:2] == "_:" else ox.NamedNode(node)


def ox_term(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, str):
        return ox_node(term)
    if term.language is not None:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


@contextmanager
def lexical_forms_kept() -> Iterator[None]:
    """Stop rdflib from turning ``01`` into ``1``: a switch of the whole module."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


@lexical_forms_kept()
def rdflib_agrees(syntax: Syntax, data: bytes, triples: Iterable[Triple]) -> bool:
    """Whether rdflib reads the graph that the triples are."""
    mine = rdflib.Graph()
    for subject, predicate, obj in triples:
        mine.add((rdflib_term(subject), rdflib.URIRef(predicate), rdflib_term(obj)))
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB_FORMATS[syntax])
    theirs = rdflib.Graph()
    for subject, predicate, obj, _ in dataset.quads():
        theirs.add((subject, predicate, obj))
    return isomorphic(mine, theirs)


def rdflib_term(term: Term) -> rdflib.term.Node:
    if isinstance(term, str):
        return rdflib.BNode(term[2:]) if term[:2] == "_:" else rdflib.URIRef(term)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD + "string":
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=term.datatype)


def is_well_formed(data: bytes) -> bool:
    """Whether libxml2 takes it, which unlike the RDF readers knows every forbidden character."""
    root = etree.parse(BytesIO(data), etree.XMLParser(resolve_entities=False)).getroot()
    return bool(root.tag == f"{{{RDF}}}RDF") and set(PREFIXES.values()) <= set(root.nsmap.values())
