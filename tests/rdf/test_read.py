"""Reading one document: what stays, what is said about it, what is refused."""

import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.limits import Limits
from harvester.rdf.messages import MESSAGES
from harvester.rdf.read import read_document
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, Literal

from .reading import URL, codes, rdfxml, read, refusal


@pytest.mark.case("S62")
@pytest.mark.case("D5")
def test_blank_nodes_are_numbered_over_all_documents() -> None:
    """In order of first appearance; the same label in two documents is two nodes."""
    body = b"_:x <http://p> _:y . _:y <http://p> 1 ."
    _, graph = read(body)
    read(body, graph=graph)
    assert list(graph.spo) == ["_:b0", "_:b1", "_:b2", "_:b3"]


def test_blank_nodes_start_at_zero_after_a_failed_attempt() -> None:
    """A second chance gives the labels that a first would have given."""
    _, graph = read(b"_:x <http://p> _:y . _:y <http://p> <http://a b> .")
    assert list(graph.spo) == ["_:b0", "_:b1"]


def test_repeats_are_counted_within_and_across_documents() -> None:
    """Duplicates are triples the graph had, from this document or an earlier one."""
    first, graph = read(b"<http://a> <http://p> 1, 1, 2 .")
    second, _ = read(b"<http://a> <http://p> 2, 3 .", graph=graph)
    assert (first.reading.statements, first.reading.duplicates) == (3, 1)
    assert (second.reading.statements, second.reading.duplicates) == (2, 1)


def test_a_long_value_list_over_two_documents() -> None:
    """A catalog with many datasets keeps its set of values when pages are joined."""
    graph = Graph()
    for page in range(3):
        links = ", ".join(f"<http://d/{n}>" for n in range(page * 40, page * 40 + 60))
        read(f"<http://k> <http://p> {links} .".encode(), graph=graph)
    assert len(graph) == 140


@pytest.mark.case("S61")
@pytest.mark.case("D5")
@pytest.mark.parametrize(
    ("body", "syntax"),
    [
        (b"<http://g> { <http://a> <http://p> 1 }", Syntax.TRIG),
        (b"<http://a> <http://p> <http://b> <http://g> .", Syntax.NQUADS),
        (b'{"@id": "http://g", "@graph": [{"@id": "http://a", "http://p": 1}]}', Syntax.JSONLD),
        (
            b'<http://a> <http://p> "1" .\n' * 9000 + b"<http://g> { <http://a> <http://p> 1 }",
            Syntax.TRIG,
        ),
    ],
)
def test_graph_names_are_dropped_with_one_finding(body: bytes, syntax: Syntax) -> None:
    """A source cannot choose in whose graph its statements land."""
    reading, _ = read(body)
    assert reading.reading.syntax is syntax or reading.reading.syntax is Syntax.NTRIPLES
    assert codes(reading) == ["RD004"]
    assert "http://g" in reading.findings[0].message.sv


@pytest.mark.case("S44")
def test_a_bad_iri_costs_nothing_and_is_named() -> None:
    """All triples stay as published; the finding names subject, property, value and line."""
    reading, graph = read(b"<http://a> <http://p> <http://b c> .\n<http://a> <http://p> 1 .")
    assert len(graph) == 2
    assert reading.reading.repaired
    [_, bad] = reading.findings
    assert (bad.code, bad.focus, bad.path, bad.value, bad.line, bad.triples) == (
        *("RD006", "http://a", "http://p", "http://b c", 1, 0),
    )
    assert bad.input == URL


def test_an_iri_cannot_smuggle_a_statement() -> None:
    """security-cases S43: an escaped > stays inside its IRI."""
    _, graph = read(b"<http://a> <http://p> <http://e/x\\u003E\\u0020.\\u000A\\u003Chttp://v> .")
    assert list(graph.spo) == ["http://a"]
    assert len(graph) == 1


@pytest.mark.case("S58")
@pytest.mark.parametrize(
    "body",
    [
        b'<http://a> <http://p> "x"@sv_SE ; <http://q> \'"y"@no_tag\' . <http://b> <http://p> 1 .',
        b'{"@id": "http://a", "http://p": {"@value": "x", "@language": "sv_SE"}}',
    ],
)
def test_a_bad_language_tag_stays_as_written(body: bytes) -> None:
    """And the finding asks whether sv-SE was meant; texts that look like tags are left alone."""
    reading, graph = read(body)
    assert ("http://a", "http://p", Literal("x", RDF_LANG_STRING, "sv_SE")) in graph
    bad = [finding for finding in reading.findings if finding.code == "RD009"]
    assert [finding.focus for finding in bad] == ["http://a"]
    assert "menade du sv-SE?" in bad[0].message.sv.lower().replace("sv-se", "sv-SE")
    assert not any("urn:x-harvester" in str(triple) for triple in graph)


