"""The words of the program: frozen values that the stages hand to each other.

*Source*: one configured place to harvest. *Document*: one response. *Resource*: one described
thing with its blank nodes. *Finding*: about the data. *Run*: one harvest; *SourceRun*: its part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from harvester.namespaces import DCAT, FOAF, VCARD
from harvester.normalisation import Normalisation
from harvester.settings import Source
from harvester.terms import Term
from harvester.upkeep import Health, Postponed, Pruned, Rejudged
from harvester.words import Text


class Severity(StrEnum):
    """How bad a finding is: ``error`` for mandatory, ``warning`` for recommended, ``info``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """How one source ended in one run (a state, not a boolean)."""

    OK = "ok"
    UNCHANGED = "unchanged"
    HELD = "held"
    UNREACHABLE = "unreachable"
    GONE = "gone"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    INTERRUPTED = "interrupted"

    @property
    def failed(self) -> bool:
        """Whether the source could not be harvested (exit code 3)."""
        return self not in (Outcome.OK, Outcome.UNCHANGED, Outcome.HELD)


class Kind(StrEnum):
    """The classes of DCAT-AP-SE that the store has a table for; ``other`` is all else."""

    CATALOG = "catalog"
    DATASET_SERIES = "dataset_series"
    DATASET = "dataset"
    DISTRIBUTION = "distribution"
    DATA_SERVICE = "data_service"
    AGENT = "agent"
    CONTACT_POINT = "contact_point"
    OTHER = "other"


CLASS_KIND: Mapping[str, Kind] = MappingProxyType(
    {
        DCAT + "Catalog": Kind.CATALOG,
        DCAT + "DatasetSeries": Kind.DATASET_SERIES,
        DCAT + "Dataset": Kind.DATASET,
        DCAT + "Distribution": Kind.DISTRIBUTION,
        DCAT + "DataService": Kind.DATA_SERVICE,
        FOAF + "Agent": Kind.AGENT,
        FOAF + "Person": Kind.AGENT,
        FOAF + "Organization": Kind.AGENT,
        VCARD + "Kind": Kind.CONTACT_POINT,
        VCARD + "Individual": Kind.CONTACT_POINT,
        VCARD + "Organization": Kind.CONTACT_POINT,
        VCARD + "Group": Kind.CONTACT_POINT,
        VCARD + "Location": Kind.CONTACT_POINT,
    }
)


