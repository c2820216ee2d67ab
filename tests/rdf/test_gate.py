"""What would abort or starve a parser is refused before one sees it."""

import subprocess
import sys
import time

import pytest

from harvester.rdf.limits import DEFAULT, Limits

from .reading import RDFXML, codes, rdfxml, read, refusal

JSON = '{"http://p":'


def with_doctype(subset: str, value: str) -> bytes:
    body = RDFXML.format(f"<e:t>{value}</e:t>")
    return body.replace("<rdf:RDF", f"<!DOCTYPE rdf:RDF [{subset}]>\n<rdf:RDF").encode()


@pytest.mark.case("S42")
def test_a_declared_prefix_entity_is_legal() -> None:
    """Protégé and many exporters write the XSD namespace as an entity."""
    body = with_doctype('<!ENTITY xsd "http://www.w3.org/2001/XMLSchema#">', "").replace(
        b"<e:t>", b'<e:t rdf:datatype="&xsd;date">2024-01-01'
    )
    reading, graph = read(body)
    [(_, _, value)] = graph
    assert value[1] == "http://www.w3.org/2001/XMLSchema#date"
    assert codes(reading) == []


@pytest.mark.case("S41")
@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x PUBLIC "p" "http://127.0.0.1:9/x">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;',
        '<!ENTITY % x "y">',
        "<!ENTITY x\n  SYSTEM 'file:///etc/passwd'>",
    ],
)
def test_external_and_parameter_entities_are_refused(subset: str) -> None:
    """Not fetched, and not silently dropped either."""
    assert refusal(with_doctype(subset, "&x;")).event == "xml-external"


@pytest.mark.case("S41")
def test_an_external_dtd_is_refused() -> None:
    """A DOCTYPE with an address is never followed."""
    body = rdfxml("").replace(b"<rdf:RDF", b'<!DOCTYPE r SYSTEM "http://e/x.dtd"><rdf:RDF')
    assert refusal(body).event == "xml-external"


@pytest.mark.case("S40")
def test_a_quadratic_entity_is_refused() -> None:
    """One large entity used many times counts each use."""
    body = with_doctype(f'<!ENTITY x "{"a" * 30_000}">', "&x;" * 5_000)
    assert refusal(body).event == "xml-entities"


@pytest.mark.case("S39")
def test_an_unused_entity_bomb_is_refused() -> None:
    """pyoxigraph expands entities where they are declared, used or not."""
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    assert refusal(with_doctype(bomb, "x")).event == "xml-entities"


