"""Runs read again without their sources, from the bodies that were kept."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache

from harvester.errors import StoreError, UsageError
from harvester.events import Tell, nobody
from harvester.fetch.bodies import BodyStore
from harvester.fetch.credential import UNKNOWN
from harvester.model import Document, Outcome, Run, SourceResult
from harvester.night import Before, rules_of
from harvester.normalize.recipe import recipe_of
from harvester.pipeline import Clock, before, keep, read_all
from harvester.profile import load_profile
from harvester.proofread import proofread
from harvester.settings import Settings, Source
from harvester.sources.kept import Kept
from harvester.store import Store
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at, by name, and what it found.

    ``problems`` are damage of what cannot be made again; ``outdated`` names what is published and
    is not what the store and the configuration give now; ``notes`` say what could not be compared,
    and why.
    """

    counts: Mapping[str, int]
    problems: tuple[Text, ...]
    outdated: tuple[Text, ...]
    notes: tuple[Text, ...]


def accept(
    settings: Settings,
    store: Store,
    source: Source,
    *,
    now: Clock,
    export: bool,
    tell: Tell = nobody,
) -> Run:
    """Let the state of ``source`` that is held back now go live, then publish.

    It is read again from its stored bodies, so what goes live is what was held and not what the
    source says by now. Raises ``UsageError`` when nothing is held, ``StoreError`` when a body of
    it is gone or damaged.
    """
    documents = store.held(source.id, BodyStore(settings.bodies).path)
    if not documents:
        raise UsageError(
            Text(
                f"{source.id}: inget hålls inne; `harvester status` visar hur varje källa mår",
                f"{source.id}: nothing is held back; `harvester status` shows how each source "
                "stands",
            )
        )

    def accepted() -> Generator[SourceResult, None, None]:
        # The guards are asked once more, for the plan; their answer is overruled.
        for result in _read(settings, [(source, documents)], before(settings, store, [source]), 1):
            if result.state is None:
                raise StoreError(
                    Text(
                        f"{source.id}: det som hölls inne går inte att läsa: ",
                        f"{source.id}: what was held cannot be read: ",
                    )
                    + (result.error or "")
                )
            plan = replace(result.plan, held=None)
            # An earlier run fetched it, with what headers is not known any more.
            yield replace(result, outcome=Outcome.OK, plan=plan, credential=UNKNOWN)

    # Read before the run is opened: what cannot be read leaves no trace.
    results = list(accepted())
    return keep(
        settings,
        store,
        (result for result in results),
        command=f"accept {source.id}",
        order=[source.id],
        now=now,
        export=export,
        allow_shrink=True,  # whoever accepts that a source shrinks accepts that the export does
        tell=tell,
    )


def replay(settings: Settings, store: Store, run: int, *, jobs: int) -> tuple[SourceResult, ...]:
    """What the documents of an earlier run give with today's rules, compared with what is live.

    Nothing is written and nothing fetched. Raises ``UsageError`` for a run that never was.
    """
    served = store.received(run, BodyStore(settings.bodies).path)
    if served is None:
        raise UsageError(
            Text(
                f"det finns ingen körning {run}; `harvester history SOURCE` visar dem",
                f"there has been no run {run}; `harvester history SOURCE` lists them",
            )
        )
    known = _sources(settings, store)
    wanted = [(known[name], documents) for name, documents in served.items()]
    found = _read(settings, wanted, before(settings, store, [one for one, _ in wanted]), jobs)
    return tuple(sorted(found, key=lambda result: result.source.id))


def check(settings: Settings, store: Store, *, jobs: int) -> Checked:
    """Check the store, hash every body again, and rebuild from them what is live and exported."""
    bodies = BodyStore(settings.bodies)
    stored = store.check()
    hashed, damaged = _bodies(bodies)
    rebuilt, problems, notes = _rebuild(settings, store, bodies, jobs)
    exported = proofread(settings, store)
    counts = {
        "resources": stored.resources,
        "triples": stored.triples,
        "bodies": hashed,
        "sources": rebuilt,
        "exports": exported.files,
        "pages": exported.pages,
        "feeds": exported.feeds,
    }
    return Checked(
        counts,
        (*stored.problems, *damaged, *problems),
        exported.outdated,
        (*notes, *exported.missing),
    )


def _sources(settings: Settings, store: Store) -> dict[str, Source]:
    known = {one.source.id: one.source for one in store.sources()}
    return known | {source.id: source for source in settings.sources}


def _read(
    settings: Settings,
    wanted: Sequence[tuple[Source, Sequence[Document]]],
    known: Sequence[Before],
    jobs: int,
) -> Iterator[SourceResult]:
    bodies = BodyStore(settings.bodies)
    reaches = [Kept(source, documents, bodies) for source, documents in wanted]
    with closing(read_all(settings, reaches, known, jobs=jobs)) as results:
        yield from results


def _bodies(bodies: BodyStore) -> tuple[int, list[Text]]:
    count, problems = 0, []
    for sha256 in bodies.digests():
        count += 1
        if not bodies.verify(sha256):
            path = bodies.path(sha256)
            problems.append(
                Text(
                    f"{path}: filen är inte det som hämtades; ta bort den, så hämtas den på nytt",
                    f"{path}: the file is not what was fetched; remove it and it is fetched anew",
                )
            )
    return count, problems


def _rebuild(
    settings: Settings, store: Store, bodies: BodyStore, jobs: int
) -> tuple[int, list[Text], list[Text]]:
    problems, notes = [], []
    wanted: list[tuple[Source, Sequence[Document]]] = []
    loaded = cache(load_profile)
    for source in _sources(settings, store).values():
        live = store.documents(source.id, bodies.path)
        if not live:
            continue
        profile = loaded(source.profile or settings.profile)
        recipe = recipe_of(source, settings, profile)
        if store.rules(source.id) != rules_of(recipe, profile):
            notes.append(
                Text(
                    f"{source.id}: lästes med andra regler än dagens; jämförs efter nästa skörd",
                    f"{source.id}: read with other rules than today's; compared after a harvest",
                )
            )
            continue
        wanted.append((source, [one.document for one in live.values()]))
    for result in _read(settings, wanted, [Before()] * len(wanted), jobs):
        name, state = result.source.id, result.state
        if state is None:
            problems.append(
                Text(
                    f"{name}: kan inte läsas om från sina sparade dokument: ",
                    f"{name}: cannot be read again from its stored documents: ",
                )
                + (result.error or "")
            )
            continue
        again = {resource.iri: resource.digest for resource in state.resources}
        differing = len({iri for iri, _ in store.digests(name).items() ^ again.items()})
        if differing:
            problems.append(
                Text(
                    f"{name}: {differing} resurser är inte vad källans sparade dokument ger",
                    f"{name}: {differing} resources are not what its stored documents give",
                )
            )
    return len(wanted), problems, notes
