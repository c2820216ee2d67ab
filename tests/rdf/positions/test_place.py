"""Where findings are placed, shown by small documents with the place marked by ``▸``."""

from dataclasses import replace

import pytest

from harvester.model import Finding, Severity, Syntax, Text
from harvester.rdf.graph import Graph
from harvester.rdf.positions import Page, decoded, place, place_among
from harvester.rdf.read import read_document
from harvester.terms import Literal, Term

URL = "http://exempel.se/katalog"
D = "http://exempel.se/d"
T = "http://purl.org/dc/terms/title"
TURTLE = "@prefix e: <http://exempel.se/> . @prefix dct: <http://purl.org/dc/terms/> .\n"
XML = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [<!ENTITY e "http://exempel.se/">]>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dct="http://purl.org/dc/terms/" xmlns:e="&e;">\n'
)
JSON = '{"@context": {"dct": "http://purl.org/dc/terms/", "e": "http://exempel.se/", %s},\n '


def about(focus: str = D, path: str = "", value: Term | None = None) -> Finding:
    return Finding("XX001", Severity.ERROR, focus, Text("", ""), path=path, value=value)


def check(marked: str, finding: Finding, encoding: str = "utf-8") -> None:
    """Read a document, place a finding, and see that the place is the marked one."""
    at = marked.index("▸")
    text = marked.replace("▸", "")
    body = text.encode(encoding)
    graph = Graph()
    syntax = read_document(body, url=URL, graph=graph).reading.syntax
    if finding.focus == "_:":
        label = next(s for s in graph.spo if s[:2] == "_:" and graph.objects(s, finding.path))
        finding = replace(finding, focus=label)
    (placed,) = place([finding], body, syntax, base=URL, graph=graph)
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    assert (placed.line, placed.column) == (line, column), text


