"""The report graph: what SHACL asks of a report, with our code and the line."""

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest

from harvester.namespaces import SH
from harvester.report.formats import FORMATS
from harvester.rules.annotations import HV
from tests.report.sample import DATE, EVERY, MISSING, ORDINARY, validation, view

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


@pytest.mark.parametrize(
    "path",
    [
        "^<https://exempel.se/a>",
        "<https://exempel.se/a>/<https://exempel.se/b>",
        "(^<https://exempel.se/a>)|(<https://exempel.se/b>*)|(<https://exempel.se/c>+)",
        "(<https://exempel.se/a>/(<https://exempel.se/b>?))/<https://exempel.se/c>",
    ],
)
def test_a_long_path_is_described_as_shacl_demands(path):
    """Section 3.6.2.2: a well-formed path, which pySHACL reads as the same SPARQL path."""
    import rdflib
    from pyshacl.helper.path_helper import shacl_path_to_sparql_path
    from pyshacl.shapes_graph import ShapesGraph

    text = "".join(FORMATS["shacl"](view(validation(replace(MISSING, path=path)))))
    read = rdflib.Graph().parse(data=text, format="turtle")
    (node,) = read.objects(None, rdflib.URIRef(SH + "resultPath"))
    found = shacl_path_to_sparql_path(ShapesGraph(read), node)

    def bare(text):
        return re.sub("[() ]", "", text)

    assert bare(found) == bare(path)
    assert [str(o) for o in read.objects(None, rdflib.URIRef(HV + "path"))] == [path]


def test_a_path_with_a_broken_iri_is_only_shown_as_text():
    """Turtle cannot hold it."""
    store = graph(validation(replace(DATE, path="^<https://exempel.se/{a}>")))
    assert not list(store.quads_for_pattern(None, ox.NamedNode(SH + "resultPath"), None, None))
    (text,) = [q.object for q in store.quads_for_pattern(None, ox.NamedNode(HV + "path"), None)]
    assert text.value == "^<https://exempel.se/{a}>"


def test_messages_are_in_both_languages():
    """sh:resultMessage, each with its language tag."""
    store = graph(validation(DATE))
    said = [
        q.object for q in store.quads_for_pattern(None, ox.NamedNode(SH + "resultMessage"), None)
    ]
    assert {(o.value, o.language) for o in said} == {("Fel datum.", "sv"), ("Wrong date.", "en")}


def test_hidden_findings_still_make_the_report_not_conform():
    """sh:conforms is about the data, not about what is shown."""
    store = graph(ORDINARY, most=0)
    (conforms,) = [
        q.object for q in store.quads_for_pattern(None, ox.NamedNode(SH + "conforms"), None, None)
    ]
    assert conforms.value == "false"
