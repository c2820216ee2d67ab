"""harvester quality, of files and of the store."""

import json
import shutil
from pathlib import Path

import pytest

from harvester.cli.boundary import run

EXAMPLES = Path(__file__).parents[2] / "examples" / "catalogs"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with two catalogs and a configuration, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("exempelstad.rdf", "exempelberg.ttl"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    (tmp_path / "harvester.toml").write_text(
        '[[source]]\nid = "berg"\nurl = "exempelberg.ttl"\n'
        '[[source]]\nid = "stad"\nurl = "exempelstad.rdf"\n'
    )
    return tmp_path


def test_a_file_needs_no_configuration(folder, capsys):
    """One page; the points of both portals."""
    assert run(["quality", "exempelstad.rdf"]) == 0
    out, err = capsys.readouterr()
    assert "by dataportal.se" in out
    assert "by data.europa.eu" in out
    assert err == ""


def test_the_store_is_measured_by_source(folder, capsys):
    """As harvested: the points that the files have, and those that normalising gives."""
    assert run(["harvest", "--quiet"]) == 0
    assert run(["quality", "--json"]) == 0
    stored = json.loads(capsys.readouterr().out)
    assert run(["quality", "--json", "exempelberg.ttl", "exempelstad.rdf"]) == 0
    files = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in stored["catalogs"]] == ["berg", "stad"]
    for mine, theirs in zip(stored["catalogs"], files["catalogs"], strict=True):
        points, had = (
            {row.pop("dimension"): row["points"] for row in one["se"]["dimensions"]}
            for one in (mine, theirs)
        )
        assert points.pop("interoperability") > had.pop("interoperability")
        assert points == had
        assert mine["datasets"] == theirs["datasets"] > 0


def test_without_a_store_it_says_what_is_missing(folder, capsys):
    """Exit code 10."""
    assert run(["quality"]) == 10


def test_what_cannot_be_read_does_not_stop_the_rest(folder, capsys):
    """Exit code 5 and a line; the other file is measured."""
    (folder / "bad.rdf").write_text("<html>")
    assert run(["quality", "bad.rdf", "exempelstad.rdf", "--json"]) == 5
    out, err = capsys.readouterr()
    assert [one["name"] for one in json.loads(out)["catalogs"]] == ["exempelstad.rdf"]
    assert "bad.rdf" in err


def test_measurements_are_written_beside(folder, capsys):
    """And said on stderr only."""
    assert run(["quality", "exempelstad.rdf", "--json", "--dqv", "m.ttl"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["schema"] == "harvester/quality/1"
    assert "m.ttl" in err
    assert b"dqv:QualityMeasurement" in (folder / "m.ttl").read_bytes()
    assert run(["quality", "exempelstad.rdf", "--dqv", "m.csv"]) == 2