@pytest.mark.case("S58")
def test_a_bad_language_tag_in_rdfxml() -> None:
    """pyoxigraph lower-cases tags in RDF/XML; the finding is the same."""
    reading, graph = read(rdfxml('<e:t xml:lang="sv_SE">x</e:t>'))
    assert codes(reading) == ["RD001", "RD009"]
    assert len(graph) == 1


@pytest.mark.case("S56")
def test_a_lone_surrogate_stays_and_is_named() -> None:
    """Half a character cannot be written as UTF-8, but the rest of the catalog can."""
    reading, graph = read(b'{"@id": "http://a", "http://p": ["x\\ud800", "y"]}')
    assert ("http://a", "http://p", Literal("x\ud800")) in graph
    assert codes(reading) == ["RD001", "RD011"]


def test_a_raw_line_end_in_a_json_string_is_forgiven() -> None:
    """Not valid JSON, but what was meant is certain."""
    reading, graph = read(b'{"@id": "http://a", "http://p": "x\ny"}')
    assert ("http://a", "http://p", Literal("x\ny")) in graph
    assert codes(reading) == ["RD001"]


def test_triple_terms_are_set_aside() -> None:
    """RDF 1.2 says things that no RDF 1.1 writer can; direction of text is kept in the tag."""
    reading, graph = read(b'<http://a> <http://p> <<( <http://a> <http://p> 1 )>>, "x"@ar--rtl .')
    assert [(f.code, f.triples) for f in reading.findings] == [("RD013", 1)]
    assert ("http://a", "http://p", Literal("x", RDF_DIR_LANG_STRING, "ar--rtl")) in graph


def test_one_bad_statement_is_skipped_and_named() -> None:
    """An undeclared prefix costs the statement it stands in."""
    body = b"@prefix e: <http://e/> .\ne:a e:p 1 .\ne:b f:p 2 ; e:q 3 .\ne:c e:p 4 ."
    reading, graph = read(body)
    assert list(graph.spo) == ["http://e/a", "http://e/c"]
    assert codes(reading) == ["RD001", "RD016"]
    assert reading.findings[1].line == 3


def test_a_document_of_bad_statements_is_refused() -> None:
    """What is left would not be the catalog."""
    body = b"<http://a> <http://p> 1 .\n" + b"<http://b> f:p 2 .\n" * 20
    assert refusal(body).event == "syntax"


def test_rdflib_reads_what_pyoxigraph_refuses() -> None:
    """Text between properties is against RDF/XML; the properties are still there."""
    reading, graph = read(rdfxml("text <e:p>05</e:p>"))
    assert reading.reading.repaired
    assert codes(reading) == ["RD001"]
    assert list(graph) == [("http://exempel.se/a", "http://e/p", Literal("05"))]


