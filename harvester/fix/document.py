"""Mend one document: propose, choose, edit the text, read it again, prove what changed.

bytes ─► graph ─► changes proposed ─► those that help ─► edits ─► bytes ─► graph ─► proof
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from harvester.errors import UnreadableError
from harvester.fix import jsonld, rdfxml, turtle
from harvester.fix.change import Change, Fixer, Surroundings, propose
from harvester.fix.choose import Judge, choose, difference
from harvester.fix.encoded import Encoded
from harvester.fix.fixers import FIXERS
from harvester.fix.prove import proven
from harvester.fix.statements import Edit, Statements, edited, edits_for
from harvester.model import Finding, Syntax
from harvester.rdf.encoding import to_utf8
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.terms import Triple

Locator = Callable[[bytes, str], Statements]
LOCATORS: Final[Mapping[Syntax, Locator]] = {
    Syntax.RDFXML: rdfxml.statements,
    Syntax.TURTLE: turtle.statements,
    Syntax.TRIG: turtle.statements,
    Syntax.NTRIPLES: turtle.statements,
    Syntax.NQUADS: turtle.statements,
    Syntax.JSONLD: jsonld.statements,
}
_PASSES = 4


@dataclass(frozen=True, slots=True)
class Fixed:
    """A document before and after. ``reason`` says why nothing was changed; "" for nothing wrong.

    ``reason`` is ``encoding`` (the text is not in one encoding, or that lacks a character),
    ``proof`` (the edited text did not say what it should) or ``findings`` (it would have brought
    new findings, or let none go); the command line has ``packed`` too. ``unplaced`` counts
    changes that would help but cannot be made in place. ``edits`` are those of each pass, as
    bytes of the document before it. ``before`` and ``after`` are the findings of reading and
    judging.
    """

    old: bytes
    new: bytes
    changes: tuple[Change, ...] = ()
    edits: tuple[tuple[Edit, ...], ...] = ()
    before: tuple[Finding, ...] = ()
    after: tuple[Finding, ...] = ()
    unplaced: int = 0
    reason: str = ""

    @property
    def gone(self) -> list[Finding]:
        """The findings that went away."""
        renamed = {change.before[0]: change.after[0] for change in self.changes}
        return difference(self.before, self.after, renamed)

    def text(self, body: bytes) -> str:
        """``old`` or ``new`` as text."""
        return to_utf8(body, url="").body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _State:
    """A document as it stands, read and judged."""

    body: bytes
    graph: Graph
    syntax: Syntax
    read: tuple[Finding, ...]
    judged: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What reading and the judge say."""
        return self.read + self.judged


@dataclass(frozen=True, slots=True)
class _Step:
    """One pass: the state after it, and what it changed or why it did not."""

    state: _State
    changes: Mapping[Triple, Change] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    unplaced: int = 0
    reason: str = ""


def fix_document(
    body: bytes,
    *,
    url: str,
    judge: Judge,
    vocabulary: Mapping[str, object] | None = None,
    fixers: Mapping[str, Fixer] = FIXERS,
) -> Fixed:
    """Mend what is certain in one document, until there is nothing more to mend.

    ``url`` is its base IRI; ``judge`` gives the findings of a graph; ``vocabulary`` has the terms
    that the profile knows as keys. Raises ``UnreadableError`` where the document cannot be read.
    """
    first = state = _state(body, url, judge)
    changes: list[Change] = []
    edits: list[tuple[Edit, ...]] = []
    for _ in range(_PASSES):
        around = Surroundings(state.graph, vocabulary or {})
        proposed = propose(around, tuple(fixers.items()))
        wanted = choose(state.graph, proposed, judge, state.judged)
        step = _step(state, wanted, url, judge)
        state = step.state
        changes += step.changes.values()
        if not step.edits:
            break
        edits.append(step.edits)
    return Fixed(
        old=body,
        new=state.body,
        changes=tuple(changes),
        edits=tuple(edits),
        before=first.findings,
        after=state.findings,
        unplaced=step.unplaced,
        reason=step.reason,
    )


def _state(body: bytes, url: str, judge: Judge) -> _State:
    graph = Graph()
    read = read_document(body, url=url, graph=graph)
    return _State(body, graph, read.reading.syntax, read.findings, tuple(judge(graph)))


def _step(state: _State, wanted: Mapping[Triple, Change], url: str, judge: Judge) -> _Step:
    if not wanted:
        return _Step(state)
    source = Encoded.of(state.body, url)
    if source is None:
        return _Step(state, unplaced=len(wanted), reason="encoding")
    statements = LOCATORS[state.syntax](source.text, url)
    edits, made = edits_for(state.graph, statements, wanted)
    if not edits:
        return _Step(state, unplaced=len(wanted))
    bytewise = source.in_bytes(edits)
    if bytewise is None:
        return _Step(state, unplaced=len(wanted), reason="encoding")
    try:
        after = _state(edited(state.body, bytewise), url, judge)
    except UnreadableError:
        return _Step(state, unplaced=len(wanted), reason="proof")
    if not proven(state.graph, after.graph, made):
        return _Step(state, unplaced=len(wanted), reason="proof")
    renamed = {change.before[0]: change.after[0] for change in made.values()}
    if difference(after.findings, state.findings, renamed) or not difference(
        state.findings, after.findings, renamed
    ):
        return _Step(state, unplaced=len(wanted), reason="findings")
    return _Step(after, made, bytewise, len(wanted) - len(made))
