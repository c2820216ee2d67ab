"""JSON-LD that plain JSON readers can use, and whose context changes no IRI."""

import json

import pyoxigraph as ox
from hypothesis import given, settings

from harvester.model import Syntax
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, Literal, Triple
from tests.rdf.write.graphs import (
    OTHER_PREDICATES,
    XML_PREDICATES,
    canonical,
    expected,
    graphs,
    read,
    written,
)

SUBJECT = "https://exempel.se/d/1"


def test_one_object_for_a_resource() -> None:
    """Compact names for properties and classes, full IRIs for things, the context inline."""
    data, _ = written(
        Syntax.JSONLD,
        [
            (SUBJECT, RDF_TYPE, DCAT + "Dataset"),
            (SUBJECT, DCTERMS + "title", Literal("Bad", RDF_LANG_STRING, "sv")),
            (SUBJECT, DCTERMS + "identifier", Literal("1")),
            (SUBJECT, DCTERMS + "temporal", "_:t"),
            ("_:t", RDF_TYPE, DCTERMS + "PeriodOfTime"),
        ],
    )
    document = json.loads(data)
    assert list(document) == ["@context", "@graph"]
    assert document["@context"]["dcat"] == DCAT
    assert document["@graph"] == [
        {
            "@type": "dcat:Dataset",
            "@id": SUBJECT,
            "dcterms:title": {"@language": "sv", "@value": "Bad"},
            "dcterms:identifier": "1",
            "dcterms:temporal": {"@type": "dcterms:PeriodOfTime"},
        }
    ]


@settings(max_examples=60, deadline=None)
@given(graphs(XML_PREDICATES + OTHER_PREDICATES))
def test_a_streaming_reader_takes_it(triples: list[Triple]) -> None:
    """The same graph, read without looking ahead."""
    data, _ = written(Syntax.JSONLD, triples)
    quads = ox.parse(data, format=ox.RdfFormat.STREAMING_JSON_LD)
    assert canonical(quad.triple for quad in quads) == expected(triples)


def test_an_iri_that_looks_like_a_compact_name_stays_what_it_is() -> None:
    """``<dcat:Dataset>`` is a common mistake; the context must not mend it in passing."""
    triples: list[Triple] = [
        (SUBJECT, RDF_TYPE, "dcat:Dataset"),
        (SUBJECT, "dcterms:title", Literal("x", "xsd:string")),
        (SUBJECT, DCTERMS + "relation", "schema:x"),
    ]
    data, amendments = written(Syntax.JSONLD, triples)
    assert amendments == []
    assert read(Syntax.JSONLD, data) == expected(triples)


def test_a_base_direction_is_kept() -> None:
    """JSON-LD 1.1 has ``@direction``."""
    literal = Literal("שלום", RDF_DIR_LANG_STRING, "he--rtl")
    data, amendments = written(Syntax.JSONLD, [(SUBJECT, DCTERMS + "title", literal)])
    assert amendments == []
    assert json.loads(data)["@graph"][0]["dcterms:title"] == {
        "@direction": "rtl",
        "@language": "he",
        "@value": "שלום",
    }
