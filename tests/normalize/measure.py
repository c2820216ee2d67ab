"""What normalising does to the corpus: ``make gains`` writes it down.

The part of docs/normalising.md between the two marks is its output; a slow test holds it to the
corpus. Catalogs that stand in the corpus in several versions are counted in their newest.
"""

import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

from harvester.errors import UnreadableError
from harvester.mqa import load_tables
from harvester.namespaces import DCAT, DCTERMS, shorten
from harvester.normalisation import Normalisation
from harvester.normalize import MODULES, STEPS, make_normaliser, tables
from harvester.profile import load_profile
from harvester.quality.compliance import violating_datasets
from harvester.quality.indicators import Method
from harvester.quality.measure import Assessment, assess, combine, examine
from harvester.rdf.graph import Graph
from harvester.rdf.ntriples import parse
from harvester.rdf.ownership import find_owners
from harvester.rdf.read import read_document
from harvester.rdf.split import split
from harvester.rules.judge import validate
from harvester.settings import Recipe
from tests.conftest import SHARED

PAGE = Path(__file__).parents[2] / "docs" / "normalising.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LEFT_OUT = ("hostile", "suites", "versions", "Fedict__dcat__ldes-2025-04-13")
OLDER = ("v2021-01-12", "dcat.v1", "dcat.v2", "dcat.v3", "dcat.v4", "output.ttl", "diff_0")
PROFILES = ("dcat-ap-se", "dcat-ap")  # the last one is what MQA validates with
LONGEST = 70  # characters of a term


def files(corpus: Path) -> Iterator[Path]:
    """The catalogs of the corpus, one version of each."""
    for path in sorted(corpus.rglob("*")):
        parts = path.relative_to(corpus).parts
        old = bool(set(parts) & set(LEFT_OUT)) or any(mark in path.name for mark in OLDER)
        if path.is_file() and len(parts) > 1 and not old:
            yield path


def graphs(path: Path) -> tuple[Graph, Graph, tuple[Normalisation, ...]] | None:
    """The resources of a file as published and normalised, and what was changed."""
    graph = Graph()
    try:
        read_document(path.read_bytes(), url="https://exempel.se/" + path.name, graph=graph)
    except UnreadableError:
        return None
    owners = find_owners(graph)
    before, after = (
        split(graph, "s", make_normaliser(Recipe(names)), owners) for names in ((), tuple(STEPS))
    )
    return merged(before), merged(after), after.normalisations


def merged(parts) -> Graph:
    found = Graph()
    for resource in parts.resources:
        for triple in parse(resource.ntriples):
            found.add(*triple)
    return found