@pytest.mark.case("S45")
@pytest.mark.parametrize("comment", ["", "<!-- <x> -->", "<![CDATA[<x>]]>"])
def test_xml_depth(comment: str) -> None:
    """200 levels are read, 201 are not, whether or not comments and sections hide tags."""

    def nested(levels: int) -> bytes:
        inner = "<e:p><rdf:Description>" * (levels // 2) + f"<e:q>{comment}</e:q>" * (levels % 2)
        return rdfxml(inner + "</rdf:Description></e:p>" * (levels // 2))

    read(nested(DEFAULT.xml_depth - 2))
    error = refusal(nested(DEFAULT.xml_depth - 1))
    assert (error.event, error.line) == ("xml-depth", 3)


@pytest.mark.case("S46")
def test_xml_attributes() -> None:
    """500 attributes are read, 501 are not."""

    def element(count: int) -> bytes:
        properties = " ".join(f'e:p{n}="{n}"' for n in range(count - 1))
        return rdfxml("").replace(b"<rdf:Description", f"<rdf:Description {properties}".encode())

    read(element(DEFAULT.xml_attributes))
    assert refusal(element(DEFAULT.xml_attributes + 1)).event == "xml-attributes"


def test_depth_cannot_be_hidden_in_quotes_or_text() -> None:
    """A /> in an attribute or in text closes no element."""
    hidden = '<e:p e:x="/>"><rdf:Description>/>' * 150 + "</rdf:Description></e:p>" * 150
    assert refusal(rdfxml(hidden)).event == "xml-depth"


@pytest.mark.parametrize("cut", [40, 130, 200, 260])
def test_cut_rdfxml_is_truncated(cut: int) -> None:
    """Also where the parser would take what there is."""
    body = rdfxml("<e:t>x</e:t><e:u>y</e:u>" * 5)
    assert refusal(body[:cut]).event in ("truncated", "not-rdf")


@pytest.mark.case("S48")
def test_json_depth() -> None:
    """200 levels are read, 201 are not; 20,000 make pyoxigraph crash."""
    depth = DEFAULT.json_depth
    read((JSON * depth + "1" + "}" * depth).encode())
    assert refusal((JSON * (depth + 1) + "1" + "}" * (depth + 1)).encode()).event == "json-depth"
    assert refusal((JSON + "[" * 200_000).encode()).event == "json-depth"


def test_json_brackets_in_strings_do_not_count() -> None:
    """Nor do quotes and backslashes that are escaped hide real ones."""
    read(('{"http://p": "' + "[{" * 300 + '"}').encode())
    hidden = '{"http://p": ["\\\\", ' + "[" * 300 + '"\\"", 1' + "]" * 300 + "]}"
    assert refusal(hidden.encode()).event == "json-depth"


@pytest.mark.case("S47")
def test_turtle_depth() -> None:
    """200 levels of blank nodes are read, 201 are not; brackets in texts do not count."""

    def nested(levels: int) -> bytes:
        return (
            "<http://a> <http://p> " + "[ <http://p> " * levels + "1" + " ]" * levels + " ."
        ).encode()

    read(nested(DEFAULT.turtle_depth))
    assert refusal(nested(DEFAULT.turtle_depth + 1)).event == "turtle-depth"
    read(('<http://a> <http://p> "' + "((" * 300 + '" ; <http://q> 1 .').encode())


@pytest.mark.case("S49")
@pytest.mark.case("S50")
def test_counts_have_limits() -> None:
    """Triples, blank nodes and prefixes: as many as allowed, and one more."""
    lines = "".join(f"_:a{n} <http://p> {n} .\n" for n in range(5)).encode()
    read(lines, limits=Limits(triples=5, blank_nodes=5))
    assert refusal(lines, Limits(triples=4)).event == "too-many-triples"
    assert refusal(lines, Limits(blank_nodes=4)).event == "too-many-blank-nodes"
    prefixes = "".join(f"@prefix p{n}: <http://p{n}/> .\n" for n in range(5)).encode()
    body = prefixes + b"p1:a p2:b p3:c ."
    read(body, limits=Limits(prefixes=5))
    assert refusal(body, Limits(prefixes=4)).event == "too-many-prefixes"


@pytest.mark.case("S51")
def test_literals_have_a_limit() -> None:
    """A text one character over is set aside with a finding; at the limit it stays."""
    limits = Limits(literal=10)
    body = '<http://a> <http://p> "{}", "kort" .'
    assert codes(read(body.format("å" * 10).encode(), limits=limits)[0]) == []
    reading, graph = read(body.format("å" * 11).encode(), limits=limits)
    assert codes(reading) == ["RD012"]
    assert len(graph) == 1


@pytest.mark.case("S52")
@pytest.mark.case("S54")
@pytest.mark.parametrize(
    "body",
    [
        with_doctype('<!ENTITY a "aaaaaaaaaa">' + '<!ENTITY b "' + "&a;" * 9 + '">', "&b;" * 9),
        b'@prefix x: <http://x/> . <http://a> <http://p> "1E900000000"^^x:d, x:y%zz .',
        b'<http://a> <http://p> "'
        + b"<div>" * 6000
        + b'"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>, <a b> .',
    ],
    ids=["small-entities", "decimal-exponent", "html-literal"],
)
def test_costly_values_are_read_as_text(body: bytes) -> None:
    """Neither expanded nor value-parsed, in well under a second of CPU."""
    start = time.process_time()
    read(body)
    assert time.process_time() - start < 2


WATCHED = """
import sys, rdflib, lxml.etree, rdflib.plugins.parsers.jsonld, rdflib.plugins.parsers.rdfxml
import rdflib.plugins.parsers.notation3, encodings.cp1252
from harvester.errors import UnreadableError
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document

touched = []
def hook(event, args):
    code = event == "open" and str(args[0]).endswith((".py", ".pyc"))
    if event.startswith("socket.") or (event == "open" and not code):
        touched.append((event, str(args[0])))
sys.addaudithook(hook)

NS = b'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
for body in (
    b'{"@context": "http://127.0.0.1:9/c", "@id": "http://a", "b": 1}',
    b'{"@context": ["file:///etc/passwd"], "@id": "http://a", "b": 1}',
    b'{"@context": {"@import": "http://127.0.0.1:9/c"}, "@id": "http://a", "b": "\\ud800"}',
    b'{"@context": {"p": {"@id": "http://p", "@context": "rel"}}, "@id": "http://a", "p": {}}',
    b'{"\\u0040context": "http://127.0.0.1:9/c", "@id": "http://a", "b": 1}',
    b'{"@id": "http://a", "http://b": "\\ud800 x"}',
    b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/d"><r:RDF ' + NS + b'/>',
    b'<r:RDF ' + NS + b'><r:Description r:about="http://a b">x</r:Description></r:RDF>',
    b'@base <file:///etc/> . <passwd> <http://p> <a b>, "x"@a_b, oops .',
):
    try:
        read_document(body, url="http://127.0.0.1:9/doc", graph=Graph())
    except UnreadableError as error:
        print(error.event)
print("touched", touched)
"""


@pytest.mark.case("S59")
@pytest.mark.case("D1")
def test_reading_opens_no_socket_and_no_file() -> None:
    """Documents that name addresses and files are read or refused without touching them."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "touched []", done.stdout
    assert done.stdout.count("remote-context") == 5
