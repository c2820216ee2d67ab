"""The questions that reading commands ask."""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from harvester.errors import StoreError
from harvester.model import Kind, Outcome, SourceRun
from harvester.store.database import named
from harvester.store.decisions import decisions_about
from harvester.store.findings import findings_of, normalisations_of
from harvester.store.text import read_kinds, read_moment
from harvester.store.views import (
    Change,
    HistoryEntry,
    ResourceView,
    SourceStatus,
    StoredResource,
)
from harvester.upkeep import Good
from harvester.words import Text

LATELY: Final = 30  # runs


def status(db: sqlite3.Connection) -> tuple[SourceStatus, ...]:
    """How every source stands, by id."""
    lately = _lately(db)
    return tuple(
        SourceStatus(
            id=row["source"],
            title=row["title"],
            url=row["url"],
            configured=bool(row["configured"]),
            outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
            complete=bool(row["complete"]),
            event=row["event"] or "",
            error=_error(row),
            held=_held(row),
            run=row["run"],
            last_good=_when(row["last_good"]),
            last_try=_when(row["last_try"]),
            failing_since=_when(row["failing_since"]),
            tries=row["tries"],
            certificate=_when(row["certificate"]),
            lately=lately.get(row["source"], ()),
            datasets=row["datasets"],
            resources=row["resources"],
            findings=_findings(row),
            last_changed=_when(row["last_changed"]),
            last_change={name: row[name] for name in ("added", "changed", "removed")},
        )
        for row in named(db, "SELECT * FROM v_source_status ORDER BY source")
    )


def _lately(db: sqlite3.Connection) -> dict[str, tuple[Good, ...]]:
    """Source -> its good runs among the newest ``LATELY`` of all, oldest first."""
    found: dict[str, tuple[Good, ...]] = {}
    for source, outcome, datasets, seconds in db.execute(
        "SELECT source, outcome, datasets, seconds FROM source_run"
        " WHERE outcome IN ('ok', 'unchanged') AND run > (SELECT max(run) FROM run) - ?"
        " ORDER BY source, run",
        (LATELY,),
    ):
        found[source] = (*found.get(source, ()), Good(Outcome(outcome), datasets, seconds))
    return found


def uptime(db: sqlite3.Connection, since: str) -> dict[str, tuple[int, int]]:
    """Source -> tries since then, and how many of them gave an answer that could be read."""
    rows = db.execute(
        "SELECT source, count(*), sum(outcome IN ('ok', 'unchanged', 'held')) FROM source_run"
        " WHERE at >= ? GROUP BY source",
        (since,),
    )
    return {source: (tries, good) for source, tries, good in rows}


def history(db: sqlite3.Connection, source: str, last: int | None) -> tuple[HistoryEntry, ...]:
    """The newest ``last`` runs of one source (all when ``None``), newest first."""
    found = named(
        db,
        "SELECT * FROM source_run WHERE source = ? ORDER BY run DESC LIMIT ?",
        (source, -1 if last is None else last),
    ).fetchall()
    return tuple(
        HistoryEntry(
            read_moment(row["at"]),
            source_run(row),
            _changes(db, "run = ? AND source = ?", (row["run"], source)),
        )
        for row in found
    )


def source_run(row: sqlite3.Row) -> SourceRun:
    """One row of table ``source_run``."""
    return SourceRun(
        run=row["run"],
        id=row["source"],
        outcome=Outcome(row["outcome"]),
        complete=bool(row["complete"]),
        not_modified=bool(row["not_modified"]),
        documents=row["documents"],
        bytes=row["bytes"],
        resources={
            name: row[name] for name in ("added", "changed", "unchanged", "missing", "removed")
        },
        datasets=row["datasets"],
        findings=_findings(row),
        held=_held(row),
        event=row["event"],
        error=_error(row),
        seconds=row["seconds"],
        certificate=_when(row["certificate"]),
    )


def changes(db: sqlite3.Connection, run: int) -> tuple[Change, ...]:
    """What one run changed, by source, IRI and change."""
    return _changes(db, "run = ?", (run,))


