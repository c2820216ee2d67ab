"""What RDF/XML cannot carry, and how what it carries looks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Syntax
from harvester.namespaces import DCAT, DCTERMS, RDF, RDF_TYPE, VCARD, XSD
from harvester.rdf.write import Description
from harvester.rdf.write.labels import node_id
from harvester.rdf.write.rdfxml import write
from harvester.rdf.write.xmlnames import split_name
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, Literal, Triple
from tests.rdf.write.graphs import (
    NOT_XML_TEXTS,
    OTHER_PREDICATES,
    expected,
    is_well_formed,
    read,
    written,
)

SUBJECT = "https://exempel.se/dataset/1"
TITLE = DCTERMS + "title"


def body(data: bytes) -> str:
    """The lines between the root element's tags."""
    return re.sub(r"(?s).*?<rdf:RDF.*?>\n(.*)</rdf:RDF>\n", r"\1", data.decode())


@pytest.mark.case("S75")
@pytest.mark.parametrize("predicate", OTHER_PREDICATES)
def test_a_predicate_without_a_name_is_set_aside(predicate: str) -> None:
    """Never bad XML, never another predicate: the triple is left out and reported."""
    bad: Triple = (SUBJECT, predicate, Literal("x"))
    good: Triple = (SUBJECT, TITLE, Literal("bra"))
    data, amendments = written(Syntax.RDFXML, [bad, good])
    assert [(one.before, one.after, one.reason) for one in amendments] == [
        (bad, None, "predicate-not-xml")
    ]
    assert is_well_formed(data)
    assert read(Syntax.RDFXML, data) == expected([good])


@pytest.mark.case("S57")
@pytest.mark.parametrize("text", NOT_XML_TEXTS)
def test_characters_that_are_not_xml_become_the_replacement_character(text: str) -> None:
    """XML 1.0 has no escape for them; libxml2 refuses the file where other readers do not."""
    before: Triple = (SUBJECT, TITLE, Literal(text, RDF_LANG_STRING, "sv"))
    data, (amendment,) = written(Syntax.RDFXML, [before])
    assert amendment.before == before
    assert amendment.reason == "control-character"
    assert is_well_formed(data)
    assert "\ufffd" in data.decode()
    assert amendment.after is not None
    assert read(Syntax.RDFXML, data) == expected([amendment.after])


def test_two_texts_that_become_one_are_one_triple() -> None:
    """The second is reported as left out, so that the counts are those of a set of triples."""
    data, amendments = written(
        Syntax.RDFXML,
        [(SUBJECT, TITLE, Literal(text)) for text in ("a\x01", "a\x02", "a\ufffd")],
    )
    assert [one.reason for one in amendments] == ["repeated", "repeated"]
    assert read(Syntax.RDFXML, data) == expected([(SUBJECT, TITLE, Literal("a\ufffd"))])


def test_a_base_direction_is_dropped() -> None:
    """RDF/XML 1.1 has none; the text and its language stay."""
    data, (amendment,) = written(
        Syntax.RDFXML, [(SUBJECT, TITLE, Literal("שלום", RDF_DIR_LANG_STRING, "he--rtl"))]
    )
    assert amendment.reason == "direction"
    assert '<dcterms:title xml:lang="he">שלום</dcterms:title>' in body(data)


@pytest.mark.parametrize(
    ("iri", "split"),
    [
        (TITLE, (DCTERMS, "title")),
        ("http://e/p/12a", ("http://e/p/12", "a")),
        ("http://e/p?q=1&r", ("http://e/p?q=1&", "r")),
        ("http://e/a.b-c", ("http://e/", "a.b-c")),
        ("http://e/-a", ("http://e/-", "a")),
        ("http://e/x#größe", ("http://e/x#", "größe")),
        ("urn:x:p", ("urn:x:", "p")),
        ("http://e/名", None),
        ("http://e/p/123", None),
        ("http://e/", None),
        ("http://e/.-7", None),
        ("abc", None),
        ("", None),
        (RDF + "li", None),
        (
            "http://www.w3.org/XML/1998/namespacelang",
            ("http://www.w3.org/XML/1998/", "namespacelang"),
        ),
    ],
)
def test_splitting_takes_the_longest_name(iri: str, split: tuple[str, str] | None) -> None:
    """The name is an NCName, and namespace and name together are the IRI."""
    assert split_name(iri) == split


