"""The European shapes say what SEMIC's say: the same results on real catalogs.

The originals lie in ``$HARVESTER_REFERENCE`` (default ``../shared/reference``) and are never part
of this project. What differs, and why, is listed in shapes/dcat-ap-3.0.1/README.md.
"""

from pathlib import Path

import pytest

from harvester.namespaces import RDFS, SH
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rules.judge import shacl_results
from harvester.rules.profile import Profile
from tests.files import REFERENCE, read

FILES = [
    "sweden/diggsweden__DCAT-AP-SE__obligatoriskt.rdf",
    "sweden/diggsweden__DCAT-AP-SE__rekommenderat.ttl",
    "sweden/civictechsweden__civictech.se__dcat-ap.rdf",
    "sweden/civictechsweden__oppna-luftfartygsregistret__dcat-ap.rdf",
    "sweden/openumea__RDFtoHTML__sgu.rdf",
    "belgium/MareGraph-EU__assets__catalog.ttl",
    "belgium/Team-Data-Antwerpen__dcat_antwerpen__dcat.xml",
    "france/opendatasoft__dcat-draft__catalog.ttl",
    "france/opendatateam__udata__bnodes.xml",
    "germany/GovDataOfficial__ckanext-dcatde__catalog-endpoint.rdf",
    "italy/ComunediAlessandria__open-data__catalog.rdf",
    "italy/geosolutions-it__ckanext-dcatapit__catalog_dati_unibo.rdf",
    "norway/Informasjonsforvaltning__fdk-dataset-harvester__catalog_diff_0.ttl",
    "spain/mjanez__ckanext-schemingdcat__iso-19139-to-dcat-ap.xml",
    "switzerland/opendata-swiss__ckanext-dcatapchharvest__dataset-datetimes-bad.xml",
]
SEMIC = "semic-dcat-ap-3.0.1/dcat-ap-SHACL.ttl"
RECOMMENDED = "semic-dcat-ap-3.0.1/shapes_recommended.ttl"
SEMIC_HVD = "semic-dcat-ap-hvd-3.0.0/hvd-SHACL.ttl"


def reference(*names: str) -> Profile:
    if not REFERENCE.is_dir():
        pytest.skip(f"no reference shapes at {REFERENCE} (set HARVESTER_REFERENCE)")
    shapes = Graph()
    for name in names:
        for triple in read(REFERENCE / name):
            shapes.add(*triple)
    return Profile("semic", shapes)


def without_resource_classes(profile: Profile) -> Profile:
    """Drop ``sh:class rdfs:Resource``, which without inference refuses every value."""
    shapes = Graph(profile.shapes)
    for subject, predicate, value in [*profile.shapes]:
        if predicate == SH + "class" and value == RDFS + "Resource":
            shapes.discard(subject, predicate, value)
    return Profile(profile.id, shapes)


def tuples(data: Graph, profile: Profile) -> set[tuple[object, str, str]]:
    """(focus, path, component), of results with a path."""
    return {
        (result.focus, result.path, result.component)
        for result in shacl_results(data, profile)
        if result.path
    }


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("own", "originals"),
    [("dcat-ap", (SEMIC, RECOMMENDED)), ("dcat-ap-hvd", (SEMIC, RECOMMENDED, SEMIC_HVD))],
    ids=["dcat-ap", "dcat-ap-hvd"],
)
def test_the_same_results_as_the_original(corpus: Path, name: str, own: str, originals):
    """Without the vocabularies, which the originals do not bring, nothing differs."""
    data = read(corpus / name)
    theirs = tuples(data, without_resource_classes(reference(*originals)))
    ours = tuples(data, Profile(own, load_profile(own).shapes))
    assert theirs
    assert ours - theirs == set()
    assert theirs - ours == set()
