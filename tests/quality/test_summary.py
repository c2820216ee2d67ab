"""Stars, advice, compliance and the whole summary."""

import pytest

from harvester.model import Finding, Severity, Text
from harvester.mqa import load_tables, quality_summary, violating
from harvester.quality.advice import advice
from harvester.quality.compliance import violating_datasets
from harvester.quality.indicators import Method
from harvester.quality.stars import Stars, rate
from harvester.quality.summary import add
from tests.quality.catalogs import CC_BY, DISTRIBUTION, catalog, measured, without
from tests.turtle import EX, graph

EU, SE = Method.EU, Method.SE


@pytest.mark.parametrize(
    ("format_", "licence", "stars"),
    [
        ('"text/csv"', "", 0),
        ("", CC_BY, 0),
        ('"text/csv"', "<http://creativecommons.org/licenses/by-nc/4.0/>", 0),
        ('"application/pdf"', CC_BY, 1),
        ('"text/plain"', CC_BY, 1),
        ('"application/vnd.ms-excel"', CC_BY, 2),
        ('"text/csv"', CC_BY, 3),
        ('"text/turtle"', CC_BY, 4),
        ("<http://publications.europa.eu/resource/authority/file-type/RDF_XML>", CC_BY, 4),
    ],
)
def test_stars_are_cumulative_and_end_at_four(format_, licence, stars):
    """An open licence comes first; what the data links to cannot be seen."""
    values = {"dcat:accessURL": "ex:a"}
    values |= {"dcterms:format": format_} if format_ else {}
    values |= {"dcterms:license": licence} if licence else {}
    assert rate(graph(catalog({}, values)), EX + "x0", load_tables()) == stars


def test_a_distribution_that_is_nowhere_has_no_star():
    """The first star says: on the web."""
    values = without(DISTRIBUTION, "dcat:accessURL", "dcat:downloadURL")
    assert rate(graph(catalog({}, values)), EX + "x0", load_tables()) == 0


def test_the_mean_is_over_distributions():
    """Nothing to rate has no mean."""
    assert Stars((1, 0, 0, 3, 0, 0)).mean == 2.25
    assert Stars((0, 0, 0, 0, 0, 0)).mean is None


def test_advice_is_ranked_by_what_it_gives():
    """Certain points first; the gain is of the exact share."""
    other = without(DISTRIBUTION, "dcat:downloadURL", "dcterms:license")
    found = advice(measured(catalog(None, DISTRIBUTION, other, other), SE))
    assert [(a.indicator.metric, a.gain, a.certain, len(a.resources)) for a in found] == [
        ("downloadUrlAvailability", 13.33, True, 2),
        ("licenceAvailability", 13.33, True, 2),
        ("knownLicence", 6.67, True, 2),
        ("downloadUrlStatusCode", 20.0, False, 2),
    ]
    assert found[0].resources == (EX + "x1", EX + "x2")


def test_a_full_catalog_needs_no_advice():
    """Unknown is not failed."""
    assert advice(measured(catalog(None, DISTRIBUTION), EU)) == ()


def finding(focus: str, severity: Severity, component: str = "sh:minCount") -> Finding:
    return Finding("EU001", severity, focus, Text("x", "x"), component=component)


def test_a_dataset_breaks_dcat_ap_by_anything_in_its_description():
    """A shared publisher counts for both datasets, another dataset's fault does not."""
    g = graph(
        "ex:c a dcat:Catalog ; dcat:dataset ex:d, ex:e ; dcterms:publisher ex:p .",
        "ex:d a dcat:Dataset ; dcat:distribution ex:x ; dcterms:publisher ex:p .",
        "ex:e a dcat:Dataset ; dcterms:publisher ex:p ; dcterms:isReferencedBy ex:d ;"
        " dcat:inCatalog ex:c .",
        "ex:x a dcat:Distribution ; dcterms:rights [ a ex:R ] . ex:p a foaf:Agent .",
    )
    [blank] = (str(value) for value in g.objects(EX + "x", "http://purl.org/dc/terms/rights"))

    def broken(*findings: Finding) -> set[str]:
        return {iri.removeprefix(EX) for iri in violating_datasets(g, findings)}

    assert broken(finding(EX + "x", Severity.ERROR)) == {"d"}
    assert broken(finding(blank, Severity.ERROR)) == {"d"}
    assert broken(finding(EX + "p", Severity.ERROR)) == {"d", "e"}
    assert broken(finding(EX + "c", Severity.ERROR)) == set()
    assert broken(finding(EX + "e", Severity.WARNING)) == set()
    assert broken(finding(EX + "e", Severity.ERROR, "")) == set()


def test_without_validation_compliance_is_possible_not_certain():
    """30 points of data.europa.eu hang on it, none of the Swedish portal."""
    g = graph(catalog(None, DISTRIBUTION))
    unknown, validated = quality_summary(g), quality_summary(g, ())
    assert (unknown.eu.points, unknown.eu.possible) == (295, 405)
    assert (validated.eu.points, validated.eu.possible) == (325, 405)
    assert unknown.se == validated.se


def test_a_dataset_is_held_against_dcat_ap_itself():
    """One without a title breaks it."""
    assert violating(graph(catalog(None, DISTRIBUTION))) == {EX + "d"}


def test_summaries_add_up():
    """Counts of datasets, distributions and stars."""
    one = quality_summary(graph(catalog(None, DISTRIBUTION, {})))
    both = add([one, one])
    assert (both.datasets, both.distributions) == (2, 4)
    assert both.stars == Stars((2, 0, 0, 2, 0, 0))
    assert both.se.points == one.se.points
    assert add([]).se.points == 0


def test_the_lists_are_as_long_as_published():
    """29 non-proprietary and 20 machine-readable file types, 7 access rights."""
    tables = load_tables()
    assert len(tables.non_proprietary.iris) == 29
    assert len(tables.machine_readable.iris) == 20
    assert len(tables.access_rights) == 7
    for formats in (tables.non_proprietary, tables.machine_readable, tables.linked_data):
        assert formats.iris <= tables.file_types
