"""The store: what all other rooms may ask of it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harvester.dedupe import Candidate, Decision
from harvester.lookup import Word
from harvester.model import Document, Kind, Severity, SourceResult, SourceRun, StoredDocument
from harvester.rules.identity import Mark
from harvester.settings import Retention, Source
from harvester.store import apply as writing
from harvester.store import (
    database,
    decisions,
    documents,
    findings,
    questions,
    received,
    resources,
    retention,
    runs,
    soundness,
    tables,
)
from harvester.store import search as searching
from harvester.store.columns import columns
from harvester.store.faults import explained
from harvester.store.findings import marks_of
from harvester.store.text import moment
from harvester.store.views import (
    Change,
    Check,
    HistoryEntry,
    ResourceView,
    RuleCount,
    SearchHits,
    SourceStatus,
    StoredResource,
    StoredSource,
)
from harvester.upkeep import Pruned


class Store:
    """What was harvested, in one SQLite file.

    Made by :meth:`open`; a context manager. Every method that writes is one transaction. Every
    method raises ``StoreError`` when the file is damaged, ``LockedError`` when another program
    holds it for longer than the busy time-out, ``DiskFullError`` when a write is refused.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self.path = path

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        busy_seconds: float = database.BUSY_SECONDS,
    ) -> Self:
        """Open the store; a missing one is made only with ``create``.

        ``read_only`` needs no permission to write and never changes the file. Raises
        ``StoreError`` when there is no store, or it is damaged, newer, or another program's.
        """
        db = database.open_database(
            path, create=create, read_only=read_only, busy_seconds=busy_seconds
        )
        return cls(db, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was committed is in it."""
        self._db.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reading inside the block see one and the same state; may be nested."""
        if self._db.in_transaction:
            yield
            return
        with explained(self.path):
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            with explained(self.path):
                if self._db.in_transaction:
                    self._db.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self.snapshot(), explained(self.path):
            yield self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path), database.transaction(self._db):
            yield self._db

    def start_run(self, *, started: datetime, version: str, command: str) -> int:
        """Open a run; runs that a killed process left open become *interrupted*."""
        with self._writing() as db:
            return runs.start_run(db, started, version, command)

    def finish_run(
        self,
        run: int,
        *,
        finished: datetime,
        seconds: float,
        exit_code: int,
        interrupted: bool = False,
    ) -> None:
        """Close a run; ``seconds`` by a monotonic clock."""
        with self._writing() as db:
            runs.finish_run(db, run, finished, seconds, exit_code, interrupted=interrupted)

    def save_sources(self, sources: Sequence[Source], run: int) -> None:
        """Mirror the configuration without its secrets; sources that left it are marked."""
        with self._writing() as db:
            runs.save_sources(db, sources, run)

    def last_tries(self) -> dict[str, tuple[int, datetime]]:
        """Source -> the newest run that tried it, and when that was; none for those never tried."""
        with self._reading() as db:
            return runs.last_tries(db)

    def sources(self) -> tuple[StoredSource, ...]:
        """Every source the store knows, by id, also those not configured any more."""
        with self._reading() as db:
            return runs.stored_sources(db)

    def remove_source(self, run: int, source: str) -> int:
        """Take all that a source said out of the live state, on the operator's word.

        Its log stays. Returns how many resources were removed.
        """
        with self._writing() as db:
            return writing.remove_source(db, run, source)

    def documents(self, source: str, body_path: Callable[[str], Path]) -> dict[str, StoredDocument]:
        """The live documents of a source by URL, in order; ``body_path`` maps a sha256."""
        with self._reading() as db:
            return documents.documents(db, source, body_path)

    def digests(self, source: str) -> dict[str, str]:
        """The digest of each live resource of a source, by IRI."""
        with self._reading() as db:
            return {iri: mark[0] for iri, mark in resources.live(db, source).items()}

    def received(
        self, run: int, body_path: Callable[[str], Path]
    ) -> dict[str, tuple[Document, ...]] | None:
        """The documents that each source of a run served in it; ``None`` for an unknown run."""
        with self._reading() as db:
            if not runs.exists(db, run):
                return None
            return received.received(db, run, body_path)

    def held(self, source: str, body_path: Callable[[str], Path]) -> tuple[Document, ...]:
        """The documents of the state that a guard holds back now; empty when none is held."""
        with self._reading() as db:
            return received.held(db, source, body_path)

    def times_held(self, source: str) -> int:
        """How many runs since the source's last good one have held it."""
        with self._reading() as db:
            return received.times_held(db, source)

    def datasets(self, source: str) -> dict[str, str]:
        """The titles of a source's live datasets by IRI; empty where one has none."""
        with self._reading() as db:
            return runs.live_datasets(db, source)

    def severities(self, source: str) -> dict[str, int]:
        """How many findings there are about what is live of a source, by severity."""
        with self._reading() as db:
            return runs.severities(db, source)

    def rules(self, source: str) -> str:
        """What the live state of a source was made with (``SourceResult.rules``)."""
        with self._reading() as db:
            return runs.rules_of(db, source)

    def credential(self, source: str) -> str:
        """What a source's documents were asked for with (``SourceResult.credential``)."""
        with self._reading() as db:
            return runs.credential_of(db, source)

    def apply(self, run: int, result: SourceResult, *, now: datetime) -> SourceRun:
        """Store what one source gave, wholly or not at all; see ``store/apply.py``."""
        with self._writing() as db:
            return writing.apply(db, run, result, moment(now))

    def candidates(self) -> Iterator[Candidate]:
        """Every live resource as the duplicate rule sees it, ordered by source and IRI."""
        with self._reading() as db:
            yield from decisions.candidates(db)

    def save_decisions(self, run: int, new: Iterable[Decision]) -> None:
        """Keep what the duplicate rule said; changed winners are recorded as changes."""
        with self._writing() as db:
            decisions.save_decisions(db, run, new)

    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that hold, ordered by loser."""
        with self._reading() as db:
            return decisions.decisions(db)

    def is_decided(self) -> bool:
        """Whether the decisions are about what is live; not after a run that was cut short."""
        with self._reading() as db:
            return decisions.is_decided(db)

    def resources(self, source: str | None = None) -> Iterator[StoredResource]:
        """Live resources, of one source or of all, ordered by (iri, source), one at a time.

        All are of one state, however long reading takes; close the iterator to end it early.
        """
        with self._reading() as db:
            yield from questions.resources(db, source)

    def fingerprint(self) -> str:
        """A digest of what is live and which of it is published; the same for the same state."""
        with self._reading() as db:
            return questions.fingerprint(db)

    def newest_run(self) -> datetime:
        """When the newest run began. Raises ``StoreError`` when there has been none."""
        with self._reading() as db:
            return questions.newest_run(db, self.path)

    def last_change(self) -> datetime | None:
        """When the newest run began that changed anything live; ``None`` when none has."""
        with self._reading() as db:
            return questions.last_change(db)

    @staticmethod
    def columns(kind: Kind) -> tuple[str, ...]:
        """The columns of a class table, from *source* and *iri* on."""
        return ("source", *columns(kind))

    def published_rows(self, kind: Kind) -> Iterator[Mapping[str, Any]]:
        """The rows of a class table by column, without what lost, ordered by (iri, source)."""
        with self._reading() as db:
            yield from tables.published_rows(db, kind)

    def keywords(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The keywords of live resources by (source, iri), in order."""
        with self._reading() as db:
            return tables.values_of(db, "keyword")

    def themes(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The themes of live resources by (source, iri), in order."""
        with self._reading() as db:
            return tables.values_of(db, "theme")

    def erroneous(self) -> frozenset[tuple[str, str]]:
        """The (source, iri) of live resources with a finding of severity *error*."""
        with self._reading() as db:
            return questions.erroneous(db)

    def marks(self, source: str) -> Iterator[tuple[Severity, Mark]]:
        """Severity and mark of each finding about the source's live state."""
        with self._reading() as db:
            yield from marks_of(db, source)

    def rule_counts(self, *, examples: int = 5) -> tuple[RuleCount, ...]:
        """How often each rule is broken in each source, by source, code and severity."""
        with self._reading() as db:
            return findings.rule_counts(db, examples)

    def status(self) -> tuple[SourceStatus, ...]:
        """How every source stands, by id."""
        with self._reading() as db:
            return questions.status(db)

    def uptime(self, since: datetime) -> dict[str, tuple[int, int]]:
        """Source -> tries since then, and how many gave an answer that could be read."""
        with self._reading() as db:
            return questions.uptime(db, moment(since))

    def history(self, source: str, *, last: int | None = None) -> tuple[HistoryEntry, ...]:
        """The runs of one source and what each changed, newest first."""
        with self._reading() as db:
            return questions.history(db, source, last)

    def show(self, iri: str) -> tuple[ResourceView, ...]:
        """Every source's description of one thing, the published one first; empty if none."""
        with self._reading() as db:
            return questions.show(db, iri)

    def search(
        self,
        words: Sequence[Word],
        *,
        kind: Kind | None = None,
        source: str | None = None,
        limit: int = 20,
    ) -> SearchHits:
        """The first ``limit`` live descriptions that have all words, the best first, and how many.

        docs/query.md says what is best.
        """
        with self._reading() as db:
            return searching.search(db, words, kind=kind, source=source, limit=limit)

    def changes(self, run: int) -> tuple[Change, ...]:
        """What one run changed, by source and IRI."""
        with self._reading() as db:
            return questions.changes(db, run)

    def prune(self, policy: Retention, *, now: datetime) -> Pruned:
        """Forget what is older than the policy, and neither live nor held."""
        with self._writing() as db:
            return retention.prune(db, policy, now=now)

    def bodies(self) -> frozenset[str]:
        """The sha256 of every body that the store refers to."""
        with self._reading() as db:
            return retention.bodies(db)

    def backup(self, path: Path) -> None:
        """Copy the store to a file that does not exist yet, while others may use it."""
        database.backup(self._db, path)

    def check(self) -> Check:
        """Check the file, its references, the digest of every resource and the search index."""
        with self._reading() as db:
            return soundness.check(db)
