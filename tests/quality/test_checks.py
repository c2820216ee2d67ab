"""Each of the 23 indicators, passed and failed; facts of mqa_metrics.tsv."""

import csv
import os
from pathlib import Path

import pytest

from harvester.quality.indicators import INDICATORS, MAXIMUM, Dimension, Method, maximum
from tests.quality.catalogs import (
    DATASET,
    DISTRIBUTION,
    FILE_TYPE,
    catalog,
    measured,
    tally,
    without,
)

EU, SE = Method.EU, Method.SE
FACTS = Path(os.environ.get("HARVESTER_FACTS", Path(__file__).parents[3] / "shared" / "facts"))


def test_the_indicators_add_up_to_405():
    """By dimension 100, 100, 110, 75 and 20 (mqa_facts.json)."""
    assert len(INDICATORS) == 23
    assert MAXIMUM == 405
    assert [maximum(dimension) for dimension in Dimension] == [100, 100, 110, 75, 20]


def test_the_indicators_are_those_of_the_methodology():
    """Names, dimensions and points as in the collected facts."""
    path = FACTS / "mqa_metrics.tsv"
    if not path.is_file():
        pytest.skip(f"no facts at {FACTS} (set HARVESTER_FACTS)")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    expected = [(row["dimension"], row["metric"], int(row["points"])) for row in rows]
    assert [(str(i.dimension), i.metric, i.points) for i in INDICATORS] == expected


@pytest.mark.parametrize("method", Method)
def test_a_full_catalog_passes_all_that_can_be_seen(method):
    """Only whether the two addresses answer stays open: 80 points."""
    full = measured(catalog(None, DISTRIBUTION), method)
    most = MAXIMUM if method is EU else MAXIMUM - 30
    assert [t.failing for t in full.tallies] == [()] * 23
    assert (full.points, full.possible) == (most - 80, most)


@pytest.mark.parametrize(
    ("metric", "path"),
    [
        ("keywordAvailability", "dcat:keyword"),
        ("categoryAvailability", "dcat:theme"),
        ("spatialAvailability", "dcterms:spatial"),
        ("temporalAvailability", "dcterms:temporal"),
        ("accessRightsAvailability", "dcterms:accessRights"),
        ("accessRightsVocabularyAlignment", "dcterms:accessRights"),
        ("contactPointAvailability", "dcat:contactPoint"),
        ("publisherAvailability", "dcterms:publisher"),
        ("dateIssuedAvailability", "dcterms:issued"),
        ("dateModifiedAvailability", "dcterms:modified"),
    ],
)
@pytest.mark.parametrize("method", Method)
def test_a_dataset_without_the_property_fails(metric, path, method):
    """And with it passes."""
    assert tally(measured(catalog(None, DISTRIBUTION), method), metric) == (1, 0, 0)
    lacking = measured(catalog(without(DATASET, path), DISTRIBUTION), method)
    assert tally(lacking, metric) == (0, 1, 0)


@pytest.mark.parametrize(
    ("metric", "path"),
    [
        ("downloadUrlAvailability", "dcat:downloadURL"),
        ("formatAvailability", "dcterms:format"),
        ("mediaTypeAvailability", "dcat:mediaType"),
        ("formatMediaTypeNonProprietary", "dcterms:format"),
        ("formatMediaTypeMachineInterpretable", "dcterms:format"),
        ("licenceAvailability", "dcterms:license"),
        ("knownLicence", "dcterms:license"),
        ("rightsAvailability", "dcterms:rights"),
        ("byteSizeAvailability", "dcat:byteSize"),
    ],
)
@pytest.mark.parametrize("method", Method)
def test_a_distribution_without_the_property_fails(metric, path, method):
    """And with it passes."""
    assert tally(measured(catalog(None, DISTRIBUTION), method), metric) == (1, 0, 0)
    lacking = measured(catalog(None, without(DISTRIBUTION, path)), method)
    assert tally(lacking, metric) == (0, 1, 0)


@pytest.mark.parametrize(
    ("metric", "path"),
    [("accessUrlStatusCode", "dcat:accessURL"), ("downloadUrlStatusCode", "dcat:downloadURL")],
)
def test_whether_an_address_answers_is_not_known_offline(metric, path):
    """An address that is not there cannot answer, so that is a certain failure."""
    assert tally(measured(catalog(None, DISTRIBUTION), EU), metric) == (0, 0, 1)
    assert tally(measured(catalog(None, without(DISTRIBUTION, path)), EU), metric) == (0, 1, 0)


