"""Mending and reporting read Turtle with scanners of their own, and see the same terms in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.fix.statements import ANY_BLANK
from harvester.fix.turtle import TermSpot, statements
from harvester.model import Syntax
from harvester.rdf.positions import turtle
from harvester.rdf.positions.index import Wanted
from harvester.terms import Literal
from tests.rdf.write.graphs import OTHER_PREDICATES, XML_PREDICATES, graphs, written

pytestmark = pytest.mark.hypothesis
BASE = "https://exempel.se/katalog"


@pytest.mark.parametrize("syntax", [Syntax.TURTLE, Syntax.NTRIPLES])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_scanners_of_turtle_see_the_same_values(syntax: Syntax, data: st.DataObject) -> None:
    """One counts bytes, one characters: of each named subject the same terms and spots."""
    triples = data.draw(graphs(XML_PREDICATES + OTHER_PREDICATES))
    body, _ = written(syntax, triples)
    text = body.decode()
    subjects = frozenset(subject for subject, _, _ in triples if subject[:2] != "_:")
    paths = frozenset(predicate for _, predicate, _ in triples)
    index = turtle.scan(text, BASE, Wanted(subjects, dict.fromkeys(subjects, paths), paths))
    reported = {
        (subject, predicate, start, end)
        for subject in subjects
        for predicate, _, start, end, node, _ in index.statements.get(subject, ())
        if node[:2] != "_:"
    }
    mended = set()
    for statement in statements(body, BASE):
        subject, predicate, value = statement.terms
        spot = statement.spots[2]
        if subject in subjects and isinstance(spot, TermSpot) and value != ANY_BLANK:
            start, end = (len(body[:at].decode()) for at in (spot.start, spot.end))
            mended.add((subject, predicate, start, end))
            if isinstance(value, Literal) and text[start] in "\"'":
                assert index.literal(start, end).value == value.value
    assert mended == reported
