"""Composing a validation: inputs become one graph each, graphs become findings, findings a verdict.

No configuration is needed, and no network for files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from harvester.errors import SourceError, UnreadableError
from harvester.model import Document, Finding, Validators
from harvester.namespaces import DCAT
from harvester.rdf.graph import Graph, bulk_loading
from harvester.report.excerpt import lines_of
from harvester.report.validation import Input, Node, Unread, Validation
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import Mark, marks
from harvester.settings import Source

if TYPE_CHECKING:
    from harvester.fetch.bodies import BodyStore
    from harvester.quality.summary import QualitySummary
    from harvester.rdf.positions import Place
    from harvester.rules.profile import Profile
    from harvester.rules.rule import Rule

# dataclasses.replace takes twice as long, and a large catalog has tens of thousands of findings.
_FIELDS: Final = tuple(field.name for field in fields(Finding))
_VALUES: Final = attrgetter(*_FIELDS)
_TITLE, _INPUT, _LINE, _COLUMN = map(_FIELDS.index, ("title", "input", "line", "column"))
USER_AGENT = "dcat-harvester-validate"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one validation is to do with every input."""

    profile: "Profile"
    engine: str
    offline: bool
    marked: bool
    scored: bool


@dataclass(slots=True)
class _Gathered:
    """What the inputs gave so far; one catalog after the other is added."""

    inputs: list[Input] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    quality: list["QualitySummary"] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    lines: dict[tuple[str, int], str] = field(default_factory=dict)
    population: dict[str, int] = field(default_factory=dict)
    reach: dict[Node, frozenset[Node]] = field(default_factory=dict)


def validate_inputs(
    inputs: Sequence[str],
    *,
    profile: str,
    engine: str,
    offline: bool,
    marked: bool = False,
    scored: bool = False,
) -> Validation:
    """Validate each input as one catalog: a file, a folder, an address or ``-``.

    ``marked`` asks for the marks and fingerprints of findings, which a baseline, ignores and some
    formats need, ``scored`` for the points of metadata quality.
    Inputs that cannot be read are in ``unread`` beside what the others gave. Raises
    ``ConfigError`` for a profile that cannot be used and ``UsageError`` for an unknown engine.
    """
    from harvester.profile import load_profile
    from harvester.rules.verdict import verdict

    loaded = load_profile(profile)
    wish = _Wish(loaded, engine, offline, marked, scored)
    gathered = _Gathered()
    for name in inputs:
        try:
            _validate_input(name, wish, gathered)
        except SourceError as error:
            line, column = getattr(error, "line", 0), getattr(error, "column", 0)
            gathered.unread.append(Unread(name, error.text, line, column))
    found = tuple(gathered.findings)
    return Validation(
        profile=loaded.id,
        verdict="rejected" if gathered.unread else str(verdict(found)),
        inputs=tuple(gathered.inputs),
        findings=found,
        marks=tuple(gathered.marks),
        fingerprints=tuple(fingerprints(gathered.marks)),
        quality=_together(gathered.quality),
        unread=tuple(gathered.unread),
        rules=_rules(loaded, found),
        lines=gathered.lines,
        population=gathered.population,
        reach=gathered.reach,
    )


def _validate_input(name: str, wish: _Wish, gathered: _Gathered) -> None:
    from harvester.rdf.positions import Page, find_places
    from harvester.rdf.read import read_document
    from harvester.rules.judge import validate

    graph = Graph()
    entries: list[Input] = []
    findings: list[Finding] = []
    pages: list[Page] = []
    with documents_of(name, offline=wish.offline) as documents:
        for label, document in documents:
            size, blanks = len(graph), graph.blanks
            counts = _things(graph)
            body = document.path.read_bytes()
            try:
                read = read_document(body, url=document.final_url, graph=graph)
            except UnreadableError as error:
                raise _called(error, document.final_url, label) from error
            datasets, distributions = _things(graph)
            entries.append(
                Input(
                    name=label,
                    syntax=read.reading.syntax,
                    triples=len(graph) - size,
                    datasets=datasets - counts[0],
                    distributions=distributions - counts[1],
                    repaired=read.reading.repaired,
                )
            )
            findings += (replace(finding, input=label) for finding in read.findings)
            syntax, numbers = read.reading.syntax, range(blanks, graph.blanks)
            pages.append(Page(label, document.path.read_bytes, syntax, document.final_url, numbers))
        findings += validate(graph, wish.profile, engine=wish.engine)
        places = find_places(findings, pages, graph)
        for page in pages:
            gathered.lines.update(lines_of(page, places))
    gathered.inputs += entries
    if wish.marked:
        gathered.marks += marks(graph, findings, name)
    if wish.scored:
        from harvester.mqa import quality_summary

        gathered.quality.append(quality_summary(graph))
    with bulk_loading():
        _describe(graph, name, findings, places, gathered)


