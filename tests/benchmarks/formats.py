"""What reports cost beside the engine: ``python -m tests.benchmarks.formats [FILE...]``.

Without files: invented catalogs of 1,000 datasets in each syntax, with errors in 15 % of them and
else complete, and as they lack what is recommended; and two real ones. The engine is reading, SHACL
and the portal's rules; a report is finding the places, describing the findings and writing one
format. CPU time of this process, the parts measured in turns; the median of each part's share of
the engine's time in the same turn.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

import pyoxigraph as ox

from harvester.cli.reports import SHOW_FINGERPRINTS, SHOW_QUALITY
from harvester.cli.validating import documents_of, validate_inputs
from harvester.namespaces import PREFIXES
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.report.formats import FORMATS
from harvester.report.validation import View
from harvester.rules.judge import validate
from tests.benchmarks.catalogs import Description, descriptions, write_turtle
from tests.benchmarks.swedish import complete

DATASETS: Final = 1000
TURNS: Final = 7
GOAL: Final = 0.30
CORPUS: Final = Path(
    os.environ.get("HARVESTER_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")
)
REAL: Final = (
    "belgium/Team-Data-Antwerpen__dcat_antwerpen__dcat.xml",  # 490 datasets
    "belgium/Fedict__dcat__datagovbe-sample1981.ttl",  # 1,981
)
ALL_TOLD: Final = ", all told"
# Text with every finding is another amount of work than text with the first few of each rule.
CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {},
    "text --full": {"full": True},
    **{name: {} for name in FORMATS if name != "text"},
}


def in_turns(parts: Mapping[str, Callable[[], Any]], turns: int) -> list[dict[str, float]]:
    """The CPU time of each part in each turn, in seconds."""
    measured = []
    for _ in range(turns):
        times = {}
        for name, work in parts.items():
            start = time.process_time()
            work()
            times[name] = time.process_time() - start
        measured.append(times)
    return measured


def shares(path: str, turns: int = TURNS) -> tuple[int, dict[str, float]]:
    """How many findings a file has, and each report's part of the engine's time.

    ``describing`` is what all reports need: places, titles, excerpts, counts; ``naming`` the
    fingerprints, ``scoring`` the points of metadata quality. Writing is one format's own work; all
    told, it has the others in it that it needs.
    """
    profile = load_profile("dcat-ap-se")

    def engine() -> None:
        graph = Graph()
        with documents_of(path, offline=True) as documents:
            for _, document in documents:
                body = document.path.read_bytes()
                read_document(body, url=document.final_url, graph=graph)
        validate(graph, profile)

    def whole(*, marked: bool = False, scored: bool = False) -> Any:
        return validate_inputs(
            [path], profile="dcat-ap-se", engine="core", offline=True, marked=marked, scored=scored
        )

    result = whole(marked=True, scored=True)
    parts: dict[str, Callable[[], Any]] = {
        "engine": engine,
        "whole": whole,
        "marked": lambda: whole(marked=True),
        "scored": lambda: whole(scored=True),
        "profile": lambda: load_profile("dcat-ap-se"),
    }
    for name, changes in CHANGES.items():
        view = View(result, result.findings, **changes)
        render = FORMATS[name.partition(" ")[0]]
        parts[name] = lambda render=render, view=view: "".join(render(view))
    by_turn = list(map(_in_shares, in_turns(parts, turns)))
    return len(result.findings), {row: median(one[row] for one in by_turn) for row in by_turn[0]}


def _in_shares(times: Mapping[str, float]) -> dict[str, float]:
    """One turn's times as parts of the engine's."""
    alone = times["engine"]
    describing = (times["whole"] - times["profile"] - alone) / alone
    naming = (times["marked"] - times["whole"]) / alone
    scoring = (times["scored"] - times["whole"]) / alone
    found = {
        "engine (s)": alone,
        "describing": describing,
        "naming": naming,
        "scoring": scoring,
    }
    for name in CHANGES:
        found[f"writing {name}"] = times[name] / alone
    for name in CHANGES:
        marks = naming if name in SHOW_FINGERPRINTS else 0.0
        points = scoring if name.partition(" ")[0] in SHOW_QUALITY else 0.0
        found[f"{name}{ALL_TOLD}"] = describing + marks + points + times[name] / alone
    together = sum(times[name] for name in ("text", "json", "sarif", "html")) / alone
    found["the four together"] = describing + naming + scoring + together
    return found


def too_dear(found: Mapping[str, float], goal: float = GOAL) -> list[str]:
    """The formats that cost more than the goal, all told."""
    return [
        row.removesuffix(ALL_TOLD)
        for row, share in found.items()
        if row.endswith(ALL_TOLD) and share >= goal
    ]


def invented(folder: Path, name: str, described: Iterable[tuple[str, Description]]) -> list[str]:
    """The same catalog in Turtle, RDF/XML and JSON-LD."""
    turtle = folder / f"{name}.ttl"
    write_turtle(turtle, described)
    triples = [quad.triple for quad in ox.parse(path=turtle, format=ox.RdfFormat.TURTLE)]
    prefixes = dict(PREFIXES)
    xml, jsonld = folder / f"{name}.rdf", folder / f"{name}.jsonld"
    ox.serialize(triples, xml, ox.RdfFormat.RDF_XML, prefixes=prefixes)
    ox.serialize(triples, jsonld, ox.RdfFormat.JSON_LD, prefixes=prefixes)
    return [str(turtle), str(xml), str(jsonld)]


def seeded(folder: Path) -> list[str]:
    """Catalogs in which only what was put in is wrong."""
    return invented(folder, "seeded", complete(descriptions(DATASETS)))


def main(paths: Sequence[str]) -> None:
    """Print a table: a row for each part, a column for each file."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = list(paths) or [
            *seeded(folder),
            *invented(folder, "lacking", descriptions(DATASETS)),
            *(str(CORPUS / name) for name in REAL if (CORPUS / name).is_file()),
        ]
        columns = [(Path(path).name, *shares(path)) for path in files]
    print("| | " + " | ".join(f"{name}, {count:,} findings" for name, count, _ in columns) + " |")
    print("| --- |" + " --: |" * len(columns))
    for row in columns[0][2]:
        cells = (
            f"{found[row]:.2f}" if row.endswith("(s)") else f"{found[row]:.0%}"
            for _, _, found in columns
        )
        print(f"| {row} | " + " | ".join(cells) + " |")
    dear = (", ".join(too_dear(found)) or "none" for _, _, found in columns)
    print(f"| formats at {GOAL:.0%} or over | " + " | ".join(dear) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
