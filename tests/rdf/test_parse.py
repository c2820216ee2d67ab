"""The loop from pyoxigraph's terms to ours, and what strict parsing is trusted with."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.model import Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.limits import DEFAULT
from harvester.rdf.parse import Page, collect, parse
from harvester.rdf.validity import iri_problems
from harvester.terms import Literal

ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LOCAL = st.text(
    st.sampled_from("az09/:?#[]@!$&'()*+,;=%-._~ \\\"<>{}|^`\u00e5\ue000\ufdd0\U000e0001")
)


def collected(turtle: str, labels: Graph | None = None) -> Page:
    quads = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    labels = Graph() if labels is None else labels
    return collect(quads, labels.new_blank, DEFAULT, named=False)


@pytest.mark.parametrize(
    ("syntax", "document"),
    [
        (Syntax.NTRIPLES, "<{0}> <http://p> <{0}> .\n"),
        (Syntax.TURTLE, "<http://s> <http://p> <{0}> ."),
        (
            Syntax.RDFXML,
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            '<rdf:Description rdf:about="http://s"><e:p rdf:resource="{0}"/></rdf:Description>'
            "</rdf:RDF>",
        ),
    ],
)
@settings(deadline=None)  # compiling the patterns is part of the first example
@given(scheme=st.sampled_from(["http://e/", "http://", "urn:", "http://[::1]/"]), rest=LOCAL | ODD)
def test_strict_parsing_lets_no_bad_iri_through(
    syntax: Syntax, document: str, scheme: str, rest: str
) -> None:
    """What ``examine`` skips for strict pages: pyoxigraph refuses every IRI that we would."""
    body = document.format(scheme + rest).encode()
    try:
        page = parse(body, syntax, base=None, lenient=False, labels=Graph(), limits=DEFAULT)
    except SyntaxError:
        return
    assert page.strict
    assert iri_problems(page.iris) == {}


def test_each_iri_is_one_object() -> None:
    """The value of one statement is the subject of the next: the same string, held once."""
    page = collected(
        "<http://a> <http://p> <http://b>, <http://c> . <http://b> <http://p> <http://c> ."
    )
    first, second = page.graph.objects("http://a", "http://p")
    assert next(s for s in page.graph.spo if s == "http://b") is first
    assert page.graph.objects("http://b", "http://p")[0] is second


def test_every_statement_is_counted_once() -> None:
    """Kept, repeated, too long and nested statements add up to what was read."""
    long = "x" * (DEFAULT.literal + 1)
    page = collected(
        f'<http://a> <http://p> "1", "1", "{long}", <<( <http://a> <http://p> 1 )>> . '
        f'<http://b> <http://p> "{long}" .'
    )
    assert page.statements == 5
    assert (len(page.graph), page.duplicates) == (1, 1)
    assert (len(page.oversized), len(page.nested)) == (1 + 1, 1)
    assert list(page.graph.spo) == ["http://a"]


def test_a_subject_comes_back() -> None:
    """Statements about a subject may stand apart, before and after one that is set aside."""
    long = "x" * (DEFAULT.literal + 1)
    page = collected(
        f'<http://a> <http://p> "{long}" . <http://a> <http://p> "1" . '
        '<http://b> <http://p> "1" . <http://a> <http://q> "2" .'
    )
    assert page.graph.objects("http://a", "http://p") == (Literal("1"),)
    assert page.graph.objects("http://a", "http://q") == (Literal("2"),)
    assert len(page.graph) == 3


def test_blank_nodes_are_numbered_as_they_appear() -> None:
    """Labels are those of the source: the next document goes on counting."""
    labels = Graph()
    page = collected("_:z <http://p> _:a . _:a <http://p> _:z .", labels)
    assert list(page.graph) == [("_:b0", "http://p", "_:b1"), ("_:b1", "http://p", "_:b0")]
    assert "_:b2" in collected("_:z <http://p> 1 .", labels).graph.spo