def _called(error: UnreadableError, url: str, label: str) -> UnreadableError:
    """The same error, with what the user calls the file in place of its base IRI."""
    text = error.text.replaced(url, label)
    return UnreadableError(error.event, text, url=error.url, line=error.line, column=error.column)


def _together(summaries: "Sequence[QualitySummary]") -> "QualitySummary | None":
    if not summaries:
        return None
    from harvester.quality.summary import add

    return add(summaries)


def _describe(
    graph: Graph,
    name: str,
    findings: "Sequence[Finding]",
    places: "Sequence[Place]",
    gathered: _Gathered,
) -> None:
    """Say of each finding where it is, and what it is about in words that people know."""
    if not findings:
        return
    from harvester.rules.surroundings import Surroundings, population

    around = Surroundings(graph)
    known: dict[str, tuple[frozenset[Node], str]] = {}
    every: dict[frozenset[str], frozenset[Node]] = {}
    for finding, place in zip(findings, places, strict=True):
        focus = finding.focus
        about = known.get(focus)
        if about is None:
            datasets, title = around.of(focus)
            if datasets not in every:  # what a catalog reaches is the same set each time
                every[datasets] = frozenset((name, dataset) for dataset in datasets)
            about = known[focus] = every[datasets], title
        gathered.reach[place.input, focus] = about[0]
        values = list(_VALUES(finding))
        values[_INPUT], values[_LINE], values[_COLUMN], _ = place
        values[_TITLE] = about[1]
        gathered.findings.append(Finding(*values))
    for cls, count in population(graph).items():
        gathered.population[cls] = gathered.population.get(cls, 0) + count


def _rules(profile: "Profile", findings: Sequence[Finding]) -> "dict[str, Rule]":
    """The rules of the codes that were found."""
    if not findings:
        return {}
    from harvester.rules.book import rule_book

    book = rule_book(profile)
    codes = sorted({finding.code for finding in findings})
    return {code: book[code] for code in codes if code in book}


def _things(graph: Graph) -> tuple[int, int]:
    return (
        sum(1 for _ in graph.instances(DCAT + "Dataset")),
        sum(1 for _ in graph.instances(DCAT + "Distribution")),
    )


@contextmanager
def documents_of(name: str, *, offline: bool) -> Iterator[Iterator[tuple[str, Document]]]:
    """The documents of one input, each with what to call it; they are gone afterwards."""
    from harvester.fetch.bodies import BodyStore

    with TemporaryDirectory(prefix="harvester-validate-") as folder:
        yield _open(name, BodyStore(Path(folder)), offline=offline)


def _open(name: str, bodies: "BodyStore", *, offline: bool) -> Iterator[tuple[str, Document]]:
    """Yield what to call it and the document, for every document of one input."""
    if name.lower().startswith(("http://", "https://")):
        yield name, _fetch(name, bodies, offline=offline)
        return
    from harvester.fetch.file import list_folder, read_file, read_stdin

    path = Path(name)
    if name == "-":
        import sys

        yield "-", read_stdin(sys.stdin.buffer, bodies)
    elif path.is_dir():
        for file in list_folder(path):
            yield str(file), read_file(file, bodies, folder=path)
    else:
        yield name, read_file(path, bodies)


def _fetch(url: str, bodies: "BodyStore", *, offline: bool) -> Document:
    if offline:
        from harvester.cli.compose import offline_error

        raise offline_error(url)
    from harvester.fetch.fetcher import Fetcher

    with Fetcher(bodies, user_agent=USER_AGENT) as fetcher:
        return fetcher.get(Source(id="input", url=url), url, Validators())
