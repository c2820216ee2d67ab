"""The JSON object is the contract of docs/cli.md, and jsonl one finding a line."""

import json
from pathlib import Path

import jsonschema
import pytest

import harvester
from harvester.report.formats import FORMATS
from tests.report.sample import EVERY, ORDINARY, view

SCHEMA = json.loads(
    (Path(harvester.__file__).parent / "data/schemas/validate-1.schema.json").read_text("utf-8")
)


def render(result, **changes):
    return json.loads("".join(FORMATS["json"](view(result, **changes))))


def test_the_json_object_is_the_contract():
    """Names are shortened, values are N-Triples terms, unknown places are null."""
    found = render(ORDINARY, lang="sv")
    assert found["schema"] == "harvester/validate/1"
    assert found["counts"] == {"error": 1, "warning": 1, "info": 1}
    assert found["inputs"] == [
        {
            "input": "k.ttl",
            "format": "turtle",
            "triples": 10,
            "datasets": 2,
            "distributions": 1,
            "repaired": False,
        }
    ]
    assert found["findings"][0] == {
        "code": "DS302",
        "severity": "warning",
        "focus": "https://exempel.se/d",
        "class": "dcat:Dataset",
        "path": "dcterms:modified",
        "value": '"i våras"^^<http://www.w3.org/2001/XMLSchema#date>',
        "component": "sh:DatatypeConstraintComponent",
        "shape": "https://exempel.se/shape",
        "title": "Badplatser",
        "message": "Fel datum.",
        "input": "k.ttl",
        "line": 3,
        "column": 5,
    }
    assert found["findings"][1]["line"] is None


@pytest.mark.parametrize("sample", EVERY)
def test_every_object_follows_the_shipped_schema(sample):
    """Checked against harvester/data/schemas/validate-1.schema.json."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(render(EVERY[sample]), SCHEMA)


def test_the_schema_says_no_to_what_is_not_the_contract():
    """A schema that takes anything would make the test above say nothing."""
    found = render(ORDINARY)
    for broken in (
        {**found, "verdict": "fine"},
        {**found, "findings": [{**found["findings"][0], "line": 0}]},
        {key: value for key, value in found.items() if key != "counts"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


@pytest.mark.parametrize("most", [0, 1])
def test_counts_are_of_all_findings_however_few_are_shown(most):
    """``--max-findings`` hides, says how many, and does not change the answer."""
    found = render(ORDINARY, most=most)
    assert len(found["findings"]) == most
    assert sum(found["counts"].values()) == 3
    assert found["hidden"] == 3 - most


def test_jsonl_has_a_line_for_each_finding():
    """Each line is an object of the array in json; no line end inside it."""
    for sample in EVERY.values():
        text = "".join(FORMATS["jsonl"](view(sample)))
        assert [json.loads(line) for line in text.splitlines()] == render(sample)["findings"]
        assert text.count("\n") == len(sample.findings)


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab"])
def test_no_json_can_steer_a_terminal(name):
    """S69: only line ends are raw control characters; the values are unchanged."""
    text = "".join(FORMATS[name](view(EVERY["nasty"])))
    assert not {c for c in text if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\x9f\u202e\u2066"}
