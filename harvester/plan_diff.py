"""What changes inside a resource, property by property, and which descriptions win or lose.

A pure comparison of canonical N-Triples. Blank nodes are labelled by content there, so that one
changed letter renames them: they are compared by the path that leads to what they say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from harvester.dedupe import Decision
from harvester.model import Kind, Plan, Resource, SourceResult
from harvester.namespaces import DCTERMS, FOAF, RDFS, VCARD, shorten
from harvester.normalisation import Normalisation
from harvester.rdf.ntriples import objects, parse
from harvester.terms import Literal, Term, is_blank, term_to_ntriples

_TITLES: Final = (DCTERMS + "title", FOAF + "name", VCARD + "fn", RDFS + "label")
_KIND_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """The values of one property that went and came, as N-Triples terms.

    ``path`` is shortened: ``dcterms:title``; what a blank node says has a path through it, such as
    ``dcterms:temporal/dcat:startDate``, and a blank node that says nothing is ``[]``.
    """

    path: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """One resource that is *added*, *changed* or *removed*; ``title`` is empty for none.

    ``properties`` of a changed one are empty when only the way differs in which its blank nodes
    hang together; of an added or removed one they are not listed. ``normalisations`` are what the
    steps changed in what the source now says of it.
    """

    change: str
    iri: str
    kind: Kind
    title: str
    properties: tuple[PropertyChange, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()


@dataclass(frozen=True, slots=True)
class WinnerChange:
    """Another source's description of a thing would be published from now on, and why."""

    iri: str
    from_source: str
    to_source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a harvest would do: per source, its result and what changes; then who wins."""

    sources: tuple[tuple[SourceResult, tuple[ResourceChange, ...]], ...]
    winners: tuple[WinnerChange, ...] = ()


def differences(iri: str, before: str, after: str) -> tuple[PropertyChange, ...]:
    """Compare two descriptions of one resource in canonical N-Triples, by path.

    Raises ``ValueError`` for text that is not canonical.
    """
    old, new = _statements(iri, before), _statements(iri, after)
    gone, came = old - new, new - old
    return tuple(
        PropertyChange(path, _values(gone, path), _values(came, path))
        for path in sorted({path for path, _ in (gone | came)})
    )


def resource_changes(
    plan: Plan,
    live: Mapping[str, Resource],
    new: Iterable[Resource],
    normalisations: Iterable[Normalisation] = (),
) -> tuple[ResourceChange, ...]:
    """What a plan changes, by kind and IRI; ``live`` holds what it changes or removes, by IRI."""
    steps: dict[str, list[Normalisation]] = {}
    for step in normalisations:
        steps.setdefault(step.resource, []).append(step)
    added, changed = frozenset(plan.added), frozenset(plan.changed)
    found = [_whole("removed", live[iri]) for iri in plan.removed]
    for one in new:
        if one.iri in added:
            whole = _whole("added", one)
            found.append(replace(whole, normalisations=tuple(steps.get(one.iri, ()))))
        elif one.iri in changed:
            properties = differences(one.iri, live[one.iri].ntriples, one.ntriples)
            found.append(
                ResourceChange(
                    "changed",
                    one.iri,
                    one.kind,
                    title_of(one),
                    properties,
                    tuple(steps.get(one.iri, ())),
                )
            )
    return tuple(sorted(found, key=lambda one: (_KIND_ORDER[one.kind], one.iri)))


def winner_changes(
    before: Iterable[Decision], after: Iterable[Decision], live: Set[tuple[str, str]]
) -> tuple[WinnerChange, ...]:
    """Which things, published now, would be published from another source; parts are left out.

    ``live`` are the (source, iri) that are stored now.
    """
    old = {(one.loser_source, one.loser_iri): one for one in before}
    new = {(one.loser_source, one.loser_iri): one for one in after}
    found = set()
    for key in old.keys() | new.keys():
        decision = new.get(key) or old[key]
        was, becomes = _winner(old.get(key), key), _winner(new.get(key), key)
        is_part = decision.reason.startswith("part:")
        if was != becomes and {key, was} <= live and not is_part:
            found.add(WinnerChange(becomes[1], was[0], becomes[0], decision.reason))
    return tuple(sorted(found, key=lambda one: (one.iri, one.from_source, one.to_source)))


def title_of(resource: Resource) -> str:
    """Its title or name, in Swedish or else the first; empty for none."""
    for predicate in _TITLES:
        found = objects(resource.ntriples, resource.iri, predicate)
        texts = [term for term in found if isinstance(term, Literal)]
        if texts:
            return next((one for one in texts if one.language == "sv"), texts[0]).value
    return ""


def _whole(change: str, resource: Resource) -> ResourceChange:
    return ResourceChange(change, resource.iri, resource.kind, title_of(resource))


def _winner(decision: Decision | None, key: tuple[str, str]) -> tuple[str, str]:
    return key if decision is None else (decision.winner_source, decision.winner_iri)


def _values(found: Counter[tuple[str, str]], path: str) -> tuple[str, ...]:
    return tuple(sorted(value for at, value in found.elements() if at == path))


def _statements(iri: str, text: str) -> Counter[tuple[str, str]]:
    """What is said, by path, each blank node once: a resource is small, but may be a circle."""
    nodes: dict[str, list[tuple[str, Term]]] = {}
    for subject, predicate, obj in parse(text):
        nodes.setdefault(subject, []).append((predicate, obj))
    found: Counter[tuple[str, str]] = Counter()
    seen: set[str] = set()
    for root in [iri, *nodes]:
        waiting = [(root, "")]
        while waiting:
            subject, start = waiting.pop(0)
            if subject in seen:
                continue
            seen.add(subject)
            for predicate, obj in nodes.get(subject, ()):
                path = start + shorten(predicate)
                if isinstance(obj, str) and is_blank(obj):
                    if obj in nodes and obj not in seen:
                        waiting.append((obj, path + "/"))
                    else:
                        found[path, "[]"] += 1
                else:
                    found[path, term_to_ntriples(obj)] += 1
    return found
