"""What the engine promises beyond the W3C suite: size, depth, trust, order, recursion."""

import time

import pytest

from harvester.errors import ConfigError
from harvester.namespaces import DCAT, RDF_TYPE, SH, XSD
from harvester.rdf.graph import Graph
from harvester.shacl import Result, Shapes, load_shapes, reference, report, validate
from harvester.terms import Literal, Term
from tests.benchmarks.loading import load
from tests.shacl.test_differential import comparable

EX = "http://example.org/"
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def turtle(text: str) -> Graph:
    return load((PREFIXES + text).encode())


def shapes(text: str) -> Shapes:
    return load_shapes(turtle(text))


def found(results: list[Result]) -> list[tuple[Term, str, str]]:
    return [(r.focus, r.path.removeprefix(EX), r.component.removeprefix(SH)) for r in results]


def _chain(length: int, end: str) -> Graph:
    graph = Graph((f"_:n{i}", EX + "next", f"_:n{i + 1}") for i in range(length))
    graph.add("_:n0", RDF_TYPE, EX + "Start")
    graph.add(f"_:n{length}", EX + "label", end)
    return graph


RECURSIVE = """
ex:S a sh:NodeShape ; sh:targetClass ex:Start ; sh:property [ sh:path ex:next ; sh:node ex:S ] ;
  sh:property [ sh:path ex:label ; sh:nodeKind sh:IRI ] .
"""


@pytest.mark.parametrize(("end", "count"), [(EX + "end", 0), ("_:end", 1)])
def test_a_chain_of_10_000_blank_nodes_is_followed_to_its_end(end: str, count: int) -> None:
    """A recursive shape reaches the last node; Python's stack is no limit."""
    results = validate(_chain(10_000, end), shapes(RECURSIVE))
    assert len(results) == count


def test_a_path_of_any_length_follows_the_chain() -> None:
    """sh:zeroOrMorePath walks with a list of what is left, not with the stack."""
    rule = "ex:S sh:targetClass ex:Start ; sh:property [ sh:path [ sh:zeroOrMorePath ex:next ] ;"
    (result,) = validate(_chain(10_000, EX + "end"), shapes(rule + " sh:maxCount 10000 ] ."))
    assert result.path == f"<{EX}next>*"


def test_recursive_shapes_are_named_and_a_cycle_in_the_data_conforms() -> None:
    """SHACL 3.4.3 leaves recursion open; what is being checked already counts as conforming."""
    loaded = shapes(RECURSIVE)
    assert loaded.recursive
    assert any("recursive" in line and f"<{EX}S>" in line for line in loaded.warnings)
    ring = turtle("ex:a a ex:Start ; ex:next ex:b . ex:b ex:next ex:c . ex:c ex:next ex:a .")
    assert validate(ring, loaded) == []
    ring.add(EX + "c", EX + "label", Literal("no IRI"))
    assert found(validate(ring, loaded)) == [(EX + "a", "next", "NodeConstraintComponent")]


def test_a_property_shape_inside_itself_ends() -> None:
    """sh:property may go round as sh:node may."""
    loaded = shapes(
        "ex:S sh:targetNode ex:a ; sh:property ex:P . "
        "ex:P sh:path ex:next ; sh:nodeKind sh:IRI ; sh:property ex:P ."
    )
    ring = turtle("ex:a ex:next ex:b . ex:b ex:next ex:a, 1 .")
    assert (EX + "b", "next", "NodeKindConstraintComponent") in found(validate(ring, loaded))


def test_100_000_links_on_one_node_cost_time_in_proportion() -> None:
    """The catalog of a national portal: no scan of the list per link."""
    catalog = EX + "catalog"
    graph = Graph([(catalog, RDF_TYPE, DCAT + "Catalog")])
    start = time.process_time()
    for number in range(100_000):
        graph.add(catalog, DCAT + "dataset", f"{EX}{number}")
        graph.add(catalog, DCAT + "dataset", f"{EX}{number}")
    graph.add(f"{EX}5", RDF_TYPE, DCAT + "Dataset")
    loaded = shapes(
        "ex:S sh:targetClass dcat:Catalog ; sh:property [ sh:path dcat:dataset ; "
        "sh:class dcat:Dataset ; sh:equals dcat:dataset ; sh:disjoint ex:other ] . "
        "ex:T sh:targetObjectsOf dcat:dataset ; "
        "sh:property [ sh:path [ sh:inversePath dcat:dataset ] ; sh:minCount 1 ] ."
    )
    assert len(validate(graph, loaded)) == 99_999
    assert time.process_time() - start < 10


