"""Normalising from harvester.toml to what the store, show, plan and the export say."""

import json

import pytest

from harvester.cli.boundary import run

CATALOG = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix : <http://gammal.exempel.se/> .
:c a dcat:Catalog ; dcterms:title "Katalog"@sv ; dcat:dataset :d .
:d a dcat:Dataset ; dcterms:title " Badplatser"@sv ; dcterms:language "sv" ; dcat:distribution :f ;
  dcterms:accrualPeriodicity "varje vecka" .
:f a dcat:Distribution ; dcat:accessURL <https://exempel.se/bad.csv> ;
  dcterms:format "CSV" ; dcterms:license "Kommunens licens" .
"""
OWN = """
[source.rewrite]
"http://gammal.exempel.se/" = "https://exempel.se/"
[[source.mapping]]
property = "dcterms:license"
from = "Kommunens licens"
to = "CC BY"
"""
FILE = "https://exempel.se/f"
CC_BY = "http://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def configure(tmp_path, monkeypatch):
    """A folder with a catalog, and a way to write its harvester.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "katalog.ttl").write_text(CATALOG, "utf-8")

    def write(top: str = "", source: str = OWN) -> None:
        (tmp_path / "harvester.toml").write_text(
            f'[harvester]\n{top}\n[export.se]\npath = "se.nt"\n'
            f'[[source]]\nid = "stad"\nurl = "katalog.ttl"\n{source}',
            "utf-8",
        )

    return write


def answer(capsys, *arguments: str):
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def changes(shown) -> set[tuple[str, str, str, str, str]]:
    return {tuple(one.values()) for one in shown["descriptions"][0]["normalisations"]}


def test_every_change_is_listed_with_the_publishers_words(configure, capsys):
    """A source's own words come before the program's; what is assumed is marked and a finding."""
    configure()
    (source,) = answer(capsys, "harvest")["sources"]
    assert source["normalised"]["licence"] == source["normalised"]["format"] - 1 == 1
    shown = answer(capsys, "show", FILE)
    licence = "dcterms:license"
    assert {
        ("mapping", "", "<http://gammal.exempel.se/f>", f"<{FILE}>", "exact"),
        ("mapping", licence, '"Kommunens licens"', '"CC BY"', "exact"),
        ("licence", licence, '"CC BY"', f"<{CC_BY}>", "assumed"),
    } <= changes(shown)
    assert "RD060" in {one["code"] for one in shown["descriptions"][0]["findings"]}
    assert run(["show", FILE]) == 0
    assert f'licence: dcterms:license: "CC BY" → <{CC_BY}> (assumed)' in capsys.readouterr().out


def test_the_export_has_the_new_words_in_swedens_form(configure, capsys, tmp_path):
    """IRIs that have moved, the licence by its IRI, the format as a media type in text."""
    configure()
    assert run(["harvest", "--quiet"]) == 0
    text = (tmp_path / "se.nt").read_text("utf-8")
    assert "gammal" not in text
    assert f'<{FILE}> <http://purl.org/dc/terms/format> "text/csv" .' in text
    assert f"<{FILE}> <http://purl.org/dc/terms/license> <{CC_BY}> ." in text
    assert '"Badplatser"@sv' in text
    assert "/frequency/WEEKLY>" in text


def test_a_plan_lists_what_would_be_normalised(configure, capsys):
    """Each added or changed resource with its changes; nothing is stored."""
    configure()
    (source,) = answer(capsys, "plan")["sources"]
    steps = {one["iri"]: {n["step"] for n in one["normalisations"]} for one in source["changes"]}
    assert steps[FILE] == {"mapping", "licence", "format"}
    assert steps["https://exempel.se/d"] == {"mapping", "text", "language", "frequency"}


def test_the_choice_of_steps_is_the_sources_before_the_programs(configure, capsys):
    """A changed choice reads the source anew, though its file is the same."""
    configure('normalise = ["format"]', "")
    assert set(answer(capsys, "harvest")["sources"][0]["normalised"]) == {"format"}
    assert answer(capsys, "harvest")["sources"][0]["outcome"] == "unchanged"
    configure('normalise = ["format"]', 'normalise = ["text", "language"]\n')
    (source,) = answer(capsys, "harvest")["sources"]
    assert (source["outcome"], set(source["normalised"])) == ("ok", {"text", "language"})
    configure('normalise = ["format"]', "normalise = []\n")
    assert answer(capsys, "harvest")["sources"][0]["normalised"] == {}


@pytest.mark.parametrize(
    ("top", "source", "said"),
    [
        ('normalise = ["formats"]', "", "harvester.toml:2: harvester.normalise: no step is called"),
        ("", 'normalise = ["licens"]', "did you mean 'licence'?"),
        ("", '[source.rewrite]\n"http://a/" = "b"', "both must be the start of an IRI"),
    ],
)
def test_a_wrong_choice_is_told_before_anything_is_fetched(configure, capsys, top, source, said):
    """Exit code 2, file, line and key."""
    configure(top, source)
    assert run(["harvest"]) == 2
    assert said in capsys.readouterr().err
