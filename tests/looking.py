"""A working folder in which two invented catalogs have been harvested, to ask and to look at."""

import shutil
from pathlib import Path

import pytest

from harvester.cli.boundary import run

EXAMPLES = Path(__file__).parents[1] / "examples" / "catalogs"
HOSTILE = """
<https://exempel.se/k> a dcat:Catalog ; dcterms:title "Fientlig katalog"@sv ;
    dcat:dataset <https://exempel.se/d1> , <https://exempel.se/d2> .
<https://exempel.se/d1> a dcat:Dataset ; dcterms:title "=cmd|' /C calc'!A0"@sv ;
    dcterms:description "<script>alert(1)</script>\\n;\\"citat\\"\\u202Esnurr"@sv ;
    dcat:keyword "a|b"@sv , "c\\\\d"@sv , "-1+2"@sv ; dcterms:identifier "05" ;
    dcat:distribution <https://exempel.se/f1> .
<https://exempel.se/d2> a dcat:Dataset ; dcterms:title "<img src=x onerror=alert(1)>"@sv .
<https://exempel.se/f1> a dcat:Distribution ; dcat:accessURL <https://exempel.se/f1.csv> ;
    dcat:byteSize "0100"^^xsd:nonNegativeInteger , "100"^^xsd:integer .
"""
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def harvest_examples(folder: Path) -> Path:
    """Harvest three sources in ``folder``: two examples, and one with hostile texts."""
    for name in ("exempelstad.rdf", "exempelberg.ttl"):
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "hostile.ttl").write_text(PREFIXES + HOSTILE, encoding="utf-8")
    (folder / "harvester.toml").write_text(
        '[[source]]\nid = "berg"\ntitle = "Exempelberg"\nurl = "exempelberg.ttl"\n'
        '[[source]]\nid = "stad"\ntitle = "Exempelstad"\nurl = "exempelstad.rdf"\n'
        '[[source]]\nid = "hostile"\ntitle = "<b>Fientlig</b>"\nurl = "hostile.ttl"\n'
    )
    assert run(["harvest", "--quiet", "--config", str(folder / "harvester.toml")]) == 0
    return folder


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, harvested once a module; tests do not write to its store."""
    return harvest_examples(tmp_path_factory.mktemp("harvested"))


@pytest.fixture
def here(harvested: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as working folder, in English."""
    monkeypatch.chdir(harvested)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("COLUMNS", "80")
    return harvested
