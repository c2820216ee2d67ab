"""Searching for a few nodes finds what scanning the whole document finds."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from harvester.namespaces import DCTERMS, PREFIXES, RDF_TYPE
from harvester.rdf.positions import few, jsonld, rdfxml
from harvester.rdf.positions.context import Context
from harvester.rdf.positions.index import Index, Wanted
from tests.benchmarks.catalogs import BASE, descriptions, write_turtle
from tests.benchmarks.swedish import complete

W = "https://exempel.se/w"
PATHS = frozenset({DCTERMS + "title", DCTERMS + "publisher", RDF_TYPE})
RDF = (
    f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="{DCTERMS}">\n'
)
OTHER = '<rdf:Description rdf:about="https://exempel.se/o"/>\n'
IN_XML = {
    "at the top": f'<rdf:Description rdf:about="{W}" dcterms:title="A"/>',
    "twice": f'<rdf:Description rdf:about="{W}" dcterms:title="A"/>' * 2,
    "with text": f"<rdf:Description rdf:about='{W}'><dcterms:title>A</dcterms:title>"
    "</rdf:Description>",
    "in another": f'<rdf:Description><dcterms:publisher><rdf:Description rdf:about="{W}">'
    "<dcterms:title>A</dcterms:title></rdf:Description></dcterms:publisher></rdf:Description>",
    "in a list": f'<rdf:Description><dcterms:publisher rdf:parseType="Collection">{OTHER}'
    f'<rdf:Description rdf:about="{W}"/></dcterms:publisher></rdf:Description>',
    "commented out": f'<!-- <rdf:Description rdf:about="{W}" dcterms:title="B"/> -->{OTHER}',
    "in a section": f'<rdf:Description rdf:about="https://exempel.se/p"><dcterms:title><![CDATA['
    f'</x> <rdf:Description rdf:about="{W}"/>]]></dcterms:title></rdf:Description>',
    "by its fragment": f'<rdf:Description rdf:about="{W}#a" dcterms:title="A"/>'
    '<rdf:Description rdf:ID="a" dcterms:title="B"/>',
    "as it is relative": '<rdf:Description rdf:about="w" dcterms:title="A"/>',
    "with entities": '<rdf:Description rdf:about="https://exempel.se/&#x77;" dcterms:title="A"/>',
    "with another prefix": '<r:Description xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'r:about="{W}" dcterms:title="A"/>',
    "as an attribute of another kind": f'<rdf:Description rdf:about="https://exempel.se/p">'
    f'<dcterms:title>A</dcterms:title><dcterms:publisher dcterms:about="{W}"/></rdf:Description>',
}
TITLE = f'"{DCTERMS}title": "A"'
IN_JSON = {
    "first": f'{{"@id": "{W}", {TITLE}}}',
    "last": f'{{{TITLE}, "@id": "{W}"}}',
    "twice": f'{{"@id": "{W}", {TITLE}}}, {{"@id": "{W}", {TITLE}}}',
    "in another": f'{{"@id": "https://exempel.se/p", "{DCTERMS}publisher": '
    f'{{"@id": "{W}", {TITLE}}}}}',
    "in itself": f'{{"@id": "{W}", "{DCTERMS}publisher": {{"@id": "{W}", {TITLE}}}}}',
    "only mentioned": f'{{"@id": "https://exempel.se/p", "{DCTERMS}publisher": {{"@id": "{W}"}}}}',
    "relative": f'{{"@id": "w", {TITLE}}}',
    "escaped": f'{{"@id": "https:\\/\\/exempel.se\\/w", {TITLE}}}',
    "by an escaped key": f'{{"\\u0040id": "{W}", {TITLE}}}',
    "in JSON": f'{{"@id": "https://exempel.se/p", "{DCTERMS}title": {{"@type": "@json", '
    f'"@value": {{"@id": "{W}", {TITLE}}}}}}}',
    "with a context of its own": f'{{"@context": {{"t": "{DCTERMS}title"}}, "@id": "{W}", '
    f'"t": "B"}}, {{"@id": "{W}", "t": "C"}}',
}


def _found(index: Index) -> object:
    return index.starts, {node: sorted(said) for node, said in index.statements.items() if said}


def _both(
    scan: Callable[[str, str, Wanted], Index],
    text: str,
    wanted: Wanted,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[object, object]:
    """What a search finds, and what a scan finds."""
    searched = _found(scan(text, "https://exempel.se/", wanted))
    with monkeypatch.context() as patched:
        patched.setattr(few, "_MOST", -1)
        return searched, _found(scan(text, "https://exempel.se/", wanted))


def _wanted(*nodes: str) -> Wanted:
    return Wanted(frozenset(nodes), dict.fromkeys(nodes, PATHS), PATHS)


@pytest.mark.parametrize("node", IN_XML.values(), ids=IN_XML)
def test_a_node_in_rdfxml_is_found_as_by_a_scan(node: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it stands, and whatever looks like it but is none."""
    monkeypatch.setattr(few, "_LONG", 0)
    text = f"{RDF}{OTHER}{node}\n{OTHER}</rdf:RDF>"
    searched, scanned = _both(rdfxml.scan, text, _wanted(W, W + "#a"), monkeypatch)
    assert searched == scanned


@pytest.mark.parametrize("node", IN_JSON.values(), ids=IN_JSON)
@pytest.mark.parametrize("context", ["", f'"@context": {{"t": "{DCTERMS}title"}}, '])
def test_a_node_in_jsonld_is_found_as_by_a_scan(
    node: str, context: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with other keys, escapes and contexts, and where it is a value and no node."""
    monkeypatch.setattr(few, "_LONG", 0)
    text = f'{{{context}"@graph": [{node}]}}'
    searched, scanned = _both(jsonld.scan, text, _wanted(W), monkeypatch)
    assert searched == scanned


def test_a_keyword_by_another_name_is_found_as_by_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """``id`` for ``@id``, as DCAT-AP's own context has it."""
    monkeypatch.setattr(few, "_LONG", 0)
    text = f'{{"@context": {{"id": "@id"}}, "@graph": [{{"id": "{W}", {TITLE}}}]}}'
    searched, scanned = _both(jsonld.scan, text, _wanted(W), monkeypatch)
    assert searched == scanned


def test_the_nodes_of_a_catalog_are_found_as_by_a_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every tenth dataset of a hundred, as pyoxigraph writes them."""
    turtle = tmp_path / "c.ttl"
    write_turtle(turtle, complete(descriptions(100)))
    triples = [quad.triple for quad in ox.parse(path=turtle, format=ox.RdfFormat.TURTLE)]
    wanted = _wanted(*(f"{BASE}dataset/{number}" for number in range(0, 100, 10)))
    for scan, syntax in (
        (rdfxml.scan, ox.RdfFormat.RDF_XML),
        (jsonld.scan, ox.RdfFormat.JSON_LD),
    ):
        text = ox.serialize(triples, format=syntax, prefixes=dict(PREFIXES)).decode()
        searched, scanned = _both(scan, text, wanted, monkeypatch)
        assert searched == scanned
    assert len(few.in_jsonld(text, Context(""), [], wanted) or ()) == 10
