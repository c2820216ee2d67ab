"""The log of runs, and the mirror of the configured sources."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from harvester.fetch.urls import document_url
from harvester.model import Severity, SourceRun
from harvester.settings import Source
from harvester.store.database import named
from harvester.store.text import moment, read_moment, storable
from harvester.store.views import StoredSource

_SOURCE: Final = (
    "title", "url", "type", "priority", "sector", "aggregator", "profile", "publish",
    "max_removed",
)  # fmt: skip


def start_run(db: sqlite3.Connection, started: datetime, version: str, command: str) -> int:
    """Open a run and give its number, one higher than any before, whatever the clock says.

    The caller holds the run lock, so a run that is still open was killed: it is marked.
    """
    db.execute("UPDATE run SET state = 'interrupted' WHERE state = 'running'")
    cursor = db.execute(
        "INSERT INTO run (started, state, version, command) VALUES (?, 'running', ?, ?)",
        (moment(started), version, storable(command)),
    )
    return cursor.lastrowid or 0


def finish_run(
    db: sqlite3.Connection,
    run: int,
    finished: datetime,
    seconds: float,
    exit_code: int,
    *,
    interrupted: bool,
) -> None:
    """Close a run. ``seconds`` comes from a clock that never jumps."""
    db.execute(
        "UPDATE run SET finished = ?, seconds = ?, exit_code = ?, state = ? WHERE run = ?",
        (
            moment(finished),
            round(seconds, 3),
            exit_code,
            "interrupted" if interrupted else "finished",
            run,
        ),
    )


def last_tries(db: sqlite3.Connection) -> dict[str, tuple[int, datetime]]:
    """Source -> the newest run (by number) that tried it, and when that was."""
    found = db.execute("SELECT source, max(run), at FROM source_run GROUP BY source")
    return {source: (run, read_moment(at)) for source, run, at in found}


def save_sources(db: sqlite3.Connection, sources: Sequence[Source], run: int) -> None:
    """Mirror the configuration, without headers and secrets; rows that differ only.

    A source that is not configured any more is marked; what it said stays.
    """
    live = {
        one[0]: tuple(one[1:])
        for one in db.execute(
            f"SELECT source, {', '.join(_SOURCE)}, configured FROM source"  # noqa: S608
        )
    }
    new = {source.id: _row(source) for source in sources}
    db.executemany(
        f"INSERT INTO source (source, {', '.join(_SOURCE)}, configured, since)"  # noqa: S608
        f" VALUES ({', '.join('?' * (len(_SOURCE) + 3))}) ON CONFLICT (source) DO UPDATE SET"
        f" {', '.join(f'{name} = excluded.{name}' for name in (*_SOURCE, 'configured'))}",
        [(name, *row, run) for name, row in new.items() if live.get(name) != row],
    )
    db.executemany(
        "UPDATE source SET configured = 0 WHERE source = ? AND configured",
        [(name,) for name in live if name not in new],
    )


def stored_sources(db: sqlite3.Connection) -> tuple[StoredSource, ...]:
    """Every source the store knows, by id, as it was configured when it last was."""
    return tuple(
        StoredSource(
            Source(
                id=row["source"],
                url=row["url"],
                title=row["title"],
                type=row["type"],
                priority=row["priority"],
                sector=row["sector"],
                aggregator=bool(row["aggregator"]),
                profile=row["profile"],
                publish=row["publish"],
                max_removed=row["max_removed"],
            ),
            bool(row["configured"]),
        )
        for row in named(db, "SELECT * FROM source ORDER BY source")
    )


def save_rules(db: sqlite3.Connection, source: str, rules: str, added: int) -> None:
    """Remember what the live state was made with, and what that added, where they differ."""
    db.execute(
        "UPDATE source SET rules = ?, added = ? WHERE source = ? AND (rules, added) <> (?, ?)",
        (rules, added, source, rules, added),
    )


def rules_of(db: sqlite3.Connection, source: str) -> str:
    """What the live state of a source was made with; empty when there is none."""
    row = db.execute("SELECT rules FROM source WHERE source = ?", (source,)).fetchone()
    return str(row[0]) if row is not None else ""


def save_credential(db: sqlite3.Connection, source: str, credential: str) -> None:
    """Remember what the documents were asked for with, where that differs."""
    db.execute(
        "UPDATE source SET credential = ? WHERE source = ? AND credential <> ?",
        (credential, source, credential),
    )


def credential_of(db: sqlite3.Connection, source: str) -> str:
    """What a source's documents were asked for with, as ``SourceResult.credential`` tells it."""
    row = db.execute("SELECT credential FROM source WHERE source = ?", (source,)).fetchone()
    return str(row[0]) if row is not None else ""


def live_datasets(db: sqlite3.Connection, source: str) -> dict[str, str]:
    """The titles of a source's live datasets by IRI, empty where there is none."""
    rows = db.execute("SELECT iri, coalesce(title, '') FROM dataset WHERE source = ?", (source,))
    return dict(rows.fetchall())


def exists(db: sqlite3.Connection, run: int) -> bool:
    """Whether there has been a run of this number."""
    return db.execute("SELECT 1 FROM run WHERE run = ?", (run,)).fetchone() is not None


def log_source_run(db: sqlite3.Connection, entry: SourceRun, at: str) -> None:
    """Write how one source ended in one run."""
    counts, findings = entry.resources, entry.findings
    values = {
        "run": entry.run,
        "source": entry.id,
        "at": at,
        "outcome": entry.outcome.value,
        "complete": int(entry.complete),
        "not_modified": int(entry.not_modified),
        "documents": entry.documents,
        "bytes": entry.bytes,
        **counts,
        "datasets": entry.datasets,
        "errors": findings["error"],
        "warnings": findings["warning"],
        "infos": findings["info"],
        "held_sv": entry.held.sv if entry.held else None,
        "held_en": entry.held.en if entry.held else None,
        "event": entry.event,
        "error": entry.error.en if entry.error else "",
        "error_sv": entry.error.sv if entry.error else "",
        "seconds": entry.seconds,
        "certificate": moment(entry.certificate) if entry.certificate else None,
    }
    db.execute(
        f"INSERT INTO source_run ({', '.join(values)})"  # noqa: S608  names of ours
        f" VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )


def live_count(db: sqlite3.Connection, table: str, source: str) -> int:
    """How many live rows of a table the source has."""
    count: int = db.execute(
        f"SELECT count(*) FROM {table} WHERE source = ?",  # noqa: S608  a name of ours
        (source,),
    ).fetchone()[0]
    return count


def severities(db: sqlite3.Connection, source: str) -> dict[str, int]:
    """How many findings about the live state the source has, by severity."""
    counts = {severity.value: 0 for severity in Severity}
    counts |= dict(
        db.execute(
            "SELECT severity, count(*) FROM finding WHERE source = ? GROUP BY severity", (source,)
        ).fetchall()
    )
    return counts


def _row(source: Source) -> tuple[object, ...]:
    return (
        storable(source.title),
        document_url(source, source.url) if "://" in source.url else source.url,
        source.type,
        source.priority,
        source.sector,
        int(source.aggregator),
        source.profile,
        source.publish,
        source.max_removed,
        1,
    )
