"""GitLab's code quality report: a JSON array of the part of Code Climate's format it reads."""

from collections.abc import Iterator
from typing import Any, Final

from harvester.model import Finding, Severity
from harvester.report.formats.interface import about_of, fingerprint_of
from harvester.report.formats.json import array
from harvester.report.formats.places import path_from
from harvester.report.validation import View

LEVELS: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
REJECTS: Final = "critical"


def render(view: View) -> Iterator[str]:
    """Yield the array; every fingerprint is its own, since GitLab shows only the first of two."""
    names = fingerprint_of(view.result)
    yield from array(
        (_entry(view, finding, names[id(finding)]) for finding in view.findings), " ", ""
    )
    yield "\n"


def _entry(view: View, finding: Finding, mark: str) -> dict[str, Any]:
    return {
        "description": _description(finding, view.lang),
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": _severity(view, finding),
        # GitLab wants a line; where it is not known the file's first is as good as any.
        "location": {
            "path": path_from(view.root, finding.input),
            "lines": {"begin": finding.line or 1},
        },
    }


def _severity(view: View, finding: Finding) -> str:
    rule = view.result.rules.get(finding.code)
    return REJECTS if rule is not None and rule.rejects else LEVELS[finding.severity]


def _description(finding: Finding, lang: str) -> str:
    title = f"{finding.title}: " if finding.title else ""
    return f"{title}{finding.message.in_language(lang)} ({about_of(finding)})"
