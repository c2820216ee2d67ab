"""Read an export back with parsers that did not write it, and compare it with what was meant."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from harvester.errors import ExportError
from harvester.model import Syntax
from harvester.terms import Literal, Triple
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


@dataclass(slots=True)
class Tally:
    """The number of triples and a sum over them that does not depend on their order.

    Blank nodes count as one and the same, since readers rename them, and so do language tags
    that differ in case. The sum is meant for one process: it is built on ``hash``.
    """

    triples: int = 0
    sum: int = 0

    def add(self, triples: Iterable[Triple], graph: str = "") -> None:
        """Count triples."""
        for triple in triples:
            self.triples += 1
            self.sum = self.sum + _mark(triple, graph) & _BITS

    def take(self, triple: Triple, graph: str = "") -> None:
        """Take one triple out again."""
        self.triples -= 1
        self.sum = self.sum - _mark(triple, graph) & _BITS


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
            for quad in ox.parse(file, format=FORMATS[syntax], base_iri=base):
                graph = quad.graph_name
                name = graph.value if isinstance(graph, ox.NamedNode) else ""
                found.add([_plain(quad)], name)
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


def _plain(quad: ox.Quad) -> Triple:
    subject, predicate, obj = quad.subject, quad.predicate, quad.object
    node = subject.value if isinstance(subject, ox.NamedNode) else "_:"
    if isinstance(obj, ox.NamedNode):
        return node, predicate.value, obj.value
    if not isinstance(obj, ox.Literal):
        return node, predicate.value, "_:"
    language = obj.language
    if language is not None and obj.direction is not None:
        language = f"{language}--{obj.direction}"
    return node, predicate.value, Literal(obj.value, obj.datatype.value, language)


def _mark(triple: Triple, graph: str) -> int:
    subject, predicate, obj = triple
    if subject[:2] == "_:":
        subject = "_:"
    if isinstance(obj, str):
        return hash((subject, predicate, "_:" if obj[:2] == "_:" else obj, graph))
    value, datatype, language = obj
    if language is not None:
        datatype = f"@{language.lower()}"
    return hash((subject, predicate, value, datatype, graph))
