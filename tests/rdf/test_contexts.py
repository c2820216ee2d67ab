"""JSON-LD: shipped contexts are used, others are named and never fetched."""

import pytest

from harvester.namespaces import DCAT, DCTERMS, SCHEMA
from harvester.terms import Literal

from .reading import codes, read, refusal


@pytest.mark.parametrize(
    "context",
    ['"https://www.w3.org/ns/dcat.jsonld"', '["http://www.w3.org/ns/dcat#", {"x": "http://x/"}]'],
)
def test_the_dcat_context_is_shipped(context: str) -> None:
    """Texts, links and classes of DCAT-AP have their usual short names."""
    body = f"""{{"@context": {context}, "@id": "http://a", "@type": "Dataset", "title": "T",
        "publisher": "http://p", "distribution": {{"accessURL": "http://d"}}}}"""
    reading, graph = read(body.encode())
    assert ("http://a", DCTERMS + "title", Literal("T")) in graph
    assert ("http://a", DCTERMS + "publisher", "http://p") in graph
    assert ("_:b0", DCAT + "accessURL", "http://d") in graph
    assert codes(reading) == []


@pytest.mark.parametrize("address", ["https://schema.org/", "http://schema.org"])
def test_the_schema_org_context_is_shipped(address: str) -> None:
    """Every key is a schema.org term."""
    body = f'{{"@context": "{address}", "@id": "http://a", "@type": "Dataset", "name": "N"}}'
    _, graph = read(body.encode())
    assert ("http://a", SCHEMA + "name", Literal("N")) in graph


@pytest.mark.case("S59")
@pytest.mark.parametrize(
    "context",
    [
        '"https://evil.example/c"',
        '["https://schema.org/", "https://evil.example/c"]',
        '{"@import": "https://evil.example/c"}',
        '{"p": {"@id": "http://p", "@context": "https://evil.example/c"}}',
    ],
)
def test_other_contexts_are_refused_by_address(context: str) -> None:
    """The message names the address and says what to do."""
    error = refusal(f'{{"@context": {context}, "@id": "http://a", "p": 1}}'.encode())
    assert error.event == "remote-context"
    assert "https://evil.example/c" in str(error)


def test_keys_without_an_iri_are_named_and_counted() -> None:
    """JSON-LD drops them without a word; here one finding a key counts its statements."""
    body = b'{"@context": {"t": "http://t"}, "@id": "http://a", "t": 1, "nej": [1, 2], "ej": 3}'
    reading, graph = read(body)
    assert len(graph) == 1
    assert [(f.code, f.triples) for f in reading.findings] == [("RD018", 2), ("RD018", 1)]


@pytest.mark.case("S60")
def test_a_repeated_key_is_refused() -> None:
    """A parser that keeps one of the two loses data silently."""
    error = refusal(b'{"@id": "http://a", "@id": "http://b", "http://p": "\\ud800"}')
    assert error.event == "syntax"
    assert "'@id'" in str(error)
