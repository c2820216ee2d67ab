"""Normalising and publishing, in ratios to bare parsing: ``python -m tests.benchmarks.publishing``.

``[DATASETS or FILE] [TURNS]``. What the store would hand out is made beforehand; then bare parsing
of the same bytes, normalising and the exports take turns, and the least CPU time of each counts.
An export is choosing, saying it in the target's words, writing and reading back: all that
publishing one file costs but for SQLite. ``peak`` is the most that Python's objects took during an
export, beside what was given to it.
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from harvester.export import export, written
from harvester.model import Kind
from harvester.normalize import STEPS, Normaliser, make_normaliser
from harvester.normalize.work import Normalised
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import find_owners
from harvester.rdf.read import read_document
from harvester.rdf.split import split
from harvester.settings import Recipe
from harvester.terms import Triple
from tests.benchmarks.catalogs import descriptions, write_turtle
from tests.benchmarks.loading import FORMATS

GOAL: Final = 4
TARGETS: Final = ("se", "eu")
SUFFIXES: Final = (".nt", ".ttl", ".rdf")


class Stored(NamedTuple):
    """A live resource as the store hands it out."""

    source: str
    iri: str
    kinds: tuple[Kind, ...]
    ntriples: str
    parent: str | None


class Recorder(Normaliser):
    """Remembers what it was asked to normalise."""

    def __init__(self, normaliser: Normaliser) -> None:
        super().__init__(normaliser.steps)
        self.asked: list[tuple[str, Sequence[Triple]]] = []

    def normalise(self, resource: str, triples: Sequence[Triple]) -> Normalised:
        """Note the question, and answer it."""
        self.asked.append((resource, list(triples)))
        return super().normalise(resource, triples)


def prepare(path: Path) -> tuple[list[Stored], list[tuple[str, Sequence[Triple]]]]:
    """The resources of a file as they would be stored, and what was normalised to make them."""
    graph = Graph()
    read_document(path.read_bytes(), url="https://exempel.se/" + path.name, graph=graph)
    recorder = Recorder(make_normaliser(Recipe(tuple(STEPS))))
    found = split(graph, "source", recorder, find_owners(graph)).resources
    resources = [Stored("source", r.iri, r.kinds, r.ntriples, r.parent) for r in found]
    return resources, recorder.asked


class Clock:
    """The least CPU time of each of several things that take turns."""

    def __init__(self) -> None:
        self.least: dict[str, float] = {}

    def measure(self, name: str, work: Callable[[], Any]) -> None:
        """Do it once."""
        start = time.process_time()
        work()
        self.note(name, time.process_time() - start)

    def note(self, name: str, seconds: float) -> None:
        """Keep it if it is the least so far."""
        self.least[name] = min(self.least.get(name, seconds), seconds)


def measured(path: Path, folder: Path, turns: int) -> tuple[int, dict[str, float]]:
    """How many resources there are, and the least CPU seconds of each thing."""
    resources, asked = prepare(path)
    clock = Clock()
    reading_back = 0.0
    verify = written.verify

    def timed(*given: Any, **named: Any) -> None:
        nonlocal reading_back
        start = time.process_time()
        verify(*given, **named)
        reading_back += time.process_time() - start

    def bare() -> None:
        for _ in ox.parse(path=path, format=FORMATS[path.suffix]):
            pass

    def normalise() -> None:
        normaliser = make_normaliser(Recipe(tuple(STEPS)))
        for resource, triples in asked:
            normaliser.normalise(resource, triples)

    written.verify = timed  # type: ignore[assignment]
    try:
        for _ in range(turns):
            clock.measure("bare parsing", bare)
            clock.measure("normalising", normalise)
            for target in TARGETS:
                for suffix in SUFFIXES:
                    reading_back = 0.0
                    start = time.process_time()
                    export(target, folder / f"{target}{suffix}", resources)
                    whole = time.process_time() - start
                    name = f"{target} {suffix}"
                    clock.note(f"{name} written", whole - reading_back)
                    clock.note(f"{name} read back", reading_back)
    finally:
        written.verify = verify
    return len(resources), clock.least


def peaks(path: Path, folder: Path) -> dict[str, float]:
    """MiB of Python objects at the most during an export, by target."""
    resources, _ = prepare(path)
    found = {}
    for target in TARGETS:
        tracemalloc.start()
        export(target, folder / f"{target}.ttl", resources)
        found[target] = tracemalloc.get_traced_memory()[1] / (1 << 20)
        tracemalloc.stop()
    return found


def table(seconds: dict[str, float]) -> str:
    """The ratios as a table of Markdown."""
    bare = seconds["bare parsing"]
    normalising = seconds["normalising"] / bare
    lines = [
        "| syntax | normalising | se written | read back | eu written | read back | sum | goal |",
        "| --- |" + " --: |" * 7,
    ]
    for suffix in SUFFIXES:
        parts = [normalising] + [
            seconds[f"{target} {suffix} {part}"] / bare
            for target in TARGETS
            for part in ("written", "read back")
        ]
        cells = [f"{part:.1f}" for part in (*parts, sum(parts))]
        lines.append(f"| `{suffix}` | " + " | ".join(cells) + f" | {GOAL} |")
    return "\n".join(lines)


def main(what: str, turns: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        path = Path(what)
        if what.isdigit():
            path = folder / "catalog.ttl"
            write_turtle(path, descriptions(int(what)))
        count, seconds = measured(path, folder, turns)
        print(f"{count:,} resources; bare parsing takes {seconds['bare parsing']:.2f} CPU s\n")
        print(table(seconds))
        if what.isdigit():
            print("\npeak of Python's objects, MiB, by datasets:")
            for size in (int(what) // 10, int(what) // 4):
                write_turtle(folder / "some.ttl", descriptions(size))
                found = peaks(folder / "some.ttl", folder)
                print(f"{size:,}: " + ", ".join(f"{t} {mib:.0f}" for t, mib in found.items()))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "10000", int((sys.argv[2:] or ["3"])[0]))
