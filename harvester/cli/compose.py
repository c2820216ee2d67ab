"""The composition root: the only place where stores, fetchers and clocks are made."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from harvester.errors import FetchError, UsageError
from harvester.events import Tell
from harvester.model import Document, Run, SourceResult, Validators
from harvester.settings import Choice, Settings, Source
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.fetch.fetcher import Fetcher
    from harvester.plan_diff import Preview
    from harvester.publishing import Published
    from harvester.replay import Checked
    from harvester.sparql import Answer
    from harvester.store.store import Store


TABLE_ROWS = 1000  # of a query's answer, where a person reads it


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def harvest(
    settings: Settings,
    sources: Sequence[Source],
    *,
    jobs: int,
    export: bool,
    offline: bool,
    judge: Callable[[Run], int],
    tell: Tell,
) -> Run:
    """Harvest under the run lock. Raises ``LockedError`` and ``StoreError``."""
    from harvester import pipeline
    from harvester.store.lock import run_lock
    from harvester.store.store import Store

    settings.store.parent.mkdir(parents=True, exist_ok=True)
    with (
        run_lock(settings.store, now=now()),
        Store.open(settings.store, create=True) as store,
        _fetcher(settings, settings.bodies, offline=offline) as fetcher,
    ):
        return pipeline.harvest(
            settings,
            store,
            fetcher,
            sources=sources,
            now=now,
            jobs=jobs,
            export=export,
            judge=judge,
            tell=tell,
        )


def plan(settings: Settings, sources: Sequence[Source], *, jobs: int, offline: bool) -> "Preview":
    """Plan against the store as it is; before the first harvest, against an empty one."""
    from harvester import pipeline, preview
    from harvester.store.store import Store

    with TemporaryDirectory(prefix="harvester-plan-") as folder:
        fresh = not settings.store.exists()
        path = Path(folder) / "plan.db" if fresh else settings.store
        bodies = Path(folder) / "bodies" if fresh else settings.bodies
        with (
            Store.open(path, create=fresh, read_only=not fresh) as store,
            _fetcher(settings, bodies, offline=offline) as fetcher,
        ):
            results = pipeline.plan(settings, store, fetcher, sources=sources, jobs=jobs)
            return preview.preview(settings, store, results)


def check_sources(
    settings: Settings, sources: Sequence[Source], *, jobs: int, offline: bool
) -> tuple[SourceResult, ...]:
    """Fetch and read everything anew and keep nothing."""
    from harvester import pipeline
    from harvester.store.store import Store

    with (
        TemporaryDirectory(prefix="harvester-check-") as folder,
        Store.open(Path(folder) / "check.db", create=True) as store,
        _fetcher(settings, Path(folder) / "bodies", offline=offline) as fetcher,
    ):
        return pipeline.plan(settings, store, fetcher, sources=sources, jobs=jobs)


def accept(settings: Settings, source: Source, *, export: bool, tell: Tell) -> Run:
    """Let what is held back of ``source`` go live. Raises ``UsageError``, ``LockedError``."""
    from harvester import replay
    from harvester.store.lock import run_lock
    from harvester.store.store import Store

    with run_lock(settings.store, now=now()), Store.open(settings.store) as store:
        return replay.accept(settings, store, source, now=now, export=export, tell=tell)


def replay(settings: Settings, run: int, *, jobs: int) -> tuple[SourceResult, ...]:
    """Read an earlier run again; nothing is written. Raises ``UsageError``."""
    from harvester import replay

    with reading(settings) as store:
        return replay.replay(settings, store, run, jobs=jobs)


def check(settings: Settings, *, jobs: int) -> "Checked":
    """Check store, bodies and exports while no run changes them. Raises ``LockedError``."""
    from harvester import replay
    from harvester.store.lock import run_lock

    with reading(settings) as store, run_lock(settings.store, now=now()):
        return replay.check(settings, store, jobs=jobs)


def backup(settings: Settings, path: Path) -> None:
    """Copy the store, whoever uses it meanwhile. Raises ``StoreError``."""
    with reading(settings) as store:
        store.backup(path)


def query(
    settings: Settings, text: str, *, target: str, seconds: float, rows: int | None
) -> "Answer":
    """Answer a SPARQL query over what is published. Raises ``UsageError``, ``StoreError``."""
    from harvester.publication import merged_graph
    from harvester.rdf.graph import Graph
    from harvester.worker.query import QueryLimits, ask_in_child

    with reading(settings):
        pass  # a store that cannot be read is said so before anything is started

    def load() -> Graph:
        with reading(settings) as store:
            return merged_graph(settings, store, target)

    return ask_in_child(text, load, QueryLimits(seconds, rows=rows))


def known_source(store: "Store", name: str | None) -> None:
    """Raise ``UsageError`` for a source that the store has never heard of."""
    known = [one.source.id for one in store.sources()]
    if name is not None and name not in known:
        from harvester.config.diagnose import nearest

        raise UsageError(
            Text(f'databasen har ingen källa "{name}"', f'the store has no source "{name}"')
            + nearest(name, known, Text("; den har: {}", "; it has: {}"))
        )


def export(
    settings: Settings,
    target: str,
    path: Path | None,
    paged: Path | None,
    feed: Path | None,
    *,
    choice: Choice,
    page_size: int | None,
    allow_shrink: bool,
) -> "Published":
    """Publish what is live and chosen: in the forms configured when no place is named.

    Raises ``StoreError`` and ``ExportError``.
    """
    from harvester import publishing

    found = settings.publication(target)
    wanted = replace(found, page_size=page_size or found.page_size)
    if path is paged is feed is None:
        chosen = replace(
            settings,
            publications={**settings.publications, target: wanted},
            choices={**settings.choices, target: choice},
        )
        with reading(settings) as store:
            return publishing.publish_target(
                chosen, store, target=target, allow_shrink=allow_shrink
            )
    settings = replace(settings, choices={**settings.choices, target: choice})
    wanted = replace(wanted, paged=paged, feed=feed)
    with reading(settings) as store, store.snapshot():
        file = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = publishing.publish(
                settings, store, target=target, path=path, allow_shrink=allow_shrink
            )
        done = publishing.publish_folders(
            settings, store, target, wanted, allow_shrink=allow_shrink
        )
        return replace(done, file=file)


def export_tables(settings: Settings, folder: Path) -> dict[str, int]:
    """Write what is published as tables; rows by file. Raises ``StoreError``, ``UsageError``."""
    from harvester.export.tables import export_tables
    from harvester.publication import excluded

    with reading(settings) as store, store.snapshot():
        return export_tables(folder, store, excluded=excluded(settings, store))


@contextmanager
def reading(settings: Settings) -> Iterator["Store"]:
    """The store for a command that only asks. Raises ``StoreError`` when there is none."""
    from harvester.store.store import Store

    with Store.open(settings.store, read_only=True) as store:
        yield store


@contextmanager
def _fetcher(settings: Settings, bodies: Path, *, offline: bool) -> Iterator["Fetcher"]:
    from harvester.fetch.bodies import BodyStore
    from harvester.fetch.fetcher import Fetcher

    if offline:
        yield cast("Fetcher", Offline())
        return
    with Fetcher(BodyStore(bodies), user_agent=settings.user_agent) as fetcher:
        yield fetcher


def offline_error(url: str) -> FetchError:
    """The error for an address that was not asked because of ``--offline``."""
    text = Text(
        f"{url} hämtades inte, eftersom --offline angavs",
        f"{url} was not fetched: --offline was given",
    )
    return FetchError("offline", text, url=url)


class Offline:
    """Stands in for a fetcher and opens no socket: every address is unreachable, and says why."""

    def get(self, source: Source, url: str, validators: Validators) -> Document:
        """Raise ``FetchError``."""
        del source, validators
        raise offline_error(url)

    def close(self) -> None:
        """Nothing is open."""
