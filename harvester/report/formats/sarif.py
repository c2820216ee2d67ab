"""SARIF 2.1.0 (OASIS), as GitHub code scanning and editors read it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from harvester.model import Finding, Severity
from harvester.namespaces import shorten
from harvester.report.formats.interface import fingerprint_of, value_of
from harvester.report.formats.json import array, dumps
from harvester.report.formats.places import uri_from
from harvester.report.ranking import groups
from harvester.report.validation import View
from harvester.rules.rule import Rule

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT: Final = "harvesterFinding/v2"


def render(view: View) -> Iterator[str]:
    """Yield one log with one run; what matters most comes first, since GitHub cuts at 5,000.

    A suppressed finding is a result with its suppression and the reason for it.
    """
    result = view.result
    shown = [f for group in groups(result, view.findings) for f in group.findings]
    suppressed = [entry.finding for entry in result.suppressed]
    codes = list(dict.fromkeys(finding.code for finding in (*shown, *suppressed)))
    results = _Results(view, {code: number for number, code in enumerate(codes)})
    run = {
        "tool": {"driver": _driver(view, codes)},
        "language": view.lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(view)],
        "artifacts": [
            {"location": _artifact(view, name)}
            for name in dict.fromkeys(entry.name for entry in result.inputs)
        ],
        "properties": {
            "profile": result.profile,
            "verdict": result.verdict,
            "hidden": view.hidden,
        },
    }
    yield f'{{"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [\n'
    yield dumps(run, indent=1).removesuffix("\n}") + ',\n "results": '
    yield from array(results.every(shown), "  ", " ")
    yield "\n}]}\n"


def _driver(view: View, codes: Sequence[str]) -> dict[str, Any]:
    driver: dict[str, Any] = {
        "name": "harvester",
        "rules": [_rule(code, view.result.rules.get(code), view.lang) for code in codes],
    }
    if view.version:
        driver["version"] = view.version
    return driver


def _rule(code: str, rule: Rule | None, lang: str) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    why, fix = rule.why.in_language(lang), rule.fix.in_language(lang)
    described: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": rule.title.in_language(lang)},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{fix}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["dcat", code[:2]]},
    }
    if rule.section.startswith(("http://", "https://")):
        described["helpUri"] = rule.section
    return described


class _Results:
    """Writes findings as results; what many of them share is made once."""

    def __init__(self, view: View, index: Mapping[str, int]) -> None:
        self._view = view
        self._index = index
        self._swedish = view.lang == "sv"
        self._places = {name: _artifact(view, name) for name in {f.input for f in view.findings}}

    def every(self, shown: Iterable[Finding]) -> Iterator[dict[str, Any]]:
        """Those that count, then those that do not."""
        result = self._view.result
        names = fingerprint_of(result)
        for finding in shown:
            yield self._result(finding, names[id(finding)])
        for entry in result.suppressed:
            found = self._result(entry.finding, entry.fingerprint)
            yield {**found, "suppressions": [{"kind": "external", "justification": entry.reason}]}

    def _result(self, finding: Finding, fingerprint: str) -> dict[str, Any]:
        title, focus, name = finding.title, finding.focus, finding.input
        message = finding.message.sv if self._swedish else finding.message.en
        physical = {"artifactLocation": self._places.get(name) or _artifact(self._view, name)}
        if finding.line:
            physical["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
        logical = {"fullyQualifiedName": focus, "kind": "resource"}
        if title:
            logical["name"] = title
        return {
            "ruleId": finding.code,
            "ruleIndex": self._index[finding.code],
            "level": LEVELS[finding.severity],
            "message": {"text": f"{title}: {message}" if title else message},
            "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
            "partialFingerprints": {FINGERPRINT: fingerprint},
            "properties": {
                "focus": focus,
                "class": shorten(finding.cls),
                "path": shorten(finding.path),
                "value": value_of(finding),
                "shape": finding.shape,
            },
        }


def _artifact(view: View, name: str) -> dict[str, Any]:
    return {"uri": uri_from(view.root, name)}


def _invocation(view: View) -> dict[str, Any]:
    unread = view.result.unread
    invocation: dict[str, Any] = {"executionSuccessful": not unread}
    if unread:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": entry.reason.in_language(view.lang)}}
            for entry in unread
        ]
    return invocation
