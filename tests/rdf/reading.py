"""What the reading tests share: reading one invented document, and the books that must balance."""

import pytest

from harvester.errors import UnreadableError
from harvester.rdf.graph import Graph
from harvester.rdf.limits import DEFAULT, Limits
from harvester.rdf.read import Reading, read_document

URL = "http://exempel.se/katalog"
RDFXML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
    '<rdf:Description rdf:about="http://exempel.se/a">{}</rdf:Description></rdf:RDF>'
)


def rdfxml(inside: str) -> bytes:
    """RDF/XML with one subject, whose properties are ``inside``."""
    return RDFXML.format(inside).encode()


def read(
    body: bytes, *, graph: Graph | None = None, url: str = URL, limits: Limits = DEFAULT
) -> tuple[Reading, Graph]:
    """Read a document and check that no triple is unaccounted for."""
    graph = Graph() if graph is None else graph
    before = len(graph)
    reading = read_document(body, url=url, graph=graph, limits=limits)
    aside = sum(finding.triples for finding in reading.findings)
    counts = reading.reading
    assert counts.statements == len(graph) - before + counts.duplicates + aside
    assert len(graph) == sum(1 for _ in graph)
    return reading, graph


def codes(reading: Reading) -> list[str]:
    """The codes of a reading's findings, in order."""
    return [finding.code for finding in reading.findings]


def refusal(body: bytes, limits: Limits = DEFAULT) -> UnreadableError:
    """The error a document is refused with; the graph must be as it was."""
    graph = Graph([("http://exempel.se/old", "http://e/p", "http://e/o")])
    with pytest.raises(UnreadableError) as caught:
        read_document(body, url=URL, graph=graph, limits=limits)
    error = caught.value
    assert len(graph) == 1
    assert graph.blanks == 0
    assert error.url == URL
    assert URL in str(error)
    assert "\n" not in str(error)
    return error
