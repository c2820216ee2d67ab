"""Real Swedish catalogs: what they score, looked at once and kept."""

import random

import pytest

from harvester.model import Finding
from harvester.mqa import quality_summary, violating
from harvester.profile import load_profile
from harvester.quality.indicators import MAXIMUM, Method
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import marks
from harvester.rules.judge import validate

EXPECTED = {  # file: Swedish points, possible; EU points, possible; mean of stars
    "civictechsweden__civictech.se__dcat-ap.rdf": (260, 340, 210, 290, 0.0),
    "civictechsweden__oppna-luftfartygsregistret__dcat-ap.rdf": (270, 350, 220, 300, 3.0),
    "diggsweden__DCAT-AP-SE__obligatoriskt.rdf": (30, 80, 60, 110, 0.0),
    "diggsweden__DCAT-AP-SE__rekommenderat.ttl": (260, 325, 210, 275, 3.0),
    "openumea__RDFtoHTML__sgu.rdf": (180.1, 230.1, 131.3, 181.3, 0.38),
}


def read(corpus, name: str) -> Graph:
    graph = Graph()
    path = corpus / "sweden" / name
    read_document(path.read_bytes(), url=path.as_uri(), graph=graph)
    return graph


@pytest.mark.parametrize("name", EXPECTED)
def test_points_of_swedish_catalogs(corpus, name):
    """SGU: no distribution has a download address, one in eight names a known licence."""
    graph = read(corpus, name)
    found = quality_summary(graph, ())
    broken = violating(graph)
    assert broken <= {score.iri for score in found.eu.datasets}
    compliant = 30 * (found.datasets - len(broken)) / found.datasets
    eu = found.eu.points - 30 + compliant, found.eu.possible - 30 + compliant
    got = (found.se.points, found.se.possible, *eu, found.stars.mean)
    assert got == pytest.approx(EXPECTED[name])
    for method in Method:
        one = found.by(method)
        assert 0 <= one.points <= one.possible <= MAXIMUM


@pytest.mark.parametrize("name", EXPECTED)
def test_fingerprints_of_real_findings_do_not_depend_on_the_order_of_the_file(corpus, name):
    """Read backwards and with other labels, the same set comes out."""
    graph = read(corpus, name)
    triples = [
        tuple(f"{t}x" if isinstance(t, str) and t[:2] == "_:" else t for t in triple)
        for triple in graph
    ]
    random.Random(5).shuffle(triples)
    profile = load_profile("dcat-ap-se")

    def names(g: Graph) -> list[str]:
        found: list[Finding] = validate(g, profile)
        assert found
        return sorted(fingerprints(marks(g, found, "")))

    assert names(Graph(triples)) == names(graph)
