"""Findings placed in the documents that they are about."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from harvester.model import Finding, Syntax
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.positions.blanks import BlankNodes, Holders
from harvester.rdf.positions.find import Aim, Finder
from harvester.rdf.positions.index import Index, Wanted
from harvester.rdf.positions.lines import Lines, decoded

EVERY: range = range(1 << 60)
_KINDS, _COMMON = 6, 50


@dataclass(frozen=True)
class Page:
    """One document of a source, as it was read.

    ``name`` is what findings call it (``Finding.input``); ``body`` gives its bytes when they are
    needed; ``base`` is the IRI that relative ones were resolved against. ``blanks`` are the numbers
    that reading gave its blank nodes: from the graph's ``blanks`` before to that after.
    """

    name: str
    body: Callable[[], bytes]
    syntax: Syntax
    base: str
    blanks: range = EVERY

    @cached_property
    def lines(self) -> Lines:
        """Its text; kept as long as the page is. Raises ``UnreadableError``."""
        return Lines(decoded(self.body(), url=self.base))


class Place(NamedTuple):
    """Where a finding is: the document's name, line and column from 1, and what is there."""

    input: str
    line: int
    column: int
    aim: Aim


_NOWHERE: Final = Place("", 0, 0, Aim.NOTHING)


def place(
    findings: Sequence[Finding],
    body: bytes,
    syntax: Syntax,
    *,
    base: str,
    graph: Graph,
    blanks: range = EVERY,
) -> list[Finding]:
    """Set ``line`` and ``column`` (from 1, in characters) of findings about one document.

    ``graph`` is what the document was read into, ``blanks`` the numbers it gave to blank nodes.
    A finding with a value is placed on the value, any other on its subject; a finding about the
    document as a whole at its start. One that reading has placed keeps that place, unless it names
    a statement that is found. The document is scanned only if there is something to place.
    """
    page = Page("", lambda: body, syntax, base, blanks)
    return place_among(findings, [page], graph)


def place_among(findings: Sequence[Finding], pages: Sequence[Page], graph: Graph) -> list[Finding]:
    """Set ``input``, ``line`` and ``column`` of findings about any of a source's documents."""
    return [
        replace(finding, input=found.input, line=found.line, column=found.column)
        for finding, found in zip(findings, find_places(findings, pages, graph), strict=True)
    ]


def find_places(findings: Sequence[Finding], pages: Sequence[Page], graph: Graph) -> list[Place]:
    """Find where each of the findings about any of a source's documents is.

    Of several documents that describe a subject, the one that has the value, then the one that
    has the property, then the first. A finding whose ``input`` is set is looked for there only.
    A finding about none of them is placed at the start of the first.
    """
    if not findings or not pages:
        return [Place(f.input, f.line, f.column, Aim.NOTHING) for f in findings]
    by_focus: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        by_focus.setdefault(finding.focus, []).append(number)
    loose = [focus for focus in by_focus if focus[:2] != "_:" and focus not in graph.spo]
    holders = Holders(graph, loose) if _needs_holders(findings, loose) else None
    best = [_NOWHERE] * len(findings)
    wanted = _wanted(findings, by_focus, holders)
    with bulk_loading():
        for page in pages:
            _search(page, findings, by_focus, holders, wanted, best)
        return [
            _settled(finding, found, pages) for finding, found in zip(findings, best, strict=True)
        ]


def _wanted(
    findings: Sequence[Finding], by_focus: Mapping[str, object], holders: Holders | None
) -> Wanted:
    asked: dict[str, set[str]] = {}
    for finding in findings:
        if finding.value is not None:
            asked.setdefault(finding.focus, set()).add(finding.path)
    roots = False
    if holders is not None:
        nodes = {finding.value for finding in findings if type(finding.value) is str}
        for node in nodes.union(by_focus):
            chain = holders.chain(node)
            for subject, predicate in chain:
                asked.setdefault(subject, set()).add(predicate)
            top = chain[-1][0] if chain else node
            roots = roots or top[:2] == "_:"
    every = frozenset[str]().union(*asked.values()) - {""}
    kinds = Counter(map(frozenset, asked.values()))
    # A scan has one pattern for each set of properties: the rare ones are asked for all together.
    common = {kind: kind for kind, count in kinds.most_common(_KINDS) if count >= _COMMON}
    return Wanted(
        frozenset(by_focus),
        {node: common.get(frozenset(paths), every) for node, paths in asked.items()},
        every,
        blanks=holders is not None,
        roots=roots,
    )


def _needs_holders(findings: Iterable[Finding], loose: list[str]) -> bool:
    return bool(loose) or any(
        finding.focus[:2] == "_:" or (type(finding.value) is str and finding.value[:2] == "_:")
        for finding in findings
    )


def _search(
    page: Page,
    findings: Sequence[Finding],
    by_focus: dict[str, list[int]],
    holders: Holders | None,
    wanted: Wanted,
    best: list[Place],
) -> None:
    """Look for every finding in one document, and keep what is better than what was found."""
    lines = page.lines
    index = _scan(page.syntax)(lines.text, page.base, wanted)
    blanks = BlankNodes(holders or Holders(Graph(), ()), index, page.blanks, wanted.paths)
    finder = Finder(lines.text, index, blanks)
    name = page.name
    for focus, numbers in by_focus.items():
        holder = holders.get(focus) if holders is not None else None
        if focus[:2] != "_:" and holder is None and focus not in index.starts:
            continue
        subject: Place | None = None
        for number in numbers:
            finding = findings[number]
            if finding.input and finding.input != name and name:
                continue
            if finding.value is not None:
                aim, offset = finder.value(finding, finding.value, holder)
                found = Place(name, *lines.place(offset), aim)
            elif subject is None:
                aim, offset = finder.subject(focus, holder)
                found = subject = Place(name, *lines.place(offset), aim)
            else:
                found = subject
            if found.aim > best[number].aim:
                best[number] = found


def _scan(syntax: Syntax) -> Callable[[str, str, Wanted], Index]:
    """The scan of a syntax, imported when it is needed."""
    if syntax is Syntax.RDFXML:
        from harvester.rdf.positions.rdfxml import scan
    elif syntax is Syntax.JSONLD:
        from harvester.rdf.positions.jsonld import scan
    else:
        from harvester.rdf.positions.turtle import scan
    return scan


def _settled(finding: Finding, found: Place, pages: Sequence[Page]) -> Place:
    """The place that a finding gets in the end."""
    if finding.line and (found.aim is not Aim.EXACT or not finding.path):
        # Reading knew better: an error's place is inside a value, or in no statement at all.
        return Place(finding.input, finding.line, max(finding.column, 1), Aim.EXACT)
    if found.aim is Aim.NOTHING:
        named = next((one for one in pages if one.base == finding.focus), pages[0])
        return Place(finding.input or named.name, 1, 1, Aim.NOTHING)
    return found._replace(input=finding.input) if finding.input else found
