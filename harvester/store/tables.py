"""The published rows of the class tables, for tables that people read."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from harvester.model import Kind
from harvester.store.columns import TABLES
from harvester.store.database import named


def published_rows(db: sqlite3.Connection, kind: Kind) -> Iterator[Mapping[str, Any]]:
    """The rows of one class by column, without what lost, ordered by (iri, source)."""
    if kind not in TABLES:
        raise ValueError(f"there is no table of {kind}")
    for row in named(
        db,
        f"SELECT * FROM {kind.value} x WHERE NOT EXISTS (SELECT 1 FROM decision d"  # noqa: S608
        " WHERE d.loser_source = x.source AND d.loser_iri = x.iri) ORDER BY iri, source",
    ):
        yield dict(zip(row.keys(), row, strict=True))


def values_of(db: sqlite3.Connection, table: str) -> dict[tuple[str, str], list[str]]:
    """Keywords or themes by (source, iri), each once, in order."""
    found: dict[tuple[str, str], list[str]] = {}
    for source, iri, value in db.execute(
        f"SELECT DISTINCT source, iri, {table} FROM {table} ORDER BY source, iri, {table}"  # noqa: S608
    ):
        found.setdefault((source, iri), []).append(value)
    return found
