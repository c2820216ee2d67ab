"""How Turtle looks, beyond meaning the right graph."""

from harvester.model import Syntax
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE, SPDX, XSD
from harvester.terms import RDF_LANG_STRING, Literal
from tests.rdf.write.graphs import written

SUBJECT = "https://exempel.se/d/1"


def test_it_reads_as_if_written_by_hand() -> None:
    """``a``, prefixes, grouped values, long texts over lines, blank nodes in brackets."""
    data, _ = written(
        Syntax.TURTLE,
        [
            (SUBJECT, DCTERMS + "title", Literal("Bad", RDF_LANG_STRING, "sv")),
            (SUBJECT, DCTERMS + "title", Literal("Baths", RDF_LANG_STRING, "en")),
            (SUBJECT, RDF_TYPE, DCAT + "Distribution"),
            (SUBJECT, DCTERMS + "description", Literal('Rad "ett"\n\\två', RDF_LANG_STRING, "sv")),
            (SUBJECT, DCAT + "byteSize", Literal("42", XSD + "integer")),
            (SUBJECT, DCAT + "byteSize", Literal("042", XSD + "integer")),
            (SUBJECT, DCTERMS + "issued", Literal("2026-01-01", XSD + "date")),
            (SUBJECT, SPDX + "checksum", "_:k"),
            ("_:k", RDF_TYPE, SPDX + "Checksum"),
            ("_:k", SPDX + "checksumValue", Literal("00", XSD + "hexBinary")),
            (SUBJECT, DCTERMS + "relation", "_:empty"),
        ],
    )
    text = data.decode()
    assert text.startswith("@prefix adms: <http://www.w3.org/ns/adms#> .\n@prefix dcat: ")
    assert (
        text[text.index("\n\n") :]
        == """

<https://exempel.se/d/1> a dcat:Distribution ;
    dcterms:title "Bad"@sv, "Baths"@en ;
    dcterms:description \"""Rad "ett"
\\\\två\"""@sv ;
    dcat:byteSize "042"^^xsd:integer, 42 ;
    dcterms:issued "2026-01-01"^^xsd:date ;
    dcterms:relation [] ;
    spdx:checksum [
        a spdx:Checksum ;
        spdx:checksumValue "00"^^xsd:hexBinary
    ] .
"""
    )