@pytest.mark.case("S52")
@pytest.mark.case("S55")
def test_rdflib_never_computes_a_value() -> None:
    """Lexical forms stay, and a number with a gigantic exponent is only text."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    inside = "".join(
        f'<e:p rdf:datatype="{xsd}{kind}">{text}</e:p>'
        for kind, text in (("decimal", "1E900000000"), ("integer", "05"), ("boolean", "1"))
    )
    start = time.process_time()
    reading, graph = read(rdfxml("text " + inside))
    assert time.process_time() - start < 2
    assert {value[0] for _, _, value in graph} == {"1E900000000", "05", "1"}
    assert codes(reading) == ["RD001", "RD014"]


def test_rdflib_is_left_as_it_was() -> None:
    """Its switches are global, so they are put back."""
    import rdflib

    read(rdfxml("text <e:p>x</e:p>"))
    assert rdflib.NORMALIZE_LITERALS
    assert rdflib.Literal("05", datatype=rdflib.XSD.integer).value == 5


@pytest.mark.parametrize(
    "body",
    [
        b'<http://a> <http://p> 1 .\n<http://b> <http://p> "ha',
        b"<http://a> <http://p> 1 .\n<http://b> <http://p> <http://x",
        b"@prefix e: <http://e/> .\n<http://a> <http://p> 1 ;\n e:q",
        b"<http://a> <http://p> <http://b c> ; <http://q>",
        b'<http://a> <http://p> "1" .\n<http://b> <http://p> "ha',
        b'{"@id": "http://a", "http://p": "x"',
        b'{"@id": "http://a", "http://p": "x',
    ],
)
def test_cut_documents_are_never_repaired_into_smaller_ones(body: bytes) -> None:
    """Whatever the syntax, also when there is another defect before the cut."""
    assert refusal(body).event == "truncated"


def test_broken_xml_is_refused_with_its_place() -> None:
    """An unescaped ampersand is the commonest: line and column say where."""
    error = refusal(rdfxml("\n<e:t>Forskning & utveckling</e:t>"))
    assert (error.event, error.line) == ("syntax", 4)


def test_file_and_script_addresses_are_named() -> None:
    """security-cases S64: tricks with the base lead to addresses nobody may follow."""
    reading, _ = read(b"@base <file:///etc/> . <passwd> <http://p> <javascript:alert(1)> .")
    assert codes(reading) == ["RD008", "RD008"]


def test_relative_iris_under_an_own_absolute_base_are_no_defect() -> None:
    """The document says what they mean."""
    reading, graph = read(b"@base <http://b/> . <a> <http://p> 1 .")
    assert codes(reading) == []
    assert list(graph.spo) == ["http://b/a"]


@pytest.mark.case("S80")
def test_many_equal_defects_are_listed_in_part_and_counted_in_full() -> None:
    """The last finding says how many more there are."""
    body = "".join(f"<http://a> <http://p> <http://b {n}> .\n" for n in range(10)).encode()
    reading, graph = read(body, limits=Limits(repeats=3))
    assert codes(reading) == ["RD001", "RD006", "RD006", "RD006", "RD019"]
    assert "7" in reading.findings[-1].message.sv
    assert len(graph) == 10


def test_an_invalid_address_is_no_base() -> None:
    """A document without relative IRIs can still be read from a strange address."""
    reading, _ = read(b"<http://a> <http://p> 1 .", url="C:\\data set\\k.ttl")
    assert reading.reading.statements == 1


def test_every_code_has_both_languages_and_at_most_two_sentences() -> None:
    """And Swedish and English name the same facts."""
    for code, (_, text) in MESSAGES.items():
        assert re.fullmatch(r"RD\d{3}", code)
        facts = [
            {name.split("_")[0] for name in re.findall(r"\{(\w+)\}", words)}
            for words in (text.sv, text.en)
        ]
        assert facts[0] == facts[1], code
        assert all(len(re.findall(r"\. [A-ZÅÄÖ]", words)) <= 1 for words in (text.sv, text.en))


TOKENS = st.lists(
    st.sampled_from(
        [
            *(
                "<http://a>",
                " ",
                "\n",
                ".",
                ";",
                ",",
                '"x"',
                "@sv_SE",
                "@prefix e: <http://e/> .",
                "{",
            ),
            *(
                "}",
                "[",
                "]",
                "(",
                ")",
                "e:a",
                "_:b",
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/",
            ),
            *(
                "22-rdf-syntax-ns#'>",
                "<!DOCTYPE r [",
                "<!ENTITY a 'b'>",
                "]>",
                "&a;",
                "<!--",
                "-->",
            ),
            *("</rdf:RDF>", "<rdf:Description rdf:about='http://a b'>", "<?xml version='1.0'?>"),
            *(
                '"@context"',
                ":",
                '"@id"',
                '"http://p"',
                "1",
                "null",
                "\\ud800",
                "\x00",
                "\ufeff",
                "å",
            ),
            *("<![CDATA[", "]]>", "'''", '"""', "#", "a", "<<(", ")>>", "^^", "http://c/", "GRAPH"),
        ]
    ),
    max_size=25,
).map(lambda pieces: "".join(pieces).encode())


@settings(max_examples=300, deadline=None)
@given(TOKENS | st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Nothing but UnreadableError gets out, in under a second, with the books in balance."""
    start = time.process_time()
    with contextlib.suppress(UnreadableError):
        reading, _ = read(body)
        assert reading.reading.statements
    assert time.process_time() - start < 1.5  # the first may import rdflib


@given(TOKENS)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(body: bytes) -> None:
    """Labels, order and findings depend on the bytes alone."""
    try:
        first, graph = read(body)
    except UnreadableError:
        return
    other = Graph()
    assert read_document(body, url=URL, graph=other) == first
    assert list(other) == list(graph)


LONG = [
    *(b'"""\\', b'"\\', b"'''\\", b"'\\", b"<", b"<!--", b"<![CDATA[", b"<?", b"[", b"(", b"{"),
    *(
        b'"@id":',
        b"a-",
        b"<a ",
        b"<a b='",
        b"&a;",
        b"\xe5",
        b"\xc3",
        b"\\u00",
        b"@prefix a: <b> .\n",
    ),
    *(
        b"<http://a> <http://p> <http://b c> .\n",
        b"<http://a> <http://p> oops .\n",
        b"_:a ",
        b"<<(",
    ),
]


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<http://a> <http://p> ",
        b"@prefix e: <http://e/> .\n<rel> <http://p> <x y>, ",
        b'{"@context": {}, "http://p": ',
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
        b"<!DOCTYPE r [ <!ENTITY a 'b'> ",
    ],
)
def test_long_repetitions_take_linear_time(head: bytes, piece: bytes) -> None:
    """100 kB of anything after any beginning is read or refused in a second of CPU."""
    body = head + piece * (100_000 // len(piece))
    start = time.process_time()
    with contextlib.suppress(UnreadableError):
        read(body)
    assert time.process_time() - start < 1.5
