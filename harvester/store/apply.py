"""Write what one source gave: the rows that differ, and no others.

Every function here runs inside the caller's transaction.
"""

import sqlite3
from collections.abc import Mapping

from harvester.model import Outcome, SourceResult, SourceRun, SourceState
from harvester.store import resources
from harvester.store.documents import save_documents, save_validators
from harvester.store.findings import changes_by_step, save_findings
from harvester.store.received import save_received
from harvester.store.runs import (
    live_count,
    log_source_run,
    save_credential,
    save_rules,
    severities,
)
from harvester.store.text import storable
from harvester.words import Text


def apply(db: sqlite3.Connection, run: int, result: SourceResult, at: str) -> SourceRun:
    """Bring the live state of one source to ``result.state`` and log how the source ended.

    Only an outcome of *ok* or *unchanged* touches the live state. Nothing is removed but what
    ``result.plan.removed`` names, and only when the fetch was complete.
    """
    source = result.source.id
    plan = result.plan
    counts = {"added": 0, "changed": 0, "unchanged": 0, "missing": 0, "removed": 0}
    if result.outcome is Outcome.HELD:
        counts |= {
            "added": len(plan.added),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "missing": len(plan.removed),
        }
    elif result.outcome in (Outcome.OK, Outcome.UNCHANGED):
        if result.state is None:
            save_validators(db, source, result.documents)
            counts["unchanged"] = live_count(db, "resource", source)
        else:
            removable = frozenset(plan.removed) if result.complete else frozenset()
            counts |= _save_state(db, run, source, result.state, removable)
            save_documents(db, result)
            save_rules(db, source, result.rules, result.state.added)
        save_credential(db, source, result.credential)
    entry = SourceRun(
        run=run,
        id=source,
        outcome=result.outcome,
        complete=result.complete,
        not_modified=bool(result.documents)
        and all(document.not_modified for document in result.documents),
        documents=len(result.documents),
        bytes=sum(document.size for document in result.documents),
        resources=counts,
        datasets=live_count(db, "dataset", source),
        findings=severities(db, source),
        held=plan.held,
        event=storable(result.event),
        error=_storable(result.error),
        seconds=round(result.seconds, 3),
        normalised=changes_by_step(db, source),
        certificate=min((d.certificate for d in result.documents if d.certificate), default=None),
    )
    log_source_run(db, entry, at)
    save_received(db, run, result)
    return entry


def remove_source(db: sqlite3.Connection, run: int, source: str) -> int:
    """Take all that one source said out of the live state; how many resources that were."""
    state = SourceState((), (), (), (), 0, 0)
    everything = frozenset(resources.live(db, source))
    _save_state(db, run, source, state, everything)
    db.execute("DELETE FROM document WHERE source = ?", (source,))
    return len(everything)


def _save_state(
    db: sqlite3.Connection, run: int, source: str, state: SourceState, removable: frozenset[str]
) -> Mapping[str, int]:
    live = resources.live(db, source)
    new = {resource.iri: resource for resource in state.resources}
    added = [one for one in state.resources if one.iri not in live]
    known = [one for one in state.resources if one.iri in live]
    changed = [one for one in known if one.digest != live[one.iri][0]]
    rewritten = [one for one in known if resources.mark(one) != live[one.iri]]
    gone = [iri for iri in sorted(live) if iri not in new]
    removed = [iri for iri in gone if iri in removable]
    missing = frozenset(gone).difference(removed)
    resources.log_changes(db, run, source, live, added, changed, removed)
    resources.remove(db, run, source, removed)
    resources.forget_rows(db, source, [one.iri for one in rewritten])
    resources.write(db, run, source, added, resources.bring_back(db, source, added))
    resources.write(db, run, source, rewritten, {})
    save_findings(db, source, state, new.keys() | missing, missing)
    return {
        "added": len(added),
        "changed": len(changed),
        "unchanged": len(new) - len(added) - len(changed),
        "missing": len(missing),
        "removed": len(removed),
    }


def _storable(text: Text | None) -> Text | None:
    return None if text is None else Text(storable(text.sv), storable(text.en))
