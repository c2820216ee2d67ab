"""Pruning: what the log forgets, so that the store does not grow for ever.

Everything that is live or held is kept whatever its age, with the runs that it points to. Age is
judged row by row: a run from a day when the clock was wrong is pruned too early or too late, but
takes no other with it.
"""

import sqlite3
from datetime import datetime
from typing import Final

from harvester.settings import Retention
from harvester.store.text import moment, read_moment
from harvester.upkeep import Pruned

# The last word on a source is kept: its newest run, its last good one and the one after that
# (since when it fails), the one that last gave something to read, the last that changed anything,
# and all that have been held since the last good one.
_SOURCE_RUNS: Final = """
WITH good AS (
    SELECT source, max(run) AS run FROM source_run
    WHERE outcome IN ('ok', 'unchanged') GROUP BY source
), kept AS (
    SELECT source, max(run) AS run FROM source_run GROUP BY source
    UNION SELECT source, run FROM good
    UNION SELECT r.source, min(r.run) FROM source_run r LEFT JOIN good g USING (source)
        WHERE r.run > coalesce(g.run, 0) GROUP BY r.source
    UNION SELECT source, max(run) FROM source_run WHERE outcome = 'ok' GROUP BY source
    UNION SELECT source, max(run) FROM source_run
        WHERE outcome = 'ok' AND added + changed + removed > 0 GROUP BY source
    UNION SELECT r.source, r.run FROM source_run r LEFT JOIN good g USING (source)
        WHERE r.outcome = 'held' AND r.run > coalesce(g.run, 0)
)
DELETE FROM source_run
WHERE run IN (SELECT run FROM run WHERE started < ?)
    AND (source, run) NOT IN (SELECT source, run FROM kept)
"""

# Changes stay with the row of the log that counts them.
_CHANGES: Final = """
DELETE FROM change
WHERE run IN (SELECT run FROM run WHERE started < ?)
    AND (run, source) NOT IN (SELECT run, source FROM source_run)
"""

# Kept however old: what the newest held run since the last good one received (accept needs it),
# and what the newest ok run of that age did, since later unchanged runs served the same.
_RECEIVED: Final = """
WITH old AS (
    SELECT r.source, r.run, r.outcome FROM source_run r JOIN run USING (run)
    WHERE run.started < ?
), kept AS (
    SELECT source, max(run) AS run FROM old WHERE outcome = 'ok' GROUP BY source
    UNION SELECT r.source, max(r.run) FROM source_run r
        WHERE r.outcome = 'held' AND r.run > (
            SELECT coalesce(max(g.run), 0) FROM source_run g
            WHERE g.source = r.source AND g.outcome IN ('ok', 'unchanged'))
        GROUP BY r.source
)
DELETE FROM run_document
WHERE (source, run) IN (SELECT source, run FROM old)
    AND (source, run) NOT IN (SELECT source, run FROM kept)
"""


def prune(db: sqlite3.Connection, policy: Retention, *, now: datetime) -> Pruned:
    """Forget the log of runs that are older than the policy, and what older ones received.

    The newest run stays. A run that begins long after the one before it may have a wrong clock:
    nothing is older than that one makes it. Returns how many rows of ``source_run`` and
    ``change`` went.
    """
    previous = previous_start(db)
    today = now if previous is None else min(now, read_moment(previous))
    log_before, bodies_before = moment(today - policy.runs), moment(today - policy.bodies)
    db.execute(_SOURCE_RUNS, (log_before,))
    runs = _just_deleted(db)
    db.execute(_CHANGES, (log_before,))
    changes = _just_deleted(db)
    db.execute(_RECEIVED, (bodies_before,))
    db.execute(
        "DELETE FROM tombstone WHERE removed IN (SELECT run FROM run WHERE started < ?)",
        (log_before,),
    )
    pointers = " UNION ".join(
        f'SELECT "{column}" FROM "{table}" WHERE "{column}" NOTNULL'  # noqa: S608  of the schema
        for table, column in _pointing_to_runs(db)
    )
    db.execute(
        "DELETE FROM run WHERE started < ? AND run <> (SELECT max(run) FROM run)"  # noqa: S608
        f" AND run NOT IN ({pointers})",
        (log_before,),
    )
    return Pruned(runs, changes)


def bodies(db: sqlite3.Connection) -> frozenset[str]:
    """The sha256 of every body that any row of any table names."""
    found: set[str] = set()
    for (table,) in _tables(db):
        columns = {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}
        if "sha256" in columns:
            rows = db.execute(f'SELECT DISTINCT sha256 FROM "{table}"')  # noqa: S608
            found.update(row[0] for row in rows)
    return frozenset(found)


def previous_start(db: sqlite3.Connection) -> str | None:
    """When the run before the newest began."""
    row = db.execute("SELECT started FROM run ORDER BY run DESC LIMIT 1 OFFSET 1").fetchone()
    return None if row is None else str(row[0])


def _just_deleted(db: sqlite3.Connection) -> int:
    # Python's rowcount is -1 for a DELETE that begins with WITH.
    count: int = db.execute("SELECT changes()").fetchone()[0]
    return count


def _pointing_to_runs(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return [
        (table, key[3])
        for (table,) in _tables(db)
        for key in db.execute(f'PRAGMA foreign_key_list("{table}")')
        if key[2] == "run"
    ]


def _tables(db: sqlite3.Connection) -> list[tuple[str]]:
    return db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
