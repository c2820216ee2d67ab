"""Whether the store is what was put into it: the file, each resource, the search index."""

import hashlib
import sqlite3
from contextlib import closing
from typing import Final

from harvester.store.search_schema import INDEXES, SEARCH
from harvester.store.search_text import texts
from harvester.store.views import Check
from harvester.words import Text

_TEXT: Final = "source, iri, title, keyword, description"


def check(db: sqlite3.Connection) -> Check:
    """Ask SQLite whether the file is whole, hash every resource again, and read the search index.

    Nothing is written to the store.
    """
    problems = [
        Text(f"databasen är skadad: {answer}", f"the database is damaged: {answer}")
        for (answer,) in db.execute("PRAGMA integrity_check")
        if answer != "ok"
    ]
    problems += [
        Text(
            f"tabellen {table}, rad {row}: hänvisar till en rad i {other} som inte finns",
            f"table {table}, row {row}: refers to a row of {other} that does not exist",
        )
        for table, row, other, _ in db.execute("PRAGMA foreign_key_check")
    ]
    count = total = 0
    for source, iri, digest, triples, text in db.execute(
        "SELECT source, iri, digest, triples, ntriples FROM resource ORDER BY source, iri"
    ):
        count += 1
        total += triples
        if hashlib.sha256(text.encode()).hexdigest() != digest or text.count("\n") != triples:
            problems.append(
                Text(
                    f"{source}: {iri} är inte det som lagrades",
                    f"{source}: {iri} is not what was stored",
                )
            )
    try:
        problems += _searched(db)
    except sqlite3.DatabaseError as error:
        problems.append(
            Text(f"sökningen kan inte läsas: {error}", f"the search index cannot be read: {error}")
        )
    return Check(count, total, tuple(problems))


def _searched(db: sqlite3.Connection) -> list[Text]:
    """What is wrong with the texts of the search, then with the indexes over them."""
    found = dict[tuple[object, ...], tuple[object, ...]]()
    for source, iri, *text in db.execute(f"SELECT {_TEXT} FROM search"):  # noqa: S608  ours
        found[source, iri] = tuple(text)
    wrong = set[tuple[object, ...]]()
    for source, row in texts(db):
        key = (source, row[0])
        if found.pop(key, None) != row[1:]:
            wrong.add(key)
    wrong |= found.keys()
    problems = [
        Text(
            f"{source}: {iri} söks inte på vad den säger",
            f"{source}: {iri} is not searched by what it says",
        )
        for source, iri in sorted(wrong)
    ]
    problems += [
        Text(
            f"sökindexet {index} är inte vad texterna ger; lägg tillbaka en säkerhetskopia",
            f"the index {index} is not what the texts give; put a backup in its place",
        )
        for index in INDEXES
        if not _index_is_whole(db, index)
    ]
    return problems


def _index_is_whole(db: sqlite3.Connection, index: str) -> bool:
    """Ask FTS5 in a temporary database: it checks only where it may write."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:  # on disk where it is large
        for statement in SEARCH:
            copy.execute(statement)
        shadows = [f"{index}_{part}" for part in ("data", "idx", "docsize", "config")]
        for table in ("search", *shadows):
            rows = db.execute(f"SELECT * FROM {table}")  # noqa: S608  names of ours
            marks = ", ".join("?" for _ in rows.description)
            copy.execute("BEGIN")
            copy.execute(f"DELETE FROM {table}")  # noqa: S608
            copy.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
            copy.execute("COMMIT")
        try:
            # With a rank of 1 the index is compared with the texts too (FTS5, section 6.4).
            copy.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError:
            return False
    return True
