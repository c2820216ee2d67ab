"""What a document's own syntax says of its statements: where each term of them is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol

from harvester.fix.change import Change
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, is_blank

ANY_BLANK = "_:"
Pattern = tuple[Term, Term, Term]


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a UTF-8 document become ``text``."""

    start: int
    end: int
    text: bytes


class Spot(Protocol):
    """A place where a term is written; statements that share it share the term."""

    def rewritten(self, old: Term, new: Term) -> tuple[Edit, ...] | None:
        """The edits that write ``new`` there, or ``None`` where that cannot be done in place."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a document; every blank node is ``_:``. A spot of ``None`` is nowhere."""

    terms: Pattern
    spots: tuple[Spot | None, Spot | None, Spot | None]


Statements = Iterator[Statement]


def edits_for(
    graph: Graph, statements: Iterable[Statement], changes: Mapping[Triple, Change]
) -> tuple[tuple[Edit, ...], dict[Triple, Change]]:
    """The edits that make ``changes``, and those changes that can be made.

    A change is left out when its statement was not found, cannot be rewritten in place, or shares
    a place with a statement that stays as it is.
    """
    located = list(statements)
    possible = _told_apart(graph, changes)
    while possible:
        wanted = {pattern(change.before): unnamed(change.after) for change in possible.values()}
        edits, failed, seen = _edits(located, wanted)
        impossible = failed | (wanted.keys() - seen)
        if not impossible:
            return edits, possible
        possible = {
            key: change
            for key, change in possible.items()
            if pattern(change.before) not in impossible
        }
    return (), {}


def pattern(triple: Triple) -> Pattern:
    """A statement with its blank nodes unnamed and its language tag in lower case."""
    subject, predicate, value = unnamed(triple)
    return subject, predicate, lowered(value)


def lowered(term: Term) -> Term:
    """A text with its language tag in lower case, as parsers give it (RDF 1.1, section 3.3)."""
    if isinstance(term, Literal) and term.language is not None:
        return term._replace(language=term.language.lower())
    return term


def unnamed(triple: Triple) -> Pattern:
    """A statement with its blank nodes unnamed."""
    subject, predicate, value = triple
    return (
        ANY_BLANK if is_blank(subject) else subject,
        predicate,
        ANY_BLANK if is_blank(value) else value,
    )


def _told_apart(graph: Graph, changes: Mapping[Triple, Change]) -> dict[Triple, Change]:
    """The changes that can be told from every other statement without naming blank nodes."""
    becomes: dict[Pattern, set[Pattern]] = {}
    patterns = {pattern(key) for key in changes}
    for triple in graph:
        before = pattern(triple)
        if before in patterns:
            change = changes.get(triple)
            after = before if change is None else unnamed(change.after)
            becomes.setdefault(before, set()).add(after)
    return {key: change for key, change in changes.items() if len(becomes[pattern(key)]) == 1}


def _edits(
    statements: Iterable[Statement], wanted: Mapping[Pattern, Pattern]
) -> tuple[tuple[Edit, ...], set[Pattern], set[Pattern]]:
    """The edits in order, the patterns that failed, and the patterns that were seen."""
    votes: dict[Spot, dict[tuple[Term, Term], set[Pattern]]] = {}
    failed: set[Pattern] = set()
    seen: set[Pattern] = set()
    for statement in statements:
        subject, predicate, value = statement.terms
        before = subject, predicate, lowered(value)
        after = wanted.get(before, before)
        seen.add(before)
        for spot, old, new in zip(statement.spots, before, after, strict=True):
            if spot is None:
                if old != new:
                    failed.add(before)
            else:
                votes.setdefault(spot, {}).setdefault((old, new), set()).add(before)
    edits: dict[Edit, set[Pattern]] = {}
    for spot, asked in votes.items():
        moved = {who for (old, new), several in asked.items() if old != new for who in several}
        if not moved:
            continue
        made = spot.rewritten(*next(iter(asked))) if len(asked) == 1 else None
        if made is None:
            failed |= moved
        for edit in made or ():
            edits.setdefault(edit, set()).update(moved)
    ordered = sorted(edits)
    for first, second in pairwise(ordered):
        if second.start < first.end or second[:2] == first[:2]:
            failed |= edits[second]
    return tuple(ordered), failed, seen


def edited(body: bytes, edits: Iterable[Edit]) -> bytes:
    """The document after ``edits``, which are in order and do not overlap."""
    pieces: list[bytes] = []
    done = 0
    for edit in edits:
        pieces += [body[done : edit.start], edit.text]
        done = edit.end
    return b"".join([*pieces, body[done:]])