def test_compliance_is_what_validation_said():
    """Or unknown where nobody validated; the Swedish portal gives no points for it."""
    text = catalog(None, DISTRIBUTION)
    broken = frozenset({"https://exempel.se/d"})
    assert tally(measured(text, EU), "dcatApCompliance") == (1, 0, 0)
    assert tally(measured(text, EU, broken), "dcatApCompliance") == (0, 1, 0)
    assert tally(measured(text, EU, None), "dcatApCompliance") == (0, 0, 1)
    assert tally(measured(text, SE), "dcatApCompliance") == (0, 0, 0)


@pytest.mark.parametrize("path", ["dcterms:issued", "dcterms:modified"])
def test_a_date_may_stand_on_a_distribution(path):
    """Implementations differ; any place is enough (docs/quality.md)."""
    metric = "dateIssuedAvailability" if path == "dcterms:issued" else "dateModifiedAvailability"
    dated = {**DISTRIBUTION, path: '"2026-01-01"'}
    assert tally(measured(catalog(without(DATASET, path), dated), EU), metric) == (1, 0, 0)


@pytest.mark.parametrize(
    ("values", "eu", "se"),
    [
        ({"dcterms:format": f"<{FILE_TYPE}CSV>"}, (0, 1, 1), (1, 1, 1)),
        ({"dcterms:format": '"text/csv"'}, (0, 0, 0), (1, 1, 1)),
        ({"dcterms:format": '"CSV"'}, (0, 0, 0), (0, 0, 0)),
        ({"dcterms:format": '"application/vnd.ms-excel"'}, (0, 0, 0), (1, 0, 1)),
        ({"dcterms:format": '"application/zip"'}, (0, 0, 0), (1, 1, 0)),
        ({"dcterms:format": '"text/csvv"'}, (0, 0, 0), (0, 0, 0)),
        ({"dcterms:format": f"<{FILE_TYPE}NONSENSE>"}, (0, 0, 0), (0, 0, 0)),
        ({"dcat:mediaType": '"text/csv"'}, (0, 0, 0), (1, 0, 0)),
        (
            {
                "dcterms:format": f"<{FILE_TYPE}PDF>",
                "dcat:mediaType": "<http://www.iana.org/assignments/media-types/application/pdf>",
            },
            (1, 0, 0),
            (1, 0, 0),
        ),
        (
            {
                "dcterms:format": f'"CSV", <{FILE_TYPE}CSV>',
                "dcat:mediaType": "<https://www.iana.org/assignments/media-types/text/csv>",
            },
            (1, 1, 1),
            (1, 1, 1),
        ),
    ],
)
def test_formats_count_as_each_portal_reads_them(values, eu, se):
    """Aligned, non-proprietary, machine-readable: the EU wants IRIs, Sweden takes media types."""
    metrics = (
        "formatMediaTypeVocabularyAlignment",
        "formatMediaTypeNonProprietary",
        "formatMediaTypeMachineInterpretable",
    )
    bare = without(DISTRIBUTION, "dcterms:format", "dcat:mediaType")
    for method, expected in ((EU, eu), (SE, se)):
        found = measured(catalog(None, {**bare, **values}), method)
        assert tuple(tally(found, metric)[0] for metric in metrics) == expected


@pytest.mark.parametrize(
    ("licence", "known"),
    [
        ("<http://publications.europa.eu/resource/authority/licence/CC0>", 1),
        ("<http://creativecommons.org/publicdomain/zero/1.0/>", 1),
        ("<https://creativecommons.org/publicdomain/zero/1.0/>", 0),
        ("<http://europeandataportal.eu/ontologies/od-licenses#IODLv2.0>", 1),
        ("<https://www.govdata.de/dl-de/by-2-0>", 1),
        ('"CC0"', 0),
    ],
)
def test_a_licence_is_known_by_its_exact_iri(licence, known):
    """Of the EU table, an exact match of it, or one of the licences MQA adds."""
    found = measured(catalog(None, {**DISTRIBUTION, "dcterms:license": licence}), EU)
    assert tally(found, "knownLicence")[0] == known
    assert tally(found, "licenceAvailability")[0] == 1


def test_access_rights_as_text_are_there_but_not_from_the_table():
    """10 points of 15."""
    found = measured(catalog({**DATASET, "dcterms:accessRights": '"öppet"'}, DISTRIBUTION), EU)
    assert tally(found, "accessRightsAvailability") == (1, 0, 0)
    assert tally(found, "accessRightsVocabularyAlignment") == (0, 1, 0)
