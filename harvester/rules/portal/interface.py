"""What a portal rule is: its words, and a pure function that finds what breaks it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from harvester.model import Finding, Severity
from harvester.namespaces import DCAT, DCTERMS, FOAF, shorten
from harvester.rdf.graph import Graph
from harvester.rules.context import NO_CONTEXT, Context
from harvester.rules.rule import Rule
from harvester.terms import Literal, Term, is_blank
from harvester.words import Text

HARVESTING: Final = "https://docs.dataportal.se/dcat/docs/harvesting/"
RECOMMENDATIONS: Final = "https://docs.dataportal.se/dcat/docs/recommendations/"
CATALOG: Final = DCAT + "Catalog"
DATASET: Final = DCAT + "Dataset"
SERIES: Final = DCAT + "DatasetSeries"
SERVICE: Final = DCAT + "DataService"
DISTRIBUTION: Final = DCAT + "Distribution"
AGENT: Final = FOAF + "Agent"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that breaks a rule; ``words`` fill the message's braces."""

    focus: str
    path: str = ""
    value: Term | None = None
    cls: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A source's graph and how it arrived, with the lists that several rules ask for."""

    graph: Graph
    context: Context = NO_CONTEXT

    @cached_property
    def catalogs(self) -> tuple[str, ...]:
        """Subjects typed dcat:Catalog."""
        return tuple(self.graph.instances(CATALOG))

    @cached_property
    def datasets(self) -> tuple[str, ...]:
        """Subjects typed dcat:Dataset."""
        return tuple(self.graph.instances(DATASET))

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """Subjects typed dcat:Distribution."""
        return tuple(self.graph.instances(DISTRIBUTION))

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """Nodes that dcterms:publisher points at, each once, in document order."""
        return self._targets(DCTERMS + "publisher")

    @cached_property
    def contact_points(self) -> tuple[str, ...]:
        """Nodes that dcat:contactPoint points at, each once, in document order."""
        return self._targets(DCAT + "contactPoint")

    @cached_property
    def sub_catalogs(self) -> Mapping[str, tuple[str, ...]]:
        """Per catalog, the nodes it has as dcterms:hasPart."""
        parts = {
            catalog: tuple(
                part
                for part in self.graph.objects(catalog, DCTERMS + "hasPart")
                if isinstance(part, str)
            )
            for catalog in self.catalogs
        }
        return {catalog: found for catalog, found in parts.items() if found}

    def _targets(self, predicate: str) -> tuple[str, ...]:
        found = {
            value: None
            for properties in self.graph.spo.values()
            for value in properties.get(predicate, ())
            if isinstance(value, str)
        }
        return tuple(found)


Check = Callable[[Source], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class PortalRule:
    """One rule of the portal beside the profile."""

    rule: Rule
    message: Text
    check: Check

    def findings(self, source: Source) -> Iterator[Finding]:
        """Yield a finding per place that breaks the rule."""
        for hit in self.check(source):
            words = {"focus": hit.focus, "value": show(hit.value), **hit.words}
            yield Finding(
                code=self.rule.code,
                severity=self.rule.severity,
                focus=hit.focus,
                message=Text(
                    sv=self.message.sv.format_map(words), en=self.message.en.format_map(words)
                ),
                cls=hit.cls,
                path=hit.path,
                value=hit.value,
                title=self.rule.title.en,
            )


def show(term: Term | None) -> str:
    """Write a term the way a text shows it: short, without angle brackets."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return f'"{term.value}"' + (f"@{term.language}" if term.language else "")
    return term if is_blank(term) else shorten(term)


def portal_rule(
    code: str,
    severity: Severity,
    check: Check,
    *,
    title: Text,
    message: Text,
    why: Text,
    fix: Text,
    section: str = HARVESTING,
    wrong: str = "",
    right: str = "",
    example: Text | None = None,
    rejects: bool = False,
) -> PortalRule:
    """Put a rule together from its parts."""
    return PortalRule(
        rule=Rule(
            code=code,
            severity=severity,
            title=title,
            why=why,
            fix=fix,
            section=section,
            wrong=wrong,
            right=right,
            example=example,
            rejects=rejects,
        ),
        message=message,
        check=check,
    )
