"""What storing a source's new state would do to the live one, and whether a guard holds it back."""

from collections.abc import Sequence

from harvester.guards import Live, held, may_be_cut
from harvester.model import Document, Plan, Source, SourceState


def plan(
    source: Source, live: Live, state: SourceState, documents: Sequence[Document] = ()
) -> Plan:
    """Compare a new state, read from ``documents``, with the live one, and ask the guards."""
    new = {resource.iri: resource.digest for resource in state.resources}
    added = sorted(new.keys() - live.digests.keys())
    removed = sorted(live.digests.keys() - new.keys())
    common = new.keys() & live.digests.keys()
    changed = sorted(iri for iri in common if new[iri] != live.digests[iri])
    return Plan(
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(removed),
        unchanged=len(common) - len(changed),
        held=held(source, live, state, removes=len(removed), unproven=may_be_cut(documents, state)),
    )
