"""Bytes to UTF-8: what is certain is read, what is not costs the statement it stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.encoding import place, to_utf8
from harvester.rdf.limits import Limits
from harvester.terms import Literal

from .reading import codes, rdfxml, read, refusal

TEXT = '<?xml version="1.0" encoding="{}"?>\n<a>håll — ön</a>'


@pytest.mark.case("S65")
@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("utf-8-sig", "UTF-8", "utf-8"),
        ("utf-8", "utf8", "utf-8"),
        ("utf-16", "UTF-16", "utf-16-le"),
        ("utf-16-le", "UTF-16", "utf-16-le"),
        ("utf-16-be", "UTF-16", "utf-16-be"),
        ("utf-32", "UTF-32", "utf-32-le"),
        ("cp1252", "Windows-1252", "windows-1252"),
        ("mac-roman", "macintosh", "mac-roman"),
    ],
)
def test_declared_encodings_are_transcoded(codec: str, declared: str, encoding: str) -> None:
    """The text is the same whatever carried it, and nothing is to be said."""
    done = to_utf8(TEXT.format(declared).encode(codec), url="http://e/")
    assert "<a>håll — ön</a>" in done.body.decode()
    assert (done.encoding, done.findings, done.undecodable) == (encoding, (), ())


def test_a_transcoded_document_does_not_declare_its_old_encoding() -> None:
    """The declaration is blanked out, line ends kept, so that lines keep their numbers."""
    done = to_utf8(TEXT.format("Windows-1252").encode("cp1252"), url="http://e/")
    assert b"encoding" not in done.body
    assert place(done.body, done.body.index(b"<a>")) == (2, 1)


def test_utf8_declared_as_latin1_is_read_as_utf8() -> None:
    """Bytes that form UTF-8 throughout are UTF-8, whatever the declaration says."""
    done = to_utf8(TEXT.format("ISO-8859-1").encode(), url="http://e/")
    assert "håll — ön" in done.body.decode()
    assert [finding.code for finding in done.findings] == ["RD002"]


def test_latin1_with_typographic_marks_is_windows1252() -> None:
    """ISO-8859-1 has control characters where the dash of Windows-1252 is."""
    done = to_utf8(TEXT.format("ISO-8859-1").encode("cp1252"), url="http://e/")
    assert "håll — ön" in done.body.decode()
    assert done.encoding == "windows-1252"


def test_latin1_without_them_is_latin1() -> None:
    """A true declaration needs no finding."""
    done = to_utf8(b'<?xml version="1.0" encoding="ISO-8859-1"?><a>h\xe5ll</a>', url="http://e/")
    assert (done.encoding, done.findings) == ("iso-8859-1", ())


@pytest.mark.case("S65")
def test_undeclared_windows1252_gives_offset_and_line() -> None:
    """Turtle is UTF-8 by definition; the finding says where it is not."""
    reading, graph = read(b'<http://a> <http://p> 1 .\n<http://a> <http://p> "h\xe5ll" .')
    assert ("http://a", "http://p", Literal("håll")) in graph
    [finding] = reading.findings
    assert (finding.code, finding.line, finding.column) == ("RD002", 2, 25)
    assert "50" in finding.message.sv


@pytest.mark.parametrize("stray", ["a \xff b", "unders\xc3", "5 \xb2 x", "\x81", "x\xe2\x80"])
def test_a_byte_that_could_mean_several_things_costs_its_statement(stray: str) -> None:
    """A lone sign, or a UTF-8 sequence cut at the end of a word, is not guessed."""
    body = rdfxml("<e:a>{0}</e:a><e:b>håll</e:b>").replace(b"{0}", stray.encode("latin-1"))
    reading, graph = read(body)
    assert codes(reading) == ["RD003"] * len(reading.findings)
    assert list(graph) == [("http://exempel.se/a", "http://e/b", Literal("håll"))]
    [finding] = reading.findings
    offset = body.index(stray.encode("latin-1")) + next(
        n for n, c in enumerate(stray) if c > "\x7f"
    )
    assert str(offset) in finding.message.en
    assert (finding.line, finding.triples, finding.path) == (3, 1, "http://e/a")
    assert "\ufffd" in str(finding.value)


def test_a_bad_byte_in_a_subject_costs_the_resource() -> None:
    """All statements about a subject that cannot be named are set aside."""
    body = "<http://a/å> <http://p> 1, 2 .\n<http://a/{}> <http://p> 3, 4 .".encode()
    reading, graph = read(body.replace(b"{}", b"\xff"))
    assert len(graph) == 2
    assert codes(reading) == ["RD003", "RD003"]


def test_a_bad_byte_in_a_comment_costs_nothing() -> None:
    """It is still named."""
    reading, graph = read(b'# \xff \xc3\xa5\n<http://a> <http://p> "x" .')
    assert len(graph) == 1
    assert codes(reading) == ["RD020"]


@pytest.mark.case("S65")
def test_an_encoding_that_is_neither_is_refused() -> None:
    """Greek in ISO-8859-7 under UTF-8 would lose every text."""
    text = "Σύνολο δεδομένων " * 100
    body = f'<http://a> <http://p> "{text}" .'.encode("iso8859-7")
    error = refusal(body, Limits(undecodable=100))
    assert (error.event, error.line) == ("encoding", 1)


@pytest.mark.parametrize("name", ["rot13", "zlib", "x-unknown", "idna"])
def test_unknown_encodings_are_refused_by_name(name: str) -> None:
    """Python's codecs that are no character encodings are not either."""
    body = rdfxml("").replace(b"UTF-8", name.encode())
    error = refusal(body)
    assert error.event == "encoding"
    assert name in str(error)


@given(st.text(max_size=200))
def test_valid_utf8_is_never_touched(text: str) -> None:
    """Whatever is valid UTF-8 and not declared otherwise comes through byte for byte."""
    body = b"# " + text.encode("utf-8")
    assert to_utf8(body, url="").body == body


@given(st.binary(max_size=300))
def test_any_bytes_become_utf8(body: bytes) -> None:
    """The result decodes, and each marker stands for one offset."""
    done = to_utf8(b"# a" + body, url="")
    text = done.body.decode()
    assert (text.count(done.marker) if done.marker else 0) == len(done.undecodable)
