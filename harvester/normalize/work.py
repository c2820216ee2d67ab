"""One resource while steps work on it: what is left of its triples, and what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from harvester.normalisation import Normalisation
from harvester.normalize.step import Edit, Rewrite
from harvester.terms import Term, Triple, term_to_ntriples


@dataclass(frozen=True, slots=True)
class Normalised:
    """The triples of a resource after all steps, and what changed.

    ``triples`` are as many as there were, and ``added`` (less than none where several were drawn
    into one), less ``merged``, which became repeats of others.
    """

    triples: Sequence[Triple]
    changes: tuple[Normalisation, ...]
    merged: int
    added: int = 0


@dataclass(slots=True)
class Work:
    """One resource while it is worked on."""

    resource: str
    kept: dict[Triple, None]
    changes: list[Normalisation]
    added: int
    whole: bool  # a step has looked at all of it

    def __init__(self, resource: str, triples: Sequence[Triple]) -> None:
        self.resource = resource
        self.kept = dict.fromkeys(triples)
        self.changes = []
        self.added = 0
        self.whole = False

    def note(self, step: str, before: Triple, after: Sequence[Triple], why: Rewrite | Edit) -> None:
        """Record what became of one triple: one change for each triple in its place."""
        for new in after or (None,):
            self.changes.append(_record(step, self.resource, before, new, why.certainty))

    def apply(self, step: str, edit: Edit) -> list[Triple]:
        """Make and record an edit; returns what it made. One that changes nothing is none."""
        kept = self.kept
        gone = [triple for triple in edit.before if triple in kept and triple not in edit.after]
        new = [triple for triple in edit.after if triple not in kept]
        if not gone and not new:
            return new
        source = (gone or edit.before)[-1]
        for before, after in zip_longest(gone, new):
            self.note(step, before or source, [after] if after else [], edit)
        for triple in gone:
            del kept[triple]
        kept.update(dict.fromkeys(new))
        self.added += len(new) - len(gone)
        return new


@lru_cache(maxsize=8192)
def _shown(term: Term) -> str:
    return term_to_ntriples(term)


def _record(
    step: str, resource: str, before: Triple, after: Triple | None, certainty: str
) -> Normalisation:
    old, new = _shown(before[2]), ""
    if after is not None:
        new = _shown(after[2])
        if before[1] != after[1]:
            old, new = f"<{before[1]}> {old}", f"<{after[1]}> {new}"
    return Normalisation(step, resource, before[1], old, new, certainty)
