"""The graph as a set of triples, however they get in: one by one or in bulk."""

import gc

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.graph import Graph, bulk_loading
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, Literal, Triple

EX = "http://example.org/"
SUBJECTS = st.sampled_from([EX + "a", EX + "b", "_:x"])
PREDICATES = st.sampled_from([EX + "p", EX + "q"])
OBJECTS = st.one_of(
    st.integers(0, 40).map(lambda number: f"{EX}{number}"),
    st.integers(0, 40).map(lambda number: Literal(str(number))),
    st.sampled_from([Literal("x" * 50), Literal("hej", RDF_LANG_STRING, "sv"), "_:y"]),
)
TRIPLES = st.lists(st.tuples(SUBJECTS, PREDICATES, OBJECTS), max_size=150)


def _node(term: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(term[2:]) if term[:2] == "_:" else ox.NamedNode(term)


def _quad(triple: Triple) -> ox.Quad:
    subject, predicate, obj = triple
    if isinstance(obj, str):
        term: object = _node(obj)
    elif obj.language:
        term = ox.Literal(obj.value, language=obj.language)
    else:
        term = ox.Literal(obj.value, datatype=ox.NamedNode(obj.datatype))
    return ox.Quad(_node(subject), ox.NamedNode(predicate), term)


@given(TRIPLES, TRIPLES)
def test_a_graph_is_a_set_in_the_order_of_adding(triples: list[Triple], more: list[Triple]) -> None:
    """Long lists of values, repeats and removals included; bulk is the same as one by one."""
    graph, bulk = Graph(triples), Graph()
    repeats, aside = bulk.add_quads(map(_quad, triples))
    unique = list(dict.fromkeys(triples))
    assert (repeats, aside) == (len(triples) - len(unique), [])
    assert list(graph) == list(bulk)
    assert set(graph) == set(unique)
    assert len(graph) == len(bulk) == len(unique)
    for triple in more:
        assert graph.discard(*triple) is (triple in unique)
        unique = [known for known in unique if known != triple]
        assert triple not in graph
        assert len(graph) == len(unique)
    assert set(graph) == set(unique)
    for triple in more:
        graph.add(*triple)
        assert triple in graph


def test_bulk_says_what_it_cannot_hold() -> None:
    """RDF 1.2: a base direction goes into the tag, a triple term is set aside."""
    text = '<http://a> <http://p> "x"@ar--rtl . <http://b> <http://p> <<( <s:s> <p:p> <o:o> )>> .'
    graph = Graph()
    repeats, aside = graph.add_quads(ox.parse(text, format=ox.RdfFormat.TURTLE), blank="doc1.")
    assert (repeats, len(aside)) == (0, 1)
    assert list(graph) == [("http://a", "http://p", Literal("x", RDF_DIR_LANG_STRING, "ar--rtl"))]


def test_blank_nodes_of_two_documents_stay_apart() -> None:
    """Two documents may use one label for two nodes."""
    graph = Graph()
    for name in ("one", "two"):
        text = f"_:b <http://p> <http://{name}> ; <http://q> _:b ."
        graph.add_quads(ox.parse(text, format=ox.RdfFormat.TURTLE), blank=f"{name}.")
    assert list(graph.spo) == ["_:one.b", "_:two.b"]
    assert graph.objects("_:one.b", "http://q") == ("_:one.b",)


def test_what_was_read_before_an_error_is_kept_and_counted() -> None:
    """The reader decides what to do with half a document."""
    graph = Graph()
    with pytest.raises(SyntaxError):
        graph.add_quads(ox.parse("<a:a> <p:p> 1 . <a:a> nonsense", format=ox.RdfFormat.TURTLE))
    assert len(graph) == len(list(graph)) == 1


def _fail_while_loading() -> None:
    with bulk_loading():
        assert not gc.isenabled()
        raise KeyError


def test_bulk_loading_leaves_the_collector_as_it_was() -> None:
    """Also when reading fails."""
    assert gc.isenabled()
    with pytest.raises(KeyError):
        _fail_while_loading()
    assert gc.isenabled()
