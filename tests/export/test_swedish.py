"""Sweden's words for what the store says in Europe's."""

import csv
import os
from pathlib import Path

import pytest

from harvester.export.swedish import in_swedish
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.normalize import STEPS, make_normaliser
from harvester.settings import Recipe
from harvester.terms import Literal, Term

FACTS = Path(os.environ.get("HARVESTER_FACTS", Path(__file__).parents[3] / "shared" / "facts"))
A = "https://exempel.se/a"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"


def published(*said: tuple[str, Term], steps=tuple(STEPS)) -> set[tuple[str, Term]]:
    """What the Swedish export says of a distribution that is published as ``said``."""
    triples = [(A, RDF_TYPE, DCAT + "Distribution"), *((A, p, o) for p, o in said)]
    stored = make_normaliser(Recipe(steps)).normalise(A, triples)
    return {(p, o) for _, p, o in in_swedish(stored.triples) if p != RDF_TYPE}


def formats(*said: tuple[str, Term]) -> list[Term]:
    return sorted(o for p, o in published(*said) if p == DCTERMS + "format")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("CSV", "text/csv"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("text/csv+zip", "text/csv+zip"),
        ("application/x-shapefile", "application/x-shapefile"),
        ("application/vnd.exempel+json", "application/vnd.exempel+json"),
    ],
)
def test_a_format_is_a_media_type_in_text(said, text):
    """Whatever the publisher wrote, Sweden gets the one form that its profile wants."""
    assert formats((DCTERMS + "format", Literal(said))) == [Literal(text)]


def test_every_choice_of_the_swedish_profile_comes_back_as_it_was_written():
    """All that the portal's own form offers in dcterms:format, through the store and out."""
    if not FACTS.is_dir():
        pytest.skip(f"no facts at {FACTS} (set HARVESTER_FACTS)")
    with (FACTS / "dcat_ap_se_301_choices.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        choices = [row["value"] for row in rows if row["property"] == "dcterms:format"]
    assert len(choices) == 40
    for choice in choices:
        assert formats((DCTERMS + "format", Literal(choice))) == [Literal(choice)]


def test_the_words_of_europe_stay_beside():
    """dcat:mediaType is passed on; what a distribution says there alone is said for Sweden too."""
    csv_type = MEDIA_TYPE + "text/csv"
    assert published((DCAT + "mediaType", csv_type)) == {
        (DCAT + "mediaType", csv_type),
        (DCTERMS + "format", Literal("text/csv")),
    }
    chess = MEDIA_TYPE + "application/vnd.chess-pgn"  # IANA has it, the EU table has not
    assert formats((DCAT + "mediaType", chess)) == [Literal("application/vnd.chess-pgn")]


def test_a_format_is_not_lost_to_another_one():
    """Of two formats each keeps its own media type; a media type of something else is not taken."""
    both = ((DCTERMS + "format", Literal("CSV")), (DCTERMS + "format", Literal("JSON")))
    assert formats(*both) == [Literal("application/json"), Literal("text/csv")]
    other = (DCAT + "mediaType", MEDIA_TYPE + "application/json")
    assert formats(both[0], other) == [Literal("text/csv")]


def test_what_has_no_media_type_stays():
    """A file type without one, and what the publisher wrote that no step understands."""
    assert formats((DCTERMS + "format", Literal("MapPreview"))) == [Literal("MapPreview")]
    dgn = FILE_TYPE + "DGN"
    assert formats((DCTERMS + "format", dgn)) == [dgn]


def test_what_says_nothing_of_formats_is_not_copied():
    """Most descriptions."""
    triples = [(A, DCTERMS + "title", Literal("a"))]
    assert in_swedish(triples) is triples
