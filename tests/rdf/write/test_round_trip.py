"""Whatever is written is read back the same by readers that did not write it."""

from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.model import Syntax
from harvester.rdf.write import WRITERS, Description
from harvester.terms import RDF_LANG_STRING, Literal, Triple
from tests.rdf.write.graphs import (
    NASTY_TEXTS,
    NOT_XML_TEXTS,
    OTHER_PREDICATES,
    OX_FORMATS,
    XML_PREDICATES,
    expected,
    graphs,
    is_well_formed,
    rdflib_agrees,
    read,
    written,
)

EVERY_SYNTAX = pytest.mark.parametrize("syntax", list(WRITERS))
SUBJECT = "https://exempel.se/dataset/1"
PREDICATE = "http://purl.org/dc/terms/title"


@EVERY_SYNTAX
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_graph_comes_back(syntax: Syntax, data: st.DataObject) -> None:
    """pyoxigraph reads the very graph: circles, shared and nested blank nodes, odd IRIs."""
    predicates = XML_PREDICATES if syntax is Syntax.RDFXML else XML_PREDICATES + OTHER_PREDICATES
    triples = data.draw(graphs(predicates))
    text, amendments = written(syntax, triples)
    assert amendments == []
    assert read(syntax, text) == expected(triples)
    assert syntax is not Syntax.RDFXML or is_well_formed(text)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of rdflib's parsers, by rdflib
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@EVERY_SYNTAX
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_rdflib_reads_the_same_graph(syntax: Syntax, data: st.DataObject) -> None:
    """A second reader, with an RDF/XML parser of another make (expat), agrees."""
    triples = data.draw(graphs(XML_PREDICATES))
    text, _ = written(syntax, triples)
    assert rdflib_agrees(syntax, text, triples)


@EVERY_SYNTAX
def test_nasty_texts_come_back_to_the_character(syntax: Syntax) -> None:
    """Quotes, line ends of all kinds, markup, astral and right-to-left characters."""
    triples: list[Triple] = [(SUBJECT, PREDICATE, Literal(text)) for text in NASTY_TEXTS]
    text, amendments = written(syntax, triples)
    assert amendments == []
    assert read(syntax, text) == expected(triples)


@EVERY_SYNTAX
@pytest.mark.case("S57")
def test_control_characters_come_back_where_the_syntax_has_them(syntax: Syntax) -> None:
    """All but RDF/XML carry them."""
    if syntax is Syntax.RDFXML:
        pytest.skip("XML 1.0 has no such characters: see test_rdfxml")
    triples: list[Triple] = [(SUBJECT, PREDICATE, Literal(text)) for text in NOT_XML_TEXTS]
    text, amendments = written(syntax, triples)
    assert amendments == []
    assert read(syntax, text) == expected(triples)


@EVERY_SYNTAX
@pytest.mark.case("S43")
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ((SUBJECT, PREDICATE, "http://e/x> .\n<http://victim/ds"), "bad-iri"),
        ((SUBJECT, PREDICATE, "http://e/a b"), "bad-iri"),
        ((SUBJECT, PREDICATE, "relativ"), "bad-iri"),
        ((SUBJECT, PREDICATE, "http://e/\ud800"), "bad-iri"),
        (("http://e/{id}", PREDICATE, Literal("x")), "bad-iri"),
        ((SUBJECT, 'http://e/p"', Literal("x")), "bad-iri"),
        ((SUBJECT, "_:p", Literal("x")), "bad-iri"),
        ((SUBJECT, PREDICATE, Literal("x", "dat um")), "bad-iri"),
        ((SUBJECT, PREDICATE, Literal("x", language="sv_SE")), "bad-language"),
        ((SUBJECT, PREDICATE, Literal("x", language='sv" y="')), "bad-language"),
        (
            (
                SUBJECT,
                PREDICATE,
                Literal("x", RDF_LANG_STRING),
            ),
            "no-language",
        ),
    ],
)
def test_no_term_breaks_out_of_its_place(syntax: Syntax, bad: Triple, reason: str) -> None:
    """A term that no syntax can carry is left out and reported; its neighbours are written."""
    good: Triple = (SUBJECT, PREDICATE, Literal("bra"))
    text, amendments = written(syntax, [bad, good])
    assert [(one.before, one.after, one.reason) for one in amendments] == [(bad, None, reason)]
    assert read(syntax, text) == expected([good])


