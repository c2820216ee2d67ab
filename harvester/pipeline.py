"""One night: fetch, read, plan, guard, apply, choose, publish. Reads like docs/architecture.md."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from pathlib import Path

from harvester import __version__
from harvester.dedupe import choose
from harvester.export import export as write_export
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import Exported, Run, Settings, Source, SourceResult, SourceRun
from harvester.night import Before, Night
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
    begun = time.monotonic()
    started = now()
    run = store.start_run(started=started, version=__version__, command="harvest")
    store.save_sources(settings.sources, run)
    done: dict[str, SourceRun] = {}
    for result in _results(settings, store, fetcher, sources, jobs):
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
    return Run(run, started, seconds, tuple(done[source.id] for source in sources), exports)


def plan(
    settings: Settings, store: Store, fetcher: Fetcher, *, sources: Sequence[Source], jobs: int
) -> tuple[SourceResult, ...]:
    """What a harvest would do, with nothing written to the store."""
    results = {r.source.id: r for r in _results(settings, store, fetcher, sources, jobs)}
    return tuple(results[source.id] for source in sources)


def decide(settings: Settings, store: Store, run: int) -> None:
    """Choose, among descriptions of the same thing, the one to publish."""
    ranks = {known.source.id: known.source.rank for known in store.sources()}
    ranks |= {source.id: source.rank for source in settings.sources}
    store.save_decisions(run, choose(store.candidates(), ranks).decisions)


def publish(settings: Settings, store: Store, *, target: str, path: Path) -> Exported:
    """Write what is live for ``target``; sources that publish only valid datasets keep theirs."""
    only_valid = {
        source.id for source in settings.sources if (source.publish or settings.publish) == "valid"
    }
    with store.snapshot():
        return write_export(
            target,
            path,
            store.resources(),
            decisions=store.decisions(),
            excluded=frozenset(key for key in store.erroneous() if key[0] in only_valid),
            catalog=settings.catalog,
        )


def _results(
    settings: Settings, store: Store, fetcher: Fetcher, sources: Sequence[Source], jobs: int
) -> Iterator[SourceResult]:
    """The sources' results as they come; one failing source never stops another."""
    bodies = BodyStore(settings.bodies)
    profiles = dict.fromkeys(source.profile or settings.profile for source in sources)
    with (
        WorkerServer(Limits(), profiles) as server,
        ThreadPoolExecutor(jobs, thread_name_prefix="source") as pool,
    ):
        night = Night(settings, fetcher, bodies, server)
        futures = [pool.submit(night.harvest, s, _before(store, s, bodies)) for s in sources]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            fetcher.close()


def _before(store: Store, source: Source, bodies: BodyStore) -> Before:
    return Before(
        store.documents(source.id, bodies.path),
        store.digests(source.id),
        store.datasets(source.id),
        store.rules(source.id),
    )
