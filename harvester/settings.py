"""What harvester.toml says, as frozen values (read by ``harvester.config``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from harvester.words import Secret, Text


@dataclass(frozen=True, slots=True)
class ValueMapping:
    """One value of a source said otherwise; ``property`` is an IRI.

    ``old`` and ``new`` are an IRI or the text of a literal.
    """

    property: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a source's data is normalised: the names of the steps, and what is its own.

    ``rewrites`` are (old start, new start) of IRIs.
    """

    steps: tuple[str, ...] = ()
    mappings: tuple[ValueMapping, ...] = ()
    rewrites: tuple[tuple[str, str], ...] = ()


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
    normalise: tuple[str, ...] | None = None
    mappings: tuple[ValueMapping, ...] = ()
    rewrites: tuple[tuple[str, str], ...] = ()

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
class Choice:
    """Which datasets an export target publishes (``[export.eu]``); all conditions must hold.

    ``datasets`` is ``all`` or ``public``; ``sector`` ``public``, ``private`` or empty for both;
    ``publishers`` and ``themes`` are IRIs, any of which will do; ``hvd`` asks for high-value
    datasets only.
    """

    datasets: str = "all"
    sector: str = ""
    publishers: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    hvd: bool = False


def default_choice(target: str) -> Choice:
    """What a target publishes unless configured: Europe's portal lists public data only."""
    return Choice("public" if target == "eu" else "all")


@dataclass(frozen=True, slots=True)
class NationalCatalog:
    """The catalog that the export puts above all sources' catalogs (``[catalog]``)."""

    iri: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What ``[export.se]`` or ``[export.eu]`` says beside the path of its file.

    ``base`` is the web address of the folder ``served``, which the file lies in, with a slash at
    its end; ``paged`` and ``feed`` are folders to write the export to as pages and as a feed of
    changes, ``keep`` is how long a feed keeps every change; ``max_shrink`` how many datasets an
    export may lose, as ``Source.max_removed``.
    """

    base: str = ""
    served: Path | None = None
    paged: Path | None = None
    page_size: int = 100
    page_suffix: str = ".rdf"
    feed: Path | None = None
    keep: timedelta = timedelta(days=400)
    max_shrink: str = "20%"

    def address(self, folder: Path) -> str:
        """The web address of a folder below ``served``; empty where it is not known."""
        if not self.base or self.served is None or not folder.is_relative_to(self.served):
            return ""
        inside = folder.relative_to(self.served).as_posix()
        return self.base if inside == "." else f"{self.base}{quote(inside)}/"


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
    choices: Mapping[str, Choice] = field(default_factory=dict)
    normalise: tuple[str, ...] | None = None
    publications: Mapping[str, Publication] = field(default_factory=dict)

    def publication(self, target: str) -> Publication:
        """What the configuration says about the exports of ``target``."""
        return self.publications.get(target, Publication())

    @property
    def bodies(self) -> Path:
        """The folder of raw bodies, beside the store."""
        return self.store.with_name(self.store.name + ".bodies")

    def choice(self, target: str) -> Choice:
        """Which datasets ``target`` publishes."""
        return self.choices.get(target) or default_choice(target)
