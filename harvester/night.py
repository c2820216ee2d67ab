"""What happens to one source in one night: reach, read, plan. Runs in a thread of its own."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from harvester import __version__
from harvester.errors import FetchError, SourceError, UnreadableError
from harvester.fetch.urls import clean_url
from harvester.guards import Live
from harvester.model import (
    Document,
    DocumentReading,
    Outcome,
    SourceResult,
    SourceState,
    StoredDocument,
)
from harvester.normalize import STEPS
from harvester.plan import plan
from harvester.profile import load_profile
from harvester.settings import Settings, Source
from harvester.sources import SOURCE_TYPES, Reachable
from harvester.worker import Worker, WorkerServer


@dataclass(frozen=True, slots=True)
class Before:
    """What the store knows of a source before the run: all that a source's work depends on.

    ``rules`` names the rules that the live state was made with.
    """

    documents: Mapping[str, StoredDocument] = field(default_factory=dict)
    live: Live = field(default_factory=Live)
    rules: str = ""


class Fetching(Reachable, Protocol):
    """A way to a source's documents that remembers what it has given, by address."""

    @property
    def fetched(self) -> Mapping[str, Document]:
        """All documents so far, also when a later one fails."""
        ...


@dataclass(frozen=True, slots=True)
class Night:
    """What all sources of a run share; every part may be used from any thread."""

    settings: Settings
    server: WorkerServer
    rules: Mapping[str, str]  # by name of a profile: rules_of it

    def harvest(self, reach: Fetching, before: Before) -> SourceResult:
        """Fetch, read and plan one source; a failure is a result, not an exception."""
        begun = time.monotonic()
        source = reach.source
        rules = self.rules[source.profile or self.settings.profile]
        try:
            result = self._read(reach, before, reread=before.rules != rules)
        except SourceError as error:
            result = SourceResult(source, _outcome(error), event=error.event, error=str(error))
        return replace(
            result,
            documents=tuple(reach.fetched.values()),
            rules=rules,
            seconds=time.monotonic() - begun,
        )

    def _read(self, reach: Fetching, before: Before, *, reread: bool) -> SourceResult:
        source = reach.source
        profile = source.profile or self.settings.profile
        worker: Worker | None = None

        def read(document: Document) -> DocumentReading:
            nonlocal worker
            if worker is None:
                worker = self.server.fork(source.id, profile, tuple(STEPS))
            return worker.add(document)

        try:
            collected = SOURCE_TYPES[source.type](reach, read, reread=reread)
            if collected.unchanged or worker is None:
                return SourceResult(source, Outcome.UNCHANGED, complete=True)
            state = worker.finish(clean_url(source.url))
            return _planned(source, before, state, tuple(reach.fetched.values()))
        finally:
            if worker is not None:
                worker.close()


def rules_of(profile: str) -> str:
    """What a source's state depends on beside its documents: program, profile and steps.

    Raises ``ConfigError`` as :func:`harvester.profile.load_profile` does.
    """
    return " ".join([__version__, load_profile(profile).digest, *STEPS])


def _planned(
    source: Source, before: Before, state: SourceState, documents: Sequence[Document]
) -> SourceResult:
    if not state.resources:
        return SourceResult(
            source,
            Outcome.EMPTY,
            complete=True,
            event="empty",
            error=_empty(source, state),
        )
    changes = plan(source, before.live, state, documents)
    outcome = Outcome.HELD if changes.held else Outcome.OK
    return SourceResult(source, outcome, state=state, complete=True, plan=changes)


def _empty(source: Source, state: SourceState) -> str:
    if not state.findings:
        return f"{clean_url(source.url)} is RDF but says nothing"
    why = state.findings[0].message.en
    return (
        f"{clean_url(source.url)}: none of its {state.statements} statements can be stored; "
        f"first: {why}"
    )


def _outcome(error: SourceError) -> Outcome:
    if isinstance(error, FetchError):
        return Outcome.GONE if error.status in (404, 410) else Outcome.UNREACHABLE
    if isinstance(error, UnreadableError) and error.event == "empty":
        return Outcome.EMPTY
    return Outcome.UNREADABLE
