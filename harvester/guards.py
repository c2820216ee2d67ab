"""The guards: what must not happen to live data before an operator has said yes.

A portal that follows this program's exports deletes what an export no longer has, within hours.
Each guard is a pure function that gives its reason in words or ``None``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harvester.dedupe import candidate, keys
from harvester.model import Document, Kind, Resource, Source, SourceState, Syntax, Text
from harvester.namespaces import DCTERMS
from harvester.rdf.ntriples import objects
from harvester.terms import Literal

ALWAYS_ALLOWED: Final = 5  # datasets: a small catalog may lose a few without anyone being asked
LOUD_FROM: Final = 3  # times in a row

# What one source publishes and another one does not get for nothing; agents are shared by many.
_OWNED: Final = frozenset(
    {Kind.CATALOG, Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE, Kind.DISTRIBUTION}
)
# Syntaxes whose parser fails when the end of the document is missing.
_SELF_ENDING: Final = frozenset({Syntax.RDFXML, Syntax.JSONLD})

Rank = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Live:
    """What the guards need to know of the live state.

    ``digests`` by IRI and ``titles`` of its datasets by IRI (empty for none) are the source's own;
    ``times_held`` counts the runs since its last good one that held it. ``owners`` says which
    source's description of a thing is published, by duplicate key, with that source's rank.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    times_held: int = 0
    owners: Mapping[tuple[str, str], tuple[str, Rank]] = field(default_factory=dict)


def held(
    source: Source, live: Live, state: SourceState, *, removes: int, unproven: bool
) -> Text | None:
    """Why the new state is held back, or ``None`` when it may go live.

    ``removes`` is the number of resources that would go; ``unproven`` says that a document may
    have been cut off (:func:`may_be_cut`).
    """
    found = [
        _fewer(source.max_removed, live, state),
        _short(state),
        _cut(removes) if unproven and removes else None,
        _takeover(source, live, state.resources),
    ]
    reasons = [reason for reason in found if reason is not None]
    if not reasons:
        return None
    if live.times_held + 1 >= LOUD_FROM:
        reasons.insert(0, _again(live.times_held + 1))
    return Text(" ".join(r.sv for r in reasons), " ".join(r.en for r in reasons))


def allowed(limit: str, datasets: int) -> int:
    """How many of ``datasets`` may go without being held.

    ``limit`` is the source's ``max_removed``: a share of its live datasets such as ``"20%"``, which
    never bites below ``ALWAYS_ALLOWED``, or a number of datasets, which is meant as it stands.
    """
    share = _share(limit, datasets)
    return max(ALWAYS_ALLOWED, share) if limit.endswith("%") else share


def may_be_cut(documents: Sequence[Document], state: SourceState) -> bool:
    """Whether a new document ended with its connection and its syntax does not show its end.

    A line-based syntax that is cut at the end of a line reads well (RFC 9112, section 8; N-Triples,
    Turtle); XML and JSON do not, unless the reader had to mend them.
    """
    ends = {
        reading.url
        for reading in state.readings
        if reading.syntax in _SELF_ENDING and not reading.repaired
    }
    return any(
        not (one.end_proven or one.not_modified or one.url in ends or one.final_url in ends)
        for one in documents
    )


def _fewer(limit: str, live: Live, state: SourceState) -> Text | None:
    new = {one.iri: one for one in state.resources if Kind.DATASET in one.kinds}
    lost = live.titles.keys() - new.keys()
    before = len(live.titles)
    if before and not new:
        return Text(
            f"Katalogen har inga datamängder längre; den hade {before}.",
            f"The catalog has no datasets any more; it had {before}.",
        )
    moved = _moved(live, lost, [one for iri, one in new.items() if iri not in live.titles])
    if moved * 2 > before and moved > _share(limit, before):
        return Text(
            f"{moved} av {before} datamängder har fått ny IRI men samma titel, som om katalogen"
            " bytt adress; alla som länkar till dem skulle tappa dem.",
            f"{moved} of {before} datasets have a new IRI but the same title, as if the catalog had"
            " moved; everyone who links to them would lose them.",
        )
    if len(lost) <= allowed(limit, before):
        return None
    return Text(
        f"{len(lost)} av {before} datamängder saknas; gränsen är {limit}.",
        f"{len(lost)} of {before} datasets are missing; the limit is {limit}.",
    )


def _moved(live: Live, lost: set[str], added: Sequence[Resource]) -> int:
    if not lost or not added:
        return 0
    titles = {
        term.value
        for one in added
        for term in objects(one.ntriples, one.iri, DCTERMS + "title")
        if isinstance(term, Literal)
    }
    return sum(live.titles[iri] in titles for iri in lost if live.titles[iri])


def _short(state: SourceState) -> Text | None:
    promised = max((r.total_items for r in state.readings if r.total_items is not None), default=0)
    found = sum(kind is not Kind.OTHER for r in state.resources for kind in r.kinds)
    if promised <= found:
        return None
    return Text(
        f"Källan uppger {promised} poster men bara {found} kom fram.",
        f"The source announces {promised} items but only {found} arrived.",
    )


def _cut(removes: int) -> Text:
    return Text(
        f"Svaret slutade utan att servern sade att det var helt, och {removes} resurser saknas.",
        f"The answer ended without the server saying that it was whole, and {removes} resources"
        " are missing.",
    )


def _takeover(source: Source, live: Live, resources: Sequence[Resource]) -> Text | None:
    """Two equal sources: the newcomer does not push out the incumbent for the sake of its id.

    Where priority, sector or aggregator decide, the operator has decided.
    """
    taken: dict[str, int] = {}
    for one in resources:
        if live.digests.get(one.iri) == one.digest or _OWNED.isdisjoint(one.kinds):
            continue
        for key in keys(candidate(source.id, one)):
            owner, rank = live.owners.get(key, ("", ()))
            if owner not in ("", source.id) and _only_by_id(source.rank, rank):
                taken[owner] = taken.get(owner, 0) + 1
                break
    if not taken:
        return None
    count, owners = sum(taken.values()), ", ".join(sorted(taken))
    return Text(
        f"{count} resurser som {owners} publicerar beskrivs nu också här, och bara källornas id"
        " skulle avgöra att den här beskrivningen går före; sätt priority.",
        f"{count} resources that {owners} publishes are now described here too, and nothing but"
        " the sources' ids would put this description first; set priority.",
    )


def _only_by_id(mine: Rank, other: Rank) -> bool:
    return mine[:-1] == other[:-1] and str(mine[-1]) < str(other[-1])


def _again(times: int) -> Text:
    return Text(
        f"HÅLLS FÖR {times}:e GÅNGEN I RAD; inget nytt från källan publiceras.",
        f"HELD {times} TIMES IN A ROW; nothing new from the source is published.",
    )


def _share(limit: str, datasets: int) -> int:
    return int(datasets * float(limit[:-1]) / 100) if limit.endswith("%") else int(limit)
