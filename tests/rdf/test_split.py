import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Kind
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.normalize import STEPS, make_normaliser
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import find_owners
from harvester.rdf.split import Split, split
from harvester.settings import Recipe
from harvester.terms import Literal, Triple

A = "http://example.org/a"
P = "http://example.org/p"


def split_graph(*triples: Triple, source: str = "s") -> Split:
    graph = Graph(triples)
    return split(graph, source, make_normaliser(Recipe(tuple(STEPS))), find_owners(graph))


def blank_dataset(label: str, *extra: Triple) -> tuple[Triple, ...]:
    return (
        (label, RDF_TYPE, DCAT + "Dataset"),
        (label, DCTERMS + "identifier", Literal("badplatser")),
        *extra,
    )


def test_a_resource_has_its_kinds_and_parent():
    """Types become kinds; a distribution's parent is the dataset that links to it."""
    parts = split_graph(
        (A, RDF_TYPE, DCAT + "Dataset"),
        (A, DCAT + "distribution", P),
        (P, RDF_TYPE, DCAT + "Distribution"),
    )
    assert [(r.iri, r.kinds, r.parent) for r in parts.resources] == [
        (A, (Kind.DATASET,), None),
        (P, (Kind.DISTRIBUTION,), A),
    ]


def test_one_iri_may_be_several_things():
    """A resource typed Catalog, Dataset and Agent at once, as seen in the wild, is all three."""
    classes = (DCAT + "Catalog", DCAT + "Dataset", "http://xmlns.com/foaf/0.1/Agent")
    parts = split_graph(*((A, RDF_TYPE, cls) for cls in classes))
    assert parts.resources[0].kinds == (Kind.CATALOG, Kind.DATASET, Kind.AGENT)


def test_a_blank_dataset_gets_the_same_iri_whatever_its_label_and_description():
    """The skolem IRI depends on the source and the identifying content, not on the rest."""
    one = split_graph(*blank_dataset("_:x"))
    two = split_graph(*blank_dataset("_:y", ("_:y", DCTERMS + "title", Literal("Ny"))))
    other = split_graph(*blank_dataset("_:x"), source="t")
    assert one.resources[0].iri.startswith("urn:uuid:")
    assert one.resources[0].iri == two.resources[0].iri != other.resources[0].iri
    assert one.normalisations[0].step == "skolem"


def test_two_blank_datasets_alike_get_two_iris():
    """Twins are told apart by number, never merged."""
    parts = split_graph(*blank_dataset("_:x"), *blank_dataset("_:y"))
    assert len({r.iri for r in parts.resources}) == 2


@pytest.mark.case("S44")
def test_a_statement_that_cannot_be_written_is_set_aside_with_a_finding():
    """One bad IRI costs its statement, not the resource and not the catalog."""
    parts = split_graph((A, P, "http://example.org/<bad>"), (A, P, Literal("kept")))
    assert [r.triples for r in parts.resources] == [1]
    assert [(f.code, f.focus, f.triples) for f in parts.findings] == [("RD050", A, 1)]


def test_a_space_in_an_iri_is_encoded_and_recorded():
    """What can be mended with certainty is mended, with what it was before."""
    parts = split_graph((A, P, "http://example.org/a b"))
    assert "http://example.org/a%20b" in parts.resources[0].ntriples
    assert parts.normalisations[0].before == "<http://example.org/a b>"


subjects = st.sampled_from([A, "http://example.org/b c", "http://example.org/<", "_:x", "_:y"])
objects = st.one_of(subjects, st.sampled_from([Literal(" a "), Literal("a"), Literal("\x00")]))


@given(st.lists(st.tuples(subjects, st.sampled_from([P, RDF_TYPE]), objects), max_size=15))
def test_no_triple_is_lost(triples):
    """Triples in = triples in resources + triples named in findings."""
    graph = Graph(triples)
    parts = split_graph(*triples)
    stored = sum(r.triples for r in parts.resources)
    assert len(graph) == stored + sum(f.triples for f in parts.findings)


def test_a_mended_iri_is_told_by_its_new_name():
    """Findings about the IRI as published find their resource."""
    parts = split_graph(("http://example.org/a b", P, Literal("x")))
    assert [resource.iri for resource in parts.resources] == ["http://example.org/a%20b"]
    assert parts.names == {"http://example.org/a b": "http://example.org/a%20b"}


def test_a_blank_publisher_gets_a_name_and_its_class():
    """The property that points at it says what it is; the class is added and recorded."""
    node = ("_:p", "http://xmlns.com/foaf/0.1/name", Literal("Exempelstad"))
    parts = split_graph((A, DCTERMS + "publisher", "_:p"), node)
    (agent,) = [one for one in parts.resources if one.iri != A]
    assert agent.kinds == (Kind.AGENT,)
    assert (agent.triples, parts.added) == (2, 1)
    assert [one.after for one in parts.normalisations if one.resource == agent.iri] == [
        f"<{agent.iri}>",
        "<http://xmlns.com/foaf/0.1/Agent>",
    ]


@pytest.mark.parametrize(
    ("number", "iri"),
    [
        ("202100-0837", "http://dataportal.se/organisation/SE2021000837"),
        ("SE2021000837", "http://dataportal.se/organisation/SE2021000837"),
        ("202100-2361", "urn:uuid:"),  # of all county boards: the portal knows it with a suffix
        ("556000-0000", "urn:uuid:"),  # of nobody that the portal knows
    ],
)
def test_a_known_organisation_number_names_a_publisher_that_has_no_iri(number, iri):
    """Two descriptions of one publisher so become one, by its IRI."""
    nodes = [
        triple
        for blank in ("_:p", "_:q")
        for triple in (
            (A, DCTERMS + "publisher", blank),
            (blank, DCTERMS + "identifier", Literal(number)),
        )
    ]
    parts = split_graph(*nodes)
    found = {one.iri for one in parts.resources if one.iri != A}
    assert all(one.startswith(iri) for one in found)
    assert len(found) == (1 if iri.startswith("http") else 2)
