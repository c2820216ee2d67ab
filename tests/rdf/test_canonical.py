import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.canonical import canonical_ntriples, content_key, digest
from harvester.terms import Literal, Triple, triple_to_ntriples

ROOT = "http://example.org/r"
P = "http://example.org/p"

nodes = st.sampled_from([ROOT, "http://example.org/a", *(f"_:n{i}" for i in range(5))])
values = st.one_of(nodes, st.sampled_from(["a", "b", ""]).map(Literal))
triples = st.lists(
    st.tuples(nodes, st.sampled_from([P, "http://example.org/q"]), values), max_size=12
)


def relabelled(given_triples: list[Triple], seed: int) -> list[Triple]:
    shuffled = random.Random(seed)
    names = [f"_:n{i}" for i in range(20)]
    other = dict(zip(names, shuffled.sample([f"_:z{i}" for i in range(20)], 20), strict=True))
    renamed = [
        (other.get(s, s), p, other.get(o, o) if isinstance(o, str) else o)
        for s, p, o in given_triples
    ]
    shuffled.shuffle(renamed)
    return renamed


def isomorphism_class(given_triples: list[Triple]) -> set[str]:
    text = "\n".join(map(triple_to_ntriples, given_triples))
    data = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in data}


@given(triples, st.integers(0, 99))
def test_the_order_and_the_labels_do_not_matter(given_triples, seed):
    """Shuffled triples with other blank-node labels have the same canonical form."""
    assert canonical_ntriples(ROOT, given_triples) == canonical_ntriples(
        ROOT, relabelled(given_triples, seed)
    )


@given(triples, triples)
def test_equal_forms_are_isomorphic(left, right):
    """Two canonical forms are equal only if a second implementation finds them isomorphic."""
    same = canonical_ntriples(ROOT, left) == canonical_ntriples(ROOT, right)
    assert same == (isomorphism_class(left) == isomorphism_class(right))


@given(triples)
def test_the_form_is_isomorphic_to_what_went_in(given_triples):
    """Canonical N-Triples, read by another parser, is the same graph."""
    text = canonical_ntriples(ROOT, given_triples)
    data = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert {str(quad) for quad in data} == isomorphism_class(given_triples)


def test_labels_of_two_resources_differ():
    """The same blank node content under two roots gets two labels."""
    one = canonical_ntriples("http://example.org/1", [("http://example.org/1", P, "_:x")])
    two = canonical_ntriples("http://example.org/2", [("http://example.org/2", P, "_:x")])
    assert one.split()[2] != two.split()[2]


def test_twins_are_both_kept():
    """Two blank nodes with the same content under the same property stay two."""
    twins = [(ROOT, P, "_:a"), (ROOT, P, "_:b"), ("_:a", P, Literal("x")), ("_:b", P, Literal("x"))]
    assert canonical_ntriples(ROOT, twins).count("\n") == 4


@pytest.mark.case("S81")
def test_a_clique_of_blank_nodes_is_bounded_work():
    """S81: twelve fully linked blank nodes, which make RDFC-1.0 abort, are labelled at once."""
    clique: list[Triple] = [
        (f"_:n{i}", P, f"_:n{j}") for i in range(12) for j in range(12) if i != j
    ]
    assert canonical_ntriples(ROOT, clique) == canonical_ntriples(ROOT, relabelled(clique, 7))


def test_a_deep_chain_is_linear():
    """A chain of 10,000 blank nodes neither recurses nor repeats work."""
    chain: list[Triple] = [(f"_:n{i}", P, f"_:n{i + 1}") for i in range(10_000)]
    assert canonical_ntriples(ROOT, [(ROOT, P, "_:n0"), *chain]).count("\n") == 10_001


def test_a_repeated_triple_is_written_once():
    """A graph is a set."""
    assert canonical_ntriples(ROOT, [(ROOT, P, ROOT)] * 2).count("\n") == 1


def test_content_keys_ignore_the_label():
    """Two nodes with the same content have the same key whatever they are called."""
    assert content_key("_:a", [("_:a", P, Literal("x"))]) == content_key(
        "_:b", [("_:b", P, Literal("x"))]
    )


def test_the_digest_is_that_of_the_text():
    """Anyone can check a stored digest with sha256sum."""
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
