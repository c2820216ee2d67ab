"""The typed shape of harvester.toml; the JSON Schema that editors use is made from it."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

SourceTypeName = Literal["dcat", "ckan", "csw", "oai-pmh", "sparql", "ldes", "data-json", "html"]
Publish = Literal["all", "valid"]

SPAN: Final = "^[1-9][0-9]{0,4}[dw]$"
TIME: Final = "^[1-9][0-9]{0,4}[smh]$"
DEFAULT_USER_AGENT: Final = "dcat-harvester (+https://example.org/set-user_agent-in-harvester.toml)"


class SecretRef(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Where a secret is found: exactly one of an environment variable or a file."""

    env: Annotated[
        str | UnsetType, Meta(description="An environment variable, named HARVESTER_...")
    ] = UNSET
    file: Annotated[str | UnsetType, Meta(description="A file that holds only the secret")] = UNSET


class ExportTable(Struct, forbid_unknown_fields=True, frozen=True):
    """What is published for one target, and which datasets; all conditions must hold."""

    path: Annotated[
        str, Meta(description="The suffix chooses the syntax: .rdf .ttl .nt .nq .jsonld, each .gz")
    ]
    datasets: Annotated[
        Literal["all", "public"] | UnsetType,
        Meta(description="public leaves restricted datasets out; default public for eu, else all"),
    ] = UNSET
    sector: Annotated[
        Literal["public", "private"] | UnsetType, Meta(description="Only sources of this sector")
    ] = UNSET
    publisher: Annotated[
        list[str], Meta(description="Only datasets of these publishers, by their IRIs")
    ] = []
    theme: Annotated[
        list[str], Meta(description="Only datasets of these themes: ENVI, or an IRI")
    ] = []
    hvd: Annotated[bool, Meta(description="Only high-value datasets")] = False
    base: Annotated[
        str,
        Meta(
            pattern="^(https?://[^?#]+/)?$",
            description="The web address of the folder that the file lies in, with / at its end",
        ),
    ] = ""
    paged: Annotated[str, Meta(description="A folder to publish Hydra pages in")] = ""
    page_size: Annotated[int, Meta(ge=1, description="Datasets and services on a page")] = 100
    page_suffix: Annotated[
        Literal[".rdf", ".ttl", ".nt", ".jsonld"], Meta(description="The syntax of the pages")
    ] = ".rdf"
    feed: Annotated[str, Meta(description="A folder to publish a feed of changes (LDES) in")] = ""
    feed_keep: Annotated[
        str, Meta(pattern=SPAN, description="How long the feed keeps every change")
    ] = "400d"
    max_shrink: Annotated[
        str | int,
        Meta(description='Most datasets that an export may lose at once: "20%" or a number'),
    ] = "20%"


class ExportsTable(Struct, forbid_unknown_fields=True, frozen=True):
    """The published files, one per target."""

    se: ExportTable | UnsetType = UNSET
    eu: ExportTable | UnsetType = UNSET


class CatalogTable(Struct, forbid_unknown_fields=True, frozen=True):
    """The catalog that the export puts above all sources' catalogs."""

    iri: Annotated[str, Meta(pattern="^https?://", description="An absolute IRI")]
    title: Annotated[
        dict[str, str], Meta(min_length=1, description="One per language: { sv = ..., en = ... }")
    ]
    description: Annotated[dict[str, str], Meta(description="One per language")] = {}
    publisher: Annotated[str, Meta(description="The publisher's IRI")] = ""
    license: Annotated[str, Meta(description="The IRI of the catalog's own licence")] = ""


class HarvesterTable(Struct, forbid_unknown_fields=True, frozen=True):
    """Settings of the program and defaults for all sources."""

    store: Annotated[str, Meta(min_length=1, description="The SQLite store")] = "harvester.db"
    user_agent: Annotated[
        str, Meta(min_length=1, description="Sent to every server; name an address to write to")
    ] = DEFAULT_USER_AGENT
    profile: Annotated[
        str, Meta(min_length=1, description="What the data is validated against")
    ] = "dcat-ap-se"
    publish: Annotated[
        Publish, Meta(description="valid leaves datasets with errors out of the exports")
    ] = "all"
    jobs: Annotated[int, Meta(ge=1, le=64, description="Sources harvested at a time")] = 8
    lang: Annotated[
        Literal["sv", "en"] | UnsetType, Meta(description="Language of texts; default the locale")
    ] = UNSET
    normalise: Annotated[
        list[str] | UnsetType,
        Meta(description="Normalising steps; default the profile's, or all (docs/normalising.md)"),
    ] = UNSET


class MappingTable(
    Struct, forbid_unknown_fields=True, frozen=True, rename={"old": "from", "new": "to"}
):
    """A value of one source, said in other words when it is stored."""

    property: Annotated[
        str, Meta(min_length=1, description="prefix:name of a known prefix, or an IRI")
    ]
    old: Annotated[str, Meta(min_length=1, description="The text or the IRI that is published")]
    new: Annotated[str, Meta(min_length=1, description="The text or the IRI that is stored")]


