"""What happens to one source in one night: reach, read, plan. Runs in a thread of its own."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from harvester import __version__
from harvester.errors import FetchError, SourceError, UnreadableError
from harvester.fetch.credential import credential_of
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
from harvester.normalize.recipe import own_words, recipe_of
from harvester.plan import plan
from harvester.rules.profile import Profile
from harvester.settings import Recipe, Settings, Source
from harvester.sources import SOURCE_TYPES, Reachable
from harvester.words import Text
from harvester.worker import Worker, WorkerServer


@dataclass(frozen=True, slots=True)
class Before:
    """What the store knows of a source before the run: all that a source's work depends on.

    ``rules`` names the rules that the live state was made with, ``credential`` what its documents
    were asked for with.
    """

    documents: Mapping[str, StoredDocument] = field(default_factory=dict)
    live: Live = field(default_factory=Live)
    rules: str = ""
    credential: str = ""


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
    profiles: Mapping[str, Profile]  # by the name that a source or the settings give them

    def harvest(self, reach: Fetching, before: Before) -> SourceResult:
        """Fetch, read and plan one source; a failure is a result, not an exception."""
        begun = time.monotonic()
        source = reach.source
        profile = self.profiles[source.profile or self.settings.profile]
        recipe = recipe_of(source, self.settings, profile)
        rules = rules_of(recipe, profile)
        try:
            result = self._read(reach, recipe, before, reread=before.rules != rules)
        except SourceError as error:
            result = SourceResult(source, _outcome(error), event=error.event, error=error.text)
        return replace(
            result,
            documents=tuple(reach.fetched.values()),
            rules=rules,
            credential=credential_of(source),
            seconds=time.monotonic() - begun,
        )

    def _read(
        self, reach: Fetching, recipe: Recipe, before: Before, *, reread: bool
    ) -> SourceResult:
        source = reach.source
        profile = source.profile or self.settings.profile
        worker: Worker | None = None

        def read(document: Document) -> DocumentReading:
            nonlocal worker
            if worker is None:
                worker = self.server.fork(source.id, profile, recipe)
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


def rules_of(recipe: Recipe, profile: Profile) -> str:
    """What a source's state depends on beside its documents: program, profile and steps."""
    return " ".join([__version__, profile.digest, *recipe.steps, *own_words(recipe)])


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


def _empty(source: Source, state: SourceState) -> Text:
    url = clean_url(source.url)
    if not state.findings:
        return Text(f"{url} är RDF men säger inget", f"{url} is RDF but says nothing")
    return (
        Text(
            f"{url}: inget av de {state.statements} påståendena kan lagras; det första: ",
            f"{url}: none of its {state.statements} statements can be stored; first: ",
        )
        + state.findings[0].message
    )


def _outcome(error: SourceError) -> Outcome:
    if isinstance(error, FetchError):
        return Outcome.GONE if error.status in (404, 410) else Outcome.UNREACHABLE
    if isinstance(error, UnreadableError) and error.event == "empty":
        return Outcome.EMPTY
    return Outcome.UNREADABLE