def show(db: sqlite3.Connection, iri: str) -> tuple[ResourceView, ...]:
    """Every source's description of one thing, the published one first."""
    found = named(
        db,
        "SELECT r.*, f.started AS seen_at, c.started AS changed_at, EXISTS (SELECT 1 FROM decision"
        " d WHERE d.loser_source = r.source AND d.loser_iri = r.iri) AS lost FROM resource r"
        " JOIN run f ON f.run = r.first_seen JOIN run c ON c.run = r.changed"
        " WHERE r.iri = ? ORDER BY lost, r.source",
        (iri,),
    ).fetchall()
    return tuple(
        ResourceView(
            source=row["source"],
            iri=iri,
            kinds=read_kinds(row["kinds"]),
            ntriples=row["ntriples"],
            digest=row["digest"],
            triples=row["triples"],
            first_seen=read_moment(row["seen_at"]),
            last_changed=read_moment(row["changed_at"]),
            published=not row["lost"],
            parent=row["parent"],
            children=tuple(
                child
                for (child,) in db.execute(
                    "SELECT iri FROM resource WHERE source = ? AND parent = ? ORDER BY iri",
                    (row["source"], iri),
                )
            ),
            findings=findings_of(db, row["source"], iri),
            normalisations=normalisations_of(db, row["source"], iri),
            decisions=decisions_about(db, row["source"], iri),
        )
        for row in found
    )


def resources(db: sqlite3.Connection, source: str | None) -> Iterator[StoredResource]:
    """Live resources ordered by IRI and source, one at a time."""
    found = db.execute(
        "SELECT source, iri, kinds, ntriples, digest, parent FROM resource"
        " WHERE ?1 IS NULL OR source = ?1 ORDER BY iri, source",
        (source,),
    )
    for name, iri, kinds, ntriples, digest, parent in found:
        yield StoredResource(name, iri, read_kinds(kinds), ntriples, digest, parent)


def fingerprint(db: sqlite3.Connection) -> str:
    """A digest of the live resources and of the decisions."""
    found = hashlib.sha256()
    for query in (
        "SELECT source, iri, kinds, parent, digest FROM resource ORDER BY source, iri",
        "SELECT winner_source, winner_iri, loser_source, loser_iri FROM decision"
        " ORDER BY loser_source, loser_iri",
    ):
        for row in db.execute(query):
            found.update(f"{tuple(row)!r}\n".encode())
    return found.hexdigest()


def newest_run(db: sqlite3.Connection, path: Path) -> datetime:
    """When the newest run began."""
    row = db.execute("SELECT started FROM run ORDER BY run DESC LIMIT 1").fetchone()
    if row is None:
        raise StoreError(
            Text(
                f"{path}: ingen körning har gjorts än; `harvester harvest` gör en",
                f"{path}: there has been no run yet; `harvester harvest` makes one",
            )
        )
    return read_moment(row[0])


def last_change(db: sqlite3.Connection) -> datetime | None:
    """When the newest run began that changed anything live."""
    row = db.execute(
        "SELECT started FROM run WHERE run = max((SELECT coalesce(max(run), 0) FROM change),"
        " (SELECT coalesce(max(changed), 0) FROM resource))"
    ).fetchone()
    return None if row is None else read_moment(row[0])


def erroneous(db: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """The live resources, as (source, iri), that have a finding of severity *error*."""
    found = db.execute(
        "SELECT DISTINCT source, resource FROM finding"
        " WHERE severity = 'error' AND resource IS NOT NULL"
    )
    return frozenset((source, iri) for source, iri in found)


def _changes(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[Change, ...]:
    found = db.execute(
        "SELECT run, source, iri, change, kind, from_digest, to_digest, from_source FROM change"  # noqa: S608
        f" WHERE {where} ORDER BY run, source, iri, change",
        values,
    )
    return tuple(
        Change(run, source, iri, change, Kind(kind), before, after, rival)
        for run, source, iri, change, kind, before, after, rival in found
    )


def _held(row: sqlite3.Row) -> Text | None:
    return None if row["held_en"] is None else Text(row["held_sv"], row["held_en"])


def _error(row: sqlite3.Row) -> Text | None:
    english = row["error"]
    return Text(row["error_sv"] or english, english) if english else None


def _findings(row: sqlite3.Row) -> dict[str, int]:
    return {"error": row["errors"], "warning": row["warnings"], "info": row["infos"]}


def _when(text: str | None) -> datetime | None:
    return None if text is None else read_moment(text)
