"""What harvester.toml says, as frozen values (read by ``harvester.config``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from harvester.words import Secret, Text


@dataclass(frozen=True, slots=True)
class Source:
    """One configured place to harvest (harvester.toml, ``[[source]]``)."""

    id: str
    url: str
    title: str = ""
    type: str = "dcat"
    priority: int | None = None
    sector: str = "public"
    aggregator: bool = False
    profile: str = ""
    publish: str = ""
    headers: Mapping[str, Secret] = field(default_factory=dict)
    allow_private: tuple[str, ...] = ()
    max_removed: str = "20%"

    @property
    def rank(self) -> tuple[bool, bool, int, bool, str]:
        """Order in which sources win duplicates; the smallest wins.

        Individually prioritised first (lowest number first), then public sector, private sector,
        aggregators last (DCAT-AP-SE, docs/harvesting.md, duplicates); ties by id.
        """
        return (
            self.priority is None,
            self.aggregator if self.priority is None else False,
            self.priority if self.priority is not None else 0,
            self.sector != "public",
            self.id,
        )


@dataclass(frozen=True, slots=True)
class NationalCatalog:
    """The catalog that the export puts above all sources' catalogs (``[catalog]``)."""

    iri: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """Who is told when a run is over (``[notify]``); an address may be a secret as a whole."""

    healthcheck: Secret | None = None
    webhook: Secret | None = None
    mail: str = ""
    metrics: Path | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is neither live nor held is kept (``[retention]``)."""

    runs: timedelta = timedelta(days=400)
    bodies: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a run may start sources, and each source may fetch (``[limits]``)."""

    run: timedelta = timedelta(hours=2)
    source: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Log:
    """How a run is logged (``[log]``): no ``format`` and no ``file`` is not at all."""

    format: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What harvester.toml says, with every path made absolute.

    ``jobs`` is how many sources are harvested at a time; ``lang`` is ``sv``, ``en`` or empty for
    the locale's; ``warnings`` are about the file itself, such as a secret that everyone can read.
    """

    path: Path
    store: Path
    user_agent: str
    profile: str
    publish: str
    exports: Mapping[str, Path]
    sources: tuple[Source, ...]
    catalog: NationalCatalog | None = None
    notify: Notify = Notify()
    retention: Retention = Retention()
    limits: Budget = Budget()
    log: Log = Log()
    jobs: int = 8
    lang: str = ""
    warnings: tuple[Text, ...] = ()

    @property
    def bodies(self) -> Path:
        """The folder of raw bodies, beside the store."""
        return self.store.with_name(self.store.name + ".bodies")
