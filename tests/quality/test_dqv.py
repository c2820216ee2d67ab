"""Measurements as RDF can be read back and say what was measured."""

import pyoxigraph as ox
import pytest

from harvester.errors import UsageError
from harvester.export.measurements import write_measurements
from harvester.mqa import load_tables
from harvester.quality.dqv import DQV, PV, measurements
from harvester.quality.indicators import Method
from harvester.quality.measure import examine
from tests.quality.catalogs import DISTRIBUTION, catalog, without
from tests.turtle import EX, graph


def described(turtle: str):
    return measurements(examine(graph(turtle), load_tables(), Method.EU, None), "c0")


@pytest.mark.parametrize("suffix", ["ttl", "rdf", "nt", "jsonld", "ttl.gz"])
def test_every_measurement_has_its_four_parts(tmp_path, suffix):
    """A check is a boolean, points are integers; what is unknown is not there."""
    import gzip

    path = tmp_path / f"m.{suffix}"
    text = catalog(None, DISTRIBUTION, without(DISTRIBUTION, "dcterms:license"))
    assert write_measurements(path, described(text)) == 0
    body = gzip.decompress(path.read_bytes()) if suffix.endswith(".gz") else path.read_bytes()
    syntax = ox.RdfFormat.from_extension(suffix.removesuffix(".gz"))
    store = ox.Store()
    store.load(body, format=syntax)
    query = f"""SELECT ?on ?metric ?value WHERE {{
        ?on <{DQV}hasQualityMeasurement> ?m . ?m a <{DQV}QualityMeasurement> ;
        <{DQV}computedOn> ?on ; <{DQV}isMeasurementOf> ?metric ; <{DQV}value> ?value }}"""
    found = {
        (row["on"].value.removeprefix(EX), row["metric"].value.removeprefix(PV)): row["value"].value
        for row in store.query(query)
    }
    assert found["d", "keywordAvailability"] == "true"
    assert found["d", "scoring"] == "295"
    assert found["x0", "licenceAvailability"] == "true"
    assert found["x1", "licenceAvailability"] == "false"
    assert ("d", "dcatApCompliance") not in found
    assert ("x0", "accessUrlStatusCode") not in found
    assert len(found) == 9 + 1 + 6 + 2 * 10


def test_datasets_without_an_iri_are_measured_too():
    """Their labels do not meet those of another catalog."""
    [(node, triples)] = described('[] a dcat:Dataset ; dcat:keyword "a" .')
    assert node.startswith("_:c0n")
    assert {subject for subject, _, _ in triples} >= {node, "_:c0m0"}


def test_an_unknown_suffix_is_refused_before_anything_is_measured(tmp_path):
    """Exit code 2."""

    def never():
        raise AssertionError("measured")
        yield

    with pytest.raises(UsageError, match="suffix"):
        write_measurements(tmp_path / "m.csv", never())
