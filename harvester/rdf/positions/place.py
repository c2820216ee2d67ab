"""Findings placed in the documents that they are about."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import NamedTuple

from harvester.model import Finding, Syntax
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.positions import jsonld, rdfxml, turtle
from harvester.rdf.positions.blanks import BlankNodes, Holders
from harvester.rdf.positions.find import Aim, Finder
from harvester.rdf.positions.index import Index, Wanted
from harvester.rdf.positions.lines import Lines, decoded

_NAMES = [one.name for one in fields(Finding)]
_VALUES = attrgetter(*_NAMES)
_INPUT, _LINE, _COLUMN = map(_NAMES.index, ("input", "line", "column"))
EVERY: range = range(1 << 60)
_KINDS, _COMMON = 6, 50
_SCANS: dict[Syntax, Callable[[str, str, Wanted], Index]] = {
    Syntax.RDFXML: rdfxml.scan,
    Syntax.JSONLD: jsonld.scan,
}


@dataclass(frozen=True, slots=True)
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


class Placed(NamedTuple):
    """A finding with its place, and what is at that place."""

    finding: Finding
    aim: Aim


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
    """Set ``input``, ``line`` and ``column`` of findings about any of a source's documents.

    Of several documents that describe a subject, the one that has the value, then the one that
    has the property, then the first. A finding whose ``input`` is set is looked for there only.
    A finding about none of them is placed at the start of the first.
    """
    return [placed.finding for placed in find_places(findings, pages, graph)]


def find_places(findings: Sequence[Finding], pages: Sequence[Page], graph: Graph) -> list[Placed]:
    """As :func:`place_among`, and say of each place what it is."""
    if not findings or not pages:
        return [Placed(finding, Aim.NOTHING) for finding in findings]
    by_focus: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        by_focus.setdefault(finding.focus, []).append(number)
    loose = [focus for focus in by_focus if focus[:2] != "_:" and focus not in graph.spo]
    holders = Holders(graph, loose) if _needs_holders(findings, loose) else None
    best: list[tuple[Aim, Page, int, int]] = [(Aim.NOTHING, pages[0], 0, 0)] * len(findings)
    wanted = _wanted(findings, by_focus, holders)
    with bulk_loading():
        for page in pages:
            _search(page, findings, by_focus, holders, wanted, best)
        return [
            _placed(finding, *found, whole=pages)
            for finding, found in zip(findings, best, strict=True)
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
    best: list[tuple[Aim, Page, int, int]],
) -> None:
    """Look for every finding in one document, and keep what is better than what was found."""
    text = decoded(page.body(), url=page.base)
    index = _SCANS.get(page.syntax, turtle.scan)(text, page.base, wanted)
    blanks = BlankNodes(holders or Holders(Graph(), ()), index, page.blanks, wanted.paths)
    finder = Finder(text, index, blanks)
    lines = Lines(text)
    for focus, numbers in by_focus.items():
        holder = holders.get(focus) if holders is not None else None
        if focus[:2] != "_:" and holder is None and focus not in index.starts:
            continue
        for number in numbers:
            finding = findings[number]
            if finding.input and finding.input != page.name and page.name:
                continue
            aim, offset = finder.find(finding, holder)
            if aim > best[number][0]:
                best[number] = (aim, page, *lines.place(offset))


def _placed(
    finding: Finding, aim: Aim, page: Page, line: int, column: int, *, whole: Sequence[Page]
) -> Placed:
    if finding.line and (aim is not Aim.EXACT or not finding.path):
        # Reading knew better: an error's place is inside a value, or in no statement at all.
        return Placed(_at(finding, finding.input, finding.line, max(finding.column, 1)), Aim.EXACT)
    name = finding.input or page.name
    if aim is Aim.NOTHING:
        named = next((one for one in whole if one.base == finding.focus), page)
        return Placed(_at(finding, finding.input or named.name, 1, 1), aim)
    return Placed(_at(finding, name, line, column), aim)


def _at(finding: Finding, name: str, line: int, column: int) -> Finding:
    """The finding with a place: ``dataclasses.replace``, which takes three times as long."""
    values = list(_VALUES(finding))
    values[_INPUT], values[_LINE], values[_COLUMN] = name, line, column
    return Finding(*values)
