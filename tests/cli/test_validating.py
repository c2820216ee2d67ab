"""What ``validate`` says of where things are."""

import json

from harvester.cli.boundary import run

PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"


def test_every_finding_names_a_file_a_line_and_a_column(tmp_path, capsys):
    """Of a folder, each finding is in the file that describes what it is about."""
    (tmp_path / "a.ttl").write_text(
        PREFIXES + "<http://exempel.se/k> a dcat:Catalog ; dcat:dataset <http://exempel.se/d> ."
    )
    (tmp_path / "b.ttl").write_text(
        PREFIXES + '\n<http://exempel.se/d> a dcat:Dataset ;\n    dcat:theme "MILJÖ" .'
    )
    assert run(["validate", str(tmp_path), "--json", "--offline"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    places = {
        "http://exempel.se/k": (str(tmp_path / "a.ttl"), 2, 2),
        "http://exempel.se/d": (str(tmp_path / "b.ttl"), 3, 2),
    }
    themes = 0
    for finding in findings:
        place = (finding["input"], finding["line"], finding["column"])
        if finding["value"] == '"MILJÖ"':
            themes += 1
            assert place == (str(tmp_path / "b.ttl"), 4, 17)
        else:
            assert place == places[finding["focus"]]
    assert themes
    assert {finding["focus"] for finding in findings} == set(places)
