"""One night: fetch, read, plan, guard, apply, choose, publish. Reads like docs/architecture.md."""

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from dataclasses import asdict, replace
from datetime import datetime

from harvester import __version__
from harvester.dedupe import choose, owners
from harvester.errors import EXIT_OK, HarvesterError, exit_code_of
from harvester.events import Event, Tell, nobody
from harvester.fetch.bodies import BodyStore
from harvester.fetch.credential import credential_of
from harvester.fetch.fetcher import Fetcher
from harvester.guards import Live, Rank
from harvester.model import Exported, Run, SourceResult, SourceRun, StoredDocument
from harvester.night import Before, Fetching, Night
from harvester.profile import load_profile
from harvester.publishing import publish_all
from harvester.report.health import unwell
from harvester.report.told import (
    export_written,
    run_ended,
    run_started,
    source_ended,
    source_postponed,
    source_unwell,
)
from harvester.settings import Settings, Source
from harvester.sources.reach import Reach
from harvester.store import Store
from harvester.upkeep import Postponed, Pruned, Rejudged
from harvester.words import Text
from harvester.worker import Limits, WorkerServer

Clock = Callable[[], datetime]
Judge = Callable[[Run], int]


def succeeded(_: Run) -> int:
    """Judge a run that cannot end otherwise."""
    return EXIT_OK


def harvest(
    settings: Settings,
    store: Store,
    fetcher: Fetcher,
    *,
    sources: Sequence[Source],
    now: Clock,
    jobs: int,
    export: bool = True,
    judge: Judge = succeeded,
    tell: Tell = nobody,
    monotonic: Callable[[], float] = time.monotonic,
) -> Run:
    """Harvest ``sources`` into the store, then publish what is live.

    Those tried longest ago are first. When the time of the run is over no more are started; they
    are left as they are, and named in the run. ``judge`` gives the exit code for the log; ``tell``
    is called for each event, also from the threads of the sources.
    """
    end = monotonic() + settings.limits.run.total_seconds()
    results = reached(
        settings,
        store,
        fetcher,
        sources=longest_waiting_first(sources, store.last_tries()),
        jobs=jobs,
        has_time=lambda: monotonic() < end,
        monotonic=monotonic,
        tell=tell,
    )
    run = keep(
        settings,
        store,
        results,
        command="harvest",
        order=[source.id for source in sources],
        now=now,
        export=export,
        judge=judge,
        tell=tell,
    )
    pruned = prune(settings, store, now=now())
    tell(Event("pruned", fields=asdict(pruned)))
    return replace(run, pruned=pruned)


def longest_waiting_first(
    sources: Sequence[Source], tries: Mapping[str, tuple[int, datetime]]
) -> list[Source]:
    """The sources never tried, then by the run that tried them last; else in their own order.

    By the last try and not by the last good one: a source that always fails slowly would
    otherwise be first every night.
    """
    return sorted(sources, key=lambda source: tries[source.id][0] if source.id in tries else 0)


def plan(
    settings: Settings, store: Store, fetcher: Fetcher, *, sources: Sequence[Source], jobs: int
) -> tuple[SourceResult, ...]:
    """What a harvest would do, with nothing written to the store."""
    with closing(reached(settings, store, fetcher, sources=sources, jobs=jobs)) as found:
        results = {result.source.id: result for result in found}
    return tuple(results[source.id] for source in sources)


def keep(
    settings: Settings,
    store: Store,
    results: Generator[SourceResult, None, None],
    *,
    command: str,
    order: Sequence[str],
    now: Clock,
    export: bool,
    allow_shrink: bool = False,
    judge: Judge = succeeded,
    tell: Tell = nobody,
) -> Run:
    """Store ``results`` as they come, as one run; then choose and publish.

    Sources of ``order`` without a result were postponed; ``allow_shrink`` publishes even what has
    become sharply smaller. Whatever ends it early, what produces ``results`` is closed before this
    returns, and the log says how it ended.
    """
    begun = time.monotonic()
    started = now()
    tries = store.last_tries()
    BodyStore(settings.bodies).sweep()
    run = store.start_run(started=started, version=__version__, command=command)

    def finish(exit_code: int, *, interrupted: bool = False) -> None:
        seconds = time.monotonic() - begun
        store.finish_run(
            run, finished=now(), seconds=seconds, exit_code=exit_code, interrupted=interrupted
        )
        tell(run_ended(exit_code, seconds, "interrupted" if interrupted else "finished"))

    tell(run_started(run, command, len(order)))
    try:
        store.save_sources(settings.sources, run)
        done, rejudged = _applied(store, run, results, now=now, tell=tell)
        decide(settings, store, run)
        exports: tuple[Exported, ...] = ()
        held: Mapping[str, Text] = {}
        if export:
            exports, held = publish_all(settings, store, allow_shrink=allow_shrink)
        for exported in exports:
            tell(export_written(exported))
    except BaseException as error:
        # A log that cannot be written either must not hide why; the next run marks this one then.
        with suppress(HarvesterError):
            finish(exit_code_of(error), interrupted=True)
        raise
    ended = Run(
        run,
        started,
        time.monotonic() - begun,
        tuple(done[name] for name in order if name in done),
        exports,
        postponed=tuple(
            Postponed(name, tries[name][1] if name in tries else None)
            for name in order
            if name not in done
        ),
        rejudged=rejudged,
        health=tuple(one for one in unwell(store.status(), started) if one.id in order),
        held_exports=held,
    )
    for one in ended.postponed:
        tell(source_postponed(one))
    for unwell_one in ended.health:
        tell(source_unwell(unwell_one))
    finish(judge(ended))
    return ended


