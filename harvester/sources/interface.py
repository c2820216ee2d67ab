"""What a source type is given and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from harvester.model import Document, DocumentReading, StoredDocument
from harvester.settings import Source

Read: TypeAlias = Callable[[Document], DocumentReading]


class Reachable(Protocol):
    """Where a source type gets its documents from (:class:`harvester.sources.reach.Reach`)."""

    @property
    def source(self) -> Source:
        """The source."""
        ...

    def start(self) -> Sequence[str]:
        """The addresses to start from: the source's own, or the files of a folder."""
        ...

    def get(self, address: str) -> tuple[Document, StoredDocument | None]:
        """Fetch one document, and what was known of it; raises :class:`FetchError`."""
        ...

    def missing(self) -> bool:
        """Whether a document of the live state has not been fetched this time."""
        ...


@dataclass(frozen=True, slots=True)
class Collected:
    """All documents of a source, in order.

    ``unchanged`` is true when every one of them is as it was; then none has been read.
    """

    documents: tuple[Document, ...]
    unchanged: bool


class SourceType(Protocol):
    """Collects all documents of a source or raises :class:`SourceError`.

    ``read`` parses a document, once for each in order, but not at all as long as nothing has
    changed. ``reread`` is for when the rules have changed though the documents have not.
    """

    def __call__(self, reach: Reachable, read: Read, *, reread: bool = False) -> Collected:
        """Collect the documents of ``reach.source``."""
        ...
