"""What happens to one source in one night: reach, read, plan. Runs in a thread of its own."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from harvester import __version__
from harvester.errors import FetchError, SourceError, UnreadableError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import (
    Document,
    DocumentReading,
    Outcome,
    Recipe,
    Settings,
    Source,
    SourceResult,
    SourceState,
    StoredDocument,
)
from harvester.normalize.recipe import own_words, recipe_of
from harvester.plan import plan
from harvester.profile import load_profile
from harvester.sources import SOURCE_TYPES
from harvester.sources.reach import Reach
from harvester.worker import Worker, WorkerServer


@dataclass(frozen=True, slots=True)
class Before:
    """What the store knows of a source before the run: all that a source's work depends on.

    ``rules`` names the rules that the live state was made with.
    """

    documents: Mapping[str, StoredDocument]
    digests: Mapping[str, str]
    datasets: frozenset[str]
    rules: str


@dataclass(frozen=True, slots=True)
class Night:
    """What all sources of a run share; every part may be used from any thread."""

    settings: Settings
    fetcher: Fetcher
    bodies: BodyStore
    server: WorkerServer

    def harvest(self, source: Source, before: Before) -> SourceResult:
        """Fetch, read and plan one source; a failure is a result, not an exception."""
        begun = time.monotonic()
        reach = Reach(source, before.documents, self.fetcher, self.bodies)
        try:
            result = self._read(reach, before)
        except SourceError as error:
            result = SourceResult(source, _outcome(error), event=error.event, error=str(error))
        return replace(
            result,
            documents=tuple(reach.fetched.values()),
            rules=self.rules(source),
            seconds=time.monotonic() - begun,
        )

    def rules(self, source: Source) -> str:
        """What a source's state depends on beside its documents: program, profile and steps."""
        profile = load_profile(self._profile(source))
        recipe = recipe_of(source, self.settings, profile)
        return " ".join([__version__, profile.digest, *recipe.steps, *own_words(recipe)])

    def _profile(self, source: Source) -> str:
        return source.profile or self.settings.profile

    def _recipe(self, source: Source) -> Recipe:
        return recipe_of(source, self.settings, load_profile(self._profile(source)))

    def _read(self, reach: Reach, before: Before) -> SourceResult:
        source = reach.source
        worker: Worker | None = None

        def read(document: Document) -> DocumentReading:
            nonlocal worker
            if worker is None:
                worker = self.server.fork(source.id, self._profile(source), self._recipe(source))
            return worker.add(document)

        try:
            reread = before.rules != self.rules(source)
            collected = SOURCE_TYPES[source.type](reach, read, reread=reread)
            if collected.unchanged or worker is None:
                return SourceResult(source, Outcome.UNCHANGED, complete=True)
            return _planned(source, before, worker.finish(source.url))
        finally:
            if worker is not None:
                worker.close()


def _planned(source: Source, before: Before, state: SourceState) -> SourceResult:
    if not state.resources:
        return SourceResult(
            source,
            Outcome.EMPTY,
            complete=True,
            event="empty",
            error=_empty(source, state),
        )
    changes = plan(before.digests, before.datasets, state, source.max_removed)
    outcome = Outcome.HELD if changes.held else Outcome.OK
    return SourceResult(source, outcome, state=state, complete=True, plan=changes)


def _empty(source: Source, state: SourceState) -> str:
    if not state.findings:
        return f"{source.url} is RDF but says nothing"
    why = state.findings[0].message.en
    return f"{source.url}: none of its {state.statements} statements can be stored; first: {why}"


def _outcome(error: SourceError) -> Outcome:
    if isinstance(error, FetchError):
        return Outcome.GONE if error.status in (404, 410) else Outcome.UNREACHABLE
    if isinstance(error, UnreadableError) and error.event == "empty":
        return Outcome.EMPTY
    return Outcome.UNREADABLE
