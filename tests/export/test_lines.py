"""An export of lines is the export of terms."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from harvester.export import export
from harvester.export.entry import Entry
from harvester.export.se import Selection
from harvester.export.target import TARGETS
from harvester.model import Kind, Resource, Syntax
from harvester.namespaces import DCAT, DCTERMS, FOAF, RDF_TYPE
from harvester.rdf.lines import Lines
from harvester.rdf.ntriples import parse
from harvester.rdf.write import WRITERS, Description
from harvester.terms import Literal, Term
from tests.export.corpus import resources
from tests.export.world import Stored, a_source, stored

FILES = ("belgium", "sweden", "italy", "norway")
A = "https://a.exempel.se/"
ACCESS = "http://publications.europa.eu/resource/authority/"


def selection(target: str, given: Sequence[Resource | Stored]) -> Selection:
    """What ``target`` publishes of the resources, which can be had as lines as well."""
    entries = [Entry("s", r.iri, r.kinds, r.parent, number, 0) for number, r in enumerate(given)]
    return TARGETS[target](
        entries,
        lambda entry: parse(given[entry.offset].ntriples),
        unread=lambda entry: Lines(given[entry.offset].ntriples),
    )


def compare(target: str, given: Sequence[Resource | Stored]) -> int:
    """Check that lines say what terms say, in every syntax; the number of triples left unread."""
    chosen = selection(target, given)
    from_terms = list(chosen)
    reasons = list(chosen.left_out)
    from_lines = list(chosen.as_lines())
    assert chosen.left_out == reasons
    unread = sum(len(d.triples) for d in from_lines if isinstance(d.triples, Lines))
    for syntax in (Syntax.NTRIPLES, Syntax.NQUADS, Syntax.TURTLE, Syntax.RDFXML):
        amended: list[object] = []
        written = b"".join(WRITERS[syntax](from_lines, amended.append))
        assert written == b"".join(WRITERS[syntax](from_terms, amended.append))
    for one, other in zip(from_lines, from_terms, strict=True):
        assert (one.iri, list(one.triples)) == (other.iri, list(other.triples))
    return unread


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("country", FILES)
def test_lines_say_what_terms_say(corpus: Path, country: str, target: str) -> None:
    """To the byte, in every syntax, with what was left out and why; and most stay unread."""
    files = sorted((corpus / country).iterdir(), key=lambda path: path.stat().st_size)
    for path in [path for path in files if path.is_file() and path.stat().st_size < 500_000][-3:]:
        given = resources(path)
        if given:
            assert compare(target, given)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "said",
    [
        (DCTERMS + "format", ACCESS + "file-type/CSV"),
        (DCTERMS + "format", "_:format"),
        (DCAT + "mediaType", "https://www.iana.org/assignments/media-types/text/csv"),
        (DCTERMS + "license", "http://creativecommons.org/licenses/by/4.0/"),
        (DCTERMS + "source", A + "fil"),  # names itself
        (DCAT + "landingPage", A + "org"),  # names what is described
        (RDF_TYPE, FOAF + "Organization"),
        (RDF_TYPE, "http://www.w3.org/1999/02/22-rdf-syntax-ns#Bag"),
        (DCTERMS + "description", Literal(f"<{A}fil> <{RDF_TYPE}> <{DCAT}Dataset> .")),
    ],
)
def test_what_is_said_otherwise_is_said_so_of_lines(said: tuple[str, Term], target: str) -> None:
    """Formats, licences, classes, what names itself, and a text that looks like a line."""
    given = [*a_source("a"), stored("a", A + "fil", Kind.DISTRIBUTION, said)]
    compare(target, given)


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "å",
        "a\tb",
        'say "x"',
        "back\\slash",
        "two\nlines",
        "\r",
        "<b>&amp;</b>",
        "\x7f",
        "\ufffe",
    ],
)
def test_a_text_is_written_from_its_line_as_from_its_term(syntax: Syntax, text: str) -> None:
    """Every syntax has escapes of its own."""
    one = stored("a", A + "fil", Kind.DISTRIBUTION, (DCTERMS + "title", Literal(text)))
    given = Description(one.iri, Lines(one.ntriples))
    terms = Description(one.iri, parse(one.ntriples))
    told: list[object] = []
    assert list(WRITERS[syntax]([given], told.append)) == list(
        WRITERS[syntax]([terms], told.append)
    )


def test_a_line_that_comes_twice_counts_once() -> None:
    """As in a graph."""
    line = f"<{A}> <{A}p> <{A}o> .\n"
    assert list(Lines(line * 2)) == [(A, A + "p", A + "o")]
    assert Lines(line * 2).text == line


def test_what_no_reader_takes_is_mended_all_the_same(tmp_path: Path) -> None:
    """A line that does not read back makes the export be written again from terms, and told."""
    bad = stored("a", A + "fil", Kind.DISTRIBUTION, (DCAT + "accessURL", "https://[bad/"))
    done = export("se", tmp_path / "se.nt", [*a_source("a"), bad])
    assert [(one.iri, one.reason) for one in done.left_out] == [(A + "fil", "bad-iri")]
    assert "[bad" not in (tmp_path / "se.nt").read_text(encoding="utf-8")
