"""SARIF 2.1.0: valid, rules with help, places relative to the repository, stable fingerprints."""

import json

import jsonschema
import pytest

from harvester.report.formats import FORMATS
from harvester.report.formats.sarif import FINGERPRINT
from tests.outside import outside
from tests.report.sample import DATE, EVERY, ORDINARY, SUPPRESSED, UNREAD, validation, view


def log(result, **changes):
    return json.loads("".join(FORMATS["sarif"](view(result, **changes))))


def run(result, **changes):
    (only,) = log(result, **changes)["runs"]
    return only


@pytest.mark.parametrize("sample", EVERY)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_log_follows_the_standard(sample, lang):
    """Checked against the OASIS schema."""
    schema = json.loads(outside("sarif-2.1.0.json").read_text("utf-8-sig"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        log(EVERY[sample], lang=lang)
    )


def test_results_point_at_their_rule_and_place():
    """A region only where the line is known; columns count characters; the focus is logical."""
    found = run(ORDINARY)
    assert found["columnKind"] == "unicodeCodePoints"
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    by_code = {result["ruleId"]: result for result in found["results"]}
    (place,) = by_code["DS302"]["locations"]
    assert place == {
        "physicalLocation": {
            "artifactLocation": {"uri": "k.ttl"},
            "region": {"startLine": 3, "startColumn": 5},
        },
        "logicalLocations": [
            {
                "fullyQualifiedName": "https://exempel.se/d",
                "kind": "resource",
                "name": "Badplatser",
            }
        ],
    }
    assert "region" not in by_code["DS001"]["locations"][0]["physicalLocation"]
    assert [r["level"] for r in found["results"]] == ["error", "warning", "note"]


@pytest.mark.parametrize(("lang", "word"), [("sv", "Lägg till"), ("en", "Add")])
def test_rules_explain_themselves_in_the_language_asked_for(lang, word):
    """Help text and a link, as GitHub and editors show them."""
    rules = {rule["id"]: rule for rule in run(ORDINARY, lang=lang)["tool"]["driver"]["rules"]}
    assert f"{word} dcterms:title." in rules["DS001"]["help"]["text"]
    assert rules["DS001"]["helpUri"] == "https://exempel.se/profil#titel"
    assert rules["DS001"]["defaultConfiguration"] == {"level": "error"}
    assert rules["DS999"] == {"id": "DS999"}


def test_fingerprints_are_unique_and_not_made_of_lines():
    """So that GitHub knows a finding again when the file grows."""
    marks = [r["partialFingerprints"][FINGERPRINT] for r in run(EVERY["nasty"])["results"]]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("/repo/data/k ä.ttl", "data/k%20%C3%A4.ttl"),
        ("data\\k.ttl", "data%5Ck.ttl"),
        ("data/k.ttl", "data/k.ttl"),
        ("/other/k.ttl", "file:///other/k.ttl"),
        ("https://user:secret@exempel.se/k?a=b", "https://exempel.se/k?a=b"),
        ("-", "stdin"),
        ("C:#1.ttl", "C%3A%231.ttl"),
    ],
)
def test_places_are_relative_uris_without_secrets(name, uri):
    """Relative to the folder the command ran in, with forward slashes."""
    from dataclasses import replace

    found = run(validation(replace(DATE, input=name)), root="/repo")
    (place,) = found["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert "secret" not in json.dumps(found)


def test_a_suppressed_finding_says_why():
    """It is in the log, and does not count."""
    results = run(SUPPRESSED)["results"]
    assert [result.get("suppressions") for result in results] == [
        None,
        [{"kind": "external", "justification": "known since 2024"}],
    ]


def test_an_unreadable_input_is_a_failed_invocation():
    """No results is not the same as nothing wrong."""
    (invocation,) = run(UNREAD)["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("x.rdf:3:1")


def test_what_is_hidden_is_counted():
    """--max-findings."""
    assert run(ORDINARY, most=1)["properties"]["hidden"] == 2
