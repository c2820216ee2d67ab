"""The shipped vocabularies: readable, labelled, and in step with the closed lists."""

from pathlib import Path

from harvester.namespaces import RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, SKOS
from harvester.rdf.graph import Graph
from harvester.rules.examples import read_turtle
from harvester.terms import Literal, Term
from tests.rules.coverage import SE, SHAPES

VOCABULARIES = SHAPES.parent / "vocabularies"


def read(path: Path) -> Graph:
    return read_turtle(path.read_text(encoding="utf-8"))


def concepts() -> set[str]:
    return {
        s for path in VOCABULARIES.glob("*.ttl") for s in read(path).instances(SKOS + "Concept")
    }


def members(graph: Graph, node: Term | None) -> list[Term]:
    found: list[Term] = []
    while isinstance(node, str) and node != RDF_NIL:
        found += graph.objects(node, RDF_FIRST)
        node = graph.value(node, RDF_REST)
    return found


def test_every_concept_has_a_scheme_that_is_there() -> None:
    """A concept of an authority table names its scheme, and the scheme is in the same file."""
    for path in sorted(VOCABULARIES.glob("*.ttl")):
        if path.name == "se-terms.ttl":
            continue
        graph = read(path)
        schemes = set(graph.instances(SKOS + "ConceptScheme"))
        for concept in graph.instances(SKOS + "Concept"):
            assert set(graph.objects(concept, SKOS + "inScheme")) == schemes, concept


def test_labels_are_tagged() -> None:
    """Labels are in Swedish or English, one of each at most."""
    for path in sorted(VOCABULARIES.glob("*.ttl")):
        graph = read(path)
        for concept in graph.instances(SKOS + "Concept"):
            labels = graph.objects(concept, SKOS + "prefLabel")
            tags = [label.language for label in labels if isinstance(label, Literal)]
            assert set(tags) <= {"sv", "en"}, concept
            assert len(tags) == len(set(tags)), concept


def test_the_closed_lists_are_in_the_vocabularies() -> None:
    """Every value that the Swedish shapes allow has its label in a vocabulary."""
    lists = read(SHAPES / "code-lists.ttl")
    known = concepts()
    named = [s for s in lists.spo if s.startswith(SE)]
    assert len(named) == 13
    for name in named:
        values = members(lists, name)
        assert len(values) == len(set(values)), name
        if name.removeprefix(SE) not in ("checksum-algorithms", "cc-licenses"):
            assert [value for value in values if value not in known] == [], name


def test_the_high_value_categories_are_a_tree() -> None:
    """Every category but the six at the top has a broader one, and the way up ends there."""
    graph = read(VOCABULARIES / "hvd-category.ttl")
    tops = set()
    for concept in graph.instances(SKOS + "Concept"):
        way = [concept]
        while broader := graph.value(way[-1], SKOS + "broader"):
            assert isinstance(broader, str)
            assert graph.objects(broader, RDF_TYPE), broader
            assert broader not in way
            way.append(broader)
        tops.add(way[-1])
    assert len(tops) == 6


def test_media_types_are_one_a_line_and_sorted() -> None:
    """iana-media-types.txt can be read with a dictionary lookup in mind: sorted, no repeats."""
    lines = (VOCABULARIES / "iana-media-types.txt").read_text(encoding="utf-8").splitlines()
    assert "text/csv" in lines
    assert lines == sorted(set(lines))
    assert [line for line in lines if line.count("/") != 1 or " " in line] == []
