"""What to mend first: findings by rule, the rules that concern most datasets on top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from harvester.model import Finding, Severity
from harvester.report.validation import Validation

if TYPE_CHECKING:
    from harvester.rules.rule import Rule

# One dataset that the portal cannot take weighs more than any number of remarks on others; an
# error weighs ten warnings, and a warning five tips.
REJECTS: Final = 1_000_000
WEIGHTS: Final = {Severity.ERROR: 50, Severity.WARNING: 5, Severity.INFO: 1}


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule and severity, in document order.

    ``focuses`` counts the things that have them, ``population`` all things of that class (0 when
    they are not all of one class); ``datasets`` counts the datasets that are concerned.
    """

    code: str
    severity: Severity
    cls: str
    findings: tuple[Finding, ...]
    focuses: int
    population: int
    datasets: int
    rule: "Rule | None"

    @property
    def effect(self) -> int:
        """Datasets times severity; what the portal cannot take comes before all else."""
        weight = REJECTS if self.rule is not None and self.rule.rejects else WEIGHTS[self.severity]
        return max(1, self.datasets) * weight


def groups(result: Validation, findings: Sequence[Finding]) -> list[Group]:
    """Group ``findings`` by rule and severity, the greatest effect first; ties by code."""
    by_rule: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.code, finding.severity), []).append(finding)
    made = [_group(result, *key, found) for key, found in by_rule.items()]
    return sorted(made, key=lambda group: (-group.effect, group.code))


def most_important(result: Validation, most: int | None) -> tuple[Finding, ...]:
    """The ``most`` findings that matter most, or all, in document order."""
    if most is None or most >= len(result.findings):
        return result.findings
    ranked = (f for group in groups(result, result.findings) for f in group.findings)
    kept = {id(finding) for finding, _ in zip(ranked, range(most), strict=False)}
    return tuple(finding for finding in result.findings if id(finding) in kept)


def _group(result: Validation, code: str, severity: Severity, findings: Iterable[Finding]) -> Group:
    found = tuple(findings)
    nodes = {(finding.input, finding.focus) for finding in found}
    classes = {finding.cls for finding in found}
    cls = classes.pop() if len(classes) == 1 else ""
    datasets = frozenset[object]().union(*(result.reach.get(n, frozenset()) for n in nodes))
    population = result.population.get(cls, 0)
    return Group(
        code=code,
        severity=severity,
        cls=cls,
        findings=found,
        focuses=len(nodes),
        population=population if population >= len(nodes) else 0,
        datasets=len(datasets),
        rule=result.rules.get(code),
    )
