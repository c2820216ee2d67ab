"""Points of datasets and catalogs, with totals worked out by hand."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.mqa import load_tables
from harvester.quality.indicators import Method
from harvester.quality.measure import Band, assess, band, combine, examine
from harvester.rdf.graph import Graph
from tests.quality.catalogs import (
    DATASET,
    DISTRIBUTION,
    catalog,
    described,
    measured,
    without,
)
from tests.turtle import EX, graph

EU, SE = Method.EU, Method.SE


def points(assessment) -> dict[str, float]:
    return {str(score.dimension): score.points for score in assessment.scores}


def test_an_empty_catalog_has_no_points():
    """And is rated bad; nothing divides by zero."""
    found = measured("ex:c a dcat:Catalog .", EU)
    assert (found.points, found.possible, found.band) == (0, 0, Band.BAD)
    assert found.datasets == ()


def test_a_dataset_without_distributions():
    """Keyword 30 and publisher 10 and compliance 30; nothing to check on distributions."""
    found = measured(described("d", "dcat:Dataset", {
        "dcat:keyword": '"bad"', "dcterms:publisher": "ex:p",
    }), EU)  # fmt: skip
    assert points(found) == {
        "findability": 30,
        "accessibility": 0,
        "interoperability": 30,
        "reusability": 10,
        "contextuality": 0,
    }
    assert [(d.iri, d.distribution, d.points) for d in found.datasets] == [(EX + "d", "", 70)]


def test_a_catalog_counts_rounded_shares():
    """One of three distributions has a download address: 33 % of 20 points."""
    one, other = DISTRIBUTION, without(DISTRIBUTION, "dcat:downloadURL")
    found = measured(catalog(None, one, other, other), EU)
    assert points(found)["accessibility"] == 6.6
    # downloadURL 6.6, accessURL possible 50, answering downloadURL possible 33 % of 30.
    assert found.scores[1].possible == pytest.approx(6.6 + 50 + 9.9)
    assert found.points == pytest.approx(100 + 6.6 + 110 + 75 + 20)
    assert found.band is Band.GOOD


def test_a_share_of_a_half_percent_is_rounded_up():
    """1 of 200 is 1 %, as Java and the portals round."""
    many = [DISTRIBUTION] + [without(DISTRIBUTION, "dcat:byteSize")] * 199
    found = measured(catalog(None, *many), EU)
    assert (
        next(t for t in found.tallies if t.indicator.metric == "byteSizeAvailability").percent == 1
    )


def test_a_dataset_counts_with_its_best_distribution():
    """Not with the mean: the catalog loses points for the poor one, the dataset does not."""
    found = measured(catalog(None, {}, DISTRIBUTION), EU)
    [score] = found.datasets
    assert score.distribution == EX + "x1"
    assert (score.points, score.possible) == (325, 405)
    assert found.points < 325


def test_the_representative_dataset_is_not_the_mean_of_datasets():
    """Two datasets of 1 and 3 distributions: shares are of distributions (mqa_facts.json)."""
    poor = without(DISTRIBUTION, "dcterms:license")
    text = catalog(None, poor, poor, poor) + described(
        "e", "dcat:Dataset", {**DATASET, "dcat:distribution": "ex:y"}
    )
    found = measured(text + described("y", "dcat:Distribution", DISTRIBUTION), EU)
    assert points(found)["reusability"] == 45 + 30 * 0.25
    assert [d.points for d in found.datasets] == [295, 325]


def test_a_distribution_of_two_datasets_is_checked_once():
    """It is one thing."""
    text = catalog(None, DISTRIBUTION) + described(
        "e", "dcat:Dataset", {"dcat:distribution": "ex:x0"}
    )
    assert len(examine(graph(text), load_tables(), EU).distributions) == 1


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, Band.BAD),
        (120, Band.BAD),
        (120.4, Band.BAD),
        (120.5, Band.SUFFICIENT),
        (121, Band.SUFFICIENT),
        (220, Band.SUFFICIENT),
        (221, Band.GOOD),
        (350, Band.GOOD),
        (351, Band.EXCELLENT),
        (405, Band.EXCELLENT),
    ],
)
def test_bands(number, expected):
    """As the published table has them; 405 itself is excellent."""
    assert band(number) is expected


def test_catalogs_together_are_counted_not_averaged():
    """Three good and one empty distribution in two catalogs: 75 %."""
    one = measured(catalog(None, DISTRIBUTION, DISTRIBUTION, DISTRIBUTION), SE)
    other = measured(catalog({}, {}), SE)
    both = combine([one, other], SE)
    tallies = {t.indicator.metric: t for t in both.tallies}
    assert tallies["licenceAvailability"].percent == 75
    assert tallies["keywordAvailability"].percent == 50
    assert len(both.datasets) == 2
    assert combine([one], SE) == one


PATHS = [("dataset", path) for path in DATASET] + [("x", path) for path in DISTRIBUTION]


@st.composite
def partial_catalogs(draw):
    """A dataset and up to three distributions with some of their properties."""
    subset = st.sets(st.sampled_from(sorted(DISTRIBUTION)))
    dataset = without(DATASET, *draw(st.sets(st.sampled_from(sorted(DATASET)))))
    parts = [without(DISTRIBUTION, *lost) for lost in draw(st.lists(subset, max_size=3))]
    return dataset, parts


@settings(max_examples=40, deadline=None)
@given(partial_catalogs(), st.sampled_from(PATHS), st.integers(0, 2), st.sampled_from(Method))
def test_adding_a_property_never_costs_points(made, added, which, method):
    """Neither certain nor possible ones, of the catalog or of the dataset."""
    dataset, parts = made
    kind, path = added
    before = measured(catalog(dataset, *parts), method)
    if kind == "dataset":
        dataset = {**dataset, path: DATASET[path]}
    elif which < len(parts):
        parts = [*parts]
        parts[which] = {**parts[which], path: DISTRIBUTION[path]}
    after = measured(catalog(dataset, *parts), method)
    assert after.points >= before.points
    assert after.possible >= before.possible
    assert after.datasets[0].points >= before.datasets[0].points


@settings(max_examples=40, deadline=None)
@given(partial_catalogs(), st.randoms(use_true_random=False), st.sampled_from(Method))
def test_the_order_of_statements_does_not_matter(made, chance: random.Random, method):
    """The same triples in another order give the same points."""
    triples = list(graph(catalog(made[0], *made[1])))
    mixed = triples[:]
    chance.shuffle(mixed)
    first, second = (
        assess(examine(Graph(some), load_tables(), method)) for some in (triples, mixed)
    )
    assert first.scores == second.scores
    assert first.datasets == second.datasets
