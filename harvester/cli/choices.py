"""Closed lists of values that options take."""

from enum import StrEnum

from harvester.model import Severity


class FailOn(StrEnum):
    """From which severity on findings end a command with exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The severities that count, worst first."""
        order = list(Severity)
        return () if self is FailOn.NEVER else tuple(order[: order.index(Severity(self)) + 1])


class Target(StrEnum):
    """The portals that an export is written for."""

    SE = "se"
    EU = "eu"


class Datasets(StrEnum):
    """Whether an export holds datasets with restricted access."""

    ALL = "all"
    PUBLIC = "public"


class SearchClass(StrEnum):
    """The classes that have titles, names, keywords or descriptions to search."""

    CATALOG = "catalog"
    DATASET = "dataset"
    DATASET_SERIES = "dataset_series"
    DISTRIBUTION = "distribution"
    DATA_SERVICE = "data_service"
    AGENT = "agent"
    CONTACT_POINT = "contact_point"


class QueryForm(StrEnum):
    """How the answer to a query is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"


class Engine(StrEnum):
    """The SHACL engines."""

    CORE = "core"
    PYSHACL = "pyshacl"


class BookForm(StrEnum):
    """How the whole rule book is written."""

    MD = "md"
    HTML = "html"


class SourceType(StrEnum):
    """What speaks at a source's address."""

    DCAT = "dcat"
    CKAN = "ckan"
    CSW = "csw"
    OAI_PMH = "oai-pmh"
    SPARQL = "sparql"
    LDES = "ldes"
    DATA_JSON = "data-json"
    HTML = "html"


class Sector(StrEnum):
    """Who publishes; the public sector wins duplicates."""

    PUBLIC = "public"

    PRIVATE = "private"


class LogFormat(StrEnum):
    """How the log of a run is written."""

    TEXT = "text"
    JSON = "json"
