import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.namespaces import PREFIXES
from harvester.rdf.graph import Graph
from harvester.sparql.answer import Solutions, Triples, Truth
from harvester.sparql.ask import RefusedError, ask
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, term_to_ntriples

X = "https://exempel.se/"
XSD = PREFIXES["xsd"]
SMALL = Graph(
    [
        (X + "a", X + "size", Literal("05", XSD + "integer")),
        (X + "b", X + "size", Literal("5", XSD + "integer")),
        (X + "c", X + "size", Literal("100", XSD + "nonNegativeInteger")),
        (X + "d", X + "size", Literal("10.00", XSD + "decimal")),
        (X + "e", X + "when", Literal("2026-01-01T00:00:00.000+00:00", XSD + "dateTime")),
        (X + "f", X + "when", Literal("i går", XSD + "date")),
        (X + "g", X + "name", Literal("Å", RDF_LANG_STRING, "SV")),
        (X + "g", X + "name", Literal("Å", RDF_LANG_STRING, "en")),
        (X + "h", X + "name", Literal("x", RDF_LANG_STRING, "sv_SE")),
        (X + "i", X + "part", "_:b1"),
        ("_:b1", X + "size", Literal("1", XSD + "boolean")),
    ]
)


def answered(text: str, limit: int | None = None, graph: Graph = SMALL):
    return ask(text, lambda: graph, limit, lambda: None)


def rows(text: str) -> list[tuple]:
    found = answered(text)
    assert isinstance(found, Solutions)
    return list(found.rows)


def test_every_literal_is_what_its_publisher_wrote():
    """Lexical form, derived datatype, language tag, also where they are not valid."""
    found = {row for row in rows("SELECT ?s ?o { ?s ?p ?o }") if isinstance(row[1], Literal)}
    assert found == {(s, o) for s, _, o in SMALL if isinstance(o, Literal)}


def test_comparing_is_by_value_and_matching_by_spelling():
    """SPARQL 1.1, 17.3 and 18.3.1: operators know numbers, patterns know terms."""
    assert [row[0][-1] for row in rows(f"SELECT ?s {{ ?s <{X}size> ?o FILTER (?o = 5) }}")] == [
        "a", "b",
    ]  # fmt: skip
    assert rows(f"SELECT ?s {{ ?s <{X}size> 5 }}") == [(X + "b",)]
    assert rows(f'SELECT ?s {{ ?s <{X}size> "05"^^xsd:integer }}') == [(X + "a",)]
    assert rows(f'SELECT ?s {{ ?s <{X}name> "Å"@sv }}') == [(X + "g",)]
    assert rows(f"SELECT ?s {{ ?s <{X}name> ?o FILTER (?o > 1) }}") == []
    total = rows(f"SELECT (SUM(?o) AS ?n) {{ ?s <{X}size> ?o FILTER isIRI(?s) }}")
    assert total[0][0].value == "120.00"


def test_what_cannot_be_evaluated_is_the_askers_to_mend():
    """rdflib cannot add a number and a boolean; the message says so, and it is no crash."""
    with pytest.raises(RefusedError, match="cannot be evaluated"):
        answered(f"SELECT (SUM(?o) AS ?n) {{ ?s <{X}size> ?o }}")


def test_the_four_forms():
    """SELECT, ASK, CONSTRUCT, DESCRIBE; a description takes its blank nodes with it."""
    assert answered("ASK { ?s ?p 5 }") == Truth(True)
    assert answered("ASK { ?s ?p 6 }") == Truth(False)
    found = answered(f"DESCRIBE <{X}i>")
    assert isinstance(found, Triples)
    assert found.triples == (
        (X + "i", X + "part", "_:b0"),
        ("_:b0", X + "size", Literal("1", XSD + "boolean")),
    )
    made = answered(f"CONSTRUCT {{ ?s <{X}is> [ <{X}of> ?o ] }} WHERE {{ ?s <{X}size> ?o }}")
    assert len(made.triples) == 10


def test_rows_are_counted_beyond_the_limit_and_sorted_where_no_order_is_asked():
    """So that the same graph gives the same rows."""
    some = answered(f"SELECT * {{ ?s <{X}size> ?o }}", 2)
    assert (some.variables, len(some.rows), some.total) == (("s", "o"), 2, 5)
    assert [row[0] for row in some.rows] == [X + "a", X + "b"]
    descending = rows(f"SELECT ?s {{ ?s <{X}size> ?o FILTER isIRI(?s) }} ORDER BY DESC(?s)")
    assert [row[0][-1] for row in descending] == ["d", "c", "b", "a"]


