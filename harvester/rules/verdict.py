"""The national portal's answer to a file: accepted, accepted with remarks, rejected."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from harvester.model import Finding, Severity
from harvester.rules.portal import PORTAL_RULES
from harvester.rules.reading import READING_RULES
from harvester.words import Text

REJECTING: Final = frozenset(
    rule.code for rule in (*(r.rule for r in PORTAL_RULES), *READING_RULES) if rule.rejects
)


class Verdict(StrEnum):
    """What the portal would do with the file (docs/cli.md, ``validate``)."""

    ACCEPTED = "accepted"
    WITH_REMARKS = "accepted-with-remarks"
    REJECTED = "rejected"


_TEXTS: Final = {
    Verdict.ACCEPTED: Text(
        sv="Portalen kan ta emot filen.",
        en="The portal can take the file.",
    ),
    Verdict.WITH_REMARKS: Text(
        sv="Portalen kan ta emot filen, men uppgifter saknas eller är fel.",
        en="The portal can take the file, but information is missing or wrong.",
    ),
    Verdict.REJECTED: Text(
        sv="Portalen kan inte ta emot filen, eller en resurs i den.",
        en="The portal cannot take the file, or a resource in it.",
    ),
}


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Judge by the codes and severities of all findings, those of reading among them.

    *rejected*: a code of ``REJECTING``, whatever severity a profile gives it, since the verdict
    is the portal's. *accepted-with-remarks*: any error. Warnings and infos do not count.
    """
    outcome = Verdict.ACCEPTED
    for finding in findings:
        if finding.code in REJECTING:
            return Verdict.REJECTED
        if finding.severity is Severity.ERROR:
            outcome = Verdict.WITH_REMARKS
    return outcome


def verdict_text(outcome: Verdict) -> Text:
    """One sentence for people."""
    return _TEXTS[outcome]
