"""The verdict is the portal's, by the codes of the findings."""

import pytest

from harvester.model import Finding, Severity
from harvester.rules.book import rule_book
from harvester.rules.verdict import REJECTING, Verdict, verdict, verdict_text
from harvester.words import Text


def finding(code: str, severity: Severity) -> Finding:
    return Finding(code, severity, "https://exempel.se/d", Text("a", "a"))


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], Verdict.ACCEPTED),
        ([finding("DS020", Severity.WARNING), finding("DS030", Severity.INFO)], Verdict.ACCEPTED),
        ([finding("DS001", Severity.ERROR)], Verdict.WITH_REMARKS),
        ([finding("DS001", Severity.ERROR), finding("PT002", Severity.ERROR)], Verdict.REJECTED),
        ([finding("RD005", Severity.ERROR)], Verdict.REJECTED),
        ([finding("PT002", Severity.INFO)], Verdict.REJECTED),
        ([finding("PT050", Severity.WARNING)], Verdict.ACCEPTED),
    ],
)
def test_the_worst_finding_decides(findings, expected):
    """What the portal cannot take rejects; any other error is a remark."""
    assert verdict(findings) is expected


def test_every_rejecting_code_is_explained_as_such():
    """The table of rejecting codes and the rule book agree."""
    assert {rule.code for rule in rule_book().values() if rule.rejects} == REJECTING


@pytest.mark.parametrize("outcome", Verdict)
def test_every_verdict_has_words(outcome):
    """One sentence each in Swedish and English."""
    assert verdict_text(outcome).sv != verdict_text(outcome).en
