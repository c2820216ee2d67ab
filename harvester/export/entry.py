"""What the export is given, and the index of it that fits in memory."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Protocol, Self

from harvester.errors import StoreError
from harvester.model import Kind
from harvester.rdf.lines import Lines
from harvester.rdf.ntriples import parse
from harvester.terms import Triple
from harvester.words import Text


class Published(Protocol):
    """A live resource as the store hands it out (``store.StoredResource`` is one)."""

    @property
    def source(self) -> str:
        """The id of the source that says it."""
        ...

    @property
    def iri(self) -> str:
        """What it describes."""
        ...

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Its classes."""
        ...

    @property
    def parent(self) -> str | None:
        """The resource that contains it."""
        ...

    @property
    def ntriples(self) -> str:
        """Its canonical N-Triples."""
        ...


class Entry(NamedTuple):
    """A live resource without its text: ``offset`` and ``size`` say where in the spool it lies."""

    source: str
    iri: str
    kinds: tuple[Kind, ...]
    parent: str | None
    offset: int
    size: int

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it: source and IRI."""
        return self.source, self.iri


class Spool:
    """The texts of all resources in a nameless temporary file, to be read in any order.

    An export has an order of its own, and its input comes in any; a few hundred bytes a resource
    are kept in memory, the texts are not.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - see __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, resources: Iterable[Published]) -> list[Entry]:
        """Store the texts and return the index, in the order of the input."""
        entries = []
        offset = 0
        for one in resources:
            size = self._file.write(one.ntriples.encode("utf-8", "surrogatepass"))
            entries.append(Entry(one.source, one.iri, one.kinds, one.parent, offset, size))
            offset += size
        self._file.flush()
        return entries

    def read(self, entry: Entry) -> Sequence[Triple]:
        """Return the triples of one entry, each once.

        Raises :class:`StoreError` for text that is not canonical N-Triples.
        """
        try:
            return list(dict.fromkeys(parse(self._text(entry))))
        except ValueError as error:
            raise StoreError(
                Text(
                    f"beskrivningen av <{entry.iri}> från källan {entry.source} är skadad i "
                    f"databasen: {error}; kör `harvester check`",
                    f"the description of <{entry.iri}> from source {entry.source} is damaged in "
                    f"the store: {error}; run `harvester check`",
                )
            ) from error

    def read_lines(self, entry: Entry) -> Sequence[Triple]:
        """Return the same as lines, unread: for those who find out later if they are damaged."""
        return Lines(self._text(entry))

    def _text(self, entry: Entry) -> str:
        text = os.pread(self._file.fileno(), entry.size, entry.offset)
        return text.decode("utf-8", "surrogatepass")
