"""Normalising steps: each a pure, idempotent, table-driven function in a file of its own.

A step takes one triple and gives the triple it should be, or the same object when it has nothing
to say. A step leaves alone what it does not understand. Adding one is a file and a line in STEPS.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from harvester.model import Normalisation
from harvester.normalize import iri, language, text
from harvester.terms import Triple, term_to_ntriples

Step = Callable[[Triple], Triple]

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "iri": iri.step,
        "text": text.step,
        "language": language.step,
    }
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """The triples of a resource after all steps, what changed, and how many became repeats."""

    triples: list[Triple]
    changes: tuple[Normalisation, ...]
    merged: int


def normalise(
    resource: str, triples: Iterable[Triple], steps: Sequence[tuple[str, Step]]
) -> Normalised:
    """Apply ``steps`` in order to every triple of ``resource``."""
    kept: dict[Triple, None] = {}
    changes: list[Normalisation] = []
    merged = 0
    for triple in triples:
        current = triple
        for name, step in steps:
            after = step(current)
            if after is not current:
                changes.append(_record(name, resource, current, after))
                current = after
        if current in kept:
            merged += 1
        else:
            kept[current] = None
    return Normalised(list(kept), tuple(changes), merged)


def _record(name: str, resource: str, before: Triple, after: Triple) -> Normalisation:
    for position in (2, 0, 1):
        if before[position] != after[position]:
            return Normalisation(
                name,
                resource,
                before[1],
                term_to_ntriples(before[position]),
                term_to_ntriples(after[position]),
            )
    return Normalisation(name, resource, before[1], "", "")
