"""What an export has chosen, put by so that a form of publication can read it in any order."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from harvester.export.entry import Entry, Spool
from harvester.model import CLASS_KIND, Kind, Syntax
from harvester.namespaces import RDF_TYPE
from harvester.rdf.write import WRITERS, Description, Report
from harvester.terms import Triple

_KIND_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Piece:
    """One description without its text: what it is about, and a digest of what it says."""

    iri: str
    kind: Kind
    digest: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Text:
    """A description as the spool keeps it."""

    iri: str
    ntriples: str
    source: str = ""
    kinds: tuple[Kind, ...] = ()
    parent: str | None = None


class Chosen:
    """The descriptions of one export in a nameless file; a context manager.

    ``pieces`` are in the order of the export. A description of which no syntax can write anything
    has none.
    """

    def __init__(self, folder: Path, descriptions: Iterable[Description], report: Report) -> None:
        self._spool = Spool(folder)
        labels: list[tuple[str, Kind]] = []
        digests: list[str] = []

        def noted() -> Iterator[Description]:
            for description in descriptions:
                labels.append((description.iri, _kind(description)))
                yield description

        def texts() -> Iterator[_Text]:
            for chunk in WRITERS[Syntax.NTRIPLES](noted(), report):
                lines = sorted(chunk.splitlines())
                digests.append(hashlib.sha256(b"\n".join(lines)).hexdigest()[:32])
                yield _Text(labels[-1][0], chunk.decode())

        entries = self._spool.keep(texts())
        self.pieces = [
            Piece(iri, kind, digest, entry)
            for (iri, kind), digest, entry in zip(labels, digests, entries, strict=True)
            if entry.size
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.__exit__()

    def read(self, piece: Piece) -> Sequence[Triple]:
        """Return the triples of one description."""
        return self._spool.read(piece.entry)

    def digest(self) -> str:
        """A digest of all that is published, in its order."""
        found = hashlib.sha256()
        for piece in self.pieces:
            found.update(f"{piece.digest} {piece.iri}\n".encode())
        return found.hexdigest()


def _kind(description: Description) -> Kind:
    kinds = {
        CLASS_KIND[obj]
        for subject, predicate, obj in description.triples
        if predicate == RDF_TYPE
        and subject == description.iri
        and isinstance(obj, str)
        and obj in CLASS_KIND
    }
    return min(kinds, key=_KIND_ORDER.__getitem__, default=Kind.OTHER)