def test_10_000_values_are_not_compared_with_10_000_values() -> None:
    """sh:lessThan looks at the least of the others first."""
    graph = Graph()
    for number in range(10_000):
        graph.add(EX + "a", EX + "p", Literal(str(number), XSD + "integer"))
        graph.add(EX + "a", EX + "q", Literal(str(number + 10_000), XSD + "integer"))
    rule = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ;"
    start = time.process_time()
    assert validate(graph, shapes(rule + " sh:uniqueLang true ; sh:hasValue 5 ] .")) == []
    assert time.process_time() - start < 5


WIDE = "ex:S sh:targetClass dcat:Dataset ; sh:property [ sh:path ex:p ; sh:class ex:Good ] ."


@pytest.mark.case("S77")
@pytest.mark.case("D7")
def test_a_source_cannot_widen_a_rule() -> None:
    """Security case S77: subclasses that the data declares count only when it is trusted."""
    data = turtle(
        "ex:d a dcat:Dataset ; ex:p ex:v . ex:v a ex:Own . ex:Own rdfs:subClassOf ex:Good ."
    )
    assert validate(data, shapes(WIDE)) == []
    assert len(validate(data, shapes(WIDE), trust_data_classes=False)) == 1
    assert len(reference.validate(data, shapes(WIDE), trust_data_classes=False)) == 1


@pytest.mark.parametrize("engine", [validate, reference.validate])
def test_a_vocabulary_gives_types_but_no_focus_nodes(engine: object) -> None:
    """Authority IRIs are typed by what is shipped, and nobody is told of faults in it."""
    data = turtle("ex:d a dcat:Dataset ; ex:p ex:v .")
    vocabulary = turtle("ex:v a ex:Sub . ex:Sub rdfs:subClassOf ex:Good . ex:w a dcat:Dataset .")
    loaded = shapes(WIDE + "ex:T sh:targetClass dcat:Dataset ; sh:property "
                    "[ sh:path ex:p ; sh:minCount 1 ] .")  # fmt: skip
    assert callable(engine)
    assert engine(data, loaded, vocabulary=vocabulary, trust_data_classes=False) == []
    assert len(engine(data, loaded, trust_data_classes=False)) == 1


def test_values_of_a_node_in_data_and_vocabulary_are_counted_once() -> None:
    """What both say is one triple."""
    data = turtle("ex:d a dcat:Dataset ; ex:p ex:v, ex:w .")
    rule = "ex:S sh:targetClass dcat:Dataset ; sh:property [ sh:path ex:p ; sh:maxCount 2 ] ."
    assert validate(data, shapes(rule), vocabulary=turtle("ex:d ex:p ex:v .")) == []
    assert len(validate(data, shapes(rule), vocabulary=turtle("ex:d ex:p ex:x ."))) == 1


def test_messages_are_those_of_the_shape_in_all_languages() -> None:
    """As authored; a shape without any gets a general text in Swedish and English."""
    data = turtle("ex:d a dcat:Dataset .")
    rule = "ex:S sh:targetClass dcat:Dataset ; sh:property [ sh:path ex:p ; sh:minCount 1 ;"
    (own,) = validate(data, shapes(rule + ' sh:message "Saknas"@sv, "Missing"@en, "?" ] .'))
    assert dict(own.messages) == {"sv": "Saknas", "en": "Missing", "": "?"}
    (general,) = validate(data, shapes(rule + "] ."))
    assert dict(general.messages) == {"sv": "Färre än 1 värden", "en": "Fewer than 1 values"}


def test_a_dangling_reference_is_left_out_with_a_warning_that_names_it() -> None:
    """The official shapes of DCAT-AP 3.0.1 have two; pyshacl refuses the file."""
    loaded = shapes("ex:S sh:targetClass dcat:Dataset ; sh:property ex:gone ; sh:node ex:lost .")
    assert [name for name in ("gone", "lost") if any(f"<{EX}{name}>" in w for w in loaded.warnings)]
    data = turtle("ex:d a dcat:Dataset .")
    assert validate(data, loaded) == reference.validate(data, loaded) == []


def test_an_unknown_parameter_is_named() -> None:
    """A typing error must not pass for a check."""
    (warning,) = shapes("ex:S sh:targetNode ex:a ; sh:minCuont 1 .").warnings
    assert warning == f"<{EX}S>: sh:minCuont is not supported and was left out"


