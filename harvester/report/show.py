"""One resource as it is published: every property, what was changed, what is wrong, who won."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from harvester.model import Finding, Kind
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE, shorten
from harvester.normalisation import Normalisation
from harvester.rdf.graph import Graph
from harvester.report.moments import clock, iso
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.terms import Literal, Term

if TYPE_CHECKING:
    from harvester.dedupe import Decision
    from harvester.store.views import ResourceView

# What the portal's own page of a dataset always has a place for (DCAT-AP-SE 3.0.1).
EXPECTED = {
    Kind.CATALOG: ("title", "description", "publisher"),
    Kind.DATASET: ("title", "description", "publisher", "theme", "contactPoint", "distribution"),
    Kind.DISTRIBUTION: ("accessURL", "license", "format"),
}
_DCAT_TERMS = frozenset({"theme", "contactPoint", "distribution", "accessURL"})


def show_lines(views: Sequence["ResourceView"], lang: str) -> Iterator[str]:
    """A card per source that describes the resource, the published one first."""
    for number, view in enumerate(views):
        if number:
            yield ""
        kinds = ", ".join(say(f"kind.{kind}", lang) for kind in view.kinds)
        yield f"{visible(view.iri)}  [{kinds}]"
        yield "  " + say(
            "show.published" if view.published else "show.lost", lang, source=view.source
        )
        yield "  " + say(
            "show.dates",
            lang,
            first=clock(view.first_seen, lang),
            changed=clock(view.last_changed, lang),
        )
        graph = _graph(view)
        yield from _properties(graph, view.iri, "  ")
        for term in missing(graph, view):
            yield "  " + say("show.missing", lang, name=shorten(term))
        yield from _section(
            say("show.children", lang, count=len(view.children)), map(visible, view.children)
        )
        yield from _section(
            say("show.normalised", lang, count=len(view.normalisations)),
            (_change(one, lang) for one in view.normalisations),
        )
        yield from _section(
            say("show.findings", lang, count=len(view.findings)),
            (_finding(finding, lang) for finding in view.findings),
        )
        yield from _section(
            say("show.decisions", lang, count=len(view.decisions)),
            (_decision(decision, lang) for decision in view.decisions),
        )


def show_json(views: Sequence["ResourceView"], lang: str) -> dict[str, Any]:
    """The same for programs; ``ntriples`` holds the exact triples."""
    return {
        "descriptions": [
            {
                "source": view.source,
                "iri": view.iri,
                "kinds": [str(kind) for kind in view.kinds],
                "published": view.published,
                "first_seen": iso(view.first_seen),
                "last_changed": iso(view.last_changed),
                "parent": view.parent,
                "children": list(view.children),
                "missing": [shorten(term) for term in missing(_graph(view), view)],
                "findings": [
                    {
                        "code": finding.code,
                        "severity": str(finding.severity),
                        "path": shorten(finding.path),
                        "message": finding.message.in_language(lang),
                    }
                    for finding in view.findings
                ],
                "normalisations": [normalisation_json(one) for one in view.normalisations],
                "decisions": [asdict(decision) for decision in view.decisions],
                "ntriples": view.ntriples,
            }
            for view in views
        ]
    }


def normalisation_json(one: Normalisation) -> dict[str, str]:
    """One change that a normalising step made; the property is shortened."""
    return {
        "step": one.step,
        "path": shorten(one.path),
        "before": one.before,
        "after": one.after,
        "certainty": one.certainty,
    }


def _change(one: Normalisation, lang: str) -> str:
    after = one.after or say("show.gone", lang)
    path = f"{shorten(one.path)}: " if one.path else ""
    assumed = f" ({say('show.assumed', lang)})" if one.assumed else ""
    return visible(f"{one.step}: {path}{one.before} → {after}{assumed}")


def missing(graph: Graph, view: "ResourceView") -> list[str]:
    """The properties that the portal's page has a place for and this description lacks."""
    terms = (
        (DCAT if name in _DCAT_TERMS else DCTERMS) + name
        for kind in view.kinds
        for name in EXPECTED.get(kind, ())
    )
    return [term for term in terms if graph.value(view.iri, term) is None]


def _graph(view: "ResourceView") -> Graph:
    from harvester.rdf.ntriples import parse

    return Graph(parse(view.ntriples))


def _properties(graph: Graph, subject: str, indent: str) -> Iterator[str]:
    for predicate in sorted(graph.spo.get(subject, {}), key=lambda p: (p != RDF_TYPE, p)):
        for value in graph.objects(subject, predicate):
            yield visible(f"{indent}{shorten(predicate)}: {_term(value)}")
            if isinstance(value, str) and value.startswith("_:") and len(indent) < 20:
                yield from _properties(graph, value, indent + "  ")


def _term(value: Term) -> str:
    if isinstance(value, Literal):
        return f"{value.value} ({value.language})" if value.language else value.value
    return "" if value.startswith("_:") else shorten(value)


def _finding(finding: Finding, lang: str) -> str:
    word = say(f"severity.{finding.severity}", lang)
    return visible(f"{finding.code} {word}: {finding.message.in_language(lang)}")


def _decision(decision: "Decision", lang: str) -> str:
    return visible(
        say(
            "show.decision",
            lang,
            winner=decision.winner_source,
            loser=decision.loser_source,
            iri=decision.loser_iri,
            reason=decision.reason,
        )
    )


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = [f"    {line}" for line in lines]
    if body:
        yield f"  {title}:"
        yield from body