class SourceTable(Struct, forbid_unknown_fields=True, frozen=True):
    """One place to harvest."""

    id: Annotated[
        str,
        Meta(
            pattern="^[a-z0-9][a-z0-9-]*$",
            max_length=64,
            description="Stable name: a-z, 0-9 and hyphens",
        ),
    ]
    url: Annotated[str, Meta(min_length=1, description="http(s), or a path of a file or a folder")]
    title: Annotated[str, Meta(description="The publisher's name")] = ""
    type: Annotated[SourceTypeName, Meta(description="What speaks at the address")] = "dcat"
    priority: Annotated[
        int | UnsetType, Meta(description="Wins duplicates; the smallest number first")
    ] = UNSET
    sector: Annotated[
        Literal["public", "private"], Meta(description="Public sector wins duplicates")
    ] = "public"
    aggregator: Annotated[
        bool, Meta(description="Collects other publishers' data: loses duplicates")
    ] = False
    profile: Annotated[str, Meta(description="Another profile for this source")] = ""
    publish: Publish | UnsetType = UNSET
    headers: Annotated[
        dict[str, str | SecretRef],
        Meta(description='Request headers; secrets as { env = "HARVESTER_..." } or { file = ... }'),
    ] = {}
    allow_private: Annotated[
        list[str], Meta(description="Private networks this source may use, as 10.1.2.0/24")
    ] = []
    max_removed: Annotated[
        str | int,
        Meta(description='Most datasets that may vanish in one run: "20%" or a number'),
    ] = "20%"
    normalise: Annotated[
        list[str] | UnsetType, Meta(description="Other normalising steps for this source")
    ] = UNSET
    mapping: Annotated[
        list[MappingTable], Meta(description="Values in other words, as [[source.mapping]]")
    ] = []
    rewrite: Annotated[
        dict[str, str],
        Meta(description='Starts of IRIs that have moved, as "http://old/" = "https://new/"'),
    ] = {}


class NotifyTable(Struct, forbid_unknown_fields=True, frozen=True):
    """Who is told when a run is over; none of it can fail a run."""

    healthcheck: Annotated[
        str | SecretRef | UnsetType,
        Meta(description="Asked at /start, then at /<exit code> with a summary"),
    ] = UNSET
    webhook: Annotated[
        str | SecretRef | UnsetType, Meta(description="Is sent the object of harvest --json")
    ] = UNSET
    mail: Annotated[
        str, Meta(description="Is sent mail through sendmail when something needs attention")
    ] = ""
    metrics: Annotated[str, Meta(description="A Prometheus text file to write")] = ""


class RetentionTable(Struct, forbid_unknown_fields=True, frozen=True):
    """How long what is neither live nor held is kept."""

    runs: Annotated[
        str, Meta(pattern=SPAN, description="The log of runs and changes; days (d) or weeks (w)")
    ] = "400d"
    bodies: Annotated[
        str, Meta(pattern=SPAN, description="Raw documents; runs this young can be replayed")
    ] = "30d"


class LimitsTable(Struct, forbid_unknown_fields=True, frozen=True):
    """What a harvest may cost; seconds (s), minutes (m) or hours (h)."""

    run: Annotated[
        str,
        Meta(
            pattern=TIME,
            description="Then no more sources are started; the next run begins with those left",
        ),
    ] = "2h"
    source: Annotated[
        str, Meta(pattern=TIME, description="Then a source sends no more requests, and has failed")
    ] = "15m"


class LogTable(Struct, forbid_unknown_fields=True, frozen=True):
    """What happens in a run, one line an event."""

    format: Annotated[
        Literal["text", "json"] | UnsetType, Meta(description="Without file it goes to stderr")
    ] = UNSET
    file: Annotated[
        str, Meta(description="Keeps itself below 10 MiB; what was before is in the same name + .1")
    ] = ""


class IgnoreTable(Struct, forbid_unknown_fields=True, frozen=True):
    """Findings that validate does not count; stale entries are reported."""

    code: Annotated[
        str, Meta(pattern=r"^[A-Z0-9*]{1,5}$", description='The rule, or several: "DS101", "DS1*"')
    ]
    reason: Annotated[str, Meta(pattern=r"\S", description="Why; shown with what is ignored")]
    focus: Annotated[str, Meta(description="Only this resource; * stands for any text")] = ""
    dataset: Annotated[
        str, Meta(description="Only this dataset and its distributions; * stands for any text")
    ] = ""
    source: Annotated[str, Meta(description="Only this source, by its id")] = ""
    until: Annotated[date | UnsetType, Meta(description="The last day it holds, as 2027-01-01")] = (
        UNSET
    )


class ConfigFile(Struct, forbid_unknown_fields=True, frozen=True):
    """harvester.toml: settings of dcat-harvester."""

    harvester: HarvesterTable = HarvesterTable()
    export: ExportsTable = ExportsTable()
    catalog: CatalogTable | UnsetType = UNSET
    notify: NotifyTable = NotifyTable()
    retention: RetentionTable = RetentionTable()
    limits: LimitsTable = LimitsTable()
    log: LogTable = LogTable()
    source: list[SourceTable] = []
    ignore: list[IgnoreTable] = []


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file, as it ships in ``harvester/data/harvester.schema.json``."""
    from msgspec.json import schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(ConfigFile)}
