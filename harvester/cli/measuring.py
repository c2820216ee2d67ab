"""Composing a measurement: catalogs from files or from the store, measured one at a time."""

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from harvester.cli import compose
from harvester.cli.session import Session
from harvester.cli.validating import documents_of
from harvester.errors import SourceError
from harvester.quality.indicators import Method
from harvester.quality.summary import QualitySummary
from harvester.rdf.graph import Graph
from harvester.terms import Triple


def catalogs(
    session: Session, inputs: Sequence[str], failed: list[str]
) -> Iterator[tuple[str, Graph]]:
    """Yield each input as one catalog, or without inputs each source of the store.

    An input that cannot be read is said so, added to ``failed`` and passed over. Raises
    ``StoreError``.
    """
    if inputs:
        for name in inputs:
            try:
                yield name, _read(name, offline=session.offline)
            except SourceError as error:
                session.problems([error.text.in_language(session.lang)])
                failed.append(name)
        return
    from harvester.rdf.ntriples import parse

    with compose.reading(session.settings()) as store, store.snapshot():
        for stored in store.sources():
            triples = (
                t for found in store.resources(stored.source.id) for t in parse(found.ntriples)
            )
            yield stored.source.id, Graph(triples)


def measure(
    session: Session, found: Iterator[tuple[str, Graph]], method: Method, dqv: Path | None
) -> list[tuple[str, QualitySummary]]:
    """Measure each catalog, held against DCAT-AP; write the measurements to ``dqv`` as they come.

    Raises ``UsageError`` for a suffix that is no syntax.
    """
    done: list[tuple[str, QualitySummary]] = []
    described = _walk(found, method, done, described=dqv is not None)
    if dqv is None:
        deque(described, maxlen=0)
        return done
    from harvester.export.measurements import write_measurements

    amended = write_measurements(dqv.resolve(), described)
    if amended:
        session.problems([session.say("quality.amended", path=dqv, count=amended)])
    if not session.quiet:
        session.problems([session.say("quality.measured", path=dqv)])
    return done


def _walk(
    found: Iterator[tuple[str, Graph]],
    method: Method,
    done: list[tuple[str, QualitySummary]],
    *,
    described: bool,
) -> Iterator[tuple[str, list[Triple]]]:
    from harvester.mqa import load_tables, violating
    from harvester.quality.dqv import measurements
    from harvester.quality.measure import examine
    from harvester.quality.summary import summarise

    tables = load_tables()
    for number, (name, graph) in enumerate(found):
        broken = violating(graph)
        done.append((name, summarise(graph, tables, broken)))
        if described:
            yield from measurements(examine(graph, tables, method, broken), f"c{number}")


def _read(name: str, *, offline: bool) -> Graph:
    from harvester.rdf.read import read_document

    graph = Graph()
    with documents_of(name, offline=offline) as documents:
        for _, document in documents:
            read_document(document.path.read_bytes(), url=document.final_url, graph=graph)
    return graph