def test_classes_of_rdf_itself_are_not_element_names() -> None:
    """``rdf:Description`` as an element would lose the type."""
    triples: list[Triple] = [(SUBJECT, RDF_TYPE, RDF + "Description")]
    data, _ = written(Syntax.RDFXML, triples)
    assert read(Syntax.RDFXML, data) == expected(triples)


@given(st.lists(st.text(max_size=5), unique=True))
def test_different_blank_nodes_have_different_identifiers(names: list[str]) -> None:
    """Whatever the labels are, and each identifier is an NCName."""
    identifiers = {node_id(f"_:{name}") for name in names}
    assert len(identifiers) == len(names)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_-]*", one) for one in identifiers)


def test_a_callers_prefix_is_not_shadowed() -> None:
    """A blank node inside a property of an unknown namespace keeps the caller's ``ns``."""
    triples: list[Triple] = [
        (SUBJECT, "http://example.org/a/p", "_:b"),
        ("_:b", "http://example.org/b/q", Literal("x")),
    ]
    prefixes = {"ns": "http://example.org/b/", "ns1": "http://example.org/c/"}
    data = b"".join(write([Description(SUBJECT, triples)], print, prefixes))
    assert b"<ns2:p" in data
    assert b"<ns:q>" in data
    assert read(Syntax.RDFXML, data) == expected(triples)


def test_it_reads_as_if_written_by_hand() -> None:
    """The class is the element, the title comes first, blank nodes stand where they belong."""
    data, _ = written(
        Syntax.RDFXML,
        [
            (SUBJECT, DCAT + "contactPoint", "_:c"),
            ("_:c", RDF_TYPE, VCARD + "Organization"),
            ("_:c", VCARD + "fn", Literal("Kontaktcenter & växel")),
            (SUBJECT, DCAT + "keyword", Literal("vatten", RDF_LANG_STRING, "sv")),
            (SUBJECT, "http://example.org/terms/a", "http://example.org/?a=1&b=2"),
            (SUBJECT, DCTERMS + "modified", Literal("2026-01-01", XSD + "date")),
            (SUBJECT, RDF_TYPE, "http://example.org/terms/Thing"),
            (SUBJECT, RDF_TYPE, DCAT + "Dataset"),
            (SUBJECT, TITLE, Literal("Badplatser", RDF_LANG_STRING, "sv")),
            (SUBJECT, TITLE, Literal("Bathing sites", RDF_LANG_STRING, "en")),
            (SUBJECT, DCTERMS + "temporal", "_:empty"),
            (SUBJECT, DCTERMS + "relation", "_:shared"),
            (SUBJECT, DCTERMS + "source", "_:shared"),
            ("_:shared", DCTERMS + "relation", "_:shared"),
        ],
    )
    assert (
        body(data)
        == """\
  <dcat:Dataset rdf:about="https://exempel.se/dataset/1">
    <rdf:type rdf:resource="http://example.org/terms/Thing"/>
    <dcterms:title xml:lang="en">Bathing sites</dcterms:title>
    <dcterms:title xml:lang="sv">Badplatser</dcterms:title>
    <dcat:contactPoint>
      <vcard:Organization>
        <vcard:fn>Kontaktcenter &amp; växel</vcard:fn>
      </vcard:Organization>
    </dcat:contactPoint>
    <dcat:keyword xml:lang="sv">vatten</dcat:keyword>
    <dcterms:modified rdf:datatype="http://www.w3.org/2001/XMLSchema#date">2026-01-01</dcterms:modified>
    <dcterms:relation rdf:nodeID="shared"/>
    <dcterms:source rdf:nodeID="shared"/>
    <dcterms:temporal>
      <rdf:Description/>
    </dcterms:temporal>
    <ns:a xmlns:ns="http://example.org/terms/" rdf:resource="http://example.org/?a=1&amp;b=2"/>
  </dcat:Dataset>
  <rdf:Description rdf:nodeID="shared">
    <dcterms:relation rdf:nodeID="shared"/>
  </rdf:Description>
"""
    )
