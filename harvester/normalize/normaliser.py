"""Applying steps to a resource: most triples pass after one look at their property and value."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from harvester.model import Normalisation
from harvester.normalize.step import Edit, Pair, ResourceStep, Rewrite, Step, TermStep, ValueStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, term_to_ntriples

_ROUNDS: Final = 8  # what one step made, another may mend; a resource is at rest after two or three
_REMEMBERED: Final = 100_000
_SHORT: Final = 80  # longer texts are not remembered: they hardly ever repeat


@dataclass(frozen=True, slots=True)
class Normalised:
    """The triples of a resource after all steps, and what changed.

    ``triples`` are as many as there were, and ``added`` (less than none where several were drawn
    into one), less ``merged``, which became repeats of others.
    """

    triples: list[Triple]
    changes: tuple[Normalisation, ...]
    merged: int
    added: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the steps make of a property and its value, whatever resource they stand in."""

    pairs: tuple[Pair, ...]
    log: tuple[tuple[str, Pair, Rewrite], ...]
    wanted: tuple[ResourceStep, ...]


class Normaliser:
    """Steps in their order, ready for the resources of one source."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        self._on_iris = tuple(s for s in steps if isinstance(s, TermStep) and not s.literals)
        self._on_literals = tuple(s for s in steps if isinstance(s, TermStep) and s.literals)
        self._plans: dict[str, tuple[ValueStep | ResourceStep, ...]] = {}
        self._outcomes: dict[Pair, _Outcome | None] = {}

    def normalise(self, resource: str, triples: Sequence[Triple]) -> Normalised:
        """Apply the steps to every triple of ``resource`` until none has anything to say."""
        work = _Work(self.mend_iri(resource))
        current = self._mend_subjects(work, triples)
        for _ in range(_ROUNDS):
            changes = len(work.changes)
            current = self._round(work, current)
            if len(work.changes) == changes:
                break
        merged = len(triples) + work.added - len(current)
        return Normalised(list(current), tuple(work.changes), merged, work.added)

    def mend_iri(self, iri: str) -> str:
        """What the steps on IRIs make of ``iri``."""
        for step in self._on_iris:
            if step.suspects(iri):
                iri = str(step.mend(iri))
        return iri

    def _mend_subjects(self, work: "_Work", triples: Sequence[Triple]) -> Collection[Triple]:
        mended: dict[str, str] = {}
        for subject in dict.fromkeys(triple[0] for triple in triples):
            iri = subject
            for step in self._on_iris:
                if step.suspects(iri) and (better := str(step.mend(iri))) != iri:
                    work.changes.append(
                        Normalisation(step.name, work.resource, "", _shown(iri), _shown(better))
                    )
                    iri = mended[subject] = better
        if not mended:
            return triples
        return [(mended.get(s, s), p, o) for s, p, o in triples]

    def _round(self, work: "_Work", triples: Iterable[Triple]) -> dict[Triple, None]:
        kept: dict[Triple, None] = {}
        wanted: set[str] = set()
        plans, outcomes = self._plans, self._outcomes
        on_iris, on_literals = self._on_iris, self._on_literals
        for triple in triples:
            subject, predicate, obj = triple
            plan = plans.get(predicate)
            if plan is None:
                plan = self._plan(predicate)
            if not plan:
                for general in on_iris if type(obj) is str else on_literals:
                    if general.suspects(obj):
                        break
                else:
                    kept[triple] = None
                    continue
            key = (predicate, obj)
            if key in outcomes:
                outcome = outcomes[key]
            else:
                outcome = self._outcome(key, plan)
                if type(obj) is str or len(obj[0]) < _SHORT:
                    if len(outcomes) >= _REMEMBERED:
                        outcomes.clear()
                    outcomes[key] = outcome
            if outcome is None:
                kept[triple] = None
                continue
            for step in outcome.wanted:
                wanted.add(step.name)
            for name, before, rewrite in outcome.log:
                work.note(name, (subject, *before), [(subject, *p) for p in rewrite.pairs], rewrite)
            kept.update(dict.fromkeys((subject, *pair) for pair in outcome.pairs))
            work.added += len(outcome.pairs) - 1
        for whole in self.steps:
            if whole.name in wanted and isinstance(whole, ResourceStep):
                for edit in list(whole.edits(Graph(kept))):
                    work.apply(whole.name, edit, kept)
        return kept

    def _plan(self, predicate: str) -> tuple[ValueStep | ResourceStep, ...]:
        plan = tuple(
            step
            for step in self.steps
            if not isinstance(step, TermStep) and step.handles(predicate)
        )
        self._plans[predicate] = plan
        return plan

    def _outcome(self, pair: Pair, plan: Sequence[ValueStep | ResourceStep]) -> _Outcome | None:
        pairs = [pair]
        log: list[tuple[str, Pair, Rewrite]] = []
        for step in self.steps:
            if isinstance(step, TermStep) or step in plan:
                pairs = [
                    better
                    for one in pairs
                    for rewrite in [_rewritten(step, one)]
                    for better in (_logged(log, step.name, one, rewrite) if rewrite else (one,))
                ]
        wanted = tuple(
            step for step in plan if isinstance(step, ResourceStep) and step.wants(*pair)
        )
        if not log and not wanted:
            return None
        return _Outcome(tuple(dict.fromkeys(pairs)), tuple(log), wanted)


@dataclass(slots=True)
class _Work:
    """One resource while it is worked on."""

    resource: str
    changes: list[Normalisation]
    added: int

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.changes = []
        self.added = 0

    def note(self, step: str, before: Triple, after: Sequence[Triple], why: Rewrite | Edit) -> None:
        """Record what became of one triple: one change for each triple in its place."""
        for new in after or (None,):
            self.changes.append(_record(step, self.resource, before, new, why.certainty))

    def apply(self, step: str, edit: Edit, kept: dict[Triple, None]) -> None:
        """Make an edit in ``kept`` and record it; an edit that changes nothing is none."""
        gone = [triple for triple in edit.before if triple in kept and triple not in edit.after]
        new = [triple for triple in edit.after if triple not in kept]
        if not gone and not new:
            return
        source = (gone or edit.before)[-1]
        for before, after in zip_longest(gone, new):
            self.note(step, before or source, [after] if after else [], edit)
        size = len(kept)
        for triple in gone:
            del kept[triple]
        kept.update(dict.fromkeys(new))
        self.added += len(kept) - size


def _rewritten(step: Step, pair: Pair) -> Rewrite | None:
    predicate, obj = pair
    if isinstance(step, ValueStep):
        return step.rewrite(predicate, obj) if step.handles(predicate) else None
    if isinstance(step, ResourceStep) or isinstance(obj, Literal) is not step.literals:
        return None
    mended = step.mend(obj)
    return None if mended == obj else Rewrite(((predicate, mended),))


def _logged(
    log: list[tuple[str, Pair, Rewrite]], step: str, pair: Pair, rewrite: Rewrite
) -> tuple[Pair, ...]:
    log.append((step, pair, rewrite))
    return rewrite.pairs


def _record(
    step: str, resource: str, before: Triple, after: Triple | None, certainty: str
) -> Normalisation:
    old, new = _shown(before[2]), ""
    if after is not None:
        new = _shown(after[2])
        if before[1] != after[1]:
            old, new = f"<{before[1]}> {old}", f"<{after[1]}> {new}"
    return Normalisation(step, resource, before[1], old, new, certainty)


def _shown(term: Term) -> str:
    return term_to_ntriples(term)
