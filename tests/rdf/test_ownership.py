from harvester.namespaces import DCAT, RDF_TYPE
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import find_owners

A, B = "http://example.org/a", "http://example.org/b"
P = "http://example.org/p"


def test_a_blank_node_belongs_to_the_resource_that_reaches_it():
    """A chain of blank nodes is owned by the IRI at its head."""
    found = find_owners(Graph([(A, P, "_:x"), ("_:x", P, "_:y"), ("_:y", P, A)]))
    assert found.owner() == {"_:x": A, "_:y": A}
    assert found.named == ()


def test_a_shared_blank_node_stands_for_itself():
    """What two resources reach belongs to neither, and takes what only it reaches along."""
    graph = Graph([(A, P, "_:x"), (B, P, "_:x"), ("_:x", P, "_:y"), ("_:y", P, A)])
    found = find_owners(graph)
    assert found.named == ("_:x",)
    assert found.owner() == {"_:y": "_:x"}


def test_a_blank_dataset_stands_for_itself():
    """A blank node of a main class is never part of another resource."""
    graph = Graph([(A, DCAT + "dataset", "_:d"), ("_:d", RDF_TYPE, DCAT + "Dataset")])
    assert find_owners(graph).named == ("_:d",)


def test_orphans_are_owned_by_their_heads():
    """A blank tree that nothing refers to is named at its head, a cycle at one of its nodes."""
    graph = Graph([("_:h", P, "_:t"), ("_:t", P, A), ("_:c", P, "_:d"), ("_:d", P, "_:c")])
    found = find_owners(graph)
    assert found.named == ("_:h", "_:c")
    assert found.owner() == {"_:t": "_:h", "_:d": "_:c"}


def test_every_subject_has_exactly_one_place():
    """A dense tangle between many resources still ends, with each subject owned once."""
    graph = Graph()
    for i in range(120):
        graph.add(f"http://example.org/{i}", P, f"_:n{i}")
        for j in range(3):
            graph.add(f"_:n{i}", P, f"_:n{(i * 7 + j * 31) % 120}")
    found = find_owners(graph)
    blanks = sorted([*found.owner(), *found.named])
    assert blanks == sorted(s for s in graph.spo if s.startswith("_:"))


def test_a_chain_of_10_000_does_not_recurse():
    """Depth costs nothing but time in proportion."""
    graph = Graph([(A, P, "_:n0"), *((f"_:n{i}", P, f"_:n{i + 1}") for i in range(10_000))])
    assert len(find_owners(graph).owner()) == 10_000
