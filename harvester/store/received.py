"""What each run received from a source, so that a run can be read again without its source.

Bodies are named by their sha256, so a row is small. A source that is *unchanged* gets none: what
it served is what its last run of another outcome lists.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from harvester.model import Document, Outcome, Redirect, SourceResult
from harvester.store.database import named
from harvester.store.documents import clean
from harvester.store.text import as_json

_COLUMNS: Final = (
    "run, source, position, url, final_url, sha256, size, status, media_type, charset, etag,"
    " last_modified, redirects, end_proven"
)
# The held runs of a source (?1) since its last good one.
_HELD: Final = (
    " FROM source_run WHERE source = ?1 AND outcome = 'held' AND run >"
    " (SELECT coalesce(max(run), 0) FROM source_run"
    " WHERE source = ?1 AND outcome IN ('ok', 'unchanged'))"
)


def save_received(db: sqlite3.Connection, run: int, result: SourceResult) -> None:
    """Log the documents of a source that is not unchanged, also of one that failed or is held."""
    if result.outcome is Outcome.UNCHANGED:
        return
    marks = ", ".join("?" * 14)
    db.executemany(
        f"INSERT INTO run_document ({_COLUMNS}) VALUES ({marks})",  # noqa: S608  names of ours
        [
            (run, result.source.id, position, *_row(clean(document)))
            for position, document in enumerate(result.documents)
        ],
    )


def received(
    db: sqlite3.Connection, run: int, body_path: Callable[[str], Path]
) -> dict[str, tuple[Document, ...]]:
    """What each source of a run served in it, by source, in the order of fetching.

    Sources that served nothing are left out. ``body_path`` gives a body's file from its sha256.
    """
    found = db.execute("SELECT source, outcome FROM source_run WHERE run = ?", (run,)).fetchall()
    served = {}
    for source, outcome in found:
        wrote = _last_change(db, run, source) if outcome == Outcome.UNCHANGED else run
        served[source] = _documents(db, wrote, source, body_path)
    return {source: documents for source, documents in sorted(served.items()) if documents}


def held(
    db: sqlite3.Connection, source: str, body_path: Callable[[str], Path]
) -> tuple[Document, ...]:
    """What the newest held run since the source's last good one received; empty when none is."""
    run = db.execute(
        "SELECT max(run)" + _HELD,
        (source,),
    ).fetchone()[0]
    return () if run is None else _documents(db, run, source, body_path)


def times_held(db: sqlite3.Connection, source: str) -> int:
    """How many runs since the source's last good one have held it."""
    count: int = db.execute(
        "SELECT count(*)" + _HELD,
        (source,),
    ).fetchone()[0]
    return count


def _last_change(db: sqlite3.Connection, run: int, source: str) -> int | None:
    newest: int | None = db.execute(
        "SELECT max(run) FROM source_run WHERE source = ? AND outcome = 'ok' AND run < ?",
        (source, run),
    ).fetchone()[0]
    return newest


def _documents(
    db: sqlite3.Connection, run: int | None, source: str, body_path: Callable[[str], Path]
) -> tuple[Document, ...]:
    rows = named(
        db,
        "SELECT * FROM run_document WHERE run = ? AND source = ? ORDER BY position",
        (run, source),
    )
    return tuple(
        Document(
            url=row["url"],
            final_url=row["final_url"],
            path=body_path(row["sha256"]),
            sha256=row["sha256"],
            size=row["size"],
            status=row["status"],
            media_type=row["media_type"],
            charset=row["charset"],
            etag=row["etag"],
            last_modified=row["last_modified"],
            redirects=tuple(Redirect(*one) for one in json.loads(row["redirects"])),
            end_proven=bool(row["end_proven"]),
        )
        for row in rows
    )


def _row(document: Document) -> tuple[object, ...]:
    return (
        document.url,
        document.final_url,
        document.sha256,
        document.size,
        document.status,
        document.media_type,
        document.charset,
        document.etag,
        document.last_modified,
        as_json([[one.status, one.url, one.location] for one in document.redirects]),
        int(document.end_proven),
    )
