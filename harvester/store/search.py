"""Full-text search over the titles, keywords and descriptions of what is live."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from harvester.lookup import Word
from harvester.model import Kind
from harvester.store.columns import TABLES
from harvester.store.database import named
from harvester.store.text import read_kinds
from harvester.store.views import SearchHit, SearchHits

# How much a word says by where it stands: title, keyword, description.
_WEIGHTS: Final = "10.0, 5.0, 1.0"
_MATCHES: Final = ("exact", "inflected", "folded")
# What people look for; all else is a part of one of these, or who stands behind it.
_FIRST: Final = (Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE, Kind.CATALOG)

_IS_FIRST: Final = " OR ".join(f"instr(' ' || r.kinds || ' ', ' {kind} ') > 0" for kind in _FIRST)

_FOUND: Final = f"""
WITH found AS (
    SELECT rowid AS id, 0 AS tier, bm25(search_exact, {_WEIGHTS}) AS score
    FROM search_exact WHERE search_exact MATCH :exact
    UNION ALL
    SELECT rowid, 1, bm25(search_exact, {_WEIGHTS}) FROM search_exact
    WHERE search_exact MATCH :inflected
    UNION ALL
    SELECT rowid, 2, bm25(search_folded, {_WEIGHTS}) FROM search_folded
    WHERE search_folded MATCH :inflected
), best AS (
    -- A bare column beside min() is that of the row with the minimum (SQLite, SELECT, 2.5).
    SELECT id, min(tier) AS tier, score FROM found GROUP BY id
)
SELECT s.source, s.iri, s.title, s.keyword, s.description, r.kinds, b.tier, b.score,
    f.title AS source_title, count(*) OVER () AS total,
    EXISTS (SELECT 1 FROM decision d WHERE d.loser_source = s.source AND d.loser_iri = s.iri)
        AS lost
FROM best b JOIN search s USING (id) JOIN resource r USING (source, iri)
    JOIN source f USING (source)
WHERE (:source IS NULL OR s.source = :source)
    AND (:kind IS NULL OR instr(' ' || r.kinds || ' ', ' ' || :kind || ' ') > 0)
ORDER BY lost, NOT ({_IS_FIRST}), b.tier, b.score, s.iri, s.source
LIMIT :limit
"""  # noqa: S608  names of ours; what the person typed is bound


def search(
    db: sqlite3.Connection,
    words: Sequence[Word],
    *,
    kind: Kind | None,
    source: str | None,
    limit: int,
) -> SearchHits:
    """Find what has all words; see ``Store.search``."""
    rows = named(
        db,
        _FOUND,
        {
            "exact": _match(words, inflected=False),
            "inflected": _match(words, inflected=True),
            "source": source,
            "kind": kind,
            "limit": limit,
        },
    ).fetchall()
    hits = tuple(
        SearchHit(
            source=row["source"],
            source_title=row["source_title"],
            iri=row["iri"],
            kinds=read_kinds(row["kinds"]),
            published=not row["lost"],
            match=_MATCHES[row["tier"]],
            titles=_titles(db, row["source"], row["iri"], read_kinds(row["kinds"])),
            keyword=row["keyword"],
            description=row["description"],
        )
        for row in rows
    )
    return SearchHits(rows[0]["total"] if rows else 0, hits)


def _match(words: Sequence[Word], *, inflected: bool) -> str:
    """An FTS5 expression: quoted strings of letters and digits only, all of which must be there."""
    parts = []
    for word in words:
        tokens = (*word.tokens[:-1], word.starts) if inflected else word.tokens
        star = "*" if inflected or word.prefix else ""
        parts.append(f'"{" ".join(tokens)}"{star}')
    return " AND ".join(parts)


def _titles(db: sqlite3.Connection, source: str, iri: str, kinds: Sequence[Kind]) -> dict[str, str]:
    """The best title (``""``), the Swedish (``sv``) and the English (``en``), where there are."""
    for kind in kinds:
        if kind not in TABLES:
            continue
        name = "name" if kind in (Kind.AGENT, Kind.CONTACT_POINT) else "title"
        row = db.execute(
            f"SELECT {name}, {name}_sv, {name}_en FROM {kind.value}"  # noqa: S608  names of ours
            " WHERE source = ? AND iri = ?",
            (source, iri),
        ).fetchone()
        if row is not None and row[0]:
            return {lang: text for lang, text in zip(("", "sv", "en"), row, strict=True) if text}
    return {}
