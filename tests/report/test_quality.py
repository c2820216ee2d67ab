"""Quality in words."""

from dataclasses import replace

import pytest

from harvester.mqa import quality_summary
from harvester.quality.advice import advice
from harvester.quality.indicators import INDICATORS, Method
from harvester.quality.summary import add
from harvester.report.quality import advice_text, lines, page, quality_json, sources_table
from tests.quality.catalogs import DISTRIBUTION, catalog, without
from tests.turtle import graph

BARE = without(DISTRIBUTION, "dcat:downloadURL", "dcat:byteSize")
SUMMARY = quality_summary(graph(catalog(None, DISTRIBUTION, BARE, BARE)), ())
NOTHING = quality_summary(graph("ex:c a dcat:Catalog ."))


def test_lines_for_a_validation():
    """Both portals, stars, the best advice; and how much more there is."""
    assert lines(SUMMARY, "sv", 1) == [
        "Metadatakvalitet (MQA) enligt dataportal.se: 278 av 405, bra;"
        " högst 338 om alla adresser svarar",
        "Metadatakvalitet (MQA) enligt data.europa.eu: 308 av 405, bra;"
        " högst 368 om alla adresser svarar",
        "Öppna data-stjärnor: 3,00 i medeltal (3★: 3)",
        "+13 poäng om du anger länk för nedladdning (dcat:downloadURL) för 2 distributioner",
        "… och 2 råd till: harvester quality",
    ]
    assert lines(NOTHING, "en") == ["No datasets to measure the quality of."]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("method", Method)
def test_a_page_has_all_dimensions_and_all_advice(method, lang, width):
    """It fits the terminal where its sentences do."""
    shown = page(SUMMARY, method, lang, width)
    assert sum(line.startswith(("+", "up to", "upp till")) for line in shown) == 3
    assert any(line.rstrip().endswith("405") or " 405" in line for line in shown)
    assert any("110" in line for line in shown)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_indicator_has_words(lang):
    """A title, and advice that goes on into a number of things."""
    for indicator in INDICATORS:
        assert indicator.title.in_language(lang)
        assert indicator.advice.in_language(lang)[0].islower()


def test_advice_counts_in_singular_and_plural():
    """One dataset, two distributions; small gains are not called nothing."""
    one = quality_summary(graph(catalog({}, *[DISTRIBUTION] * 21, BARE)), ())
    found = [advice_text(a, "en") for a in advice(one.se)]
    assert found[0] == "+30 points if you add keywords (dcat:keyword) to 1 dataset"
    assert "less than 1 point if you add a size (dcat:byteSize) to 1 distribution" in found
    first = advice(one.se)[0]
    assert advice_text(replace(first, gain=1.2), "en").startswith("+1 point if you add")
    assert advice_text(replace(first, gain=0.2, certain=False), "sv").startswith("mindre än 1")


def test_one_row_per_source_without_their_common_folder():
    """And all together; a source without datasets has no rating."""
    measured = [("data/in/a.ttl", SUMMARY), ("data/in/b.ttl", NOTHING)]
    shown = sources_table(measured, add([SUMMARY, NOTHING]), "en", 80)
    assert [line.split() for line in shown] == [
        ["Source", "Datas", "Distr", "dataportal.se", "data.europa.eu", "Stars", "Rating"],
        ["a.ttl", "1", "3", "278", "308", "3.00", "good"],
        ["b.ttl", "0", "0", "-", "-", "-", "-"],
        ["Total", "1", "3", "278", "308", "3.00", "good"],
    ]


def test_the_json_object_is_the_contract():
    """Catalogs whole, the total without its parts; English keys."""
    found = quality_json([("a", SUMMARY)], SUMMARY, "sv")
    assert found["schema"] == "harvester/quality/1"
    [one] = found["catalogs"]
    assert (one["name"], one["datasets"], one["distributions"]) == ("a", 1, 3)
    assert one["se"]["points"] == 278.25
    assert len(one["eu"]["indicators"]) == 23
    assert one["se"]["advice"][0]["text"].startswith("+13 poäng")
    assert one["se"]["by_dataset"][0]["rating"] == "good"
    assert one["stars"] == {"mean": 3.0, "counts": [0, 0, 0, 3, 0, 0]}
    assert "advice" not in found["total"]["se"]
