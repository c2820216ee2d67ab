"""What a feed of changes has said, and what it must say next: pure, without files.

SEMIC, DCAT-AP Feeds (semiceu.github.io/LDES-DCAT-AP-feeds): a feed is a Linked Data Event Stream
whose members are activities, Create, Update or Delete, each about one thing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from harvester.model import Kind

FULL: Final = 1_000  # activities in a fragment
_FRAGMENTS_TO_SPARE: Final = 100

# A thing is told of after what it refers to, and taken away before it (DCAT-AP Feeds, types of
# entities: no references to what has not been added yet, none to what is gone).
_ORDER: Final = {
    kind: place
    for place, kind in enumerate(
        (
            Kind.OTHER,
            Kind.AGENT,
            Kind.CONTACT_POINT,
            Kind.DATA_SERVICE,
            Kind.DISTRIBUTION,
            Kind.DATASET,
            Kind.DATASET_SERIES,
            Kind.CATALOG,
        )
    )
}


class Verb(StrEnum):
    """What an activity does: the three classes of ActivityStreams that a feed uses."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


class Activity(NamedTuple):
    """One member of a feed.

    ``published`` is unique in its feed and later than all before it (:func:`moment_text`);
    ``digest`` is of what is said about ``iri``, which is a ``kind``, since then; it is empty for
    a Delete.
    """

    published: str
    verb: Verb
    kind: Kind
    iri: str
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The fragments that a feed is to have, oldest first.

    ``kept`` are names of those that stay as they are; ``rewritten`` activities, all that is left
    of fragments that go, and ``new`` ones are written to fragments of their own.
    """

    kept: tuple[str, ...]
    rewritten: tuple[tuple[Activity, ...], ...]
    new: tuple[tuple[Activity, ...], ...]


def moment_text(when: datetime) -> str:
    """A moment as feeds write it: xsd:dateTime in UTC, to the millisecond."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def state_of(activities: Iterable[Activity]) -> dict[str, Activity]:
    """The last activity about each thing that has not been deleted, by IRI."""
    state: dict[str, Activity] = {}
    for one in activities:
        if one.verb is Verb.DELETE:
            state.pop(one.iri, None)
        else:
            state[one.iri] = one
    return state


def plan(
    fragments: Mapping[str, Sequence[Activity]],
    now_published: Mapping[str, tuple[Kind, str]],
    *,
    now: datetime,
    keep: timedelta,
) -> Plan | None:
    """What the feed must become, or ``None`` when nothing has changed.

    ``fragments`` are what is published, oldest first, by name; ``now_published`` gives the kind
    and digest of each thing by IRI. ``now`` is when this is published; should the clock stand
    before the last activity, time goes on from that one. All activities younger than ``keep``
    stay. Of older fragments only the last word on each thing is kept, once that halves them or
    there are too many small ones.
    """
    said = [one for activities in fragments.values() for one in activities]
    state = state_of(said)
    changes = _changes(state, now_published)
    if not changes:
        return None
    moment = now
    if said:
        moment = max(now, datetime.fromisoformat(said[-1].published) + timedelta(milliseconds=1))
    new = [
        one._replace(published=moment_text(moment + timedelta(milliseconds=number)))
        for number, one in enumerate(changes)
    ]
    after = state_of([*state.values(), *new])
    horizon = moment_text(moment - keep)
    old = [name for name, activities in fragments.items() if activities[-1].published < horizon]
    ancient = [one for name in old for one in fragments[name]]
    alive = [one for one in ancient if after.get(one.iri) == one]
    needed = -(-len(alive) // FULL)
    if len(alive) * 2 <= len(ancient) or len(old) > needed + _FRAGMENTS_TO_SPARE:
        kept = tuple(name for name in fragments if name not in set(old))
        return Plan(kept, _cut(alive), _cut(new))
    return Plan(tuple(fragments), (), _cut(new))


def _changes(
    state: Mapping[str, Activity], now_published: Mapping[str, tuple[Kind, str]]
) -> list[Activity]:
    told = []
    for iri, (kind, digest) in now_published.items():
        before = state.get(iri)
        if before is None or before.digest != digest:
            verb = Verb.CREATE if before is None else Verb.UPDATE
            told.append(Activity("", verb, kind, iri, digest))
    gone = [
        one._replace(verb=Verb.DELETE, digest="")
        for iri, one in state.items()
        if iri not in now_published
    ]
    told.sort(key=lambda one: (_ORDER[one.kind], one.iri))
    gone.sort(key=lambda one: (-_ORDER[one.kind], one.iri))
    return told + gone


def _cut(activities: Sequence[Activity]) -> tuple[tuple[Activity, ...], ...]:
    return tuple(
        tuple(activities[start : start + FULL]) for start in range(0, len(activities), FULL)
    )
