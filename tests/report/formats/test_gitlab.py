"""GitLab's code quality report."""

import json
from dataclasses import replace

from harvester.report.formats import FORMATS
from tests.report.sample import DATE, EVERY, MISSING, ORDINARY, RULES, validation, view


def entries(result, **changes):
    return json.loads("".join(FORMATS["gitlab"](view(result, **changes))))


def test_an_entry_is_what_gitlab_reads():
    """description, check_name, fingerprint, severity, location.path, location.lines.begin."""
    first, second, third = entries(ORDINARY, lang="sv")
    assert first.pop("fingerprint") != second["fingerprint"]
    assert first == {
        "description": "Badplatser: Fel datum. (dcterms:modified · https://exempel.se/d)",
        "check_name": "DS302",
        "severity": "minor",
        "location": {"path": "k.ttl", "lines": {"begin": 3}},
    }
    assert second["severity"] == "major"
    assert second["location"]["lines"] == {"begin": 1}
    assert third["severity"] == "info"


def test_what_the_portal_cannot_take_is_critical():
    """The severity is the portal's."""
    (entry,) = entries(validation(replace(MISSING, code="PT002"), rules=RULES))
    assert entry["severity"] == "critical"


def test_fingerprints_are_unique_and_survive_moved_lines():
    """GitLab shows only the first of two with the same fingerprint."""
    result = validation(DATE, replace(DATE), *EVERY["nasty"].findings)
    moved = [replace(f, line=f.line + 7) for f in result.findings]
    marks = [entry["fingerprint"] for entry in entries(result)]
    assert len(set(marks)) == len(result.findings)
    assert marks == [entry["fingerprint"] for entry in entries(validation(*moved))]


def test_a_clean_run_is_an_empty_array():
    """GitLab wants the file also then."""
    assert entries(validation()) == []
