"""What storing a source's new state would do, and the guards that hold it back.

Nothing is removed before a complete fetch and the guards said yes: a portal that follows this
program's exports deletes what an export no longer has.
"""

from collections.abc import Mapping, Set
from typing import Final

from harvester.model import Kind, Plan, SourceState, Text

ALWAYS_ALLOWED: Final = 5  # datasets: a small catalog may lose a few without anyone being asked


def plan(live: Mapping[str, str], live_datasets: Set[str], state: SourceState, limit: str) -> Plan:
    """Compare a new state with the live one (IRI -> digest) and apply the guards.

    ``limit`` is the source's ``max_removed``: a share of its live datasets such as ``"20%"``, or
    a number of datasets.
    """
    new = {resource.iri: resource.digest for resource in state.resources}
    added = sorted(new.keys() - live.keys())
    removed = sorted(live.keys() - new.keys())
    common = new.keys() & live.keys()
    changed = sorted(iri for iri in common if new[iri] != live[iri])
    datasets = {r.iri for r in state.resources if Kind.DATASET in r.kinds}
    return Plan(
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(removed),
        unchanged=len(common) - len(changed),
        held=_held(live_datasets, datasets, limit) or _short(state),
    )


def _held(live: Set[str], new: Set[str], limit: str) -> Text | None:
    lost = len(live - new)
    if live and not new:
        return Text(
            f"Katalogen har inga datamängder längre; den hade {len(live)}.",
            f"The catalog has no datasets any more; it had {len(live)}.",
        )
    if lost <= allowed(limit, len(live)):
        return None
    return Text(
        f"{lost} av {len(live)} datamängder saknas; gränsen är {limit}.",
        f"{lost} of {len(live)} datasets are missing; the limit is {limit}.",
    )


def _short(state: SourceState) -> Text | None:
    promised = max((r.total_items for r in state.readings if r.total_items is not None), default=0)
    found = sum(kind is not Kind.OTHER for r in state.resources for kind in r.kinds)
    if promised <= found:
        return None
    return Text(
        f"Källan uppger {promised} poster men bara {found} kom fram.",
        f"The source announces {promised} items but only {found} arrived.",
    )


def allowed(limit: str, datasets: int) -> int:
    """How many of ``datasets`` may go without being held.

    A share never bites below ``ALWAYS_ALLOWED``; a number is meant as it stands.
    """
    if limit.endswith("%"):
        return max(ALWAYS_ALLOWED, int(datasets * float(limit[:-1]) / 100))
    return int(limit)
