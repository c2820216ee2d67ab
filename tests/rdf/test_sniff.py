"""The syntax is seen from the bytes; what is not RDF is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf.sniff import refuse_binary, sniff

RDF = b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
IN_SYNTAX = [
    (b'<?xml version="1.0"?><rdf:RDF ' + RDF + b"/>", Syntax.RDFXML),
    (b"\n\n<!-- c --><rdf:RDF " + RDF + b">", Syntax.RDFXML),
    (b'<!DOCTYPE rdf:RDF [<!ENTITY x "]>">]><rdf:RDF ' + RDF + b">", Syntax.RDFXML),
    (b'<d:T xmlns:d="http://d/" ' + RDF + b' rdf:about="http://a"/>', Syntax.RDFXML),
    (b"<rdf:RDF xmlns:rdf", Syntax.RDFXML),
    (b"@prefix d: <http://d/> . d:a d:b d:c .", Syntax.TURTLE),
    (b"# c\nPREFIX d: <http://d/>\nd:a d:b d:c .", Syntax.TURTLE),
    (b"<http://a> a <http://b> ; <http://c> 1 .", Syntax.TURTLE),
    (b"<a> <b> <c> ;\n <d> 1 .", Syntax.TURTLE),
    (b"<urn:x> a <http://b> .", Syntax.TURTLE),
    (b"<x> a <http://b> .", Syntax.TURTLE),
    (b"[] a <http://b> .", Syntax.TURTLE),
    (b"[ a <http://b> ] .", Syntax.TURTLE),
    (b"_:a a <http://b> .", Syntax.TURTLE),
    (b'<http://a> <http://b> "{" ; <http://c> "x" .', Syntax.TURTLE),
    (b'<http://a> <http://b> "c" .\n@prefix d: <http://d/> .\n', Syntax.TURTLE),
    (b'<http://a> <http://b> "c" .\n', Syntax.NTRIPLES),
    (b'# c\n_:a <http://b> "c\\"d"@sv .', Syntax.NTRIPLES),
    (b'<http://a> <http://b> "c" .\n<http://a> <http://b> oops .\n', Syntax.NTRIPLES),
    (b'<http://a> <http://b> "c" <http://g> .\n', Syntax.NQUADS),
    (b"<http://g> { <http://a> a <http://b> }", Syntax.TRIG),
    (b"{ <http://a> a <http://b> }", Syntax.TRIG),
    (b"@prefix d: <http://d/> .\nGRAPH d:g { d:a a d:b }", Syntax.TRIG),
    (b'{"@context": {}, "@graph": []}', Syntax.JSONLD),
    (b' [ {"a": {"b": 1}, "@id": "http://a"} ]', Syntax.JSONLD),
    (b'{"http://a": 1}', Syntax.JSONLD),
]


@pytest.mark.parametrize(("body", "syntax"), IN_SYNTAX)
def test_each_syntax_is_recognised(body: bytes, syntax: Syntax) -> None:
    """Also after white space, comments and a byte order mark."""
    assert sniff(body) is syntax
    assert sniff(b"\xef\xbb\xbf\r\n " + body) is syntax


@pytest.mark.case("F12")
@pytest.mark.case("F13")
@pytest.mark.case("F14")
@pytest.mark.parametrize(
    ("body", "event", "word"),
    [
        (b"", "empty", "no data"),
        (b"# only a comment\n", "empty", "no data"),
        (b"[]", "empty", "JSON"),
        (b"null", "empty", "JSON"),
        (b"{}", "empty", "JSON"),
        (b"<!-- nothing -->", "empty", "XML"),
        (b"<!DOCTYPE html><html>", "html", "web page"),
        (b"<HTML><body>", "html", "web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html", "web page"),
        (b"<div>x</div>", "html", "web page"),
        (b'{"error": "not found"}', "not-rdf", "error answer"),
        (b'{"success": true, "result": {"@id": "x"}}', "not-rdf", "CKAN"),
        (b'{"conformsTo": "x", "dataset": [{"@type": "y"}]}', "not-rdf", "DCAT-US"),
        (b'{"items": 1}', "not-rdf", "without @context"),
        (b"<Fault><code/></Fault>", "not-rdf", "error report"),
        (b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"/>', "not-rdf", "oai-pmh"),
        (b'<c:GetRecordsResponse xmlns:c="http://c/"/>', "not-rdf", "csw"),
        (b"<rss version='2.0'/>", "not-rdf", "RSS"),
        (b"<foo/>", "not-rdf", "root element is foo"),
        (b"Not found", "not-rdf", "Not found"),
        (b"id,title\n1,x\n", "not-rdf", "id,title"),
    ],
)
def test_what_is_not_rdf_is_named(body: bytes, event: str, word: str) -> None:
    """The message says what was found instead."""
    with pytest.raises(UnreadableError, match=word) as caught:
        sniff(body, "http://exempel.se/")
    assert caught.value.event == event


@pytest.mark.parametrize("magic", [b"\x1f\x8b\x08", b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n"])
def test_binary_files_are_named(magic: bytes) -> None:
    """Archives and pictures are refused before anything decodes them."""
    with pytest.raises(UnreadableError) as caught:
        refuse_binary(magic + b"rest", "http://exempel.se/")
    assert caught.value.event == "not-rdf"


@given(
    st.binary(max_size=300)
    | st.text(alphabet='<>{}[]"@_:ahtml/?! \n.', max_size=60).map(str.encode)
)
def test_sniffing_is_stable(body: bytes) -> None:
    """Any bytes give the same answer twice, and nothing but UnreadableError."""

    def answer() -> str:
        try:
            return sniff(body)
        except UnreadableError as error:
            return error.event

    assert answer() == answer()
