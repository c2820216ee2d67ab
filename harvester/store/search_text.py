"""Which text of a resource is searched: its titles or names, keywords and descriptions.

It is cut from the rows of the class tables and of ``keyword``, so that a migration can cut it
from those that are stored and get the same.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harvester.store.cells import Cell, Row
from harvester.store.columns import TABLES, columns
from harvester.store.search_schema import INDEXES


def search_row(
    iri: str, described: Iterable[Mapping[str, Cell]], keywords: Iterable[str]
) -> Row | None:
    """The row of table ``search`` without its source, or ``None`` where there is no text.

    ``described`` are the resource's rows of class tables, by column.
    """
    titles: dict[str, None] = {}
    descriptions: dict[str, None] = {}
    for row in described:
        titles.update(dict.fromkeys(_texts(row, "title" if "title" in row else "name")))
        descriptions.update(dict.fromkeys(_texts(row, "description")))
    texts = ["\n".join(map(_searchable, found)) for found in (titles, dict.fromkeys(keywords))]
    texts.append("\n".join(map(_searchable, descriptions)))
    return (iri, *texts) if any(texts) else None


def fill(db: sqlite3.Connection) -> None:
    """Write the text of all that is stored, inside the caller's transaction."""
    for source, row in texts(db):
        write(db, source, [row])


def texts(db: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """The text of all that is stored: source and row, ordered by source and IRI."""
    described: dict[tuple[str, str], list[Mapping[str, Cell]]] = {}
    for kind in TABLES:
        names = [
            name
            for name in columns(kind)
            if name.partition("_")[0] in ("title", "name", "description")
        ]
        for source, iri, *cells in db.execute(
            f"SELECT source, iri, {', '.join(names)} FROM {kind.value}"  # noqa: S608  names of ours
        ):
            described.setdefault((source, iri), []).append(dict(zip(names, cells, strict=True)))
    keywords: dict[tuple[str, str], list[str]] = {}
    for source, iri, keyword in db.execute(
        "SELECT source, iri, keyword FROM keyword ORDER BY source, iri, keyword, language"
    ):
        keywords.setdefault((source, iri), []).append(keyword)
    for key in sorted(described.keys() | keywords.keys()):
        row = search_row(key[1], described.get(key, ()), keywords.get(key, ()))
        if row is not None:
            yield key[0], row


def write(db: sqlite3.Connection, source: str, found: Sequence[Row]) -> None:
    """Store and index the texts of resources of one source that have none yet."""
    last = db.execute("SELECT coalesce(max(id), 0) FROM search").fetchone()
    db.executemany(
        "INSERT INTO search (source, iri, title, keyword, description) VALUES (?, ?, ?, ?, ?)",
        [(source, *row) for row in found],
    )
    for index in INDEXES:
        db.execute(
            f"INSERT INTO {index} (rowid, title, keyword, description)"  # noqa: S608  ours
            " SELECT id, title, keyword, description FROM search WHERE id > ?",
            last,
        )


def forget(db: sqlite3.Connection, source: str, iris: Sequence[str]) -> None:
    """Take the texts of these resources out of the indexes, then away."""
    keys = [(source, iri) for iri in iris]
    for index in INDEXES:
        db.executemany(
            f"INSERT INTO {index} ({index}, rowid, title, keyword, description)"  # noqa: S608
            " SELECT 'delete', id, title, keyword, description FROM search"
            " WHERE source = ? AND iri = ?",
            keys,
        )
    db.executemany("DELETE FROM search WHERE source = ? AND iri = ?", keys)


def _texts(row: Mapping[str, Cell], name: str) -> list[str]:
    others = row.get(f"{name}_other")
    found = [row.get(name), row.get(f"{name}_sv"), row.get(f"{name}_en")]
    found += json.loads(str(others)).values() if others else ()
    return [str(text) for text in found if text]


def _searchable(text: str) -> str:
    # Composed, since a letter and its dots are one letter; SQLite's functions stop at a NUL.
    return unicodedata.normalize("NFC", text).replace("\x00", " ")
