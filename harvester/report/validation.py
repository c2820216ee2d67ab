"""What validating files found: the values that every output format is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from harvester.model import Finding, Severity, Suppressed, Syntax, Text
from harvester.namespaces import shorten
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.tolerance import tolerance_json, tolerance_lines
from harvester.rules.identity import Mark
from harvester.terms import Term, term_to_ntriples

SCHEMA: Final = "harvester/validate/1"
SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Input:
    """One input that was read. ``repaired``: a second parser had to read it."""

    name: str
    syntax: Syntax
    triples: int
    datasets: int
    distributions: int
    repaired: bool


@dataclass(frozen=True, slots=True)
class Validation:
    """One validation. ``verdict`` is accepted, accepted-with-remarks or rejected.

    ``findings`` are those that count, ``marks`` theirs where asked for; the verdict is of all,
    since the portal knows of no baseline. ``stale`` says which ignores and known findings are out
    of date.
    """

    profile: str
    verdict: str
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    marks: tuple[Mark, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    stale: tuple[Text, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)


def validation_json(result: Validation, lang: str, most: int | None = None) -> dict[str, Any]:
    """The object of ``validate --json`` (docs/cli.md); ``counts`` are of all findings."""
    return {
        "schema": SCHEMA,
        "profile": result.profile,
        "verdict": result.verdict,
        "inputs": [
            {
                "input": entry.name,
                "format": str(entry.syntax),
                "triples": entry.triples,
                "datasets": entry.datasets,
                "distributions": entry.distributions,
                "repaired": entry.repaired,
            }
            for entry in result.inputs
        ],
        "counts": {str(severity): result.count(severity) for severity in Severity},
        "findings": [_finding(finding, lang) for finding in result.findings[:most]],
        **tolerance_json(result.suppressed, result.stale, lang),
    }


def validation_lines(result: Validation, lang: str, most: int | None = None) -> list[str]:
    """The verdict first, then the inputs, then the findings by rule, worst first.

    Of each rule the count, its first message and the first places.
    """
    from harvester.rules.verdict import Verdict, verdict_text

    counts = say(
        "validate.counts",
        lang,
        errors=result.count(Severity.ERROR),
        warnings=result.count(Severity.WARNING),
        tips=result.count(Severity.INFO),
    )
    verdict = verdict_text(Verdict(result.verdict)).in_language(lang)
    lines = [verdict, f"{counts} ({result.profile})"]
    lines += [_input(entry, lang) for entry in result.inputs]
    order = list(Severity)
    worst_first = sorted(result.findings, key=lambda finding: order.index(finding.severity))
    shown = worst_first[:most]
    for _, group in _by_rule(shown):
        lines += ["", _rule(group, lang)]
        lines += [f"    {_place(finding)}" for finding in group[:SAMPLES]]
        if len(group) > SAMPLES:
            lines.append("    " + say("plan.more", lang, count=len(group) - SAMPLES))
    if len(shown) < len(worst_first):
        lines += ["", say("validate.hidden", lang, count=len(worst_first) - len(shown))]
    return lines + tolerance_lines(result.suppressed, result.stale, lang)


def _by_rule(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    return [(code, group) for (_, code), group in groups.items()]


def _rule(group: Sequence[Finding], lang: str) -> str:
    first = group[0]
    times = f" ×{len(group)}" if len(group) > 1 else ""
    severity = say(f"severity.{first.severity}", lang)
    return visible(f"{first.code} {severity}{times}: {first.message.in_language(lang)}")


def _place(finding: Finding) -> str:
    place = finding.input + (f":{finding.line}:{finding.column}" if finding.line else "")
    return visible(" ".join(part for part in (place, finding.focus) if part))


def _input(entry: Input, lang: str) -> str:
    text = say(
        "validate.input",
        lang,
        input=visible(entry.name),
        format=entry.syntax,
        triples=entry.triples,
        datasets=entry.datasets,
        distributions=entry.distributions,
    )
    return f"{text} ({say('validate.repaired', lang)})" if entry.repaired else text


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "focus": finding.focus,
        "class": shorten(finding.cls),
        "path": shorten(finding.path),
        "value": _value(finding.value),
        "component": shorten(finding.component),
        "shape": finding.shape,
        "title": finding.title,
        "message": finding.message.in_language(lang),
        "input": finding.input,
        "line": finding.line or None,
        "column": finding.column or None,
    }


def _value(value: Term | None) -> str | None:
    return None if value is None else term_to_ntriples(value)
