"""Applying steps to a resource: most triples pass after one look at their property and value."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, TypeGuard

from harvester.normalisation import Normalisation
from harvester.normalize.step import Edit, Pair, ResourceStep, Rewrite, Step, TermStep, ValueStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Triple, term_to_ntriples

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


@dataclass(frozen=True, slots=True)
class _Plan:
    """The steps that a property's values pass, in order, and those that look at the resource."""

    on_iri: tuple[TermStep | ValueStep, ...]
    on_literal: tuple[TermStep | ValueStep, ...]
    whole: tuple[ResourceStep, ...]


class Normaliser:
    """Steps in their order, ready for the resources of one source."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        self._on_iris = tuple(s for s in steps if isinstance(s, TermStep) and not s.literals)
        self._whole = tuple(s for s in steps if isinstance(s, ResourceStep))
        self._on_literals = tuple(s for s in steps if isinstance(s, TermStep) and s.literals)
        self._general = _Plan(self._on_iris, self._on_literals, ())
        self._plans: dict[str, _Plan] = {}
        self._outcomes: dict[Pair, _Outcome | None] = {}
        self._in_order: set[str] = set()

    def normalise(self, resource: str, triples: Sequence[Triple]) -> Normalised:
        """Apply the steps to every triple of ``resource`` until none has anything to say."""
        work = _Work(self._mend(resource)[0])
        queue = self._mend_subjects(work, triples)
        for _ in range(_ROUNDS):
            queue = self._round(work, queue)
            if not queue:
                break
        merged = len(triples) + work.added - len(work.kept)
        return Normalised(list(work.kept), tuple(work.changes), merged, work.added)

    def _mend(self, iri: str) -> tuple[str, list[tuple[str, str, str]]]:
        """The IRI in order, and (step, before, after) of what was done to it."""
        log: list[tuple[str, str, str]] = []
        if iri in self._in_order:
            return iri, log
        for step in self._on_iris:
            if step.suspects(iri) and (better := str(step.mend(iri))) != iri:
                log.append((step.name, iri, better))
                iri = better
        if not log:
            self._remember(iri)
        return iri, log

    def _remember(self, iri: str) -> None:
        if len(self._in_order) >= _REMEMBERED:
            self._in_order.clear()
        self._in_order.add(iri)

    def _mend_subjects(self, work: "_Work", triples: Sequence[Triple]) -> Collection[Triple]:
        mended: dict[str, str] = {}
        last = ""
        for subject, _, _ in triples:
            if subject == last or subject in mended or subject in self._in_order:
                continue
            last = subject
            better, log = self._mend(subject)
            for step, before, after in log:
                shown = term_to_ntriples(before), term_to_ntriples(after)
                work.changes.append(Normalisation(step, work.resource, "", *shown))
                mended[subject] = better
        if not mended:
            return triples
        return [(mended.get(s, s), p, o) for s, p, o in triples]

    def _round(self, work: "_Work", triples: Collection[Triple]) -> Collection[Triple]:
        """Put ``triples`` into the resource as the steps say; returns those that they made."""
        kept = work.kept
        made: list[Triple] = []
        wanted: set[str] = set()
        plans, outcomes, in_order = self._plans, self._outcomes, self._in_order
        general = self._general
        for triple in triples:
            subject, predicate, obj = triple
            plan = plans.get(predicate)
            if plan is None:
                plan = self._plan(predicate)
            if type(obj) is str:
                if plan is general and obj in in_order:
                    kept[triple] = None
                    continue
                steps = plan.on_iri
            else:
                steps = plan.on_literal
                if plan is general:
                    for term_step in self._on_literals:
                        if term_step.suspects(obj):
                            break
                    else:
                        kept[triple] = None
                        continue
            key = (predicate, obj)
            if key in outcomes:
                outcome = outcomes[key]
            else:
                outcome = _outcome(key, steps, plan.whole)
                if plan is general and outcome is None and type(obj) is str:
                    self._remember(obj)
                elif type(obj) is str or len(obj[0]) < _SHORT:
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
            if not outcome.log:
                kept[triple] = None
                continue
            kept.pop(triple, None)
            for pair in outcome.pairs:
                made.append((subject, *pair))
                kept[made[-1]] = None
            work.added += len(outcome.pairs) - 1
        graph: Graph | None = None
        for whole in self._whole if wanted else ():
            if whole.name in wanted:
                graph = graph or Graph(kept)
                for edit in list(whole.edits(graph)):
                    made += work.apply(whole.name, edit)
                    graph = None
        return [triple for triple in dict.fromkeys(made) if triple in kept]

    def _plan(self, predicate: str) -> _Plan:
        mine = [s for s in self.steps if not isinstance(s, TermStep) and s.handles(predicate)]
        if mine:
            plan = _Plan(
                tuple(s for s in self.steps if _may_see(s, mine, literal=False)),
                tuple(s for s in self.steps if _may_see(s, mine, literal=True)),
                tuple(s for s in mine if isinstance(s, ResourceStep)),
            )
        else:
            plan = self._general
        self._plans[predicate] = plan
        return plan


def _may_see(step: Step, mine: Sequence[Step], *, literal: bool) -> TypeGuard[TermStep | ValueStep]:
    if isinstance(step, TermStep):
        return step.literals is literal
    return isinstance(step, ValueStep) and step in mine


def _outcome(
    pair: Pair, steps: Sequence[TermStep | ValueStep], whole: Sequence[ResourceStep]
) -> _Outcome | None:
    pairs: tuple[Pair, ...] = (pair,)
    log: list[tuple[str, Pair, Rewrite]] = []
    for step in steps:
        for one in pairs:
            if _rewritten(step, one) is not None:
                pairs = _all_rewritten(step, pairs, log)
                break
    wanted = tuple(step for step in whole if step.wants(*pair))
    if not log and not wanted:
        return None
    return _Outcome(pairs, tuple(log), wanted)


def _all_rewritten(
    step: TermStep | ValueStep, pairs: Sequence[Pair], log: list[tuple[str, Pair, Rewrite]]
) -> tuple[Pair, ...]:
    found: dict[Pair, None] = {}
    for pair in pairs:
        rewrite = _rewritten(step, pair)
        if rewrite is None:
            found[pair] = None
        else:
            log.append((step.name, pair, rewrite))
            found.update(dict.fromkeys(rewrite.pairs))
    return tuple(found)


def _rewritten(step: TermStep | ValueStep, pair: Pair) -> Rewrite | None:
    predicate, obj = pair
    if isinstance(step, ValueStep):
        return step.rewrite(predicate, obj) if step.handles(predicate) else None
    if isinstance(obj, Literal) is not step.literals or not step.suspects(obj):
        return None
    mended = step.mend(obj)
    return None if mended == obj else Rewrite(((predicate, mended),))


@dataclass(slots=True)
class _Work:
    """One resource while it is worked on."""

    resource: str
    kept: dict[Triple, None]
    changes: list[Normalisation]
    added: int

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.kept = {}
        self.changes = []
        self.added = 0

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


def _record(
    step: str, resource: str, before: Triple, after: Triple | None, certainty: str
) -> Normalisation:
    old, new = term_to_ntriples(before[2]), ""
    if after is not None:
        new = term_to_ntriples(after[2])
        if before[1] != after[1]:
            old, new = f"<{before[1]}> {old}", f"<{after[1]}> {new}"
    return Normalisation(step, resource, before[1], old, new, certainty)