class Syntax(StrEnum):
    """The RDF syntaxes that are read and written."""

    RDFXML = "rdfxml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect that was followed: status, from, to."""

    status: int
    url: str
    location: str


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request needs of an earlier answer (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One response: its body lies at ``path``, content-addressed, before anything reads it.

    ``not_modified`` is true when the server said 304 or the body has the sha256 it had before.
    ``status`` is ``None`` for a local file. ``seconds`` is wall time. ``end_proven`` is false when
    the server marked the end of the body by closing the connection only: it may have been cut off.
    ``certificate`` is when the first of the servers' certificates on the way to it expires.
    """

    url: str
    final_url: str
    path: Path
    sha256: str
    size: int
    status: int | None = None
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    redirects: tuple[Redirect, ...] = ()
    seconds: float = 0.0
    end_proven: bool = True
    certificate: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about the data.

    ``focus`` is an IRI or a blank-node label (``_:b0``); ``cls`` the class it was checked as and
    ``path`` the property, both as IRIs (``path`` may be a SPARQL property path). ``component`` and
    ``shape`` are set for findings that come from SHACL. ``resource`` is the resource that owns the
    focus node, once the graph is split. ``triples`` counts the triples that this finding
    took out of the data. ``line`` and ``column`` count from 1; 0 is unknown.
    """

    code: str
    severity: Severity
    focus: str
    message: Text
    cls: str = ""
    path: str = ""
    value: Term | None = None
    component: str = ""
    shape: str = ""
    title: str = ""
    input: str = ""
    line: int = 0
    column: int = 0
    triples: int = 0
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that does not count: ``by`` is *baseline* or *ignore*, ``reason`` the one given."""

    finding: Finding
    reason: str
    by: str
    fingerprint: str = ""  # rules/fingerprint.py


@dataclass(frozen=True, slots=True)
class Resource:
    """One described thing with the blank nodes it owns.

    ``ntriples`` is canonical: one triple a line, sorted, blank nodes labelled by content;
    ``digest`` is its sha256 in hex. ``parent`` is the resource that contains it (a dataset's
    catalog, a distribution's dataset), when one does.
    """

    iri: str
    kinds: tuple[Kind, ...]
    digest: str
    ntriples: str
    triples: int
    parent: str | None = None

    @property
    def kind(self) -> Kind:
        """The first of its kinds."""
        return self.kinds[0]


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What reading one document gave: its syntax, counts and where it points next.

    ``statements`` counts triples as read, repeats included; ``duplicates`` the repeats among them.
    ``next_url`` is the next Hydra page; ``parts`` sub-catalogs that are to be fetched.
    """

    url: str
    syntax: Syntax
    encoding: str
    statements: int
    duplicates: int
    repaired: bool = False
    next_url: str | None = None
    total_items: int | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """All that one source says: the result of reading, validating, splitting and normalising.

    ``statements`` + ``added`` = triples in ``resources`` + ``duplicates`` + triples named in
    ``findings``; ``added`` is what normalising put in, less what it drew into one.
    """

    resources: tuple[Resource, ...]
    findings: tuple[Finding, ...]
    normalisations: tuple[Normalisation, ...]
    readings: tuple[DocumentReading, ...]
    statements: int
    duplicates: int
    added: int = 0

    def count(self, kind: Kind) -> int:
        """How many resources are of this kind."""
        return sum(kind in resource.kinds for resource in self.resources)


@dataclass(frozen=True, slots=True)
class Plan:
    """What storing a new state would do to the live one; IRIs in sorted order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    held: Text | None = None


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one source gave in one run; everything the store needs to write.

    ``state`` is ``None`` when the source is unchanged or failed: the live state stays. ``rules``
    names what the state depends on beside the documents; when it differs from what the live state
    was made with, unchanged documents are read again. ``credential`` tells what the documents
    were asked for with (``fetch.credential``).
    """

    source: Source
    outcome: Outcome
    documents: tuple[Document, ...] = ()
    state: SourceState | None = None
    complete: bool = False
    event: str = ""
    error: Text | None = None
    seconds: float = 0.0
    plan: Plan = field(default_factory=Plan)
    rules: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the live state and what reading it gave, as the store remembers them."""

    document: Document
    reading: DocumentReading


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One source in one run, as the run log keeps it and ``harvest --json`` shows it.

    ``resources`` has the keys added, changed, unchanged, missing and removed; ``missing`` counts
    resources that the source no longer has but that are still live because the removal is held.
    ``datasets``, ``findings`` (by severity) and ``normalised`` (changes by step) describe the live
    state after the run; a run that is looked up later has no ``normalised``.
    """

    run: int
    id: str
    outcome: Outcome
    complete: bool
    not_modified: bool
    documents: int
    bytes: int
    resources: Mapping[str, int]
    datasets: int
    findings: Mapping[str, int]
    held: Text | None
    event: str
    error: Text | None
    seconds: float
    normalised: Mapping[str, int] = field(default_factory=dict)
    certificate: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an export does not say of one resource, or says in other words, and why.

    ``triples`` counts the triples concerned; ``reason`` is a slug (see ``harvester.export``). What
    is only said otherwise is counted over all resources: ``iri`` is empty, ``resources`` how many.
    """

    iri: str
    reason: str
    triples: int
    resources: int = 1


@dataclass(frozen=True, slots=True)
class Exported:
    """One export file that was written and verified; ``sha256`` is of the file's bytes."""

    target: str
    path: Path
    triples: int
    sha256: str
    left_out: tuple[LeftOut, ...] = ()
    classes: Mapping[str, int] = field(default_factory=dict, compare=False)  # things, by class
    unchanged: bool = False  # was there already; what it leaves out is not known


@dataclass(frozen=True, slots=True)
class Run:
    """One harvest of all sources, but for those ``postponed``; ``health`` names who is not well."""

    run: int
    started: datetime
    seconds: float
    sources: tuple[SourceRun, ...]
    exports: tuple[Exported, ...] = ()
    pruned: Pruned = field(default_factory=Pruned)
    postponed: tuple[Postponed, ...] = ()
    health: tuple[Health, ...] = ()
    held_exports: Mapping[str, Text] = field(default_factory=dict)  # why, by target
    rejudged: tuple[Rejudged, ...] = ()
