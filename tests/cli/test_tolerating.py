"""validate with a baseline and with ignores, from the command line."""

import json
import re

import pytest

from harvester.cli.boundary import run
from harvester.cli.tolerating import parse_date

CATALOG = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://exempel.se/c> a dcat:Catalog ; dcat:dataset <https://exempel.se/d> .
<https://exempel.se/d> a dcat:Dataset ; dcterms:title "Bad"@sv ; dcat:contactPoint [ ] .
"""
MORE = '<https://exempel.se/e> a dcat:Dataset ; dcterms:title "Fler"@sv .\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a catalog that has errors, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "k.ttl").write_text(CATALOG, encoding="utf-8")
    return tmp_path


def answer(capsys, *arguments: str):
    """The exit code and the JSON of one validation."""
    code = run(["validate", "k.ttl", "--json", *arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_baseline_makes_ci_green_until_something_new_comes(folder, capsys):
    """--fail-on counts only new findings; the verdict stays the portal's."""
    before = answer(capsys)
    assert before[0] == 1
    code, first, _ = answer(capsys, "--write-baseline", "b.json")
    assert (code, first["findings"]) == (0, [])
    moved = CATALOG.replace("<https://exempel.se/c>", "\n\n<https://exempel.se/c>", 1)
    lines = moved.splitlines()
    lines[-1], lines[-2] = lines[-2], lines[-1]
    (folder / "k.ttl").write_text("\n".join(lines), encoding="utf-8")
    code, known, _ = answer(capsys, "--baseline", "b.json")
    assert (code, known["findings"], known["stale"]) == (0, [], [])
    assert known["verdict"] == before[1]["verdict"]
    assert len(known["suppressed"]) == len(before[1]["findings"])
    assert {one["by"] for one in known["suppressed"]} == {"baseline"}
    (folder / "k.ttl").write_text(CATALOG + MORE, encoding="utf-8")
    code, new, _ = answer(capsys, "--baseline", "b.json")
    assert code == 1
    assert {one["focus"] for one in new["findings"]} == {"https://exempel.se/e"}


def test_refreshing_a_baseline_drops_what_is_mended(folder, capsys):
    """Both options together: judged by the old one, then written anew; the same bytes twice."""
    (folder / "k.ttl").write_text(CATALOG + MORE, encoding="utf-8")
    answer(capsys, "--write-baseline", "b.json")
    big = (folder / "b.json").read_text(encoding="utf-8")
    (folder / "k.ttl").write_text(CATALOG, encoding="utf-8")
    _, found, _ = answer(capsys, "--baseline", "b.json", "--write-baseline", "b.json")
    assert re.fullmatch(r"b\.json: known findings that are gone: \d+; .*", found["stale"][0])
    small = (folder / "b.json").read_text(encoding="utf-8")
    assert len(small) < len(big)
    _, found, _ = answer(capsys, "--baseline", "b.json", "--write-baseline", "b.json")
    assert found["stale"] == []
    assert (folder / "b.json").read_text(encoding="utf-8") == small


