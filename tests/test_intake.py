"""The documents of one source, read one after the other, and judged when all are there."""

from pathlib import Path

from harvester.intake import Intake
from harvester.model import Document, Finding
from harvester.normalize import make_normaliser
from harvester.profile import load_profile
from harvester.settings import Recipe

URL = "https://exempel.se/katalog"
PAGE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://exempel.se/d1> a dcat:Dataset ; dct:title "Cykelvägar"@sv ;
  dct:description "Alla cykelvägar"@sv ; dct:publisher <https://exempel.se/org> .
"""
PUBLISHER = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://exempel.se/org> a foaf:Agent ; foaf:name "Exempelstad" .
"""


def about_the_publisher(*bodies: str) -> list[Finding]:
    """What is said of the publisher of the dataset when these documents are all there is."""
    intake = Intake("exempel", load_profile("dcat-ap-se"), make_normaliser(Recipe()))
    for number, body in enumerate(bodies):
        url = f"{URL}?page={number}"
        intake.add(Document(url, url, Path("k.ttl"), "0", len(body)), body.encode())
    publisher = "http://purl.org/dc/terms/publisher"
    return [f for f in intake.state().findings if f.path == publisher and "d1" in f.focus]


def test_what_another_page_describes_is_known_before_the_verdict() -> None:
    """A publisher on a later page is one, whichever page comes first; without it, it is missed."""
    assert about_the_publisher(PAGE, PUBLISHER) == []
    assert about_the_publisher(PUBLISHER, PAGE) == []
    assert about_the_publisher(PAGE) != []
