"""Composing a validation: inputs become one graph each, graphs become findings, findings a verdict.

No configuration is needed, and no network for files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from harvester.errors import FetchError, SourceError
from harvester.model import Document, Finding, Source, Validators
from harvester.namespaces import DCAT
from harvester.rdf.graph import Graph
from harvester.report.validation import Input, Validation
from harvester.rules.identity import Mark, marks

if TYPE_CHECKING:
    from harvester.fetch.bodies import BodyStore
    from harvester.rules.profile import Profile

USER_AGENT = "dcat-harvester-validate"


def validate_inputs(
    inputs: Sequence[str], *, profile: str, engine: str, offline: bool, marked: bool = False
) -> tuple[Validation, list[SourceError]]:
    """Validate each input as one catalog: a file, a folder, an address or ``-``.

    ``marked`` asks for the marks of findings, which a baseline and ignores need.
    Inputs that cannot be read come back as errors beside what the others gave. Raises
    ``ConfigError`` for a profile that cannot be used and ``UsageError`` for an unknown engine.
    """
    from harvester.profile import load_profile
    from harvester.rules.verdict import verdict

    loaded = load_profile(profile)
    done: list[Input] = []
    found: list[Finding] = []
    kept: list[Mark] = []
    errors: list[SourceError] = []
    for name in inputs:
        try:
            entries, findings, own = _validate_input(
                name, loaded, engine, offline=offline, marked=marked
            )
        except SourceError as error:
            errors.append(error)
        else:
            done += entries
            found += findings
            kept += own
    word = "rejected" if errors else str(verdict(found))
    return Validation(loaded.id, word, tuple(done), tuple(found), tuple(kept)), errors


def _validate_input(
    name: str, profile: "Profile", engine: str, *, offline: bool, marked: bool
) -> tuple[list[Input], list[Finding], list[Mark]]:
    from harvester.rdf.read import read_document
    from harvester.rules.judge import validate

    graph = Graph()
    entries: list[Input] = []
    findings: list[Finding] = []
    files: dict[str, str] = {}
    with documents_of(name, offline=offline) as documents:
        for label, document in documents:
            size = len(graph)
            counts = _things(graph)
            read = read_document(document.path.read_bytes(), url=document.final_url, graph=graph)
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
            for subject in graph.spo:
                files.setdefault(subject, label)
    found = validate(graph, profile, engine=engine)
    findings += (replace(finding, input=files.get(finding.focus, name)) for finding in found)
    return entries, findings, marks(graph, findings, name) if marked else []


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
        raise FetchError("offline", f"{url} was not fetched: --offline was given", url=url)
    from harvester.fetch.fetcher import Fetcher

    with Fetcher(bodies, user_agent=USER_AGENT) as fetcher:
        return fetcher.get(Source(id="input", url=url), url, Validators())
