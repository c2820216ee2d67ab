"""What validating files found: the frozen values that every output format is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from harvester.model import Finding, Severity, Suppressed, Syntax
from harvester.quality.summary import QualitySummary
from harvester.rules.identity import Mark
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.rules.rule import Rule

SEVERITIES: Final = tuple(Severity)
# An input and a node in it: a blank node's label says nothing outside its own file.
Node: TypeAlias = tuple[str, str]


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
class Unread:
    """One input that could not be read, and why; ``line`` and ``column`` are 0 when unknown."""

    name: str
    reason: Text
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Validation:
    """One validation. ``verdict`` is accepted, accepted-with-remarks or rejected.

    ``findings`` are those that count, ``fingerprints`` and ``marks`` theirs where asked for; the
    verdict is of all, since the portal knows of no baseline. ``stale`` says which ignores and known
    findings are out of date. ``quality`` is there where a format shows it.

    ``rules`` has the rule of every finding's code. ``lines`` is the text of every line that a
    finding is on, by input and number. ``population`` counts the instances of each class, by the
    class's IRI. ``reach`` names the datasets that a finding's focus is a part of: all of them for
    the catalog, those of a publisher for the publisher.
    """

    profile: str
    verdict: str
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()
    marks: tuple[Mark, ...] = ()
    fingerprints: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    stale: tuple[Text, ...] = ()
    quality: QualitySummary | None = None
    rules: Mapping[str, "Rule"] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[tuple[str, int], str] = field(default_factory=lambda: MappingProxyType({}))
    population: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    reach: Mapping[Node, frozenset[Node]] = field(default_factory=lambda: MappingProxyType({}))

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def datasets(self) -> int:
        """How many datasets the inputs have together."""
        return sum(entry.datasets for entry in self.inputs)


@dataclass(frozen=True, slots=True)
class View:
    """A validation as one run wants to see it.

    ``findings`` are those shown, ``hidden`` how many ``--max-findings`` leaves out; counts are
    always those of ``result``. ``failing`` are the severities that end the run with exit code 1.
    ``root`` is the folder that paths of files are relative to. ``version`` is the program's.
    ``width`` counts terminal cells; ``full`` shows every finding, ``concise`` one line for each.
    """

    result: Validation
    findings: tuple[Finding, ...]
    lang: str = "en"
    failing: frozenset[Severity] = frozenset({Severity.ERROR})
    root: str = ""
    version: str = ""
    width: int = 80
    colour: bool = False
    full: bool = False
    concise: bool = False

    @property
    def hidden(self) -> int:
        """How many findings are not shown."""
        return len(self.result.findings) - len(self.findings)
