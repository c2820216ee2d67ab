"""A finding about a blank node belongs to the resource around it."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.graph import Graph
from harvester.rules.owner import owner
from tests.turtle import EX, graph


def test_an_iri_owns_itself():
    """Also one that is described nowhere."""
    assert owner(graph())(EX + "d") == EX + "d"


def test_blank_nodes_are_owned_by_what_is_around_them():
    """However deep they lie."""
    data = graph('ex:d dcterms:spatial [ locn:geometry [ dcterms:title "x" ] ] .')
    own = owner(data)
    assert {own(subject) for subject in data.spo} == {EX + "d"}


def test_the_first_of_several_owners_wins():
    """A shared blank node belongs to the first resource in the document."""
    data = graph('ex:b ex:p _:x . ex:a ex:p _:x . _:x ex:q "1" .')
    blank = next(subject for subject in data.spo if subject.startswith("_:"))
    assert owner(data)(blank) == EX + "b"


def test_a_loose_blank_node_owns_itself():
    """Nothing points at it, so nothing else can answer for it."""
    assert owner(Graph([("_:a", EX + "p", "_:a")]))("_:a") == "_:a"


def test_a_long_chain_does_not_recurse():
    """100,000 levels of nesting are walked, not called."""
    size = 100_000
    data = Graph([(EX + "d", EX + "p", "_:0")])
    for n in range(size):
        data.add(f"_:{n}", EX + "p", f"_:{n + 1}")
    assert owner(data)(f"_:{size}") == EX + "d"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30))
def test_an_owner_is_an_iri_wherever_one_reaches_the_node(edges):
    """Node 0 is an IRI, the rest are blank; what no IRI reaches stays blank."""
    name = {0: EX + "d", **{n: f"_:{n}" for n in range(1, 9)}}
    data = Graph([(name[a], EX + "p", name[b]) for a, b in edges])
    own = owner(data)
    for node in name.values():
        assert own(own(node)) == own(node)
