"""Which source's description of a thing is published, when several sources describe it.

The rule is the national portal's (DCAT-AP-SE, docs/harvesting.md, duplicates): datasets and data
services are the same when they share a UUID-shaped dcterms:identifier, else when they share an
IRI; all other things are the same when they share an IRI. The winner is the one whose source comes
first by :attr:`harvester.model.Source.rank`. One thing is added, so that a mention cannot push
out a description: one without a class of DCAT-AP-SE yields to one that has one.

A description is published whole or not at all. A distribution, or whatever else a losing dataset
contains, goes with it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from harvester.model import Candidate, Decision, Kind, Resource
from harvester.namespaces import DCTERMS
from harvester.rdf.ntriples import objects
from harvester.terms import Literal

UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

# What made the winner win: one word for each place of Source.rank.
WHY: Final = ("priority", "single-publisher", "priority", "public", "id")

_OWN_KEY: Final = frozenset({Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE})
_NUMBERED: Final = frozenset({Kind.DATASET, Kind.DATA_SERVICE})
# What is never a mere part of the thing that contains it.
STANDS_ALONE: Final = _OWN_KEY | {Kind.CATALOG}
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is published, as (source, iri), and every decision that kept something out, sorted.

    Every candidate is in ``winners`` or the loser of exactly one decision; every decision's winner
    is in ``winners``.
    """

    winners: frozenset[tuple[str, str]]
    decisions: tuple[Decision, ...]


def choose(candidates: Iterable[Candidate], ranks: Mapping[str, tuple[object, ...]]) -> Decisions:
    """Choose one source's description for each thing; the order of ``candidates`` is immaterial.

    ``ranks`` maps a source's id to its :attr:`~harvester.model.Source.rank`. Reasons are
    ``uuid:why``, ``iri:why`` and ``part:why`` (what a losing dataset contained), where *why* is
    one of :data:`WHY` or ``typed``. Two of one source never compete: an identifier used twice
    in a catalog is a finding about that catalog. Raises ``KeyError`` for a source without a rank.
    """
    known = {(candidate.source, candidate.iri): candidate for candidate in candidates}
    ordered = sorted(known.values(), key=lambda candidate: _precedence(candidate, known, ranks))
    claims: dict[tuple[str, str], Candidate] = {}
    winners: set[tuple[str, str]] = set()
    lost: dict[tuple[str, str], Decision] = {}
    for candidate in ordered:
        own = keys(candidate)
        decision = _goes_with_parent(candidate, lost)
        for key in own if decision is None else ():
            holder = claims.get(key)
            if holder is not None and holder.source != candidate.source:
                decision = _decide(key[0], holder, candidate, ranks)
                break
        if decision is not None:
            lost[candidate.source, candidate.iri] = decision
            continue
        winners.add((candidate.source, candidate.iri))
        for key in own:
            claims.setdefault(key, candidate)
    decisions = sorted(lost.values(), key=lambda one: (one.loser_source, one.loser_iri))
    return Decisions(frozenset(winners), tuple(decisions))


def candidate(source: str, resource: Resource) -> Candidate:
    """A resource that is not stored yet as the duplicate rule sees it."""
    identifier = ""
    if not _NUMBERED.isdisjoint(resource.kinds):
        values = (
            term.value.strip() if isinstance(term, Literal) else term
            for term in objects(resource.ntriples, resource.iri, DCTERMS + "identifier")
        )
        identifier = min(filter(UUID.fullmatch, values), default="")
    return Candidate(source, resource.iri, resource.kinds, identifier, resource.parent)


def owners(
    candidates: Iterable[Candidate],
    decisions: Iterable[Decision],
    ranks: Mapping[str, tuple[object, ...]],
) -> dict[tuple[str, str], tuple[str, tuple[object, ...]]]:
    """The source, and its rank, whose description is published, by each key it competes by."""
    lost = {(one.loser_source, one.loser_iri) for one in decisions}
    found: dict[tuple[str, str], tuple[str, tuple[object, ...]]] = {}
    for one in candidates:
        if (one.source, one.iri) not in lost:
            for key in keys(one):
                found[key] = (one.source, ranks[one.source])
    return found


def keys(candidate: Candidate) -> tuple[tuple[str, str], ...]:
    """What it competes by: ``("uuid", ...)`` where it has one that counts, and ``("iri", ...)``."""
    by_iri = ("iri", candidate.iri)
    if _OWN_KEY.isdisjoint(candidate.kinds) or not UUID.fullmatch(candidate.identifier):
        return (by_iri,)
    # RFC 9562, section 4: the case of a UUID's digits says nothing. A dataset and the service
    # that serves it are two things even when a publisher gave them one number.
    kind = "service" if Kind.DATA_SERVICE in candidate.kinds else "dataset"
    return ("uuid", f"{kind} {candidate.identifier.lower()}"), by_iri


def _precedence(
    candidate: Candidate,
    known: Mapping[tuple[str, str], Candidate],
    ranks: Mapping[str, tuple[object, ...]],
) -> tuple[object, ...]:
    return (
        _untyped(candidate),
        ranks[candidate.source],
        candidate.source,
        _depth(candidate, known),  # a parent is decided before what it contains
        candidate.iri,
    )


def _untyped(candidate: Candidate) -> bool:
    return all(kind is Kind.OTHER for kind in candidate.kinds)


def _depth(candidate: Candidate, known: Mapping[tuple[str, str], Candidate]) -> int:
    depth = 0
    at: Candidate | None = candidate
    while at is not None and at.parent is not None and STANDS_ALONE.isdisjoint(at.kinds):
        at = known.get((at.source, at.parent))
        depth += 1
        if depth == _DEEPEST:  # a circle, or deeper than anything DCAT has
            break
    return depth


def _goes_with_parent(
    candidate: Candidate, lost: Mapping[tuple[str, str], Decision]
) -> Decision | None:
    if candidate.parent is None or not STANDS_ALONE.isdisjoint(candidate.kinds):
        return None
    parent = lost.get((candidate.source, candidate.parent))
    if parent is None:
        return None
    why = parent.reason.partition(":")[2]
    return Decision(
        parent.winner_source, parent.winner_iri, candidate.source, candidate.iri, f"part:{why}"
    )


def _decide(
    key: str,
    winner: Candidate,
    loser: Candidate,
    ranks: Mapping[str, tuple[object, ...]],
) -> Decision:
    if _untyped(winner) != _untyped(loser):
        why = "typed"
    else:
        pairs = zip(WHY, ranks[winner.source], ranks[loser.source], strict=True)
        why = next((word for word, first, second in pairs if first != second), "id")
    return Decision(winner.source, winner.iri, loser.source, loser.iri, f"{key}:{why}")
