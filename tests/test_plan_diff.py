from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Decision, Kind, Plan, Resource
from harvester.namespaces import DCAT, DCTERMS
from harvester.plan_diff import (
    PropertyChange,
    WinnerChange,
    differences,
    resource_changes,
    winner_changes,
)
from harvester.rdf.canonical import canonical_ntriples
from harvester.terms import Literal, Triple
from tests.guarding import dataset

IRI = "https://exempel.se/1"


def text(*triples: Triple) -> str:
    return canonical_ntriples(IRI, list(triples))


def title(value: str) -> Triple:
    return IRI, DCTERMS + "title", Literal(value)


def period(start: str) -> tuple[Triple, ...]:
    return (
        (IRI, DCTERMS + "temporal", "_:p"),
        ("_:p", DCAT + "startDate", Literal(start)),
        ("_:p", DCAT + "endDate", Literal("2030")),
    )


def test_a_value_changes_from_one_to_another():
    """Added, changed and removed properties each show what they said and say."""
    before = text(title("Luft"), (IRI, DCTERMS + "issued", Literal("2020")))
    after = text(title("Luften"), (IRI, DCTERMS + "language", "https://exempel.se/sv"))
    assert differences(IRI, before, after) == (
        PropertyChange("dcterms:issued", ('"2020"',), ()),
        PropertyChange("dcterms:language", (), ("<https://exempel.se/sv>",)),
        PropertyChange("dcterms:title", ('"Luft"',), ('"Luften"',)),
    )


def test_inside_a_blank_node_only_what_changed_is_shown():
    """One date changes the node's label, but not the path to the other date."""
    found = differences(IRI, text(*period("2020")), text(*period("2021")))
    assert found == (PropertyChange("dcterms:temporal/dcat:startDate", ('"2020"',), ('"2021"',)),)


def test_one_of_many_values_is_taken_out_alone():
    """Values that stay are not listed."""
    before, after = text(title("a"), title("b"), title("c")), text(title("a"), title("c"))
    assert differences(IRI, before, after) == (PropertyChange("dcterms:title", ('"b"',), ()),)


def test_a_circle_of_blank_nodes_ends():
    """Each node is visited once, also those that nothing leads to."""
    circle = (
        (IRI, DCTERMS + "relation", "_:a"),
        ("_:a", DCTERMS + "relation", "_:b"),
        ("_:b", DCTERMS + "relation", "_:a"),
        ("_:c", DCTERMS + "title", Literal("ensam")),
    )
    found = differences(IRI, text(), text(*circle))
    assert ("dcterms:title", ('"ensam"',)) in [(one.path, one.after) for one in found]
    assert "[]" in {value for one in found for value in one.after}


PREDICATES = st.sampled_from([DCTERMS + "title", DCTERMS + "relation", DCAT + "keyword"])
NODES = st.sampled_from([IRI, "_:a", "_:b"])
OBJECTS = st.one_of(NODES, st.text(max_size=5).filter(str.isprintable).map(Literal))
GRAPHS = st.lists(st.tuples(NODES, PREDICATES, OBJECTS), max_size=8)


@given(GRAPHS, GRAPHS)
def test_what_came_one_way_went_the_other(first, second):
    """Nothing differs from itself; the difference backwards is the difference turned round."""
    a, b = text(*first), text(*second)
    assert differences(IRI, a, a) == ()
    forth, back = differences(IRI, a, b), differences(IRI, b, a)
    assert [(one.path, one.after, one.before) for one in back] == [
        (one.path, one.before, one.after) for one in forth
    ]
    for one in forth:
        assert Counter(one.before) & Counter(one.after) == Counter()


def test_resources_come_in_order_of_kind_with_their_titles():
    """Datasets before what they contain."""
    old = dataset("https://exempel.se/1", "Luft")
    new = dataset("https://exempel.se/1", "Luften")
    file = Resource("https://exempel.se/0", (Kind.DISTRIBUTION,), "x", "", 0)
    gone = dataset("https://exempel.se/2", "Vatten")
    plan = Plan(added=(file.iri,), changed=(new.iri,), removed=(gone.iri,))
    found = resource_changes(plan, {old.iri: old, gone.iri: gone}, [file, new])
    assert [(one.change, one.kind, one.title) for one in found] == [
        ("changed", Kind.DATASET, "Luften"),
        ("removed", Kind.DATASET, "Vatten"),
        ("added", Kind.DISTRIBUTION, ""),
    ]
    assert [len(one.properties) for one in found] == [1, 0, 0]


A, B = ("a", "https://exempel.se/1"), ("b", "https://exempel.se/1")


def decided(winner: tuple[str, str], loser: tuple[str, str], reason: str) -> Decision:
    return Decision(*winner, *loser, reason)


@pytest.mark.case("S76")
@pytest.mark.parametrize(
    ("before", "after", "live", "expected"),
    [
        ([], [decided(B, A, "iri:priority")], {A}, [("a", "b")]),
        ([decided(B, A, "iri:priority")], [], {A, B}, [("b", "a")]),
        ([], [decided(A, B, "iri:id")], {A}, []),  # b comes and loses
        ([], [decided(B, A, "part:priority")], {A}, []),
        ([], [], {A, B}, []),
    ],
)
def test_a_change_of_winner_is_seen(before, after, live, expected):
    """Only where something is published now and another description would be then."""
    found = winner_changes(before, after, live)
    assert [(one.from_source, one.to_source) for one in found] == expected
    assert all(isinstance(one, WinnerChange) and one.iri == A[1] for one in found)