def _applied(
    store: Store,
    run: int,
    results: Generator[SourceResult, None, None],
    *,
    now: Clock,
    tell: Tell,
) -> tuple[dict[str, SourceRun], tuple[Rejudged, ...]]:
    done: dict[str, SourceRun] = {}
    rejudged: list[Rejudged] = []
    with closing(results):
        for result in results:
            before = store.severities(result.source.id)
            entry = store.apply(run, result, now=now())
            done[entry.id] = entry
            tell(source_ended(entry))
            if result.state is not None and entry.not_modified and entry.findings != before:
                rejudged.append(Rejudged(entry.id, before, entry.findings))
    return done, tuple(sorted(rejudged, key=lambda one: one.id))


def prune(settings: Settings, store: Store, *, now: datetime) -> Pruned:
    """Forget what is older than ``[retention]`` says, and neither live nor held."""
    pruned = store.prune(settings.retention, now=now)
    # After the transaction: a body without a row does no harm, a row without its body would.
    count, size = BodyStore(settings.bodies).prune(store.bodies(), now - settings.retention.bodies)
    return replace(pruned, bodies=count, bytes=size)


def decide(settings: Settings, store: Store, run: int) -> None:
    """Choose, among descriptions of the same thing, the one to publish."""
    store.save_decisions(run, choose(store.candidates(), ranks(settings, store)).decisions)


def reached(
    settings: Settings,
    store: Store,
    fetcher: Fetcher,
    *,
    sources: Sequence[Source],
    jobs: int,
    has_time: Callable[[], bool] = lambda: True,
    monotonic: Callable[[], float] = time.monotonic,
    tell: Tell = nobody,
) -> Generator[SourceResult, None, None]:
    """What the sources give today, as they come; close it to stop the work.

    A source whose turn comes when ``has_time`` says no gives nothing.
    """
    bodies = BodyStore(settings.bodies)
    known = before(settings, store, sources)
    seconds = settings.limits.source.total_seconds()
    reaches = [
        Reach(
            source,
            askable(one.documents, same=one.credential == credential_of(source)),
            fetcher,
            bodies,
            seconds=seconds,
            monotonic=monotonic,
        )
        for source, one in zip(sources, known, strict=True)
    ]
    yield from read_all(
        settings, reaches, known, jobs=jobs, has_time=has_time, tell=tell, stop=fetcher.close
    )


def askable(documents: Mapping[str, StoredDocument], *, same: bool) -> Mapping[str, StoredDocument]:
    """The documents, without validators unless they were got with the ``same`` credential."""
    if same:
        return documents
    return {
        url: replace(one, document=replace(one.document, etag=None, last_modified=None))
        for url, one in documents.items()
    }


def read_all(
    settings: Settings,
    reaches: Sequence[Fetching],
    known: Sequence[Before],
    *,
    jobs: int,
    has_time: Callable[[], bool] = lambda: True,
    tell: Tell = nobody,
    stop: Callable[[], None] = lambda: None,
) -> Generator[SourceResult, None, None]:
    """The sources' results as they come; one failing source never stops another.

    ``stop`` is called at the end, however that comes, so that no thread goes on fetching.
    """
    profiles = dict.fromkeys(reach.source.profile or settings.profile for reach in reaches)
    # The server ends before the pool waits for its threads: those still reading are let go.
    with (
        ThreadPoolExecutor(jobs, thread_name_prefix="source") as pool,
        WorkerServer(Limits(), profiles) as server,
    ):
        night = Night(settings, server, {name: load_profile(name) for name in profiles})

        def start(reach: Fetching, one: Before) -> SourceResult | None:
            if not has_time():
                return None
            tell(Event("source-started", reach.source.id))
            return night.harvest(reach, one)

        futures = [pool.submit(start, *pair) for pair in zip(reaches, known, strict=True)]
        try:
            for future in as_completed(futures):
                result = future.result()
                if result is not None:
                    yield result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            stop()


def before(settings: Settings, store: Store, sources: Sequence[Source]) -> list[Before]:
    """What the store knows of ``sources``; all of it is read before any of it can change."""
    path = BodyStore(settings.bodies).path
    with store.snapshot():
        order = ranks(settings, store)
        # A run that was killed has stored what nobody has decided about: else the guards would
        # take the losers of tomorrow's decisions for those who are published.
        decided = (
            store.decisions() if store.is_decided() else choose(store.candidates(), order).decisions
        )
        owned = owners(store.candidates(), decided, order)
        return [
            Before(
                store.documents(source.id, path),
                Live(
                    store.digests(source.id),
                    store.datasets(source.id),
                    store.times_held(source.id),
                    owned,
                ),
                store.rules(source.id),
                store.credential(source.id),
            )
            for source in sources
        ]


def ranks(settings: Settings, store: Store) -> dict[str, Rank]:
    """The order in which sources win, by id, also of those not configured any more."""
    known: dict[str, Rank] = {one.source.id: one.source.rank for one in store.sources()}
    return known | {source.id: source.rank for source in settings.sources}
