"""Each file of corpus/hostile, by what was done to it."""

from pathlib import Path

import pytest

from harvester.namespaces import DCTERMS
from harvester.rdf.graph import Graph
from harvester.rdf.read import Reading
from harvester.terms import Literal

from .reading import codes, read, refusal


@pytest.fixture
def hostile(corpus: Path) -> Path:
    return corpus / "hostile"


@pytest.fixture
def sgu(corpus: Path) -> Graph:
    """The undamaged catalog that the sgu-* files were made from."""
    return read((corpus / "sweden/openumea__RDFtoHTML__sgu.rdf").read_bytes())[1]


def same(reading: tuple[Reading, Graph], other: Graph) -> bool:
    return set(reading[1]) == set(other)


@pytest.mark.case("S39")
def test_billion_laughs(hostile: Path) -> None:
    """Ten-fold entities are computed, never expanded."""
    error = refusal((hostile / "billion-laughs.rdf").read_bytes())
    assert (error.event, error.line) == ("xml-entities", 2)


def test_circular_haspart(hostile: Path) -> None:
    """Catalogs that contain each other are described, so none of them is to be fetched."""
    reading, _ = read((hostile / "circular-haspart.ttl").read_bytes())
    assert reading.reading.parts == ()
    assert codes(reading) == []


@pytest.mark.case("F14")
def test_empty_rdf_element(hostile: Path) -> None:
    """RDF/XML without a statement is no catalog."""
    assert refusal((hostile / "empty-rdf-element.rdf").read_bytes()).event == "empty"


@pytest.mark.case("F14")
def test_empty(hostile: Path) -> None:
    """Zero bytes are no catalog."""
    assert refusal((hostile / "empty.rdf").read_bytes()).event == "empty"


@pytest.mark.case("S41")
def test_external_entity_file(hostile: Path) -> None:
    """An entity that names a file is refused, not silently dropped."""
    error = refusal((hostile / "external-entity-file.rdf").read_bytes())
    assert error.event == "xml-external"


@pytest.mark.case("F12")
def test_html_login_page(hostile: Path) -> None:
    """A login page is named as a web page."""
    assert refusal((hostile / "html-200-login-page.rdf").read_bytes()).event == "html"


@pytest.mark.case("F12")
def test_html_404_page(hostile: Path) -> None:
    """An error page is named as a web page."""
    assert refusal((hostile / "html-404-as-dcat.rdf").read_bytes()).event == "html"


@pytest.mark.case("S51")
def test_huge_literal(hostile: Path) -> None:
    """A text of 12 MB costs itself, not the dataset it stands in."""
    reading, graph = read((hostile / "huge-literal-12MB.ttl").read_bytes())
    assert len(graph) == 2
    [finding] = reading.findings
    assert (finding.code, finding.triples) == ("RD012", 1)
    assert finding.path == DCTERMS + "description"
    assert isinstance(finding.value, Literal)
    assert len(finding.value.value) < 200


def test_double_encoded_utf8(hostile: Path) -> None:
    """Valid UTF-8 is read as it stands, even where it says ã¥ for å."""
    reading, _ = read((hostile / "luft-double-encoded-utf8.rdf").read_bytes())
    assert (reading.reading.encoding, codes(reading)) == ("utf-8", [])


def test_iri_with_space(hostile: Path, corpus: Path) -> None:
    """A space in an IRI is named where it stands, and all triples stay as published."""
    reading, graph = read((hostile / "luft-iri-with-space.rdf").read_bytes())
    assert codes(reading) == ["RD001", "RD006", "RD006"]
    assert reading.reading.repaired
    bad = [finding for finding in reading.findings if finding.code == "RD006"]
    assert all(" " in str(finding.value) and finding.line == 32 for finding in bad)
    assert len(graph) == 68


def test_relative_iris(hostile: Path) -> None:
    """Relative IRIs resolve against the final address and give one finding."""
    url = "https://exempel.se/data/dcat.rdf"
    reading, graph = read((hostile / "luft-relative-iris.rdf").read_bytes(), url=url)
    assert codes(reading) == ["RD005"]
    assert any(subject.startswith("https://exempel.se/data/") for subject in graph.spo)


def test_nul_and_control_characters(hostile: Path) -> None:
    """Characters that XML cannot carry stay and are named, escaped or raw."""
    reading, _ = read((hostile / "nul-and-control-chars.nt").read_bytes())
    assert codes(reading) == ["RD010", "RD010"]
    assert "U+0000" in reading.findings[0].message.sv


def test_byte_order_mark(hostile: Path, sgu: Graph) -> None:
    """A byte order mark is no defect."""
    reading = read((hostile / "sgu-bom.rdf").read_bytes())
    assert same(reading, sgu)
    assert codes(reading[0]) == []


def test_declared_utf8_but_windows1252(hostile: Path, sgu: Graph) -> None:
    """Windows-1252 under a UTF-8 declaration is read as what it is."""
    reading = read((hostile / "sgu-declared-utf8-is-windows1252.rdf").read_bytes())
    assert same(reading, sgu)
    [finding] = reading[0].findings
    assert (finding.code, finding.line) == ("RD002", 28)
    assert "1871" in finding.message.en
    assert reading[0].reading.encoding == "windows-1252"


def test_leading_blank_line(hostile: Path, sgu: Graph) -> None:
    """A blank line before the XML declaration is forgiven and named."""
    reading = read((hostile / "sgu-leading-blank-line.rdf").read_bytes())
    assert same(reading, sgu)
    assert codes(reading[0]) == ["RD017"]


def test_one_bad_byte(hostile: Path, sgu: Graph) -> None:
    """One Latin-1 letter inside a word of a UTF-8 document is certain."""
    reading = read((hostile / "sgu-one-bad-byte.rdf").read_bytes())
    assert same(reading, sgu)
    [finding] = reading[0].findings
    assert (finding.code, finding.line) == ("RD002", 49)
    assert "3236" in finding.message.en


def test_truncated(hostile: Path) -> None:
    """pyoxigraph reads a cut document in part; here it is refused."""
    error = refusal((hostile / "sgu-truncated-60pct.rdf").read_bytes())
    assert (error.event, error.line) == ("truncated", 195)


def test_utf16(hostile: Path, sgu: Graph) -> None:
    """UTF-16 is transcoded; this file has a second XML declaration, which is named."""
    reading = read((hostile / "sgu-utf16.rdf").read_bytes())
    assert same(reading, sgu)
    assert codes(reading[0]) == ["RD017"]
    assert reading[0].reading.encoding == "utf-16-le"


def test_windows1252_declared(hostile: Path, sgu: Graph) -> None:
    """A declared Windows-1252 is legal XML."""
    reading = read((hostile / "sgu-windows1252-declared.rdf").read_bytes())
    assert same(reading, sgu)
    assert codes(reading[0]) == []