def test_no_baseline_is_written_from_half_the_inputs(folder, capsys):
    """Exit code 5, and the old file stays."""
    (folder / "b.json").write_text("old", encoding="utf-8")
    code, _, err = answer(capsys, "missing.ttl", "--write-baseline", "b.json")
    assert code == 5
    assert "b.json was not written" in err
    assert (folder / "b.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["none.json", "k.ttl", "."])
def test_a_wrong_baseline_ends_before_any_work(folder, capsys, name):
    """Exit code 2 and one line."""
    code, found, err = answer(capsys, "--baseline", name)
    assert (code, found) == (2, {})
    assert err.count("\n") == 1


def test_ignores_of_the_folder_are_used_and_counted(folder, capsys):
    """With their reason; text and JSON say so."""
    (folder / "harvester.toml").write_text(
        '[[ignore]]\ncode = "*"\nreason = "next year"\nuntil = 2027-06-30\n', encoding="utf-8"
    )
    code, found, _ = answer(capsys, "--as-of", "2027-06-30")
    assert (code, found["findings"]) == (0, [])
    assert {(one["by"], one["reason"]) for one in found["suppressed"]} == {("ignore", "next year")}
    code, found, _ = answer(capsys, "--as-of", "2027-07-01")
    assert (code, found["suppressed"]) == (1, [])
    assert "ended on 2027-06-30" in found["stale"][0]
    assert run(["validate", "k.ttl", "--as-of", "2027-01-01"]) == 0
    assert re.search(r"^\d+ ignored, not counted: next year$", capsys.readouterr().out, re.M)


def test_a_configuration_that_anyone_may_write_is_not_trusted(folder, capsys):
    """Unless it is named."""
    path = folder / "harvester.toml"
    path.write_text('[[ignore]]\ncode = "*"\nreason = "x"\n', encoding="utf-8")
    path.chmod(0o666)
    code, found, err = answer(capsys)
    assert (code, found["suppressed"]) == (1, [])
    assert "others can write to it" in err
    code, found, _ = answer(capsys, "--config", str(path))
    assert code == 0


@pytest.mark.case("S83")
def test_validating_uses_nothing_else_of_a_configuration(folder, capsys, monkeypatch):
    """S83: no secret is looked up, no store is made, no source is fetched."""
    monkeypatch.delenv("HARVESTER_KEY", raising=False)
    (folder / "harvester.toml").write_text(
        '[harvester]\nstore = "s.db"\n[[source]]\nid = "a"\nurl = "https://127.0.0.1:9/x"\n'
        'headers = { X-Key = { env = "HARVESTER_KEY" } }\n',
        encoding="utf-8",
    )
    code, _, err = answer(capsys)
    assert (code, err) == (1, "")
    assert sorted(path.name for path in folder.iterdir()) == ["harvester.toml", "k.ttl"]


def test_an_ignore_may_be_about_one_source(folder, capsys):
    """The input that is that source's file, and no other."""
    (folder / "harvester.toml").write_text(
        '[[source]]\nid = "a"\nurl = "k.ttl"\n[[source]]\nid = "b"\nurl = "l.ttl"\n'
        '[[ignore]]\ncode = "*"\nreason = "x"\nsource = "a"\n',
        encoding="utf-8",
    )
    (folder / "l.ttl").write_text(CATALOG, encoding="utf-8")
    code, found, _ = answer(capsys, "l.ttl")
    assert code == 1
    assert {one["input"] for one in found["findings"]} == {"l.ttl"}
    assert len(found["suppressed"]) == len(found["findings"])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('code = "DS001"', 'needs the key "reason"'),
        ('code = "DS001"\nreason = " "', "does not have the form"),
        ('code = "ds001"\nreason = "x"', "does not have the form"),
        ('code = "DS001"\nreason = "x"\nuntil = "soon"', "ignore"),
        ('code = "DS001"\nreason = "x"\nsource = "b"', 'no source is called "b"'),
        ('code = "DS001"\nreason = "x"\nresaon = "y"', 'did you mean "reason"?'),
    ],
)
def test_a_wrong_ignore_names_line_and_key(folder, capsys, table, says):
    """Exit code 2."""
    (folder / "harvester.toml").write_text(f"[[ignore]]\n{table}\n", encoding="utf-8")
    code, _, err = answer(capsys)
    assert code == 2
    assert says in err
    assert "harvester.toml:" in err


def test_dates_are_iso():
    """As TOML has them."""
    assert str(parse_date("2027-01-01")) == "2027-01-01"


def test_a_harvest_fails_on_the_same_findings_as_a_validation(folder, capsys):
    """What is ignored there is ignored here; an ignore that has ended, or is of another, is not."""
    ignore = '[[ignore]]\ncode = "{}"\nreason = "r"\n{}'
    source = '[harvester]\n[[source]]\nid = "s"\nurl = "a.ttl"\n'
    (folder / "a.ttl").write_text(CATALOG, encoding="utf-8")
    for lines, code in (
        ("", 1),
        (ignore.format("*", ""), 0),
        (ignore.format("*", 'source = "s"\n'), 0),
        (ignore.format("*", 'dataset = "https://nobody.exempel.se/*"\n'), 1),
        (ignore.format("XX*", ""), 1),
        (ignore.format("*", "until = 2020-01-01\n"), 1),
    ):
        (folder / "harvester.toml").write_text(source + lines, "utf-8")
        assert run(["validate", "a.ttl", "--quiet", "--fail-on", "info"]) == code, lines
        assert run(["harvest", "--quiet", "--fail-on", "info"]) == code, lines
    capsys.readouterr()
