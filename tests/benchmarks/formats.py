"""What reports cost beside the engine: ``python -m tests.benchmarks.formats [FILE...]``.

Without files, invented catalogs of 1,000 datasets in each syntax. The engine is reading, SHACL and
the portal's rules; a report is finding the places, describing the findings and writing one format.
CPU time of this process, the parts measured in turns, the least of each: so that a busy machine
makes neither side look better.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from harvester.cli.reports import SHOW_FINGERPRINTS
from harvester.cli.validating import documents_of, validate_inputs
from harvester.namespaces import PREFIXES
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.report.formats import FORMATS
from harvester.report.validation import View
from harvester.rules.judge import validate
from tests.benchmarks.catalogs import descriptions, write_turtle

DATASETS: Final = 1000
TURNS: Final = 3
# Text with every finding is another amount of work than text with the first few of each rule.
CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {},
    "text --full": {"full": True},
    **{name: {} for name in FORMATS if name != "text"},
}


def in_turns(parts: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """The least CPU time of each part, in seconds."""
    least = dict.fromkeys(parts, float("inf"))
    for _ in range(TURNS):
        for name, work in parts.items():
            start = time.process_time()
            work()
            least[name] = min(least[name], time.process_time() - start)
    return least


def shares(path: str) -> tuple[int, dict[str, float]]:
    """How many findings a file has, and each report's part of the engine's time.

    ``describing`` is what all reports need: places, titles, excerpts, counts; ``naming`` the
    fingerprints. Writing is one format's own work; all told, it has the others in it that it needs.
    """
    profile = load_profile("dcat-ap-se")

    def engine() -> None:
        graph = Graph()
        with documents_of(path, offline=True) as documents:
            for _, document in documents:
                body = document.path.read_bytes()
                read_document(body, url=document.final_url, graph=graph)
        validate(graph, profile)

    def whole(*, marked: bool = False) -> Any:
        return validate_inputs(
            [path], profile="dcat-ap-se", engine="core", offline=True, marked=marked
        )

    result = whole(marked=True)
    parts: dict[str, Callable[[], Any]] = {
        "engine": engine,
        "whole": whole,
        "marked": lambda: whole(marked=True),
        "profile": lambda: load_profile("dcat-ap-se"),
    }
    for name, changes in CHANGES.items():
        view = View(result, result.findings, **changes)
        render = FORMATS[name.partition(" ")[0]]
        parts[name] = lambda render=render, view=view: "".join(render(view))
    times = in_turns(parts)
    alone = times["engine"]
    describing = times["whole"] - times["profile"] - alone
    naming = times["marked"] - times["whole"]
    found = {"engine (s)": alone, "describing": describing / alone, "naming": naming / alone}
    for name in CHANGES:
        found[f"writing {name}"] = times[name] / alone
    for name in CHANGES:
        marks = naming if name in SHOW_FINGERPRINTS else 0.0
        found[f"{name}, all told"] = (describing + marks + times[name]) / alone
    found["text, json, sarif and html, all told"] = (
        describing + naming + sum(times[name] for name in ("text", "json", "sarif", "html"))
    ) / alone
    return len(result.findings), found


def invented(folder: Path) -> list[str]:
    """The same catalog in Turtle, RDF/XML and JSON-LD."""
    turtle = folder / "catalog.ttl"
    write_turtle(turtle, descriptions(DATASETS))
    triples = [quad.triple for quad in ox.parse(path=turtle, format=ox.RdfFormat.TURTLE)]
    prefixes = dict(PREFIXES)
    xml, jsonld = folder / "catalog.rdf", folder / "catalog.jsonld"
    ox.serialize(triples, xml, ox.RdfFormat.RDF_XML, prefixes=prefixes)
    ox.serialize(triples, jsonld, ox.RdfFormat.JSON_LD, prefixes=prefixes)
    return [str(turtle), str(xml), str(jsonld)]


def main(paths: Sequence[str]) -> None:
    """Print a table: a row for each part, a column for each file."""
    with tempfile.TemporaryDirectory() as folder:
        columns = [(Path(path).name, *shares(path)) for path in paths or invented(Path(folder))]
    print("| | " + " | ".join(f"{name}, {count:,} findings" for name, count, _ in columns) + " |")
    print("| --- |" + " --: |" * len(columns))
    for row in columns[0][2]:
        cells = (
            f"{found[row]:.2f}" if row.endswith("(s)") else f"{found[row]:.0%}"
            for _, _, found in columns
        )
        print(f"| {row} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
