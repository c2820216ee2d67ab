"""Mend one document: propose, choose, edit the text, read it again, prove what changed.

bytes ─► graph ─► changes proposed ─► those that help ─► edits ─► bytes ─► graph ─► proof
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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

    ``reason`` is ``encoding`` (the text is not in one encoding), ``syntax`` (a syntax that is
    not edited), ``proof`` (the edited text did not say what it should) or ``findings`` (it would
    have brought new findings). ``unplaced`` counts changes that would help but cannot be made in
    place. ``edits`` are those of each pass, as bytes of the document before it. ``before`` and
    ``after`` are the findings of reading and judging.
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
class _Read:
    graph: Graph
    syntax: Syntax
    findings: tuple[Finding, ...]


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
    result = Fixed(body, body)
    named = tuple(fixers.items())
    for _ in range(_PASSES):
        step = _once(result.new, url, judge, vocabulary or {}, named)
        result = replace(
            step,
            old=body,
            changes=result.changes + step.changes,
            edits=result.edits + step.edits,
            before=result.before if result.edits else step.before,
        )
        if not step.edits:
            break
    return result


def _once(
    body: bytes,
    url: str,
    judge: Judge,
    vocabulary: Mapping[str, object],
    fixers: Sequence[tuple[str, Fixer]],
) -> Fixed:
    read = _read(body, url)
    before = (*read.findings, *judge(read.graph))
    nothing = Fixed(body, body, before=before, after=before)
    wanted = choose(read.graph, propose(Surroundings(read.graph, vocabulary), fixers), judge)
    if not wanted:
        return nothing
    source = Encoded.of(body, url)
    locate = LOCATORS.get(read.syntax)
    if source is None or locate is None:
        return replace(
            nothing, unplaced=len(wanted), reason="encoding" if source is None else "syntax"
        )
    edits, made = edits_for(read.graph, locate(source.text, url), wanted)
    left = len(wanted) - len(made)
    if not edits:
        return replace(nothing, unplaced=left)
    bytewise = source.in_bytes(edits)
    if bytewise is None:
        return replace(nothing, unplaced=len(wanted), reason="encoding")
    return _checked(replace(nothing, unplaced=left), bytewise, made, read, url, judge)


def _checked(
    nothing: Fixed,
    edits: tuple[Edit, ...],
    made: Mapping[Triple, Change],
    read: _Read,
    url: str,
    judge: Judge,
) -> Fixed:
    new = edited(nothing.old, edits)
    unplaced = nothing.unplaced + len(made)
    try:
        again = _read(new, url)
    except UnreadableError:
        return replace(nothing, unplaced=unplaced, reason="proof")
    if not proven(read.graph, again.graph, made):
        return replace(nothing, unplaced=unplaced, reason="proof")
    fixed = replace(
        nothing,
        new=new,
        changes=tuple(made.values()),
        edits=(edits,),
        after=(*again.findings, *judge(again.graph)),
    )
    renamed = {change.before[0]: change.after[0] for change in made.values()}
    if difference(fixed.after, nothing.before, renamed) or not fixed.gone:
        return replace(nothing, unplaced=unplaced, reason="findings")
    return fixed


def _read(body: bytes, url: str) -> _Read:
    graph = Graph()
    reading = read_document(body, url=url, graph=graph)
    return _Read(graph, reading.reading.syntax, reading.findings)
