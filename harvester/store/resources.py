"""The live resources of a source and their rows, written inside the caller's transaction."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from harvester.model import Resource
from harvester.store import search_text
from harvester.store.cells import Row
from harvester.store.columns import TABLES, columns
from harvester.store.rows import rows
from harvester.store.text import kinds_text

_CHUNK: Final = 2_000  # resources whose rows are in memory at once
_CLASS_COLUMNS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        **{kind.value: columns(kind) for kind in TABLES},
        "keyword": ("iri", "keyword", "language"),
        "theme": ("iri", "theme"),
    }
)
_UPSERT: Final = """
INSERT INTO resource (source, iri, kinds, parent, identifier, digest, triples, first_seen,
    changed, ntriples)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, iri) DO UPDATE SET kinds = excluded.kinds, parent = excluded.parent,
    identifier = excluded.identifier, triples = excluded.triples, ntriples = excluded.ntriples,
    changed = iif(digest = excluded.digest, changed, excluded.changed), digest = excluded.digest
"""
_CHANGE: Final = """
INSERT INTO change (run, source, iri, change, kind, from_digest, to_digest)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""

# What tells whether a resource's rows must be written again: digest, parent, kinds.
Mark: TypeAlias = tuple[str, str | None, str]


def live(db: sqlite3.Connection, source: str) -> dict[str, Mark]:
    """The marks of the source's live resources by IRI."""
    found = db.execute(
        "SELECT iri, digest, parent, kinds FROM resource WHERE source = ?", (source,)
    )
    return {iri: (digest, parent, kinds) for iri, digest, parent, kinds in found}


def mark(resource: Resource) -> Mark:
    """What tells whether a resource's rows must be written again."""
    return resource.digest, resource.parent, kinds_text(resource.kinds)


def log_changes(
    db: sqlite3.Connection,
    run: int,
    source: str,
    live: Mapping[str, Mark],
    added: Sequence[Resource],
    changed: Sequence[Resource],
    removed: Sequence[str],
) -> None:
    """One row of table ``change`` for each resource that came, changed or went."""
    db.executemany(
        _CHANGE,
        [(run, source, one.iri, "added", one.kind.value, None, one.digest) for one in added],
    )
    db.executemany(
        _CHANGE,
        [
            (run, source, one.iri, "changed", one.kind.value, live[one.iri][0], one.digest)
            for one in changed
        ],
    )
    db.executemany(
        _CHANGE,
        [
            (run, source, iri, "removed", live[iri][2].split()[0], live[iri][0], None)
            for iri in removed
        ],
    )


def remove(db: sqlite3.Connection, run: int, source: str, removed: Sequence[str]) -> None:
    """Take resources out of the live state; a tombstone keeps when each was first seen."""
    keys = [(run, source, iri) for iri in removed]
    db.executemany(
        "INSERT INTO tombstone (source, iri, kinds, first_seen, removed)"
        " SELECT source, iri, kinds, first_seen, ? FROM resource WHERE source = ? AND iri = ?",
        keys,
    )
    search_text.forget(db, source, removed)
    db.executemany("DELETE FROM resource WHERE source = ? AND iri = ?", [key[1:] for key in keys])


def bring_back(db: sqlite3.Connection, source: str, added: Sequence[Resource]) -> Mapping[str, int]:
    """First sightings of resources that were here before; their tombstones are taken away."""
    buried = dict(
        db.execute("SELECT iri, first_seen FROM tombstone WHERE source = ?", (source,)).fetchall()
    )
    back = {one.iri: buried[one.iri] for one in added if one.iri in buried}
    db.executemany(
        "DELETE FROM tombstone WHERE source = ? AND iri = ?", [(source, iri) for iri in back]
    )
    return back


def forget_rows(db: sqlite3.Connection, source: str, iris: Sequence[str]) -> None:
    """Delete the rows of the class tables, which :func:`write` then writes anew."""
    for table in _CLASS_COLUMNS if iris else ():
        db.executemany(
            f"DELETE FROM {table} WHERE source = ? AND iri = ?",  # noqa: S608  a name of ours
            [(source, iri) for iri in iris],
        )
    search_text.forget(db, source, iris)


def write(
    db: sqlite3.Connection,
    run: int,
    source: str,
    resources: Sequence[Resource],
    first_seen: Mapping[str, int],
) -> None:
    """Write resources and their rows; ``first_seen`` where that is not this run."""
    for start in range(0, len(resources), _CHUNK):
        upserts = []
        texts: list[Row] = []
        found: dict[str, list[tuple[object, ...]]] = {table: [] for table in _CLASS_COLUMNS}
        for one in resources[start : start + _CHUNK]:
            cut = rows(one)
            upserts.append(
                (
                    source,
                    one.iri,
                    kinds_text(one.kinds),
                    one.parent,
                    cut.identifier,
                    one.digest,
                    one.triples,
                    first_seen.get(one.iri, run),
                    run,
                    one.ntriples,
                )
            )
            texts += [cut.text] if cut.text is not None else []
            for table, cells in cut.tables.items():
                found[table] += [(source, *row) for row in cells]
        db.executemany(_UPSERT, upserts)
        for table, values in found.items():
            insert(db, table, _CLASS_COLUMNS[table], values)
        search_text.write(db, source, texts)


def insert(
    db: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    values: Collection[tuple[object, ...]],
) -> None:
    """Insert rows that each start with the source; the names are ours, never data."""
    columns = ", ".join(f'"{name}"' for name in ("source", *names))
    marks = ", ".join("?" * (len(names) + 1))
    db.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  names of ours
        values,
    )