def test_grouping_nothing_gives_no_group():
    """SPARQL 1.1, 18.5.1; also inside a subquery. Counting without groups gives a nought."""
    assert rows("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y } GROUP BY ?x") == []
    assert rows("SELECT ?n { { SELECT (COUNT(?y) AS ?n) { ?x a ?y } GROUP BY ?x } }") == []
    assert rows("SELECT (COUNT(?y) AS ?n) { ?x a ?y }")[0][0].value == "0"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("SELECT * { SERVICE <http://169.254.169.254/> { ?s ?p ?o } }", "service"),
        ("ASK { OPTIONAL { { SERVICE SILENT ?x { ?s ?p ?o } } } }", "service"),
        ("SELECT * { FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }", "service"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "from"),
        ("DESCRIBE ?s FROM NAMED <http://x/> { ?s ?p ?o }", "from"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "graph"),
        ("LOAD <http://x/>", "update"),
        ("# a comment\nPREFIX x: <http://x/>\nINSERT DATA { x:a x:b x:c }", "update"),
        ("delete where { ?s ?p ?o }", "update"),
        ("DROP ALL", "update"),
        ("", "syntax"),
        ("SELECT", "syntax"),
        ("SELECT * { ?s ?p ?o", "syntax"),
        ("SELECT * { ?s a nowhere:Thing }", "syntax"),
        ("\x00", "syntax"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, "deep"),
    ],
)
def test_what_is_refused(text, slug):
    """Whatever would do more than read this one graph, before anything is loaded."""

    def load() -> Graph:
        raise AssertionError

    with pytest.raises(RefusedError) as error:
        ask(text, load, None, lambda: None)
    assert error.value.answer.slug == slug
    assert "\n" not in error.value.answer.reason.en


def test_a_mistake_is_placed():
    """Line and column of where reading stops."""
    for text, place in (
        ("SELECT *\nWHERE {\n ?s ?p }", "line 3, column 9: "),
        ("ASK\n{ ?s a nowhere:Thing }", "line 2, column 21: "),
    ):
        with pytest.raises(RefusedError) as error:
            answered(text)
        assert error.value.answer.reason.en.startswith(place)


_NODES = [X + name for name in "abc"]
_VALUES = [
    *_NODES, Literal("1", XSD + "integer"), Literal("2", XSD + "integer"),
    Literal("a", XSD_STRING), Literal("a", RDF_LANG_STRING, "sv"),
]  # fmt: skip
_TRIPLES = st.lists(
    st.tuples(st.sampled_from(_NODES), st.sampled_from(_NODES), st.sampled_from(_VALUES)),
    max_size=12,
)
_QUERIES = [
    "SELECT ?a ?c { ?a ?b ?c . ?c ?d ?e }",
    "SELECT DISTINCT ?b { ?a ?b ?c }",
    "SELECT ?a ?c { ?a ?b ?c OPTIONAL { ?c ?d ?e } FILTER (!BOUND(?e)) }",
    "SELECT ?a { ?a ?b ?c MINUS { ?a ?b 1 } }",
    "SELECT ?a { ?a ?b ?c FILTER (?c > 1) }",
    "SELECT ?b (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?b HAVING (COUNT(*) > 1)",
    "SELECT ?x ?y { ?x (<https://exempel.se/a>|<https://exempel.se/b>)+ ?y }",
    "SELECT ?a ?c { { ?a <https://exempel.se/a> ?c } UNION { ?c <https://exempel.se/b> ?a } }",
    "SELECT ?c { VALUES ?c { 1 'a' 'a'@sv } ?a ?b ?c }",
    "SELECT ?a { ?a ?b ?c FILTER NOT EXISTS { ?c ?b ?a } }",
    "SELECT ?l { ?a ?b ?c BIND (LANG(?c) AS ?l) }",
]


@settings(max_examples=60, deadline=None)
@given(_TRIPLES, st.sampled_from(_QUERIES))
def test_another_engine_answers_the_same(triples, text):
    """Oxigraph, on data that its store does not change."""
    store = ox.Store()
    lines = "".join(" ".join(map(term_to_ntriples, one)) + " .\n" for one in triples)
    store.load(lines.encode(), ox.RdfFormat.N_TRIPLES)
    theirs = store.query(text, prefixes=PREFIXES)
    names = [variable.value for variable in theirs.variables]
    expected = sorted(["" if one[n] is None else str(one[n]) for n in names] for one in theirs)
    ours = answered(text, graph=Graph(triples))
    assert (
        sorted(
            ["" if term is None else term_to_ntriples(term) for term in row] for row in ours.rows
        )
        == expected
    )
