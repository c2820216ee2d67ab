"""One RDF file: written, counted while it is written, and read back by a parser that did not."""

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from harvester.export.verify import Tally, verify
from harvester.model import LeftOut, Syntax
from harvester.namespaces import PREFIXES
from harvester.rdf.write import WRITERS, Amendment, Description


@dataclass(frozen=True, slots=True)
class Address:
    """How a file that is written calls itself and its neighbours.

    ``own`` is the absolute address it is written and read back with. Where ``stem`` is not empty,
    nobody knows the real one: every address that begins with ``stem`` is written without it, so
    that it is relative to wherever the file is served. ``up`` takes its place: ``../`` for a file
    one folder further down. ``stem`` must be something that no publisher can write.
    """

    own: str
    stem: str = ""
    up: str = ""

    def localised(self, chunk: bytes) -> bytes:
        """The chunk with relative addresses."""
        if not self.stem:
            return chunk
        return chunk.replace(self.stem.encode(), self.up.encode())


@dataclass(slots=True)
class LeftOuts:
    """What the syntax of a file could not carry as it was, counted by resource and reason."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def report(self, amendment: Amendment) -> None:
        """Count one triple."""
        self.counts[amendment.resource, amendment.reason] += 1

    def listed(self) -> list[LeftOut]:
        """One entry for each resource and reason."""
        return [LeftOut(iri, reason, count) for (iri, reason), count in self.counts.items()]


def write_verified(
    file: BinaryIO,
    path: Path,
    syntax: Syntax,
    descriptions: Iterable[Description],
    report: Callable[[Amendment], None],
    *,
    zipped: bool = False,
    prefixes: Mapping[str, str] = PREFIXES,
    address: Address | None = None,
) -> int:
    """Write ``descriptions`` to ``file``, which lies at ``path``, and read it back.

    Returns the number of triples. Raises :class:`ExportError` when what is read is not what was
    meant.
    """
    tally = Tally()
    graphs = syntax in (Syntax.NQUADS, Syntax.TRIG)
    graph = ""

    def counted() -> Iterator[Description]:
        nonlocal graph
        for description in descriptions:
            if graphs:
                graph = description.graph
            tally.add(description.triples, graph)
            yield description

    def noted(amendment: Amendment) -> None:
        # Writers hold one description at a time: the graph is still that of this one.
        report(amendment)
        tally.take(amendment.before, graph)
        if amendment.after is not None:
            tally.add([amendment.after], graph)

    chunks = WRITERS[syntax](counted(), noted, prefixes)
    if address is not None:
        chunks = map(address.localised, chunks)
    if zipped:
        # No name and no time in the header: the same content gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            for chunk in chunks:
                packed.write(chunk)
    else:
        file.writelines(chunks)
    file.flush()
    verify(path, syntax, tally, zipped=zipped, base=address.own if address else None)
    return tally.triples


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
