"""One night: fetch, read, plan, guard, apply, choose, publish. Reads like docs/architecture.md."""

import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from harvester import __version__
from harvester.dedupe import choose, owners
from harvester.export import export as write_export
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.guards import Live, Rank
from harvester.model import Exported, Pruned, Run, SourceResult, SourceRun
from harvester.night import Before, Fetching, Night
from harvester.publication import excluded
from harvester.settings import Settings, Source
from harvester.sources.reach import Reach
from harvester.store import Store
from harvester.worker import Limits, WorkerServer

Clock = Callable[[], datetime]


def harvest(
    settings: Settings,
    store: Store,
    fetcher: Fetcher,
    *,
    sources: Sequence[Source],
    now: Clock,
    jobs: int,
    export: bool = True,
    on_source: Callable[[SourceRun], None] = lambda _: None,
) -> Run:
    """Harvest ``sources`` into the store, then publish what is live."""
    results = reached(settings, store, fetcher, sources=sources, jobs=jobs)
    run = keep(
        settings,
        store,
        results,
        command="harvest",
        order=[source.id for source in sources],
        now=now,
        export=export,
        on_source=on_source,
    )
    return replace(run, pruned=prune(settings, store, now=now()))


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
    on_source: Callable[[SourceRun], None] = lambda _: None,
) -> Run:
    """Store ``results`` as they come, as one run; then choose and publish.

    Whatever ends it early, what produces ``results`` is closed before this returns.
    """
    begun = time.monotonic()
    started = now()
    BodyStore(settings.bodies).sweep()
    run = store.start_run(started=started, version=__version__, command=command)
    store.save_sources(settings.sources, run)
    done: dict[str, SourceRun] = {}
    with closing(results):
        for result in results:
            entry = store.apply(run, result, now=now())
            done[entry.id] = entry
            on_source(entry)
    decide(settings, store, run)
    exports = tuple(
        publish(settings, store, target=target, path=path)
        for target, path in sorted(settings.exports.items())
        if export
    )
    seconds = time.monotonic() - begun
    store.finish_run(run, finished=now(), seconds=seconds, exit_code=0)
    return Run(run, started, seconds, tuple(done[name] for name in order), exports)


def prune(settings: Settings, store: Store, *, now: datetime) -> Pruned:
    """Forget what is older than ``[retention]`` says, and neither live nor held."""
    pruned = store.prune(settings.retention, now=now)
    # After the transaction: a body without a row does no harm, a row without its body would.
    count, size = BodyStore(settings.bodies).prune(store.bodies(), now - settings.retention.bodies)
    return replace(pruned, bodies=count, bytes=size)


def decide(settings: Settings, store: Store, run: int) -> None:
    """Choose, among descriptions of the same thing, the one to publish."""
    store.save_decisions(run, choose(store.candidates(), ranks(settings, store)).decisions)


def publish(settings: Settings, store: Store, *, target: str, path: Path) -> Exported:
    """Write what is live for ``target``; sources that publish only valid datasets keep theirs."""
    with store.snapshot():
        return write_export(
            target,
            path,
            store.resources(),
            decisions=store.decisions(),
            excluded=excluded(settings, store),
            catalog=settings.catalog,
        )


def reached(
    settings: Settings, store: Store, fetcher: Fetcher, *, sources: Sequence[Source], jobs: int
) -> Generator[SourceResult, None, None]:
    """What the sources give today, as they come; close it to stop the work."""
    bodies = BodyStore(settings.bodies)
    known = before(settings, store, sources)
    reaches = [
        Reach(source, one.documents, fetcher, bodies)
        for source, one in zip(sources, known, strict=True)
    ]
    yield from read_all(settings, reaches, known, jobs=jobs, stop=fetcher.close)


def read_all(
    settings: Settings,
    reaches: Sequence[Fetching],
    known: Sequence[Before],
    *,
    jobs: int,
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
        night = Night(settings, server)
        futures = [pool.submit(night.harvest, *pair) for pair in zip(reaches, known, strict=True)]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            stop()


def before(settings: Settings, store: Store, sources: Sequence[Source]) -> list[Before]:
    """What the store knows of ``sources``; all of it is read before any of it can change."""
    path = BodyStore(settings.bodies).path
    with store.snapshot():
        owned = owners(store.candidates(), store.decisions(), ranks(settings, store))
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
            )
            for source in sources
        ]


def ranks(settings: Settings, store: Store) -> dict[str, Rank]:
    """The order in which sources win, by id, also of those not configured any more."""
    known: dict[str, Rank] = {one.source.id: one.source.rank for one in store.sources()}
    return known | {source.id: source.rank for source in settings.sources}
