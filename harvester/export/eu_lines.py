"""Europe's words for a description whose triples are lines: what repeats is worked out once.

For the common case alone: one node, one value where one is taken, IRIs where things are wanted,
the names that things must have. All else is said by ``eu_dialect.py``, from terms; both say the
same, because the same tables and ``eu_value.py`` answer both.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Final, NamedTuple

from harvester.export.eu_table import SINGLE, TITLES
from harvester.export.eu_takes import Takes, takes_of
from harvester.export.eu_value import say
from harvester.namespaces import RDF_TYPE
from harvester.rdf.lines import Lines
from harvester.rdf.ntriples import parse_line
from harvester.terms import term_to_ntriples

_REMEMBERED: Final = 1 << 15
_NODE: Final = "_:this"
_TYPE: Final = f"<{RDF_TYPE}>"
_ANYTHING, _TEXTS, _TEXT, _IRIS = Takes.ANYTHING, Takes.TEXTS, Takes.TEXT, Takes.IRIS


class _End(NamedTuple):
    """What the end of a line (property and value) becomes.

    ``ends`` are said instead, ``None`` for the same; ``named`` is an IRI and the class it must
    have; ``names`` are properties that the node must have, being of the class it is.
    """

    ends: tuple[str, ...] | None
    reason: str = ""
    named: tuple[str, str] | None = None
    names: tuple[str, ...] = ()


_SAME: Final = _End(None)


class LineDialect:
    """Europe's words, line by line; ``name`` is told which IRIs must be of which class."""

    def __init__(self, name: Callable[[str, str], None]) -> None:
        self._name = name
        self._takes: dict[str, tuple[Takes, bool]] = {}
        self._ends: dict[str, _End | None] = {}

    def translate(self, lines: Lines, reasons: defaultdict[str, int]) -> Lines | None:
        """The lines in Europe's words, the same object where nothing differs.

        ``None`` where the description must be looked at as a whole: ``reasons``, which counts what
        is said otherwise, is then to be thrown away.
        """
        told = lines.lines
        if not told:
            return lines
        head = told[0].partition(" ")[0]
        at = len(head) + 1
        if lines.text.count(f"\n{head} ") < len(told) - 1:
            return None
        takes, ends = self._takes, self._ends
        found: list[_End] = []
        changes: dict[str, tuple[str, ...]] = {}
        last = ""
        for line in told:
            space = line.find(" ", at)
            predicate = line[at:space]
            known = takes.get(predicate)
            if known is None:
                known = takes[predicate] = takes_of(predicate[1:-1]), predicate[1:-1] in SINGLE
            easy, single = known
            if easy is _ANYTHING:
                continue
            first = line[space + 1 : space + 2]
            if easy is _IRIS:
                if first == "<":
                    continue
            elif easy is _TEXTS and first == '"':
                continue
            if single:
                if predicate == last:
                    return None
                last = predicate
            if first == "_":
                return None
            if easy is _TEXT and first == '"':
                continue
            end = line[at:]
            try:
                one = ends[end]
            except KeyError:
                if len(ends) >= _REMEMBERED:
                    ends.clear()
                one = ends[end] = _end(end)
            if one is _SAME:
                continue
            if one is None:
                return None
            if one.named is not None and one.ends is None and not one.names:
                ends[end] = _SAME  # what is named now, and has nothing else to it, is done with
            found.append(one)
            if one.ends is not None:
                changes[end] = one.ends
        return self._said(lines, head, found, changes, reasons)

    def _said(
        self,
        lines: Lines,
        head: str,
        found: list[_End],
        changes: dict[str, tuple[str, ...]],
        reasons: defaultdict[str, int],
    ) -> Lines | None:
        text = lines.text
        for one in found:
            for name in one.names:
                start = f"{head} {name} "
                if not text.startswith(start) and f"\n{start}" not in text:
                    return None
        for one in found:
            if one.named is not None:
                self._name(*one.named)
            if one.reason:
                reasons[one.reason] += 1
        if not changes:
            return lines
        at = len(head) + 1
        out: list[str] = []
        for line in lines.lines:
            instead = changes.get(line[at:])
            if instead is None:
                out.append(line)
            else:
                out += [f"{head} {end}" for end in instead]
        return Lines("".join([f"{line}\n" for line in out]))


def _end(end: str) -> _End | None:
    """What the end of a line becomes; ``None`` where that takes more than one look."""
    triple = parse_line(f"{_NODE} {end}")
    _, predicate, value = triple
    said = say(predicate, value)
    names: tuple[str, ...] = ()
    if predicate == RDF_TYPE:
        classes = {value, said.value if said is not None else value}
        names = tuple(sorted({f"<{TITLES[str(cls)][0]}>" for cls in classes if cls in TITLES}))
    if said is None:
        return _End(None, names=names) if names else _SAME
    if said.name:
        return None
    if said.value is None:
        return _End((), said.reason)
    named = (said.value, said.cls) if said.cls and isinstance(said.value, str) else None
    new = f"<{said.path or predicate}> {term_to_ntriples(said.value)} ."
    if predicate == RDF_TYPE:
        return _End((new, end), said.reason, named, names)
    return _End(None if new == end else (new,), said.reason, named)
