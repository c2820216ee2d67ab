"""What the store answers: frozen values, so that no caller needs to know a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from harvester.dedupe import Decision
from harvester.model import Finding, Kind, Outcome, SourceRun
from harvester.normalisation import Normalisation
from harvester.settings import Source
from harvester.upkeep import Good
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source that the store knows, and whether it is still configured."""

    source: Source
    configured: bool


@dataclass(frozen=True, slots=True)
class StoredResource:
    """One live resource, as the export needs it; ``ntriples`` as in ``Resource``."""

    source: str
    iri: str
    kinds: tuple[Kind, ...]
    ntriples: str
    digest: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How one source stands.

    ``outcome`` and the times are ``None`` when it was never tried. ``last_good`` is the last run
    that ended *ok* or *unchanged*; ``failing_since`` the first one after it that did not.
    ``tries`` counts the runs of the log since the last good one; ``lately`` are its good ones of
    the newest runs, oldest first; ``certificate`` is when its server's expires.
    ``findings`` (by severity), ``datasets`` and ``resources`` describe what is live;
    ``last_change`` counts what was added, changed and removed at ``last_changed``.
    """

    id: str
    title: str
    url: str
    configured: bool
    outcome: Outcome | None
    complete: bool
    event: str
    error: Text | None
    held: Text | None
    run: int | None
    last_good: datetime | None
    last_try: datetime | None
    failing_since: datetime | None
    tries: int
    certificate: datetime | None
    lately: tuple[Good, ...]
    datasets: int
    resources: int
    findings: Mapping[str, int]
    last_changed: datetime | None
    last_change: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that one run changed.

    ``change`` is *added*, *changed*, *removed* or *winner*: since then it is this source's
    description that is published, and before it was that of ``from_source``.
    """

    run: int
    source: str
    iri: str
    change: str
    kind: Kind
    from_digest: str | None
    to_digest: str | None
    from_source: str | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One run of one source: when, how it ended, and what it changed."""

    at: datetime
    source_run: SourceRun
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """All that the store knows about one source's description of one thing.

    ``decisions`` are those in which it won or lost; ``published`` is false when it lost.
    """

    source: str
    iri: str
    kinds: tuple[Kind, ...]
    ntriples: str
    digest: str
    triples: int
    first_seen: datetime
    last_changed: datetime
    published: bool
    parent: str | None
    children: tuple[str, ...]
    findings: tuple[Finding, ...]
    normalisations: tuple[Normalisation, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What checking the store found; whole when ``problems`` is empty."""

    resources: int
    triples: int
    problems: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One description in which the words of a search are.

    ``match`` is *exact* (as typed but for case), *inflected* (another ending) or *folded* (without
    dots, rings and accents); ``titles`` has the best one under ``""``, and ``sv`` and ``en`` where
    there are such. ``keyword`` and ``description`` hold all of them, one a line.
    """

    source: str
    source_title: str
    iri: str
    kinds: tuple[Kind, ...]
    published: bool
    match: str
    titles: Mapping[str, str]
    keyword: str
    description: str


@dataclass(frozen=True, slots=True)
class SearchHits:
    """The first hits of a search, and how many there are in all."""

    total: int
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule is broken in what one source has live.

    ``resources`` counts those concerned; ``examples`` are the first of them: IRI and title.
    ``message`` is one of the messages.
    """

    source: str
    code: str
    severity: str
    findings: int
    resources: int
    message: Text
    examples: tuple[tuple[str, str], ...]
