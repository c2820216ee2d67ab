"""The documents of a source's live state: what a conditional request needs of them."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from harvester.model import (
    Document,
    DocumentReading,
    Redirect,
    SourceResult,
    StoredDocument,
    Syntax,
)
from harvester.store.database import named
from harvester.store.text import as_json, storable, without_credentials

_COLUMNS: Final = (
    "url, position, final_url, sha256, size, status, media_type, charset, etag, last_modified,"
    " redirects, reading_url, syntax, encoding, statements, duplicates, repaired, next_url,"
    " total_items, parts"
)


def documents(
    db: sqlite3.Connection, source: str, body_path: Callable[[str], Path]
) -> dict[str, StoredDocument]:
    """The source's documents by URL, in the order in which they were fetched.

    Credentials in a URL are not kept, so such a URL is not found again and is fetched anew.
    ``body_path`` gives the file of a body from its sha256. A document that was not read (no
    reading belongs to it) is left out: nothing could be skipped for its sake.
    """
    found = named(
        db,
        f"SELECT {_COLUMNS} FROM document"  # noqa: S608  names of ours
        " WHERE source = ? AND syntax IS NOT NULL ORDER BY position",
        (source,),
    )
    stored = (_stored(row, body_path) for row in found)
    return {one.document.url: one for one in stored}


def save_documents(db: sqlite3.Connection, result: SourceResult) -> None:
    """Make the source's documents those of the result, when it is complete: add to them if not.

    A body that has not changed keeps what was known about it, but for fresher validators.
    """
    source = result.source.id
    live = {
        row[0]: tuple(row)
        for row in db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE source = ?",  # noqa: S608  names of ours
            (source,),
        )
    }
    readings = {reading.url: reading for reading in result.state.readings} if result.state else {}
    rows: dict[str, tuple[object, ...]] = {}
    for position, fetched in enumerate(result.documents):
        reading = readings.get(fetched.url) or readings.get(fetched.final_url)
        document = clean(fetched)
        row = _row(position, document, reading)
        old = live.get(document.url)
        if document.not_modified and old is not None and old[3] == document.sha256:
            kept = (*old[2:8], row[8] or old[8], row[9] or old[9], old[10])
            row = (row[0], position, *kept, *(row[11:] if reading else old[11:]))
        rows[document.url] = row
    if result.complete:
        db.executemany(
            "DELETE FROM document WHERE source = ? AND url = ?",
            [(source, url) for url in live if url not in rows],
        )
    marks = ", ".join("?" * 21)
    db.executemany(
        f"INSERT OR REPLACE INTO document (source, {_COLUMNS}) VALUES ({marks})",  # noqa: S608
        [(source, *row) for url, row in rows.items() if live.get(url) != row],
    )


def save_validators(db: sqlite3.Connection, source: str, fresh: Iterable[Document]) -> None:
    """Keep the newest validators of bodies that did not change, so that the next 304 can come."""
    db.executemany(
        "UPDATE document SET etag = coalesce(?1, etag), last_modified = coalesce(?2, last_modified)"
        " WHERE source = ?3 AND url = ?4 AND sha256 = ?5"
        " AND (coalesce(?1, etag) IS NOT etag OR coalesce(?2, last_modified) IS NOT last_modified)",
        [(one.etag, one.last_modified, source, one.url, one.sha256) for one in map(clean, fresh)],
    )


def _row(position: int, document: Document, reading: DocumentReading | None) -> tuple[object, ...]:
    redirects = [[one.status, one.url, one.location] for one in document.redirects]
    head = (
        document.url,
        position,
        document.final_url,
        document.sha256,
        document.size,
        document.status,
        document.media_type,
        document.charset,
        document.etag,
        document.last_modified,
        as_json(redirects),
    )
    if reading is None:
        return (*head, *(None,) * 9)
    return (
        *head,
        without_credentials(reading.url),
        reading.syntax.value,
        reading.encoding,
        reading.statements,
        reading.duplicates,
        int(reading.repaired),
        None if reading.next_url is None else storable(reading.next_url),
        reading.total_items,
        as_json(reading.parts),
    )


def _stored(row: sqlite3.Row, body_path: Callable[[str], Path]) -> StoredDocument:
    return StoredDocument(
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
        ),
        DocumentReading(
            url=row["reading_url"],
            syntax=Syntax(row["syntax"]),
            encoding=row["encoding"],
            statements=row["statements"],
            duplicates=row["duplicates"],
            repaired=bool(row["repaired"]),
            next_url=row["next_url"],
            total_items=row["total_items"],
            parts=tuple(json.loads(row["parts"])),
        ),
    )


def clean(document: Document) -> Document:
    """The document without the credentials that its addresses may hold."""
    return replace(
        document,
        url=without_credentials(document.url),
        final_url=without_credentials(document.final_url),
        redirects=tuple(
            Redirect(one.status, without_credentials(one.url), without_credentials(one.location))
            for one in document.redirects
        ),
    )