@pytest.mark.parametrize(
    ("constraint", "why"),
    [
        ('sh:minCount "one"', "sh:minCount must be a whole number"),
        ("sh:datatype xsd:date, xsd:time", "sh:datatype may have only one value"),
        ("sh:nodeKind sh:Nothing", "sh:nodeKind is none of"),
        ('sh:pattern "(a"', "sh:pattern"),
        ("sh:in ( 1 2 ) ; sh:or ex:x", "sh:or not a well-formed list"),
        ("sh:severity 1", "sh:severity must be one IRI"),
        ("sh:class 1", "sh:class must be an IRI"),
        ("sh:property 1", "sh:property must be a shape"),
    ],
)
def test_a_parameter_without_meaning_is_an_error(constraint: str, why: str) -> None:
    """Leaving it out would weaken the check; the text names the shape and the parameter."""
    text = f"ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ; {constraint} ."
    with pytest.raises(ConfigError, match=why) as caught:
        shapes(text)
    assert f"<{EX}P>" in str(caught.value)


SPARQL = """
ex:S a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:severity sh:Warning ;
  sh:sparql [ a sh:SPARQLConstraint ; sh:message "no p" ;
    sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this <http://example.org/p> ?x } }" ] .
ex:T a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .
"""


def test_shapes_beyond_core_go_to_pyshacl_and_no_others() -> None:
    """sh:sparql is answered by pyshacl, the shape beside it by the engine; once each."""
    loaded = shapes(SPARQL)
    assert (loaded.roots, loaded.beyond) == ((EX + "T",), (EX + "S",))
    results = validate(turtle("ex:d a dcat:Dataset ."), loaded)
    assert [(r.component.removeprefix(SH), r.severity.removeprefix(SH)) for r in results] == [
        ("MinCountConstraintComponent", "Violation"),
        ("SPARQLConstraintComponent", "Warning"),
    ]


@pytest.mark.case("S79")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { nonsense",
        "ASK {}",
        "SELECT $this WHERE { SERVICE <http://localhost:9/> { ?s ?p ?o } }",
    ],
)
def test_a_query_that_cannot_run_is_an_error_in_the_configuration(query: str) -> None:
    """Security case S79 among them: no shapes file makes this program ask another server."""
    loaded = shapes(
        f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select '{query}' ] ."
    )
    with pytest.raises(ConfigError, match="pyshacl"):
        validate(turtle("ex:a ex:p 1 ."), loaded)


def test_pyshacl_leaves_rdflib_as_it_was() -> None:
    """Its global patch is undone, also when it fails."""
    import rdflib
    from rdflib import term

    boolean = rdflib.URIRef(XSD + "boolean")
    before = rdflib.NORMALIZE_LITERALS, term._toPythonMapping[boolean]
    bad = shapes("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .")
    with pytest.raises(ConfigError, match="pyshacl"):
        reference.validate(turtle("ex:a ex:p [] ; ex:q 1 ."), bad)
    assert (rdflib.NORMALIZE_LITERALS, term._toPythonMapping[boolean]) == before


def test_bad_terms_survive_the_way_through_pyshacl() -> None:
    """A tag such as sv_SE, which rdflib refuses, comes back as it was."""
    data = Graph([(EX + "d", EX + "p", Literal("x", "http://www.w3.org/1999/02/22-rdf-syntax-ns"
                                                "#langString", "sv_SE"))])  # fmt: skip
    loaded = shapes(
        "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] ."
    )
    assert comparable(validate(data, loaded)) == comparable(reference.validate(data, loaded))


def test_the_report_is_a_validation_report_that_can_be_read_back() -> None:
    """Complex paths, values, messages and details are in it (SHACL 3.6)."""
    data = turtle("ex:d a dcat:Dataset ; ex:p [ ex:q 1 ] .")
    results = validate(
        data,
        shapes(
            "ex:S sh:targetClass dcat:Dataset ; "
            "sh:property [ sh:path ( ex:p [ sh:inversePath [ sh:zeroOrMorePath ex:r ] ] "
            "[ sh:alternativePath ( ex:q [ sh:zeroOrOnePath ex:s ] [ sh:oneOrMorePath ex:t ] ) ] )"
            " ; sh:node [ sh:nodeKind sh:IRI ] ; sh:message 'Nej'@sv ] ."
        ),
    )
    graph = report(results)
    (head,) = graph.instances(SH + "ValidationReport")
    assert graph.value(head, SH + "conforms") == Literal("false", XSD + "boolean")
    again = [reference._result(graph, str(node)) for node in graph.objects(head, SH + "result")]
    assert again == results
    assert all(result.detail for result in results)
    (empty,) = report([]).instances(SH + "ValidationReport")
    assert report([]).value(empty, SH + "conforms") == Literal("true", XSD + "boolean")
