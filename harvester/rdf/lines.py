"""The triples of one resource as the lines of canonical N-Triples they are stored as.

Most triples of an export pass through as they are. A line that nobody has to look into is never
made into terms: whoever can work on lines asks for them, all others see a sequence of triples.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

from harvester.rdf.ntriples import parse_line
from harvester.terms import Triple

_CONTROLS: Final = bytes(range(0x20)).translate(None, b"\n")


class Lines(Sequence[Triple]):
    """Triples that are read when they are first asked for; a line that comes twice counts once.

    Iterating raises ``ValueError`` where a line is not one of canonical N-Triples.
    """

    __slots__ = ("_triples", "lines", "text")

    def __init__(self, text: str) -> None:
        """Every line of ``text`` but the last must end with a line feed."""
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        self.text = text
        self.lines: Sequence[str] = lines
        if len(set(lines)) < len(lines):
            self.lines = list(dict.fromkeys(lines))
            self.text = "".join(f"{line}\n" for line in self.lines)
        self._triples: list[Triple] | None = None

    def objects(self, predicate: str) -> list[str]:
        """The objects of a property as they stand in the lines, whatever they are said of."""
        before, *rest = self.text.split(f" <{predicate}> ")
        found = []
        for part in rest:
            # The words may also stand inside a literal: then a property is before them.
            if " " not in before[before.rfind("\n") + 1 :]:
                found.append(part[: part.find("\n")].removesuffix(" ."))
            before = part
        return found

    def __len__(self) -> int:
        """How many triples there are, without reading them."""
        return len(self.lines)

    def __iter__(self) -> Iterator[Triple]:
        """Read the triples."""
        return iter(self._read())

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Triple]: ...
    def __getitem__(self, index: int | slice) -> Triple | Sequence[Triple]:
        """Read the triples, and give one or some."""
        return self._read()[index]

    def _read(self) -> list[Triple]:
        if self._triples is None:
            self._triples = [parse_line(line) for line in self.lines]
        return self._triples


def lines_of(triples: Iterable[Triple]) -> Lines | None:
    """The lines of triples that still are lines."""
    return triples if isinstance(triples, Lines) else None


def has_controls(text: str) -> bool:
    """Whether lines hold a control character other than their ends; syntaxes differ in those."""
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded.translate(None, _CONTROLS)) != len(encoded)
