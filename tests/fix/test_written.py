"""Whatever our writers write is mended in place, whichever syntax it is in."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.fix import Fixed, fix_document
from harvester.fix.statements import Edit
from harvester.model import Syntax
from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF_TYPE, SCHEMA, VCARD, XSD
from harvester.rdf.write import WRITERS
from harvester.terms import RDF_LANG_STRING, Literal, Triple
from tests.fix.judging import URL, strict
from tests.rdf.write.graphs import XML_PREDICATES, blanks, graphs, iris, written

pytestmark = pytest.mark.hypothesis

PREDICATES = [
    DCTERMS + "issued",
    DCTERMS + "license",
    DCTERMS + "format",
    DCTERMS + "accrualPeriodicity",
    DCTERMS + "language",
    DCTERMS + "temporal",
    DCTERMS + "licence",
    DCAT + "downloadUrl",
    "https://www.w3.org/ns/dcat#keyword",
    ADMS + "contactPoint",
    SCHEMA + "startDate",
    VCARD + "hasEmail",
    FOAF + "homepage",
    XML_PREDICATES[0],
]
VALUES = [
    Literal("2024-01-01"),
    Literal("2024-01-01T00:00:00", XSD + "date"),
    Literal(' "2024" '),
    Literal(" 2024\n"),
    Literal("CC-BY-4.0"),
    Literal("CSV"),
    Literal("sv"),
    Literal("a@exempel.se"),
    Literal("https://exempel.se/?a=1&b='2'"),
    Literal("varje vecka", RDF_LANG_STRING, "sv"),
    Literal("Bad\r\n\"'''\\", RDF_LANG_STRING, "swe"),
    "https://creativecommons.org/licenses/by/4.0",
    "https://www.iana.org/assignments/media-types/text/csv",
    "http://purl.org/cld/freq/weekly",
    "http://lexvo.org/id/iso639-3/swe",
]
subjects = iris | blanks
faulty = st.one_of(
    st.tuples(subjects, st.sampled_from(PREDICATES), st.sampled_from(VALUES) | iris | blanks),
    st.tuples(subjects, st.just(RDF_TYPE), st.just("https://www.w3.org/ns/dcat#Dataset")),
)
descriptions = st.tuples(st.lists(faulty, min_size=1, max_size=10), graphs(XML_PREDICATES)).map(
    lambda parts: list(dict.fromkeys([*parts[0], *parts[1]]))
)


def outside(body: bytes, spans: Iterable[tuple[int, int]]) -> list[bytes]:
    """What stands before, between and after some spans."""
    pieces: list[bytes] = []
    done = 0
    for start, end in spans:
        pieces.append(body[done:start])
        done = end
    return [*pieces, body[done:]]


def after(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Where the edited ranges lie afterwards."""
    spans: list[tuple[int, int]] = []
    moved = 0
    for edit in edits:
        start = edit.start + moved
        spans.append((start, start + len(edit.text)))
        moved += len(edit.text) - (edit.end - edit.start)
    return spans


def assert_nothing_else_changed(result: Fixed) -> None:
    """The bytes outside the edited ranges are the same, before and after."""
    if len(result.edits) == 1:
        edits = result.edits[0]
        before = outside(result.old, [(edit.start, edit.end) for edit in edits])
        assert before == outside(result.new, after(edits))


@pytest.mark.parametrize("syntax", list(WRITERS))
@settings(max_examples=60, deadline=None)
@given(triples=descriptions)
def test_what_we_write_is_mended_and_proven(syntax: Syntax, triples: list[Triple]) -> None:
    """No edit misses: the proof holds, findings only go, twice is once."""
    body, amendments = written(syntax, triples)
    if amendments:
        return
    result = fix_document(body, url=URL, judge=strict)
    assert result.reason == ""
    assert len(result.after) == len(result.before) - len(result.gone)
    assert bool(result.changes) == bool(result.gone) == (result.old != result.new)
    assert_nothing_else_changed(result)
    again = fix_document(result.new, url=URL, judge=strict)
    assert (again.new, again.changes) == (result.new, ())


@pytest.mark.parametrize("syntax", list(WRITERS))
def test_one_of_each_is_mended_in_every_syntax(syntax: Syntax) -> None:
    """None of the plain faults is out of reach of any syntax."""
    paths = PREDICATES[:5]
    values = [VALUES[0], VALUES[4], VALUES[5], VALUES[13], VALUES[14]]
    triples: list[Triple] = [
        ("https://exempel.se/dataset/1", path, value)
        for path, value in zip(paths, values, strict=True)
    ]
    result = fix_document(written(syntax, triples)[0], url=URL, judge=strict)
    assert len(result.changes) == len(triples)
    assert result.unplaced == 0
