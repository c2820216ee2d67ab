"""Where a document points next."""

import pytest

from harvester.namespaces import DCAT, DCTERMS, HYDRA

from .reading import URL, codes, read

HEAD = f"@prefix h: <{HYDRA}> . @prefix dcat: <{DCAT}> . @prefix dcterms: <{DCTERMS}> .\n"


@pytest.mark.parametrize("name", ["next", "nextPage"])
@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("<http://exempel.se/k?page=2>", "http://exempel.se/k?page=2"),
        ('"http://exempel.se/k?page=2"', "http://exempel.se/k?page=2"),
        ('"?page=2"', URL + "?page=2"),
        ('"/k2"', "http://exempel.se/k2"),
    ],
)
def test_the_next_page_in_both_vocabularies(name: str, value: str, url: str) -> None:
    """As IRI or literal, absolute or relative."""
    reading, graph = read(
        f"{HEAD}<http://v> h:{name} {value} . <http://a> a dcat:Catalog .".encode()
    )
    assert reading.reading.next_url == url
    assert len(graph) == 1


def test_the_view_that_is_this_document_wins() -> None:
    """A document may describe other pages too."""
    body = f"{HEAD}<http://v> h:next <http://x> . <{URL}> h:next <http://y> ."
    assert read(body.encode())[0].reading.next_url == "http://y"


@pytest.mark.parametrize(
    ("value", "total"), [("540", 540), ('"540"', 540), ('"många"', None), ("-1", None)]
)
def test_the_total(value: str, total: int | None) -> None:
    """A number, typed or not; anything else is no total."""
    reading, _ = read(f"{HEAD}<http://v> h:totalItems {value} .".encode())
    assert reading.reading.total_items == total


def test_paging_is_counted_and_set_aside() -> None:
    """Paging says nothing about data; what else is said about the same node stays."""
    body = f"{HEAD}<{URL}> a h:PagedCollection, dcat:Catalog ; h:totalItems 2 ; h:first <?p=1> ."
    reading, graph = read(body.encode())
    assert list(graph) == [
        (URL, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", DCAT + "Catalog")
    ]
    [paging] = [finding for finding in reading.findings if finding.code == "RD015"]
    assert paging.triples == 3


def test_a_catalog_of_which_only_the_type_is_said_is_to_be_fetched() -> None:
    """Described parts, parts without a type and parts of what is no catalog are not."""
    body = f"""{HEAD}<http://k> a dcat:Catalog ;
        dcterms:hasPart <http://tom>, <http://full>, <http://okänd>, [ a dcat:Catalog ] .
        <http://d> a dcat:Dataset ; dcterms:hasPart <http://annan> .
        <http://tom> a dcat:Catalog . <http://annan> a dcat:Catalog .
        <http://full> a dcat:Catalog ; dcterms:title "F" ."""
    reading, graph = read(body.encode())
    assert reading.reading.parts == ("http://tom",)
    again, _ = read(f"{HEAD}<http://tom> dcterms:title 'T' .".encode(), graph=graph)
    assert again.reading.parts == ()
    assert codes(again) == []