class Shares:
    """How many distributions and datasets say things in the words of the EU tables."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        licences = {known.value for known in tables.licences().values()}
        eu = tables.AUTHORITY
        media = {tables.MEDIA_TYPES + m for m in tables.registered_media_types().values()}
        self.of_distribution = {
            "known licence": (DCTERMS + "license", lambda v: v in licences or eu + "licence/" in v),
            "EU file type": (DCTERMS + "format", lambda v: v.startswith(eu + "file-type/")),
            "IANA media type": (DCAT + "mediaType", media.__contains__),
        }
        self.of_dataset = {
            "EU theme": (DCAT + "theme", lambda v: v.startswith(eu + "data-theme/")),
            "EU language": (DCTERMS + "language", lambda v: v.startswith(eu + "language/")),
            "publisher with an IRI": (DCTERMS + "publisher", lambda v: v.startswith("http")),
        }

    def add(self, graph: Graph) -> None:
        """Count the distributions and datasets of a graph."""
        for cls, wanted in (
            ("Distribution", self.of_distribution),
            ("Dataset", self.of_dataset),
        ):
            for node in graph.instances(DCAT + cls):
                self.counts[cls] += 1
                for name, (path, known) in wanted.items():
                    values = graph.objects(node, path)
                    self.counts[name] += any(type(v) is str and known(v) for v in values)

    def rows(self, after: "Shares") -> Iterator[str]:
        """Lines of a Markdown table: before and after, in per cent."""
        for cls, wanted in (
            ("Distribution", self.of_distribution),
            ("Dataset", self.of_dataset),
        ):
            for name in wanted:
                cells = (f"{100 * s.counts[name] / s.counts[cls]:.1f} %" for s in (self, after))
                yield f"| {cls.lower()}s: {name} | {self.counts[cls]} | {' | '.join(cells)} |"


def points(catalogs: list[tuple[Assessment, Assessment]]) -> Iterator[str]:
    """Lines of a Markdown table: MQA points of all catalogs together, before and after."""
    old, new = (combine(side, Method.EU) for side in zip(*catalogs, strict=True))
    for was, now in zip(old.scores, new.scores, strict=True):
        yield (
            f"| {was.dimension} | {was.maximum} | {was.points:g} | {now.points:g} |"
            f" {now.points - was.points:+.1f} |"
        )
    yield f"| all | 405 | {old.points:g} | {new.points:g} | {new.points - old.points:+.1f} |"


def sections(changes: Counter[Normalisation]) -> Iterator[str]:
    """What each step does, in its own words, and what it changed most often."""
    for module in MODULES:
        names = dict.fromkeys(step.name for step in module.STEPS)
        yield f"### {' '.join(f'`{name}`' for name in names)}"
        yield ""
        yield re.sub("`+", "`", inspect.cleandoc(module.__doc__))
        mine = Counter({one: n for one, n in changes.items() if one.step in names})
        yield ""
        yield f"{mine.total()} changes in the corpus."
        if mine:
            yield ""
            yield "| times | property | before | after |"
            yield "| --- | --- | --- | --- |"
        for one, count in sorted(mine.items(), key=lambda item: (-item[1], astuple(item[0])))[:4]:
            assumed = " (assumed)" if one.assumed else ""
            cells = (cell(shorten(one.path)), cell(one.before), cell(one.after) + assumed)
            yield f"| {count} | {' | '.join(cells)} |"
        yield ""


def cell(text: str) -> str:
    """A term in a cell of a Markdown table."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    shown = short.replace("`", "'").replace("|", "\\|")
    return f"`{shown}`" if shown else ""


def report(corpus: Path) -> str:
    """The measured part of docs/normalising.md."""
    before, after = Shares(), Shares()
    changes: Counter[Normalisation] = Counter()
    measured: list[tuple[Assessment, Assessment]] = []
    errors: Counter[tuple[str, int]] = Counter()
    profiles = [load_profile(name) for name in PROFILES]
    count = 0
    for path in files(corpus):
        found = graphs(path)
        if found is None:
            continue
        count += 1
        changes.update(replace(one, resource="") for one in found[2])
        sides: list[Assessment] = []
        for side, (shares, graph) in enumerate(zip((before, after), found[:2], strict=True)):
            shares.add(graph)
            for profile in profiles:
                findings = validate(graph, profile)
                errors[profile.id, side] += sum(f.severity == "error" for f in findings)
            broken = violating_datasets(graph, findings)
            sides.append(assess(examine(graph, load_tables(), Method.EU, broken)))
        measured.append((sides[0], sides[1]))
    lines = [BEGIN, "", f"{count} catalogs of the corpus.", ""]
    lines += ["| share of | number | published | stored |", "| --- | --- | --- | --- |"]
    lines += before.rows(after)
    lines += ["", "| errors by | published | stored |", "| --- | --- | --- |"]
    lines += [f"| {p.id} | {errors[p.id, 0]} | {errors[p.id, 1]} |" for p in profiles]
    lines += ["", "| MQA, all catalogs as one | of | published | stored | gained |"]
    lines += ["| --- | --- | --- | --- | --- |", *points(measured)]
    lines += ["", "## Each step", "", *sections(changes)]
    return "\n".join([*lines, END])


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    PAGE.write_text(head + report(SHARED) + rest.partition(END)[2], "utf-8")
    sys.stdout.write(f"{PAGE} is written anew\n")
