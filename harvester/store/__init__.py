"""The only room that knows SQL: what was harvested, kept in one SQLite file."""

from harvester.store.store import Store
from harvester.store.views import (
    Change,
    Check,
    HistoryEntry,
    ResourceView,
    SourceStatus,
    StoredResource,
    StoredSource,
)

__all__ = [
    "Change",
    "Check",
    "HistoryEntry",
    "ResourceView",
    "SourceStatus",
    "Store",
    "StoredResource",
    "StoredSource",
]
