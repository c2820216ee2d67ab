"""How a source's documents arrived and were read: what the graph itself cannot show."""

from dataclasses import dataclass

from harvester.model import Document, DocumentReading


@dataclass(frozen=True, slots=True)
class Context:
    """The documents of one source and what reading each one gave; both may be empty."""

    documents: tuple[Document, ...] = ()
    readings: tuple[DocumentReading, ...] = ()


NO_CONTEXT = Context()
