"""Which description of a thing is published: what the duplicate rule needs, and what it said."""

import sqlite3
from collections.abc import Iterable, Iterator

from harvester.dedupe import Candidate, Decision
from harvester.store.text import read_kinds

_COLUMNS = "winner_source, winner_iri, loser_source, loser_iri, reason"


def candidates(db: sqlite3.Connection) -> Iterator[Candidate]:
    """Every live resource, ordered by source and IRI."""
    found = db.execute(
        "SELECT source, iri, kinds, identifier, parent FROM resource ORDER BY source, iri"
    )
    for source, iri, kinds, identifier, parent in found:
        yield Candidate(source, iri, read_kinds(kinds), identifier, parent)


def decisions(db: sqlite3.Connection) -> tuple[Decision, ...]:
    """The decisions that hold, ordered by loser."""
    found = db.execute(f"SELECT {_COLUMNS} FROM decision ORDER BY loser_source, loser_iri")  # noqa: S608
    return tuple(Decision(*cells) for cells in found)


def decisions_about(db: sqlite3.Connection, source: str, iri: str) -> tuple[Decision, ...]:
    """The decisions in which one description won or lost."""
    found = db.execute(
        f"SELECT {_COLUMNS} FROM decision"  # noqa: S608  names of ours
        " WHERE (loser_source = ?1 AND loser_iri = ?2)"
        " OR (winner_source = ?1 AND winner_iri = ?2) ORDER BY loser_source, loser_iri",
        (source, iri),
    )
    return tuple(Decision(*cells) for cells in found)


def is_decided(db: sqlite3.Connection) -> bool:
    """Whether the decisions are about what is live: no run was cut short since they were made."""
    row = db.execute(
        "SELECT 1 FROM source_run WHERE outcome = 'ok'"
        " AND run > (SELECT coalesce(max(run), 0) FROM run WHERE state = 'finished')"
    ).fetchone()
    return row is None


def save_decisions(db: sqlite3.Connection, run: int, new: Iterable[Decision]) -> None:
    """Make the stored decisions those of ``new``; rows that differ only.

    Where a thing was published before this run and another source's description of it is
    published now, table ``change`` gets a row *winner*.
    """
    before = {(one.loser_source, one.loser_iri): one for one in decisions(db)}
    after = {(one.loser_source, one.loser_iri): one for one in new}
    differing = [key for key in sorted(before | after) if before.get(key) != after.get(key)]
    db.executemany(
        "DELETE FROM decision WHERE loser_source = ? AND loser_iri = ?",
        [key for key in differing if key in before],
    )
    db.executemany(
        f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608  names of ours
        [
            (one.winner_source, one.winner_iri, one.loser_source, one.loser_iri, one.reason)
            for one in (after[key] for key in differing if key in after)
        ],
    )
    db.executemany(
        # Not for a thing that came only now, or in a run that was killed before it came to
        # deciding: nothing else of it was published before.
        "INSERT OR IGNORE INTO change"
        " (run, source, iri, change, kind, from_digest, to_digest, from_source)"
        " SELECT ?1, now.source, now.iri, 'winner',"
        " substr(now.kinds, 1, instr(now.kinds || ' ', ' ') - 1),"
        " (SELECT digest FROM resource WHERE source = ?4 AND iri = ?5), now.digest, ?4"
        " FROM resource AS now WHERE now.source = ?2 AND now.iri = ?3"
        " AND NOT EXISTS (SELECT 1 FROM change WHERE source = ?6 AND iri = ?7 AND change = 'added'"
        " AND run > (SELECT coalesce(max(run), 0) FROM run WHERE state = 'finished' AND run < ?1))"
        " AND EXISTS (SELECT 1 FROM resource WHERE source = ?6 AND iri = ?7)",
        [
            (run, *published_now, *published_before, *key)
            for key in differing
            if not _is_part(before.get(key)) and not _is_part(after.get(key))
            if (published_before := _published(before, key))
            != (published_now := _published(after, key))
        ],
    )


def _is_part(decision: Decision | None) -> bool:
    # What went with a losing dataset is told by the dataset's own change.
    return decision is not None and decision.reason.startswith("part:")


def _published(decided: dict[tuple[str, str], Decision], key: tuple[str, str]) -> tuple[str, str]:
    decision = decided.get(key)
    return key if decision is None else (decision.winner_source, decision.winner_iri)
