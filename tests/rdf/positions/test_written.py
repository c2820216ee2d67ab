"""Of whatever graph our own writers write, every subject and every value is found."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.model import Finding, Severity, Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.positions import Aim, Page, find_places
from harvester.rdf.read import read_document
from harvester.rdf.write import WRITERS
from harvester.terms import Term
from harvester.words import Text
from tests.rdf.write.graphs import OTHER_PREDICATES, XML_PREDICATES, graphs, written

from .truth import Truth

BASE = "https://exempel.se/katalog"


def about(focus: str, path: str = "", value: Term | None = None) -> Finding:
    """A finding that says no more than what it is about."""
    return Finding("XX001", Severity.ERROR, focus, Text("", ""), path=path, value=value)


@pytest.mark.parametrize("syntax", list(WRITERS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_subject_and_value_of_any_graph_is_found(syntax: Syntax, data: st.DataObject) -> None:
    """Circles, shared and nested blank nodes, odd IRIs, nasty texts: each has its own place."""
    predicates = XML_PREDICATES if syntax is Syntax.RDFXML else XML_PREDICATES + OTHER_PREDICATES
    triples = data.draw(graphs(predicates))
    body, _ = written(syntax, triples)
    if not triples:
        return
    graph = Graph()
    reading = read_document(body, url=BASE, graph=graph).reading
    findings = [about(subject) for subject in graph.spo]
    findings += [about(*triple) for triple in graph]
    page = Page("", lambda: body, reading.syntax, BASE, range(graph.blanks))
    truth = Truth(body, reading.syntax, BASE)
    subjects: dict[tuple[int, int], str] = {}
    values: dict[tuple[int, int], Finding] = {}
    for finding, found in zip(findings, find_places(findings, [page], graph), strict=True):
        finding = replace(finding, input=found.input, line=found.line, column=found.column)
        aim = found.aim
        assert aim is Aim.EXACT, (finding, body.decode())
        assert truth.inside(finding)
        assert truth.says(finding), (finding, body.decode())
        at = finding.line, finding.column
        if finding.value is None:
            assert subjects.setdefault(at, finding.focus) == finding.focus, body.decode()
        else:
            assert at not in values, (finding, values[at], body.decode())
            values[at] = finding
