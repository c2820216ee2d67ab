"""What a harvest would change, seen from the store as it is."""

from collections.abc import Iterator, Sequence

from harvester.dedupe import Candidate, candidate, choose
from harvester.model import Outcome, Resource, SourceResult
from harvester.pipeline import ranks
from harvester.plan_diff import Preview, ResourceChange, resource_changes, winner_changes
from harvester.settings import Settings
from harvester.store import Store


def preview(settings: Settings, store: Store, results: Sequence[SourceResult]) -> Preview:
    """Look into every resource that ``results`` would change, and at who would win then.

    What is held back counts among the changes, since an operator may let it through, but not for
    the winners.
    """
    with store.snapshot():
        return Preview(
            tuple((result, _changes(store, result)) for result in results),
            winner_changes(
                store.decisions(),
                choose(_candidates(store, results), ranks(settings, store)).decisions,
                {(one.source, one.iri) for one in store.candidates()},
            ),
        )


def _changes(store: Store, result: SourceResult) -> tuple[ResourceChange, ...]:
    plan = result.plan
    wanted = frozenset(plan.changed + plan.removed)
    live = {
        one.iri: Resource(one.iri, one.kinds, one.digest, one.ntriples, 0, one.parent)
        for one in (store.resources(result.source.id) if wanted else ())
        if one.iri in wanted
    }
    if result.state is None:
        return resource_changes(plan, live, ())
    return resource_changes(plan, live, result.state.resources, result.state.normalisations)


def _candidates(store: Store, results: Sequence[SourceResult]) -> Iterator[Candidate]:
    new = {
        result.source.id: result.state
        for result in results
        if result.state is not None and result.outcome is Outcome.OK
    }
    yield from (one for one in store.candidates() if one.source not in new)
    for source, state in new.items():
        yield from (candidate(source, one) for one in state.resources)
