"""Read an export back with parsers that did not write it, and compare it with what was meant."""

import gzip
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

import pyoxigraph as ox

from harvester.errors import ExportError
from harvester.model import Syntax
from harvester.rdf.lines import Lines, lines_of
from harvester.terms import Triple, term_to_ntriples
from harvester.words import Text

FORMATS: Final = {
    Syntax.RDFXML: ox.RdfFormat.RDF_XML,
    Syntax.TURTLE: ox.RdfFormat.TURTLE,
    Syntax.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    Syntax.NQUADS: ox.RdfFormat.N_QUADS,
    Syntax.TRIG: ox.RdfFormat.TRIG,
    # Reads any JSON-LD whose keys come in the right order, without holding the whole file.
    Syntax.JSONLD: ox.RdfFormat.STREAMING_JSON_LD,
}
_BITS: Final = (1 << 64) - 1
_LABELS: Final = re.compile(r"^(?:_:\S+|(<[^>]*>)) (<[^>]*>) (_:\S+)?")
_CAPITAL: Final = re.compile(r'"@[a-z0-9-]*[A-Z]')
_TAG: Final = re.compile(r'"@[A-Za-z0-9-]+ \.$')
_ESCAPE: Final = re.compile(r"\\(u[0-9A-F]{4}|U[0-9A-F]{8}|.)")
_AS_OURS: Final = frozenset('"\\nr')
_LETTERS: Final = {"t": "\t", "b": "\b", "f": "\f"}


@dataclass(slots=True)
class Tally:
    """The number of triples and a sum over them that does not depend on their order.

    Each is marked by the ``hash`` of its line of N-Quads, so the sum is meant for one process.
    Blank nodes count as one and the same, since readers rename them, and so do language tags
    that differ in case.
    """

    triples: int = 0
    sum: int = 0

    def add(self, triples: Iterable[Triple], graph: str = "") -> None:
        """Count triples."""
        lines = lines_of(triples)
        self.count(_marks(triples, graph) if lines is None else _marked(lines, graph))

    def take(self, triple: Triple, graph: str = "") -> None:
        """Take one triple out again."""
        self.triples -= 1
        self.sum = self.sum - sum(map(hash, _marks([triple], graph))) & _BITS

    def count(self, marks: Sequence[str]) -> None:
        """Count triples by their marks."""
        self.triples += len(marks)
        self.sum = self.sum + sum(map(hash, marks)) & _BITS


def verify(
    path: Path, syntax: Syntax, expected: Tally, *, zipped: bool, base: str | None = None
) -> None:
    """Check that the file holds the triples that were counted when it was written.

    ``base`` is what relative addresses in it are taken against. Read by pyoxigraph; RDF/XML also
    by libxml2, since only that knows every character that XML forbids. Raises
    :class:`ExportError`, which says what is wrong.
    """
    found = Tally()
    try:
        with opened(path, zipped=zipped) as file:
            quads = ox.parse(file, format=FORMATS[syntax], base_iri=base)
            lines = cast("IO[bytes]", _Counting(found))
            ox.serialize(quads, lines, format=ox.RdfFormat.N_QUADS)
        if syntax is Syntax.RDFXML:
            with opened(path, zipped=zipped) as file:
                _check_xml(file)
    except (SyntaxError, ValueError, EOFError, MemoryError) as error:  # the last: a huge literal
        raise ExportError(
            Text(
                f"den {syntax} som skrevs går inte att läsa tillbaka: {error}",
                f"the {syntax} that was written cannot be read back: {error}",
            )
        ) from error
    if found.triples != expected.triples:
        raise ExportError(
            Text(
                f"{expected.triples} tripplar skrevs som {syntax}, {found.triples} lästes tillbaka",
                f"{expected.triples} triples were written as {syntax}, "
                f"{found.triples} were read back",
            )
        )
    if found.sum != expected.sum:
        raise ExportError(
            Text(
                f"{expected.triples} tripplar skrevs som {syntax},"
                " lika många lästes tillbaka, men inte samma",
                f"{expected.triples} triples were written as {syntax},"
                " as many were read back, but not the same ones",
            )
        )


def opened(path: Path, *, zipped: bool) -> BinaryIO:
    """Open a file to read it, unpacked."""
    return cast("BinaryIO", gzip.open(path)) if zipped else path.open("rb")


def _check_xml(file: BinaryIO) -> None:
    from lxml import etree  # 30 ms that only this syntax needs

    # An lxml error is a SyntaxError. A text may be longer than what libxml2 takes from strangers.
    events = etree.iterparse(
        file, events=("end",), huge_tree=True, resolve_entities=False, no_network=True
    )
    for _, element in events:
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


class _Counting:
    """Counts what pyoxigraph writes into it as N-Quads: its own words for what it has read."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._rest = b""

    def write(self, chunk: bytes) -> int:
        """Count the lines that have come to their end."""
        whole, end, rest = chunk.rpartition(b"\n")
        if end:
            lines = (self._rest + whole).decode("utf-8").split("\n")
            self._tally.count(
                [
                    _mark(_ESCAPE.sub(_unescaped, line)) if "\\" in line or "_:" in line else line
                    for line in lines
                ]
            )
            self._rest = rest
        else:
            self._rest += rest
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits but a line that has not come to its end."""


def _marks(triples: Iterable[Triple], graph: str) -> list[str]:
    """The lines of triples, as they are compared."""
    end = f" <{graph}> ." if graph else " ."
    marks = []
    for subject, predicate, obj in triples:
        node = "_:" if subject[:2] == "_:" else f"<{subject}>"
        if isinstance(obj, str):
            text = "_:" if obj[:2] == "_:" else f"<{obj}>"
        else:
            language = obj.language
            text = term_to_ntriples(
                obj if language is None else obj._replace(language=language.lower())
            )
        marks.append(f"{node} <{predicate}> {text}{end}")
    return marks


def _marked(lines: Lines, graph: str) -> Sequence[str]:
    """The same of what is lines already."""
    marks = lines.lines
    text = lines.text
    if _CAPITAL.search(text):
        marks = [_TAG.sub(lambda tag: tag.group().lower(), line) for line in marks]
    if "_:" in text:
        marks = [_mark(line) for line in marks]
    if graph:
        end = f" <{graph}> ."
        marks = [line[:-2] + end for line in marks]
    return marks


def _mark(line: str) -> str:
    """The line without labels of blank nodes."""
    if "_:" not in line:
        return line
    return _LABELS.sub(lambda found: f"{found[1] or '_:'} {found[2]} {'_:' * bool(found[3])}", line)


def _unescaped(escape: re.Match[str]) -> str:
    """What stands escaped in pyoxigraph's lines, and not in ours."""
    letter = escape[1]
    if letter in _AS_OURS:
        return escape[0]
    return _LETTERS[letter] if letter in _LETTERS else chr(int(letter[1:], 16))
