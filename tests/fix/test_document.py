"""One document in, one document out: what changes, what does not, and what stops it."""

from pathlib import Path

import pytest

from harvester.fix import Fixed, fix_document
from harvester.fix.change import Surroundings
from harvester.model import Finding, Severity, Text
from harvester.namespaces import DCTERMS
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Triple
from tests.fix.judging import URL, content, strict

TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
# En kommentar om åäö, och 2024-01-01.
<https://exempel.se/d>   a dcat:Dataset ;
\tdcterms:issued "2024-01-01" ; # utgiven
\tdcterms:title 'Badplatser'@swe, "Bathing"@en ;
    adms:contactPoint [ dcterms:issued "2024" ] .
"""
MENDED = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
# En kommentar om åäö, och 2024-01-01.
<https://exempel.se/d>   a dcat:Dataset ;
\tdcterms:issued "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; # utgiven
\tdcterms:title 'Badplatser'@sv, "Bathing"@en ;
    dcat:contactPoint [ dcterms:issued "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> ] .
"""
RDFXML = """<?xml version="1.0" encoding="{encoding}"?>
<!-- åäö: <dcterms:issued>2024-01-01</dcterms:issued> -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:adms="http://www.w3.org/ns/adms#">
  <rdf:Description rdf:about='https://exempel.se/å b'>
    <dcterms:title xml:lang="swe">Badplatser &amp; åar</dcterms:title>
    <dcterms:issued xml:lang="sv" >2024-01-01</dcterms:issued >
    <dcterms:format rdf:resource="http://publications.europa.eu/resource/authority/file-type/CSV"/>
    <adms:contactPoint
        rdf:resource='https://exempel.se/k'></adms:contactPoint>
    <dcterms:license>CC-BY-4.0</dcterms:license>
  </rdf:Description>
</rdf:RDF>
"""
RDFXML_MENDED = """<?xml version="1.0" encoding="{encoding}"?>
<!-- åäö: <dcterms:issued>2024-01-01</dcterms:issued> -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:adms="http://www.w3.org/ns/adms#">
  <rdf:Description rdf:about='https://exempel.se/å%20b'>
    <dcterms:title xml:lang="sv">Badplatser &amp; åar</dcterms:title>
    <dcterms:issued rdf:datatype="http://www.w3.org/2001/XMLSchema#date" xml:lang="sv" >2024-01-01</dcterms:issued >
    <dcterms:format>text/csv</dcterms:format>
    <dcat:contactPoint xmlns:dcat="http://www.w3.org/ns/dcat#"
        rdf:resource='https://exempel.se/k'></dcat:contactPoint>
    <dcterms:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/>
  </rdf:Description>
</rdf:RDF>
"""  # noqa: E501  # as it is written
JSONLD = """{
  "@context": {"dcterms": "http://purl.org/dc/terms/", "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "page": {"@id": "http://xmlns.com/foaf/0.1/page", "@type": "@id"}},
  "@id": "https://exempel.se/d", "page": "https://exempel.se/a b",
  "dcterms:issued" : "2024-01-01",
  "dcterms:modified": {"@type": "xsd:date", "@value": "2024"},
  "dcterms:title": [{"@value": "Bad \\u00e5", "@language": "swe"}, "CC-BY-4.0"],
  "dcterms:license": "CC-BY-4.0",
  "adms:contactPoint": {"@type": ["https://www.w3.org/ns/dcat#Dataset"]}
}
"""
JSONLD_MENDED = """{
  "@context": {"dcterms": "http://purl.org/dc/terms/", "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "page": {"@id": "http://xmlns.com/foaf/0.1/page", "@type": "@id"}},
  "@id": "https://exempel.se/d", "page": "https://exempel.se/a%20b",
  "dcterms:issued" : {"@value": "2024-01-01", "@type": "xsd:date"},
  "dcterms:modified": {"@type": "xsd:gYear", "@value": "2024"},
  "dcterms:title": [{"@value": "Bad \\u00e5", "@language": "sv"}, "CC-BY-4.0"],
  "dcterms:license": {"@id": "http://creativecommons.org/licenses/by/4.0/"},
  "dcat:contactPoint": {"@type": ["dcat:Dataset"]}
}
"""
NTRIPLES = (
    '<https://exempel.se/d> <http://purl.org/dc/terms/issued> "2024" .# slut\n'
    "<https://exempel.se/d> <http://purl.org/dc/terms/license> <http://exempel.se/{> .\n"
)
NTRIPLES_MENDED = (
    '<https://exempel.se/d> <http://purl.org/dc/terms/issued> "2024"'
    "^^<http://www.w3.org/2001/XMLSchema#gYear> .# slut\n"
    "<https://exempel.se/d> <http://purl.org/dc/terms/license> <http://exempel.se/%7B> .\n"
)


