"""What a source type is given and what it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from harvester.model import Document, DocumentReading, Source, StoredDocument, Validators

Locate: TypeAlias = Callable[[Source], Sequence[str]]
Get: TypeAlias = Callable[[Source, str, Validators], Document]
Read: TypeAlias = Callable[[Document], DocumentReading]


@dataclass(frozen=True, slots=True)
class Collected:
    """All documents of a source, in order.

    ``unchanged`` is true when every one of them is as it was; then none has been read.
    """

    documents: tuple[Document, ...]
    unchanged: bool


class SourceType(Protocol):
    """Collects all documents of a source or raises :class:`SourceError`.

    ``known`` are the documents of the live state by address. ``locate`` gives the addresses to
    start from: the source's own, or the files of a folder. ``get`` fetches; ``read`` parses, once
    for each document in order, but not at all as long as nothing has changed. ``reread`` is for
    when the rules have changed though the documents have not.
    """

    def __call__(
        self,
        source: Source,
        known: Mapping[str, StoredDocument],
        locate: Locate,
        get: Get,
        read: Read,
        *,
        reread: bool = False,
    ) -> Collected:
        """Collect the documents of ``source``."""
        ...
