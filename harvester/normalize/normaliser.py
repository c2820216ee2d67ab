"""Applying steps to a resource: most triples pass after one look at their property and value."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from harvester.normalisation import Normalisation
from harvester.normalize.step import Edit, Pair, ResourceStep, Rewrite, Step, TermStep, ValueStep
from harvester.normalize.work import Normalised, Work
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, term_to_ntriples

_ROUNDS: Final = 8  # what one step made, another may mend; a resource is at rest after two or three
_REMEMBERED: Final = 100_000
_THIS: Final = "this:"  # in the place of a node, for whatever node says the same
_SHORT: Final = 80  # longer texts are not remembered: they hardly ever repeat


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the steps make of a property and its value, whatever resource they stand in."""

    pairs: tuple[Pair, ...]
    log: tuple[tuple[str, Pair, Rewrite], ...]
    wanted: tuple[ResourceStep, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The steps that a property's values pass, in order, and those that look at the resource.

    ``at_rest`` are the terms that no step has anything to say about, as far as they are known.
    """

    on_iri: tuple[TermStep | ValueStep, ...]
    on_literal: tuple[TermStep | ValueStep, ...]
    whole: tuple[ResourceStep, ...]
    rewrites: tuple[Callable[[str, Term], Rewrite | None], ...]
    wants: tuple[Callable[[str, Term], bool], ...]
    at_rest: set[Term]


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a node that says certain things, whatever node it is."""

    gone: frozenset[Pair]
    new: tuple[Pair, ...]
    changes: tuple[Normalisation, ...]
    merged: int
    added: int


class Normaliser:
    """Steps in their order, ready for the resources of one source.

    Most triples are in order, and most values come again: each is looked at once for a property,
    and a resource without one that asks for more is returned as it came.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        self._on_iris = tuple(s for s in steps if isinstance(s, TermStep) and not s.literals)
        self._whole = tuple(s for s in steps if isinstance(s, ResourceStep))
        self._on_literals = tuple(s for s in steps if isinstance(s, TermStep) and s.literals)
        self._literal_checks = tuple((s.suspects, s.mend) for s in self._on_literals)
        self._in_order: set[Term] = set()
        # Of a property that no step is about, a value in order is an IRI in order.
        self._general = _Plan(self._on_iris, self._on_literals, (), (), (), self._in_order)
        self._plans: dict[str, _Plan] = {}
        self._outcomes: dict[Pair, _Outcome] = {}
        self._sees = frozenset().union(*(step.sees for step in self._whole))
        self._fates: dict[tuple[Pair, ...], _Fate | None] = {}
        self._edits: dict[tuple[str, tuple[Pair, ...]], tuple[Edit, ...]] = {}

    def normalise(self, resource: str, triples: Sequence[Triple]) -> Normalised:
        """Apply the steps to every triple of ``resource`` until none has anything to say.

        No triple may come twice.
        """
        plans, in_order = self._plans, self._in_order
        pending: list[Triple] = []
        mended = resource not in in_order and bool(self._mend(resource)[1])
        last = ""
        for triple in triples:
            subject, predicate, obj = triple
            if subject != last:
                last = subject
                if subject not in in_order and self._mend(subject)[1]:
                    mended = True
            plan = plans.get(predicate)
            if plan is None:
                plan = self._plan(predicate)
            if obj not in plan.at_rest and not self._rests(plan, predicate, obj):
                pending.append(triple)
        if not pending and not mended:
            return Normalised(triples, (), 0)
        if not mended:
            done = self._as_before(resource, triples, pending)
            if done is not None:
                return done
        return self._work(resource, triples, pending, mended=mended)[0]

    def _work(
        self, resource: str, triples: Sequence[Triple], pending: list[Triple], *, mended: bool
    ) -> tuple[Normalised, bool]:
        """Apply the steps; also whether any of them looked at more than what it ``sees``."""
        work = Work(self._mend(resource)[0], triples)
        if mended:
            pending = self._mend_subjects(work, triples, frozenset(pending))
        queue: Mapping[Triple, str] = dict.fromkeys(pending, "")
        for _ in range(_ROUNDS):
            queue = self._round(work, queue)
            if not queue:
                break
        merged = len(triples) + work.added - len(work.kept)
        done = Normalised(list(work.kept), tuple(work.changes), merged, work.added)
        return done, work.whole

    def _as_before(
        self, resource: str, triples: Sequence[Triple], pending: Sequence[Triple]
    ) -> Normalised | None:
        """What a node that says the same became, said of this one; ``None`` when it must be seen.

        Only for pending triples of one node, whose outcome depends on nothing but what is pending
        and what steps with ``sees`` look at.
        """
        subject = pending[0][0]
        asked = {(p, o) for s, p, o in pending if s == subject and _is_short(o)}
        if len(asked) < len(pending):
            return None
        sees = self._sees
        key = tuple(
            [(p, o) for s, p, o in triples if s == subject and (p in sees or (p, o) in asked)]
        )
        if key in self._fates:
            fate = self._fates[key]
        else:
            if len(self._fates) >= _REMEMBERED:
                self._fates.clear()
            fate = self._fates[key] = self._fate(key, asked)
        if fate is None:
            return None
        new = [(subject, *pair) for pair in fate.new]
        if not all(triple not in triples for triple in new):
            return None
        gone = fate.gone
        kept = [t for t in triples if t[0] != subject or (t[1], t[2]) not in gone]
        changes = tuple(
            [
                Normalisation(c.step, resource, c.path, c.before, c.after, c.certainty)
                for c in fate.changes
            ]
        )
        return Normalised(kept + new, changes, fate.merged, fate.added)

    def _fate(self, said: tuple[Pair, ...], asked: Collection[Pair]) -> "_Fate | None":
        triples = [(_THIS, *pair) for pair in said]
        pending = [triple for triple in triples if triple[1:] in asked]
        done, whole = self._work(_THIS, triples, pending, mended=False)
        if whole:
            return None
        left = {triple[1:] for triple in done.triples}
        gone = frozenset(said) - left
        new = tuple(triple[1:] for triple in done.triples if triple[1:] not in said)
        return _Fate(gone, new, done.changes, done.merged, done.added)

    def _rests(self, plan: _Plan, predicate: str, obj: Term) -> bool:
        """Whether no step has anything to say about a value; remembered where it may come again."""
        short = True
        if type(obj) is str:
            if obj not in self._in_order and self._mend(obj)[1]:
                return False
        else:
            for suspects, mend in self._literal_checks:
                if suspects(obj) and mend(obj) != obj:
                    return False
            short = _is_short(obj)
        for rewrite in plan.rewrites:
            if rewrite(predicate, obj) is not None:
                return False
        for wants in plan.wants:
            if wants(predicate, obj):
                return False
        if short:
            if len(plan.at_rest) >= _REMEMBERED:
                plan.at_rest.clear()
            plan.at_rest.add(obj)
        return True

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
            if len(self._in_order) >= _REMEMBERED:
                self._in_order.clear()
            self._in_order.add(iri)
        return iri, log

    def _mend_subjects(
        self, work: Work, triples: Sequence[Triple], pending: Collection[Triple]
    ) -> list[Triple]:
        """Give the subjects their IRIs in order; returns the pending triples with them."""
        better: dict[str, str] = {}
        for subject in dict.fromkeys(subject for subject, _, _ in triples):
            better[subject], log = self._mend(subject)
            for step, before, after in log:
                shown = term_to_ntriples(before), term_to_ntriples(after)
                work.changes.append(Normalisation(step, work.resource, "", *shown))
        work.kept = {(better[s], p, o): None for s, p, o in triples}
        return [(better[s], p, o) for s, p, o in triples if (s, p, o) in pending]

    def _round(self, work: Work, triples: Mapping[Triple, str]) -> Mapping[Triple, str]:
        """Say ``triples`` of the resource as the steps do; returns those that they made.

        Each triple comes with the step that looked at the whole resource to make it, if one did:
        that one has no more to say because of it.
        """
        kept = work.kept
        made: dict[Triple, str] = {}
        wanted: set[str] = set()
        outcomes = self._outcomes
        for triple, maker in triples.items():
            subject, predicate, obj = triple
            key = (predicate, obj)
            outcome = outcomes.get(key)
            if outcome is None:
                plan = self._plan(predicate)
                steps = plan.on_iri if type(obj) is str else plan.on_literal
                if len(outcomes) >= _REMEMBERED:
                    outcomes.clear()
                outcome = outcomes[key] = _outcome(key, steps, plan.whole)
            for step in outcome.wanted:
                if step.name != maker:
                    wanted.add(step.name)
            if not outcome.log:
                continue
            for name, before, rewrite in outcome.log:
                work.note(name, (subject, *before), [(subject, *p) for p in rewrite.pairs], rewrite)
            kept.pop(triple, None)
            for pair in outcome.pairs:
                new = (subject, *pair)
                made[new] = ""
                kept[new] = None
            work.added += len(outcome.pairs) - 1
        for whole in self._whole if wanted else ():
            if whole.name in wanted:
                work.whole = work.whole or not whole.sees
                for edit in self._edits_of(whole, kept):
                    made.update(dict.fromkeys(work.apply(whole.name, edit), whole.name))
        return {triple: maker for triple, maker in made.items() if triple in kept}

    def _edits_of(self, step: ResourceStep, kept: Collection[Triple]) -> list[Edit]:
        """What a step edits; that of one node at a time is remembered by what the node says."""
        if not step.sees:
            return list(step.edits(Graph(kept)))
        nodes: dict[str, list[Pair]] = {}
        for subject, predicate, obj in kept:
            if predicate in step.sees:
                nodes.setdefault(subject, []).append((predicate, obj))
        found: list[Edit] = []
        for subject, said in nodes.items():
            key = (step.name, tuple(said))
            edits = self._edits.get(key)
            if edits is None:
                if len(self._edits) >= _REMEMBERED:
                    self._edits.clear()
                seen = Graph((_THIS, predicate, obj) for predicate, obj in said)
                edits = self._edits[key] = tuple(step.edits(seen))
            for before, after, certainty in edits:
                found.append(
                    Edit(
                        tuple((subject, p, o) for _, p, o in before),
                        tuple((subject, p, o) for _, p, o in after),
                        certainty,
                    )
                )
        return found

    def _plan(self, predicate: str) -> _Plan:
        found = self._plans.get(predicate)
        if found is not None:
            return found
        mine = [s for s in self.steps if not isinstance(s, TermStep) and s.handles(predicate)]
        plan = self._general
        if mine:
            plan = _Plan(
                tuple(s for s in self.steps if _may_see(s, mine, literal=False)),
                tuple(s for s in self.steps if _may_see(s, mine, literal=True)),
                tuple(s for s in mine if isinstance(s, ResourceStep)),
                tuple(s.rewrite for s in mine if isinstance(s, ValueStep)),
                tuple(s.wants for s in mine if isinstance(s, ResourceStep)),
                set(),
            )
        self._plans[predicate] = plan
        return plan


def _is_short(term: Term) -> bool:
    return len(term if type(term) is str else term[0]) < _SHORT


def _may_see(step: Step, mine: Sequence[Step], *, literal: bool) -> TypeGuard[TermStep | ValueStep]:
    if isinstance(step, TermStep):
        return step.literals is literal
    return isinstance(step, ValueStep) and step in mine


def _outcome(
    pair: Pair, steps: Sequence[TermStep | ValueStep], whole: Sequence[ResourceStep]
) -> _Outcome:
    pairs: tuple[Pair, ...] = (pair,)
    log: list[tuple[str, Pair, Rewrite]] = []
    for step in steps:
        for one in pairs:
            if _rewritten(step, one) is not None:
                pairs = _all_rewritten(step, pairs, log)
                break
    wanted = tuple(step for step in whole if step.wants(*pair))
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
