"""The exports of the corpus, held against the official shapes: what remains, and whose fault it is.

``python -m tests.export.corpus`` writes the table of docs/europe.md between its two marks; a slow
test holds it to the corpus.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harvester.errors import UnreadableError
from harvester.export.entry import Entry
from harvester.export.eu_table import TITLES
from harvester.export.target import TARGETS
from harvester.model import Resource
from harvester.namespaces import RDFS, SH, shorten
from harvester.normalize import STEPS, make_normaliser
from harvester.rdf.graph import Graph
from harvester.rdf.ntriples import parse
from harvester.rdf.ownership import find_owners
from harvester.rdf.read import read_document
from harvester.rdf.split import split
from harvester.rules.judge import shacl_results
from harvester.rules.profile import Profile
from harvester.settings import Recipe
from harvester.shacl import Result
from harvester.terms import Literal
from tests.files import CORPUS, REFERENCE, read
from tests.normalize.measure import files

PAGE = Path(__file__).parents[2] / "docs" / "europe.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SEMIC = "semic-dcat-ap-3.0.1/dcat-ap-SHACL.ttl"

# Why a source forces a result of this kind: what `forced` has made sure of.
WHY = {
    "Class": "the source names it and does not describe it as one",
    "MinCount": "the source does not say it",
    "MaxCount": "the source says several, and only the publisher knows which",
}


@cache
def semic() -> Profile:
    """The shapes of SEMIC, without ``sh:class rdfs:Resource``, which refuses every value."""
    shapes = Graph(read(REFERENCE / SEMIC))
    for subject, predicate, value in [*shapes]:
        if predicate == SH + "class" and value == RDFS + "Resource":
            shapes.discard(subject, predicate, value)
    return Profile("semic", shapes)


def resources(path: Path) -> tuple[Resource, ...] | None:
    """What the store would hold of a file; ``None`` where nobody can read it."""
    graph = Graph()
    try:
        read_document(path.read_bytes(), url="https://exempel.se/" + path.name, graph=graph)
    except UnreadableError:
        return None
    steps = make_normaliser(Recipe(tuple(STEPS)))
    return split(graph, "s", steps, find_owners(graph)).resources


def exported(stored: tuple[Resource, ...], target: str) -> Graph:
    """What ``target`` is told; no statement twice."""
    entries = [
        Entry("s", one.iri, one.kinds, one.parent, number, 0) for number, one in enumerate(stored)
    ]
    graph = Graph()
    for description in TARGETS[target](entries, lambda entry: parse(stored[entry.offset].ntriples)):
        for triple in description.triples:
            assert graph.add(*triple), triple
    return graph


@dataclass(frozen=True)
class Remaining:
    """A result of the official shapes on an export."""

    path: str
    component: str
    focus: str
    forced: bool


def remaining(stored: tuple[Resource, ...], graph: Graph) -> Iterator[Remaining]:
    """What SEMIC's shapes have to say about an export, and whether the source forced it."""
    source = Graph(triple for one in stored for triple in parse(one.ntriples))
    for result in shacl_results(graph, semic()):
        component = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
        yield Remaining(
            shorten(result.path or ""), component, str(result.focus), forced(result, source, graph)
        )


def forced(result: Result, source: Graph, graph: Graph) -> bool:
    """Whether the source lacks the fact: nothing in it would have let the export conform."""
    focus, path = str(result.focus), result.path or ""
    component = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
    if component == "Class":
        value = str(result.value)
        # Not described, or described as something else and without what the class must have.
        named = {name for name, _ in TITLES.values()}
        return named.isdisjoint(source.spo.get(value, {})) or not source.types(value)
    if component == "MaxCount":
        return len(source.objects(focus, path)) > 1
    if component == "MinCount":
        others = {
            p
            for cls in graph.types(focus)
            for name, also in (TITLES.get(str(cls), ("", ())),)
            if name == path
            for p in also
        }
        said = [v for p in (path, *others) for v in source.objects(focus, p)]
        usable = [v for v in said if isinstance(v, Literal) == (path in TEXT_PATHS)]
        return not [v for v in usable if not isinstance(v, Literal) or v.value.strip()]
    return False


TEXT_PATHS = {name for name, _ in TITLES.values()} | {"http://purl.org/dc/terms/description"}


def report(corpus: Path) -> str:
    """The measured part of docs/europe.md."""
    counts: Counter[tuple[str, str]] = Counter()
    catalogs = triples = 0
    for path in files(corpus):
        stored = resources(path)
        if stored is None:
            continue
        graph = exported(stored, "eu")
        catalogs += 1
        triples += len(graph)
        for one in remaining(stored, graph):
            assert one.forced, one
            counts[one.path, one.component] += 1
    lines = [BEGIN, "", f"{catalogs} catalogs of the corpus, {triples} triples as exported.", ""]
    lines += ["| property | constraint | results | reason |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {path} | sh:{component[0].lower()}{component[1:]} | {count} | {WHY[component]} |"
        for (path, component), count in sorted(counts.items())
    ]
    return "\n".join([*lines, "", END])


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    PAGE.write_text(head + report(CORPUS) + rest.partition(END)[2], "utf-8")
    sys.stdout.write(f"{PAGE} is written anew\n")