def mended(text: str | bytes) -> Fixed:
    body = text.encode() if isinstance(text, str) else text
    return fix_document(body, url=URL, judge=strict)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TURTLE, MENDED),
        (RDFXML.format(encoding="utf-8"), RDFXML_MENDED.format(encoding="utf-8")),
        (JSONLD, JSONLD_MENDED),
        (NTRIPLES, NTRIPLES_MENDED),
        (
            NTRIPLES.replace(" .", " <https://exempel.se/g> ."),
            NTRIPLES_MENDED.replace(" .", " <https://exempel.se/g> ."),
        ),
        (
            "<https://exempel.se/g> {" + NTRIPLES.replace("# slut", "") + "}",
            "<https://exempel.se/g> {" + NTRIPLES_MENDED.replace("# slut", "") + "}",
        ),
    ],
    ids=["turtle", "rdfxml", "jsonld", "ntriples", "nquads", "trig"],
)
def test_values_change_and_the_rest_stays(before, after):
    """Comments, order, quotes, prefixes and layout are as they were; once more changes nothing."""
    result = mended(before)
    assert (result.reason, result.unplaced) == ("", 0)
    assert result.new.decode() == after
    assert mended(result.new).new == result.new


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "utf-8-sig"])
def test_encoding_mark_and_line_ends_stay(encoding):
    """A file in Latin-1 with CRLF is one afterwards."""
    declared = encoding.removesuffix("-sig")
    before = RDFXML.format(encoding=declared).replace("\n", "\r\n").encode(encoding)
    after = RDFXML_MENDED.format(encoding=declared).replace("\n", "\r\n").encode(encoding)
    assert mended(before).new == after


def test_a_tag_that_stops_parsers_is_mended_in_a_file_that_stops_them():
    """sv_SE is a syntax error in Turtle; the file is valid afterwards."""
    result = mended(TURTLE.replace("@swe", "@sv_SE"))
    assert result.new.decode() == MENDED.replace("@sv,", "@sv-SE,")
    assert {finding.code for finding in result.before} >= {"RD001", "RD009"}
    assert result.after == ()


def test_nothing_is_changed_that_no_finding_asks_for():
    """A date without a datatype is no fault under a profile that does not mind."""
    result = fix_document(TURTLE.encode(), url=URL, judge=content)
    assert (result.new, result.changes) == (result.old, ())


def test_a_change_that_brings_a_finding_is_left_out_and_the_others_are_made():
    """Here a rule wants no typed year."""

    def judge(graph: Graph) -> list[Finding]:
        worse = [
            Finding("XX002", Severity.ERROR, s, Text("", ""), path=p)
            for s, p, o in graph
            if isinstance(o, Literal) and o.datatype.endswith("gYear")
        ]
        return strict(graph) + worse

    result = fix_document(TURTLE.encode(), url=URL, judge=judge)
    assert result.new.decode() == MENDED.replace(
        '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"2024"'
    )


def test_a_fixer_that_asks_for_something_else_than_is_written_changes_nothing():
    """The proof compares the graphs: here the text cannot say what is wanted."""

    def blind(triple: Triple, _: Surroundings) -> Triple:
        if triple[1] != DCTERMS + "issued" or not isinstance(triple[2], Literal):
            return triple
        return triple[0], triple[1], Literal("x", RDF_LANG_STRING, "s v")

    result = fix_document(
        b'<https://exempel.se/d> <http://purl.org/dc/terms/issued> "2024" .',
        url=URL,
        judge=lambda g: [
            Finding("XX003", Severity.ERROR, s, Text("", ""), path=p)
            for s, p, o in g
            if o == Literal("2024")
        ],
        fixers={"blind": blind},
    )
    assert (result.reason, result.new, result.unplaced) == ("proof", result.old, 1)


def test_two_statements_that_would_become_one_stay_two():
    """Taking away a statement is a decision, not a spelling."""
    text = (
        "<https://exempel.se/d> <http://purl.org/dc/terms/license> "
        "<http://creativecommons.org/licenses/by/4.0/>, "
        "<https://creativecommons.org/licenses/by/4.0/> ."
    )
    assert mended(text).changes == ()


def test_a_place_shared_with_what_stays_is_not_changed():
    """One predicate, two objects, and only one of them fits the new property."""
    text = (
        "@prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
        '<https://exempel.se/k> v:tel <tel:+468123>, "08-123" .'
    )
    result = mended(text)
    assert (result.new, result.unplaced) == (result.old, 1)


def test_a_key_that_is_there_already_is_not_written_twice():
    """JSON-LD with both properties: one object cannot hold the same key twice."""
    text = (
        '{"@id": "https://exempel.se/d", "http://www.w3.org/ns/adms#contactPoint": '
        '{"@id": "https://exempel.se/a"}, "http://www.w3.org/ns/dcat#contactPoint": '
        '{"@id": "https://exempel.se/b"}, "http://purl.org/dc/terms/issued": "2024"}'
    )
    result = mended(text)
    assert (result.reason, result.unplaced) == ("", 1)
    assert [change.fixers for change in result.changes] == [("date",)]


def test_bytes_that_are_no_text_are_not_edited():
    """A file of mixed encodings cannot be written back as it was."""
    body = TURTLE.encode() + b'<https://exempel.se/d> <https://exempel.se/p> "Sm\xf6rg\xe5s" .'
    result = fix_document(body, url=URL, judge=strict)
    assert (result.reason, result.new) == ("encoding", body)


def test_real_catalogs_of_sweden(corpus: Path):
    """What a publisher gets: fewer findings of the profile, none new, nothing on a second run."""
    from harvester.profile import load_profile
    from harvester.rules.judge import validate

    profile = load_profile("dcat-ap-se")
    gone = 0
    for path in sorted((corpus / "sweden").iterdir()):
        result = fix_document(
            path.read_bytes(),
            url=URL,
            judge=lambda graph: validate(graph, profile),
            vocabulary=profile.vocabulary.spo,
        )
        assert (result.reason, result.unplaced) == ("", 0), path.name
        gone += len(result.gone)
    assert gone >= 150