@EVERY_SYNTAX
def test_any_label_of_a_blank_node_is_made_fit(syntax: Syntax) -> None:
    """Labels that a syntax does not take are spelt out, and different ones stay different."""
    labels = ["_:b 1", "_:b-20-1", "_:n-b-20-1_", "_:", "_:1", "_:é", "_:a.", "_:b> <x", "_:n-_"]
    triples: list[Triple] = [(SUBJECT, PREDICATE, label) for label in labels]
    triples += [(label, PREDICATE, Literal(label)) for label in labels]
    triples += [(label, PREDICATE, label) for label in labels]
    text, amendments = written(syntax, triples)
    assert amendments == []
    told = [
        (node if node == SUBJECT else f"_:x{labels.index(node)}", predicate, obj)
        if not isinstance(obj, str)
        else (
            node if node == SUBJECT else f"_:x{labels.index(node)}",
            predicate,
            f"_:x{labels.index(obj)}",
        )
        for node, predicate, obj in triples
    ]
    assert read(syntax, text) == expected(told)


@pytest.mark.case("S56")
@EVERY_SYNTAX
def test_half_a_character_becomes_the_replacement_character(syntax: Syntax) -> None:
    """A lone surrogate, which JSON can smuggle in, has no UTF-8."""
    text, amendments = written(syntax, [(SUBJECT, PREDICATE, Literal("a\ud800"))])
    mended: Triple = (SUBJECT, PREDICATE, Literal("a\ufffd"))
    assert [one.after for one in amendments] == [mended]
    assert read(syntax, text) == expected([mended])


@EVERY_SYNTAX
@pytest.mark.case("S63")
def test_a_long_chain_of_blank_nodes_is_no_deep_recursion(syntax: Syntax) -> None:
    """Twenty thousand nodes, each inside the one before, are written and read."""
    nodes = [SUBJECT, *(f"_:n{number}" for number in range(20_000))]
    triples: list[Triple] = [(node, "http://e/p/x", after) for node, after in pairwise(nodes)]
    text, _ = written(syntax, triples)
    assert text.count(b"\n") > len(nodes) / 20
    assert sum(1 for _ in ox.parse(text, format=OX_FORMATS[syntax])) == len(triples)


@EVERY_SYNTAX
def test_the_order_of_triples_is_immaterial_but_for_lines(syntax: Syntax) -> None:
    """The writers that group sort; the line-based ones keep the order they are given."""
    triples: list[Triple] = [
        (SUBJECT, PREDICATE, Literal(text, language=tag)) for text in "åab" for tag in ("sv", "en")
    ]
    same = written(syntax, triples)[0] == written(syntax, triples[::-1])[0]
    assert same is (syntax not in (Syntax.NTRIPLES, Syntax.NQUADS))


@EVERY_SYNTAX
def test_no_description_is_still_a_document(syntax: Syntax) -> None:
    """An export of nothing is an empty, valid file."""
    assert read(syntax, b"".join(WRITERS[syntax]([], print))) == expected([])


@EVERY_SYNTAX
def test_descriptions_are_written_one_by_one(syntax: Syntax) -> None:
    """A writer has handed out one description before it asks for the next."""
    asked = []

    def descriptions():  # type: ignore[no-untyped-def]
        for number in range(3):
            asked.append(number)
            yield Description(
                f"http://e/{number}", [(f"http://e/{number}", PREDICATE, Literal("x"))]
            )

    chunks = WRITERS[syntax](descriptions(), print)
    for chunk in chunks:
        if b"http://e/0" in chunk:
            break
    assert asked == [0]
