"""JUnit XML: valid whatever is in the data, and failing where the exit code fails."""

import xml.etree.ElementTree as ET

import pytest

from harvester.model import Severity
from harvester.report.formats import FORMATS
from tests.outside import outside
from tests.report.sample import EVERY, ORDINARY, UNREAD, validation, view

COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def xml(result, **changes) -> bytes:
    return "".join(FORMATS["junit"](view(result, **changes))).encode("utf-8")


@pytest.mark.parametrize("sample", EVERY)
def test_every_report_follows_jenkins_schema(sample):
    """Checked against junit-10.xsd."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(outside("junit-10.xsd")))
    schema.assertValid(etree.fromstring(xml(EVERY[sample])))


@pytest.mark.parametrize("sample", EVERY)
def test_counts_are_those_of_the_cases(sample):
    """Each suite counts its own; a case has a name and a class."""
    root = ET.fromstring(xml(EVERY[sample]))
    assert len(root)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) > 0
        for attribute, tag in COUNTED.items():
            assert int(suite.attrib[attribute]) == len(suite.findall(f"testcase/{tag}"))
        assert all(case.attrib["name"] and case.attrib["classname"] for case in cases)


@pytest.mark.parametrize(
    ("failing", "failures"),
    [
        ((Severity.ERROR,), 1),
        ((Severity.ERROR, Severity.WARNING), 2),
        (tuple(Severity), 3),
        ((), 0),
    ],
)
def test_a_case_fails_where_the_run_fails(failing, failures):
    """--fail-on decides both; the others are skipped, with their message."""
    (suite,) = ET.fromstring(xml(ORDINARY, failing=frozenset(failing)))
    assert suite.attrib["failures"] == str(failures)
    assert suite.attrib["skipped"] == str(3 - failures)


def test_a_failure_says_what_where_and_how():
    """For who reads only the failed case."""
    (suite,) = ET.fromstring(xml(ORDINARY, failing=frozenset(Severity), lang="sv"))
    failure = suite.find("testcase[@classname='DS302']/failure")
    assert failure.attrib == {"type": "warning", "message": "Fel datum."}
    for part in ("k.ttl:3:5", "Badplatser", "https://exempel.se/d", '"i våras"^^<'):
        assert part in failure.text


def test_control_characters_are_shown():
    """S72: they would make the file unreadable to every XML reader."""
    text = xml(EVERY["nasty"]).decode()
    assert r"\x1b]0;pwned\x07" in text
    assert not {c for c in text if (ord(c) < 32 and c != "\n") or c in "\ufffe\uffff"}


def test_nothing_wrong_is_a_case_that_passed_and_unreadable_one_with_an_error():
    """An empty suite would look like a run that never happened."""
    (suite,) = ET.fromstring(xml(validation()))
    assert [list(case) for case in suite] == [[]]
    (suite,) = ET.fromstring(xml(UNREAD))
    assert suite.attrib["errors"] == "1"
