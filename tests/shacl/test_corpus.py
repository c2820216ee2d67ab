"""Real catalogs under SEMIC's published shapes, and seeded ones: the results are pyshacl's."""

import os
from pathlib import Path

import pytest

from harvester.rdf.graph import Graph
from harvester.shacl import load_shapes, reference, validate
from tests.benchmarks.catalogs import ERRORS, descriptions
from tests.benchmarks.loading import FORMATS, load
from tests.conftest import SHARED
from tests.shacl.test_differential import comparable

REFERENCE = Path(os.environ.get("HARVESTER_REFERENCE", SHARED.parent / "reference"))
SHAPES = (
    "semic-dcat-ap-2.1.1/shapes.ttl",
    "semic-dcat-ap-2.1.1/shapes_recommended.ttl",
    "semic-dcat-ap-2.1.1/range.ttl",
    "semic-dcat-ap-2.1.1/mdr-vocabularies.shape.ttl",
    "semic-dcat-ap-3.0.1/dcat-ap-SHACL.ttl",
    "semic-dcat-ap-3.0.1/shapes.ttl",
    "semic-dcat-ap-3.0.1/range.ttl",
    "semic-dcat-ap-3.0.1/mdr-vocabularies.shape.ttl",
    "semic-dcat-ap-hvd-3.0.0/hvd-SHACL.ttl",
)
CATALOGS = (
    "sweden/diggsweden__DCAT-AP-SE__obligatoriskt.rdf",
    "sweden/diggsweden__DCAT-AP-SE__rekommenderat.ttl",
    "sweden/civictechsweden__civictech.se__dcat-ap.rdf",
    "france/opendatateam__udata__bnodes.xml",
    "norway/Informasjonsforvaltning__fdk-dataset-harvester__catalog_diff_0.ttl",
    "belgium/MareGraph-EU__assets__catalog.ttl",
    "italy/ComunediAlessandria__open-data__catalog.rdf",
)


# Months such as "2000-4"^^xsd:gYearMonth: rdflib takes them (test_disagreements.py).
_ILL_FORMED = "opendata-swiss__ckanext-dcatapchharvest__dataset-datetimes-bad.xml"


def _shapes(name: str) -> Path:
    path = REFERENCE / name
    if not path.is_file():
        pytest.skip(f"no reference shapes at {path} (set HARVESTER_REFERENCE)")
    return path


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("catalog", CATALOGS)
def test_a_real_catalog_gets_the_results_of_pyshacl(corpus: Path, name: str, catalog: str) -> None:
    """Nine published shapes files on catalogs of five countries."""
    shapes = load_shapes(load(_shapes(name)))
    data = load(corpus / catalog, base="https://example.org/")
    assert comparable(validate(data, shapes)) == comparable(reference.validate(data, shapes))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SHAPES)
def test_every_readable_catalog_gets_the_results_of_pyshacl(corpus: Path, name: str) -> None:
    """All files of up to 1.5 MB that pyoxigraph reads without help."""
    shapes = load_shapes(load(_shapes(name)))
    compared = 0
    for path in sorted(corpus.rglob("*")):
        if path.relative_to(corpus).parts[0] in ("hostile", "suites"):
            continue
        if path.suffix not in FORMATS or path.stat().st_size > 1_500_000:
            continue
        try:
            data = load(path, base="https://example.org/")
        except SyntaxError:
            continue
        if path.name != _ILL_FORMED:
            ours, theirs = validate(data, shapes), reference.validate(data, shapes)
            assert comparable(ours) == comparable(theirs), path.name
            compared += 1
    assert compared > 20


@pytest.mark.parametrize("seed", [1, 2])
def test_a_seeded_catalog_gets_the_results_of_pyshacl(seed: int) -> None:
    """Half of the datasets have one of twenty kinds of errors."""
    shapes = load_shapes(load(_shapes("semic-dcat-ap-3.0.1/dcat-ap-SHACL.ttl")))
    data = Graph(
        (subject, predicate, value)
        for subject, said in descriptions(2 * len(ERRORS), seed=seed, faulty=0.5)
        for predicate, values in said.items()
        for value in values
    )
    results = validate(data, shapes)
    assert results
    assert comparable(results) == comparable(reference.validate(data, shapes))
