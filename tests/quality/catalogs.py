"""Small catalogs with every indicator fulfilled, as far as one can see offline."""

from harvester.mqa import load_tables
from harvester.quality.indicators import Method
from harvester.quality.measure import Assessment, assess, examine
from tests.turtle import graph

FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
CSV = f"<{FILE_TYPE}CSV>"
TEXT_CSV = "<https://www.iana.org/assignments/media-types/text/csv>"
CC_BY = "<http://creativecommons.org/licenses/by/4.0/>"
PUBLIC = "<http://publications.europa.eu/resource/authority/access-right/PUBLIC>"

DATASET = {
    "dcat:keyword": '"bad"@sv',
    "dcat:theme": "<http://publications.europa.eu/resource/authority/data-theme/ENVI>",
    "dcterms:spatial": "<https://sws.geonames.org/2702979/>",
    "dcterms:temporal": "[ a dcterms:PeriodOfTime ]",
    "dcterms:accessRights": PUBLIC,
    "dcat:contactPoint": "ex:contact",
    "dcterms:publisher": "ex:publisher",
    "dcterms:issued": '"2026-01-01"^^xsd:date',
    "dcterms:modified": '"2026-02-01"^^xsd:date',
}
DISTRIBUTION = {
    "dcat:accessURL": "<https://exempel.se/data>",
    "dcat:downloadURL": "<https://exempel.se/data.csv>",
    "dcterms:format": CSV,
    "dcat:mediaType": TEXT_CSV,
    "dcterms:license": CC_BY,
    "dcterms:rights": "[ a dcterms:RightsStatement ]",
    "dcat:byteSize": '"5"^^xsd:decimal',
}


def described(name: str, cls: str, values: dict[str, str]) -> str:
    """Turtle of one thing."""
    lines = "".join(f" ;\n  {path} {value}" for path, value in values.items())
    return f"ex:{name} a {cls}{lines} .\n"


def catalog(dataset: dict[str, str] | None = None, *distributions: dict[str, str]) -> str:
    """Turtle of one dataset ``ex:d`` with the distributions ``ex:x0``, ``ex:x1`` ..."""
    values = dict(DATASET if dataset is None else dataset)
    if distributions:
        values["dcat:distribution"] = ", ".join(f"ex:x{n}" for n in range(len(distributions)))
    return described("d", "dcat:Dataset", values) + "".join(
        described(f"x{n}", "dcat:Distribution", one) for n, one in enumerate(distributions)
    )


def without(values: dict[str, str], *paths: str) -> dict[str, str]:
    """The values but those of some properties."""
    return {path: value for path, value in values.items() if path not in paths}


def measured(
    turtle: str, method: Method, violating: frozenset[str] | None = frozenset()
) -> Assessment:
    """The points of a catalog in Turtle; compliant unless told otherwise."""
    return assess(examine(graph(turtle), load_tables(), method, violating))


def tally(assessment: Assessment, metric: str) -> tuple[int, int, int]:
    """Passed, failed and unknown checks of one indicator."""
    found = next(t for t in assessment.tallies if t.indicator.metric == metric)
    return found.passed, len(found.failing), found.unknown
