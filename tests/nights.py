"""Whole nights of the real program over small invented catalogs on a loopback server."""

import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harvester.export.publish import selected
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import Run, SourceRun
from harvester.pipeline import harvest
from harvester.publication import inputs
from harvester.publishing import Published, publish_target
from harvester.rdf.write import Description
from harvester.settings import Publication, Settings, Source
from harvester.store import Store
from tests.servers import LOOPBACK, File, FileServer

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

# What a run writes about itself; all other tables are what it found.
LOG = ("run", "source_run", "run_document", "sqlite_sequence")


def catalog(name: str, numbers: Iterable[int], *, words: str = "", host: str = "") -> bytes:
    """A catalog in Turtle: datasets of these numbers, each with a distribution and a period."""
    base = f"https://{host or name + '.exempel.se'}"
    lines = [
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .",
        f'<{base}/katalog> a dcat:Catalog ; dcterms:title "{name}"@sv .',
        f'<{base}/org> a foaf:Agent ; foaf:name "{name}"@sv .',
    ]
    for number in numbers:
        iri = f"{base}/{number}"
        lines += [
            f"<{base}/katalog> dcat:dataset <{iri}> .",
            f'<{iri}> a dcat:Dataset ; dcterms:title "Datamängd {number}"@sv ;',
            f'  dcterms:description "Om {number} {words}"@sv ; dcterms:publisher <{base}/org> ;',
            f'  dcterms:temporal [ dcat:startDate "20{number % 90 + 10}" ] ;',
            f"  dcat:distribution <{iri}/csv> .",
            f"<{iri}/csv> a dcat:Distribution ; dcat:accessURL <{iri}.csv> .",
        ]
    return "\n".join(lines).encode() + b"\n"


def turtle(body: bytes) -> File:
    """A Turtle file of the server."""
    return File(body, "text/turtle")


@dataclass
class World:
    """A folder with a store and an export, the sources of a server, and nights that pass.

    With ``forms`` each of the ``targets`` is published as pages and as a feed too.
    """

    folder: Path
    server: FileServer
    sources: tuple[Source, ...]
    now: datetime = NOW
    runs: list[Run] = field(default_factory=list)
    forms: bool = False
    page_size: int = 7
    targets: tuple[str, ...] = ("se",)
    out: Path | None = None  # where exports lie, when not in the folder

    @classmethod
    def of(cls, folder: Path, server: FileServer, *names: str) -> "World":
        """A source for each name, at /name.ttl."""
        return cls(
            folder,
            server,
            tuple(Source(n, server.url(f"/{n}.ttl"), allow_private=(LOOPBACK,)) for n in names),
        )

    @property
    def settings(self) -> Settings:
        return Settings(
            path=self.folder / "harvester.toml",
            store=self.folder / "harvester.db",
            user_agent="test night",
            profile="dcat-ap-se",
            publish="all",
            exports={target: self.published / f"{target}.rdf" for target in self.targets},
            sources=self.sources,
            publications={t: self.publication(t) for t in self.targets} if self.forms else {},
        )

    @property
    def published(self) -> Path:
        """The folder of all that is exported."""
        return self.out or self.folder

    def publication(self, target: str) -> Publication:
        """The forms of an export, beside its file."""
        pages, feed = self.published / f"{target}-pages", self.published / f"{target}-feed"
        return Publication(served=self.published, paged=pages, page_size=self.page_size, feed=feed)

    def serve(self, bodies: Mapping[str, bytes]) -> None:
        """What the sources of these names serve from now on."""
        self.server.files.update({f"/{name}.ttl": turtle(body) for name, body in bodies.items()})

    def night(self, *, jobs: int = 2, export: bool = True) -> Run:
        """One night; the clock goes on by a day."""
        self.now += timedelta(days=1)
        settings = self.settings
        with (
            Store.open(settings.store, create=True) as store,
            Fetcher(BodyStore(settings.bodies), user_agent=settings.user_agent) as fetcher,
        ):
            run = harvest(
                settings,
                store,
                fetcher,
                sources=settings.sources,
                now=lambda: self.now,
                jobs=jobs,
                export=export,
            )
        self.runs.append(run)
        return run

    def publish(self, target: str = "se") -> Published:
        """Publish again what is live."""
        with Store.open(self.settings.store) as store:
            return publish_target(self.settings, store, target=target, allow_shrink=True)

    def descriptions(self) -> list[Description]:
        """What is published now."""
        with Store.open(self.settings.store) as store:
            given = inputs(self.settings, store, "se")
            with selected("se", self.folder, store.resources(), **given) as selection:
                return list(selection)

    def ended(self, name: str) -> SourceRun:
        """How a source ended in the newest run."""
        return next(one for one in self.runs[-1].sources if one.id == name)

    def export(self, target: str = "se") -> bytes:
        return (self.published / f"{target}.rdf").read_bytes()

    def copy(self, folder: Path) -> "World":
        """The same world, from here on in another folder."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, runs=[])

    def write_config(self) -> Path:
        """The settings as harvester.toml, for the command line."""
        lines = ['[harvester]\nuser_agent = "test night"\n[export.se]\npath = "se.rdf"\n']
        lines += [
            f'[[source]]\nid = "{s.id}"\nurl = "{s.url}"\nallow_private = ["{LOOPBACK}"]\n'
            for s in self.sources
        ]
        path = self.folder / "harvester.toml"
        path.write_text("".join(lines), encoding="utf-8")
        return path


def rows(path: Path, sql: str) -> list[tuple]:
    """The answer of a query to a store."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def dump(path: Path, *but: str) -> dict[str, list[str]]:
    """All rows of all tables of a store, but of those named."""
    names = rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        name: sorted(map(repr, rows(path, f'SELECT * FROM "{name}"')))
        for (name,) in names
        if name not in but
    }
