"""Whole nights for tests: small catalogs, and a harvest from a loopback server."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.fetch.limits import Limits
from harvester.model import Retention, Run, Settings, Source
from harvester.pipeline import harvest
from harvester.store import Store
from tests.servers import File

TURTLE = "text/turtle"
DEFAULT = Retention()
PATIENT = Limits()


def catalog(name: str, datasets: Sequence[int | str], note: str = "") -> bytes:
    """A catalog in Turtle; ``note`` is said of the catalog, to make it another document."""
    base = f"https://{name}.exempel.se"
    lines = [
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        f'<{base}/c> a dcat:Catalog ; dcterms:title "Katalog {name} {note}"@sv .',
    ]
    lines += [
        f"<{base}/c> dcat:dataset <{base}/{one}> . <{base}/{one}> a dcat:Dataset ;"
        f' dcterms:title "Datamängd {one}"@sv ; dcterms:description "Om {one}."@sv .'
        for one in datasets
    ]
    return "\n".join([*lines, ""]).encode()


def turtle(body: bytes) -> File:
    """A file that says it is Turtle."""
    return File(body, TURTLE)


def settings_of(
    folder: Path, sources: Sequence[Source], retention: Retention = DEFAULT
) -> Settings:
    """Settings whose store and export lie in ``folder``."""
    return Settings(
        path=folder / "harvester.toml",
        store=folder / "harvester.db",
        user_agent="harvester test",
        profile="dcat-ap-se",
        publish="all",
        exports={"se": folder / "se.nt"},
        sources=tuple(sources),
        retention=retention,
    )


def harvested(settings: Settings, *, now: datetime, limits: Limits = PATIENT, jobs: int = 4) -> Run:
    """One night, at a time that stands still."""
    with (
        Store.open(settings.store, create=True) as store,
        Fetcher(
            BodyStore(settings.bodies), user_agent=settings.user_agent, limits=limits
        ) as fetcher,
    ):
        return harvest(
            settings, store, fetcher, sources=settings.sources, now=lambda: now, jobs=jobs
        )
