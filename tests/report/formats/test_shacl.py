"""The report graph: what SHACL asks of a report, with our code and the line."""

import pyoxigraph as ox
import pytest

from harvester.namespaces import SH
from harvester.report.formats import FORMATS
from harvester.rules.annotations import HV
from tests.report.sample import EVERY, ORDINARY, view

ONE = ("focusNode", "resultSeverity", "sourceConstraintComponent")


def graph(result, **changes) -> ox.Store:
    store = ox.Store()
    text = "".join(FORMATS["shacl"](view(result, **changes)))
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    return store


def objects(store, subject, predicate):
    return [q.object for q in store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)]


@pytest.mark.parametrize("sample", EVERY)
def test_every_result_has_what_shacl_demands(sample):
    """SHACL, section 3.6.2: one focus node, one severity, one component; at most one path."""
    store = graph(EVERY[sample])
    (report,) = {
        q.subject
        for q in store.quads_for_pattern(None, None, ox.NamedNode(SH + "ValidationReport"), None)
    }
    results = objects(store, report, SH + "result")
    assert len(results) == len(EVERY[sample].findings)
    (conforms,) = objects(store, report, SH + "conforms")
    assert conforms.value == ("false" if results else "true")
    for result in results:
        for name in ONE:
            assert len(objects(store, result, SH + name)) == 1, name
        assert len(objects(store, result, SH + "resultPath")) <= 1
        assert len(objects(store, result, HV + "code")) == 1


def test_the_line_is_an_integer_where_it_is_known():
    """And absent where it is not."""
    store = graph(ORDINARY)
    lines = [q.object for q in store.quads_for_pattern(None, ox.NamedNode(HV + "line"), None, None)]
    assert [(line.value, line.datatype.value.rpartition("#")[2]) for line in lines] == [
        ("3", "integer")
    ]


def test_rdflib_reads_the_same_graph():
    """A parser that is not the writer's kin, and the values survive."""
    import rdflib

    text = "".join(FORMATS["shacl"](view(ORDINARY)))
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert len(read) == len(graph(ORDINARY))
    (value,) = read.objects(None, rdflib.URIRef(SH + "value"))
    assert str(value) == "i våras"


def test_hidden_findings_still_make_the_report_not_conform():
    """sh:conforms is about the data, not about what is shown."""
    store = graph(ORDINARY, most=0)
    (conforms,) = [
        q.object for q in store.quads_for_pattern(None, ox.NamedNode(SH + "conforms"), None, None)
    ]
    assert conforms.value == "false"