TURTLES = {
    "the IRI of a subject": (TURTLE + f"# {D}\n<▸{D}> dct:title 'x' .", about()),
    "a subject with a prefix": (TURTLE + "▸e:d dct:title 'x' .", about()),
    "a subject relative to the document": (TURTLE + "<▸d> dct:title 'x' .", about()),
    "a base in the middle": ("@base <http://exempel.se/> .\n<▸d> a <x> .", about()),
    "a missing property": (TURTLE + "<▸d> dct:title 'x' .", about(path=D)),
    "a value that is a text": (
        TURTLE + "e:d a e:C ; dct:title 'y' , '''▸x'''@sv .",
        about(path=T, value=Literal("x", language="sv")),
    ),
    "the same text in another language": (
        TURTLE + 'e:d dct:title "x"@sv, "▸x"@en .',
        about(path=T, value=Literal("x", language="en")),
    ),
    "the same text of another datatype": (
        TURTLE + 'e:d dct:title "1", "▸1"^^e:n .',
        about(path=T, value=Literal("1", "http://exempel.se/n")),
    ),
    "a text with escapes": (
        TURTLE + 'e:d dct:title "▸a\\u00e5\\n" .',
        about(path=T, value=Literal("aå\n")),
    ),
    "a text that begins on the next line": (
        TURTLE + 'e:d dct:title """\n   ▸x""" .',
        about(path=T, value=Literal("\n   x")),
    ),
    "an empty text": (TURTLE + 'e:d dct:title ▸"" .', about(path=T, value=Literal(""))),
    "a number": (
        TURTLE + "e:d dct:title ▸1.5 .",
        about(path=T, value=Literal("1.5", "http://www.w3.org/2001/XMLSchema#decimal")),
    ),
    "a value that is an IRI": (TURTLE + f"e:d dct:title <▸{D}1> .", about(path=T, value=D + "1")),
    "a property of a nested node": (
        TURTLE + "e:d dct:title [ e:p ( 1 [ ] ) ; dct:title '▸x' ] .",
        about("_:", T, Literal("x")),
    ),
    "a nested node": (TURTLE + "e:a e:p [] . e:d e:p ▸[ e:q 1 ] .", about("_:b1")),
    "a node at the top": (TURTLE + "e:d e:p _:x . ▸[] e:p [ e:q 1 ] .", about("_:b2")),
    "a label": (TURTLE + "e:d e:p _:x .\n▸_:x e:q 1 .", about("_:b0")),
    "an IRI that is not described": (TURTLE + "e:a e:p 1 ; dct:title ▸e:d .", about()),
    "a value of a long path": (
        TURTLE + "▸e:d e:p [ dct:title 'x' ] .",
        about(path=f"<http://exempel.se/p>/<{T}>", value=Literal("x")),
    ),
    "a value that is not there": (
        TURTLE + "e:d ▸dct:title 'x', 'y' .",
        about(path=T, value=Literal("z")),
    ),
    "a subject in a named graph": (f"<g> {{ <a> <b> 1 . <▸{D}> a 2 }}", about()),
    "a name with dots and escapes": (
        TURTLE + "e:a.b\\, dct:title 'x'. ▸e:d dct:title 'y'.",
        about(),
    ),
    "the start of the document": ("▸" + TURTLE + "e:d e:p 1 .", about("")),
    "a subject behind astral characters": (f"<a> <b> '🚲', 'å' . <▸{D}> a <x> .", about()),
    "lines that end as on Windows": (TURTLE + "e:a e:p 1 ;\r\n e:q 2 .\r\n▸e:d e:p 1 .", about()),
}  # fmt: skip
XMLS = {
    "the IRI of a subject": (XML + f'<e:C rdf:about="▸{D}"/></rdf:RDF>', about()),
    "a subject by an entity": (XML + '<e:C rdf:about="▸&e;d"/></rdf:RDF>', about()),
    "a subject by xml:base and ID": (
        XML + "<e:C xml:base='http://exempel.se/x' rdf:ID='▸d'/></rdf:RDF>",
        about("http://exempel.se/x#d"),
    ),
    "a text": (
        XML + '<e:C rdf:about="&e;d"><!-- x --><dct:title>▸x &amp; y</dct:title></e:C></rdf:RDF>',
        about(path=T, value=Literal("x & y")),
    ),
    "a text in a section": (
        XML + '<e:C rdf:about="&e;d"><dct:title>\n <![CDATA[▸x<y]]></dct:title></e:C></rdf:RDF>',
        about(path=T, value=Literal("\n x<y")),
    ),
    "a language from around": (
        XML + '<e:C rdf:about="&e;d" xml:lang="sv"><dct:title xml:lang="en">x</dct:title>'
        "<dct:title>▸x</dct:title></e:C></rdf:RDF>",
        about(path=T, value=Literal("x", language="sv")),
    ),
    "an attribute": (
        XML + '<e:C rdf:about="&e;d" dct:title="▸x"/></rdf:RDF>',
        about(path=T, value=Literal("x")),
    ),
    "a reference": (
        XML + '<e:C rdf:about="&e;d"><dct:title rdf:resource="▸&e;x"/></e:C></rdf:RDF>',
        about(path=T, value="http://exempel.se/x"),
    ),
    "a nested subject": (
        XML + f'<e:C><e:p><e:C rdf:about="▸{D}"><e:q>1</e:q></e:C></e:p></e:C></rdf:RDF>',
        about(),
    ),
    "a blank node": (
        XML + '<e:C rdf:about="&e;d"><e:p>▸<e:C><e:q>1</e:q></e:C></e:p></e:C></rdf:RDF>',
        about("_:b0"),
    ),
    "a blank node of a parse type": (
        XML + '<e:C rdf:about="&e;d">▸<e:p rdf:parseType="Resource"><e:q>1</e:q></e:p></e:C>'
        "</rdf:RDF>",
        about("_:b0"),
    ),
    "a value in a collection": (
        XML + '<e:C rdf:about="&e;d"><e:p rdf:parseType="Collection"><e:C/>'
        '<e:C rdf:about="▸&e;x"/></e:p></e:C></rdf:RDF>',
        about("http://exempel.se/x"),
    ),
    "a class": (
        XML + '<▸e:C rdf:about="&e;d"/></rdf:RDF>',
        about(path="http://www.w3.org/1999/02/22-rdf-syntax-ns#type", value="http://exempel.se/C"),
    ),
}
JSONS = {
    "a subject": (JSON % '"t": "dct:title"' + '"@id": "▸e:d", "t": "x"}', about()),
    "a text": (
        JSON % '"t": "dct:title"' + '"@id": "e:d", "t": ["y", "▸x"]}',
        about(path=T, value=Literal("x")),
    ),
    "a text with escapes": (
        JSON % '"t": "dct:title"' + '"@id": "e:d", "t": "▸\\u00e5\\n"}',
        about(path=T, value=Literal("å\n")),
    ),
    "an IRI by the type of its term": (
        JSON % '"t": {"@id": "dct:title", "@type": "@id"}' + '"@id": "e:d", "t": "▸x"}',
        about(path=T, value="http://exempel.se/x"),
    ),
    "a language map": (
        JSON % '"t": {"@id": "dct:title", "@container": "@language"}'
        + '"@id": "e:d", "t": {"sv": "x", "en": "▸x"}}',
        about(path=T, value=Literal("x", language="en")),
    ),
    "a value object": (
        JSON % '"@vocab": "http://purl.org/dc/terms/"'
        + '"@id": "e:d", "title": {"@value": "▸x", "@language": "sv"}}',
        about(path=T, value=Literal("x", language="sv")),
    ),
    "a number": (
        JSON % '"t": "dct:title"' + '"@id": "e:d", "t": [▸5, true]}',
        about(path=T, value=Literal("5", "http://www.w3.org/2001/XMLSchema#integer")),
    ),
    "a blank node": (
        JSON % '"t": "dct:title"' + '"@id": "e:d", "e:p": [{"t": 1}, ▸{"t": 2}]}',
        about("_:b1"),
    ),
    "a node of the graph": (
        JSON % '"t": "dct:title"' + '"@graph": [{"@id": "e:a", "t": 1}, {"t": 2, "@id": "▸e:d"}]}',
        about(),
    ),
    "a reverse property": (
        JSON % '"of": {"@reverse": "e:p"}' + '"@id": "e:a", "of": {"@id": "▸e:d", "e:q": 2}}',
        about(),
    ),
    "a class": (
        JSON % '"id": "@id", "type": "@type"' + '"id": "e:d", "type": ["e:B", "▸e:C"]}',
        about(path="http://www.w3.org/1999/02/22-rdf-syntax-ns#type", value="http://exempel.se/C"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", [*TURTLES.values()], ids=[*TURTLES])
def test_in_turtle(case: tuple[str, Finding]) -> None:
    """The scanner knows prefixes, bases, nesting, strings and comments."""
    check(*case)


@pytest.mark.parametrize("case", [*XMLS.values()], ids=[*XMLS])
def test_in_rdfxml(case: tuple[str, Finding]) -> None:
    """The scanner follows node and property elements, entities, languages and bases."""
    check(*case)


@pytest.mark.parametrize("case", [*JSONS.values()], ids=[*JSONS])
def test_in_jsonld(case: tuple[str, Finding]) -> None:
    """The scanner follows the context of the document."""
    check(*case)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_are_characters_whatever_the_encoding(encoding: str) -> None:
    """A byte order mark is not a column, a letter is one."""
    check(f"<http://a/å> <http://b> 'åäö' . <▸{D}> a <http://c> .", about(), encoding)


def test_a_place_from_reading_is_kept_where_no_statement_is_found() -> None:
    """Reading knows where an error is; a statement's own place is better than a search for it."""
    body = TURTLE.encode() + b"e:d dct:title 'x'@sv_SE ."
    graph = Graph()
    reading = read_document(body, url=URL, graph=graph)
    placed = place(reading.findings, body, Syntax.TURTLE, base=URL, graph=graph)
    assert {(f.code, f.line, f.column) for f in placed} == {("RD001", 2, 21), ("RD009", 2, 16)}


def test_nothing_is_scanned_for_no_findings() -> None:
    """A valid document costs nothing more."""

    def body() -> bytes:
        raise AssertionError

    assert place_among([], [Page("a", body, Syntax.TURTLE, URL)], Graph()) == []


def test_a_finding_goes_to_the_document_that_has_its_value() -> None:
    """A subject may be split over documents; blank nodes keep to the document they came from."""
    graph = Graph()
    pages: list[Page] = []
    for name, text in {
        "a": "<d> a <C> ; <http://p> [ <http://q> 1 ] .",
        "b": "\n<d> <http://t> 'x' .\n<e> a <C> ; <http://p> [ <http://q> 1 ] .",
        "c": "<d> <http://t> 'x', 'y' .",
    }.items():
        body = text.encode()
        before = graph.blanks
        read_document(body, url=URL, graph=graph)
        numbers = range(before, graph.blanks)
        pages.append(Page(name, lambda body=body: body, Syntax.TURTLE, URL, numbers))  # type: ignore[misc]
    findings = [
        about(),
        about(path="http://t", value=Literal("x")),
        about(path="http://t", value=Literal("y")),
        about(path="http://t", value=Literal("z")),
        about("_:b1"),
        about("_:b1", "http://q", Literal("1", "http://www.w3.org/2001/XMLSchema#integer")),
        about(""),
    ]
    placed = place_among(findings, pages, graph)
    assert [f"{f.input}:{f.line}:{f.column}" for f in placed] == [
        *("a:1:2", "b:2:17", "c:1:22", "b:2:17", "b:3:24", "b:3:37", "a:1:1"),
    ]


def test_decoded_is_the_text_that_columns_count_in() -> None:
    """Bytes that are windows-1252 under another name are one character each."""
    assert decoded("å".encode("cp1252") + b" sprak", url=URL).endswith(" sprak")
