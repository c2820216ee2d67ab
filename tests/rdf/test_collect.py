"""The loop from pyoxigraph's terms to ours."""

import subprocess
import sys

import pyoxigraph as ox

from harvester.rdf.collect import Page, collect
from harvester.rdf.graph import Graph
from harvester.rdf.limits import DEFAULT
from harvester.terms import Literal


def collected(turtle: str, labels: Graph | None = None) -> Page:
    quads = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    labels = Graph() if labels is None else labels
    return collect(quads, labels.new_blank, DEFAULT, named=False)


def test_each_iri_is_one_object() -> None:
    """The value of one statement is the subject of the next: the same string, held once."""
    page = collected(
        "<http://a> <http://p> <http://b>, <http://c> . <http://b> <http://p> <http://c> ."
    )
    first, second = page.graph.objects("http://a", "http://p")
    assert next(s for s in page.graph.spo if s == "http://b") is first
    assert page.graph.objects("http://b", "http://p")[0] is second


def test_every_statement_is_counted_once() -> None:
    """Kept, repeated, too long and nested statements add up to what was read."""
    long = "x" * (DEFAULT.literal + 1)
    page = collected(
        f'<http://a> <http://p> "1", "1", "{long}", <<( <http://a> <http://p> 1 )>> . '
        f'<http://b> <http://p> "{long}" .'
    )
    assert page.statements == 5
    assert (len(page.graph), page.duplicates) == (1, 1)
    assert (len(page.oversized), len(page.nested)) == (1 + 1, 1)
    assert list(page.graph.spo) == ["http://a"]


def test_a_subject_comes_back() -> None:
    """Statements about a subject may stand apart, before and after one that is set aside."""
    long = "x" * (DEFAULT.literal + 1)
    page = collected(
        f'<http://a> <http://p> "{long}" . <http://a> <http://p> "1" . '
        '<http://b> <http://p> "1" . <http://a> <http://q> "2" .'
    )
    assert page.graph.objects("http://a", "http://p") == (Literal("1"),)
    assert page.graph.objects("http://a", "http://q") == (Literal("2"),)
    assert len(page.graph) == 3


def test_blank_nodes_are_numbered_as_they_appear() -> None:
    """Labels are those of the source: the next document goes on counting."""
    labels = Graph()
    page = collected("_:z <http://p> _:a . _:a <http://p> _:z .", labels)
    assert list(page.graph) == [("_:b0", "http://p", "_:b1"), ("_:b1", "http://p", "_:b0")]
    assert "_:b2" in collected("_:z <http://p> 1 .", labels).graph.spo


def test_reading_and_validating_load_little() -> None:
    """One small file is validated in the time of its imports: the slow ones are left alone."""
    program = "import sys, harvester.rdf.collect, harvester.shacl; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    # dataclasses are needed: an error has its text in two languages (words.Text).
    slow = {"datetime", "decimal", "pathlib", "harvester.model"}
    assert slow.isdisjoint(loaded.stdout.decode().split())
