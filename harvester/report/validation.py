"""What validating files found: the values that every output format is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harvester.model import Finding, Severity, Syntax
from harvester.namespaces import shorten
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.terms import Term, term_to_ntriples

SCHEMA = "harvester/validate/1"


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
    """One validation. ``verdict`` is accepted, accepted-with-remarks or rejected."""

    profile: str
    verdict: str
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]

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
    }


def validation_lines(result: Validation, lang: str, most: int | None = None) -> list[str]:
    """The verdict first, then the inputs, then one line per finding, worst first."""
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
    lines += [""] if shown else []
    lines += [_line(finding, lang) for finding in shown]
    if len(shown) < len(worst_first):
        lines.append(say("validate.hidden", lang, count=len(worst_first) - len(shown)))
    return lines


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


def _line(finding: Finding, lang: str) -> str:
    place = finding.input + (f":{finding.line}:{finding.column}" if finding.line else "")
    name = f"{finding.title} <{finding.focus}>" if finding.title else f"<{finding.focus}>"
    parts = [place, f"{finding.code} {say(f'severity.{finding.severity}', lang)}"]
    parts += [name] if finding.focus else []
    parts += [shorten(finding.path)] if finding.path else []
    return visible(": ".join([*filter(None, parts), finding.message.in_language(lang)]))


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


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The highest severity among ``findings``, if there are any."""
    return min((f.severity for f in findings), key=list(Severity).index, default=None)
