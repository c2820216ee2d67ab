"""Ratios of SHACL engines, measured side by side: ``python -m tests.benchmarks.bench``.

Every engine is a process of its own that reads the shapes and the data and prints its results.
CPU is user + system time of the whole process, memory its peak; the engines take turns, and the
median of the turns counts. An engine that cannot be had is listed with the reason.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from harvester.rdf.graph import Graph
from harvester.shacl import load_shapes
from harvester.terms import triple_to_ntriples
from tests.benchmarks.catalogs import descriptions, write_turtle
from tests.benchmarks.goals import goals_table
from tests.benchmarks.loading import load

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REFERENCE = Path(os.environ.get("HARVESTER_REFERENCE", ROOT.parent / "shared" / "reference"))
SHAPES = REFERENCE / "semic-dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"
OWN_SHAPES = ROOT / "shapes" / "dcat-ap-3.0.1"
DOC = ROOT / "docs" / "benchmarks.md"

TURNS = {1: 5, 100: 3, 1_000: 3, 10_000: 3}
ENOUGH = 60.0  # seconds of wall time after which an engine gets no further turn
# The largest size that each engine is asked for; the slow ones would take hours or not fit.
LARGEST = {
    "pyshacl": 10_000,
    "pyrudof": 1_000,
    "pyshifty": 10_000,
    "rdf-validate-shacl": 10_000,
    "shacl-engine": 10_000,
}
PYPI = {"shacl": "shacl", "pyshifty": "pyshifty", "pyrudof": "pyrudof"}
NPM = ("rdf-validate-shacl", "shacl-engine")
ORACLE = "pyshacl"
OURS = "harvester"
FLOOR = "parse"


@dataclass(frozen=True)
class Engine:
    """How to start an engine; ``missing`` says why it cannot be started."""

    name: str
    command: tuple[str, ...] = ()
    missing: str = ""


@dataclass
class Measured:
    """What the turns of one engine at one size gave: seconds, MiB and result tuples."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    results: Counter[tuple[str, ...]] = field(default_factory=Counter)
    failed: str = ""


def main() -> int:
    """Run the benchmark and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(TURNS), help="datasets")
    parser.add_argument("--huge", action="store_true", help="100,000 datasets as well")
    parser.add_argument("--only", nargs="*", help="names of engines")
    parser.add_argument("--limit", type=int, help="largest size for the slow engines")
    parser.add_argument("--shapes", type=Path, default=_default_shapes(), help="file or folder")
    parser.add_argument("--output", type=Path, default=DOC)
    asked = parser.parse_args()
    if not asked.shapes.exists():
        parser.error(f"no shapes at {asked.shapes}; give --shapes")
    sizes = sorted({*asked.sizes, *([100_000] if asked.huge else [])})
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        shapes, warnings = _usable_shapes(asked.shapes, work)
        engines = [e for e in _engines(work) if not asked.only or e.name in asked.only]
        head = _page_head(asked.shapes, warnings, engines)
        measured: dict[int, dict[str, Measured]] = {}
        tables = []
        for size in sizes:
            triples, faults, measured[size] = _size(
                size, engines, shapes, work, asked.limit or size
            )
            tables.append(_table(size, triples, faults, measured[size]))
            pages = [head, goals_table(measured), *tables]
            asked.output.write_text("\n".join(pages), encoding="utf-8")
    print(f"written: {asked.output}")
    return 0


def _default_shapes() -> Path:
    """SEMIC's, whose number of shapes the goals are about; in a clone alone the program's own."""
    return SHAPES if SHAPES.is_file() else OWN_SHAPES


def _usable_shapes(path: Path, work: Path) -> tuple[Path, Sequence[str]]:
    """Copy the shapes without what the loader leaves out: pyshacl refuses dangling references."""
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    given = work / "given.ttl"
    given.write_bytes(b"\n".join(file.read_bytes() for file in files))
    loaded = load_shapes(load(given))
    graph = Graph(triple for triple in loaded.graph if triple not in loaded.dropped)
    cleaned = work / "shapes.ttl"
    cleaned.write_text("".join(f"{triple_to_ntriples(triple)}\n" for triple in graph))
    return cleaned, loaded.warnings


def _engines(work: Path) -> list[Engine]:
    folder = HERE / "engines"

    def python(name: str, interpreter: str) -> Engine:
        # -P: the script's folder is not searched, where "pyshacl" is a script.
        return Engine(name, (interpreter, "-P", str(folder / f"{name}.py")))

    found = [python(name, sys.executable) for name in (FLOOR, OURS, ORACLE)]
    environment = work / "venv"
    interpreter = str(environment / "bin" / "python")
    failed = _attempt([sys.executable, "-m", "venv", str(environment)])
    for name, package in PYPI.items():
        why = failed or _attempt([interpreter, "-m", "pip", "install", "-q", package, "rdflib"])
        found.append(Engine(name, missing=why) if why else python(name, interpreter))
    node, npm = shutil.which("node"), shutil.which("npm")
    modules = work / "npm"
    modules.mkdir()
    for name in NPM:
        script = shutil.copy(folder / f"{name}.mjs", modules)
        if node is None or npm is None:
            found.append(Engine(name, missing="node and npm are not installed"))
            continue
        wanted = [name, "n3", "@zazuko/env-node"]
        why = _attempt([npm, "install", "--silent", "--prefix", str(modules), *wanted])
        found.append(Engine(name, missing=why) if why else Engine(name, (node, script)))
    return found


def _attempt(command: Sequence[str]) -> str:
    """Run an installation; return why it failed, or nothing."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = (done.stderr or done.stdout).strip().splitlines()
    return (lines[-1] if lines else "the installation failed") if done.returncode else ""


def _size(
    size: int, engines: Sequence[Engine], shapes: Path, work: Path, limit: int
) -> tuple[int, int, dict[str, Measured]]:
    """Measure all engines at one size: triples, datasets with an error, costs by engine."""
    data = work / f"catalog-{size}.ttl"
    faults: Counter[str] = Counter()
    triples = write_turtle(data, descriptions(size, counts=faults))
    measured = {e.name: Measured(failed=e.missing) for e in engines}
    for turn in range(TURNS.get(size, 1)):
        for engine in engines:
            largest = min(LARGEST[engine.name], limit) if engine.name in LARGEST else size
            if not engine.missing and size <= largest:
                print(f"{size} datasets, turn {turn + 1}: {engine.name}", flush=True)
                _run(engine, measured[engine.name], shapes, data, work)
    data.unlink()
    return triples, sum(faults.values()), measured


def _run(engine: Engine, measured: Measured, shapes: Path, data: Path, work: Path) -> None:
    if measured.failed or any(wall > ENOUGH for wall in measured.wall):
        return
    printed, said = work / "results", work / "errors"
    before = time.monotonic()
    with printed.open("wb") as out, said.open("wb") as errors:
        process = subprocess.Popen(
            [*engine.command, str(shapes), str(data)],
            stdout=out,
            stderr=errors,
            env=_environment(work),
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - before
    if process.returncode:
        lines = said.read_text(errors="replace").strip().splitlines()
        measured.failed = lines[-1] if lines else f"ended with {process.returncode}"
        return
    measured.cpu.append(usage.ru_utime + usage.ru_stime)
    measured.wall.append(wall)
    measured.memory.append(usage.ru_maxrss / 1024)
    with printed.open(encoding="utf-8") as lines_printed:
        measured.results = Counter(_tuple(line) for line in lines_printed)


def _environment(work: Path) -> dict[str, str]:
    """As after an installation: compiled modules are kept, and found by the next turn."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(work / "compiled"), "PYTHONPATH": str(ROOT)}


def _tuple(line: str) -> tuple[str, ...]:
    """Focus, path, component and severity, however an engine writes an IRI or a blank node.

    What an engine prints after these, such as messages, is not compared.
    """
    focus, *terms = (part.strip("<>") for part in line.rstrip("\n").split("\t")[:4])
    names = (term.rpartition("#")[2].rpartition(":")[2] for term in terms[1:])
    return ("_:" if focus[:2] == "_:" else focus, terms[0], *names)


def _page_head(shapes: Path, warnings: Sequence[str], engines: Iterable[Engine]) -> str:
    missing = [f"* {engine.name}: {engine.missing}" for engine in engines if engine.missing]
    return "\n".join(
        [
            "# Benchmarks of SHACL engines",
            "",
            f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}, on {_machine()}.",
            "",
            f"Shapes: `{shapes.parent.name}/{shapes.name}`, without {len(warnings)} references to "
            "shapes that are not in the file. Data: seeded catalogs in Turtle "
            "(`tests/benchmarks/catalogs.py`), errors in 15 % of the datasets. Each engine is a "
            "process of its own that reads both files, validates, and prints its results; `parse` "
            "is only `for _ in pyoxigraph.parse(...)`. CPU is user and system time of the whole "
            "process, memory its peak, both the median of the turns, which the engines take one "
            f"after the other; one turn is enough where it takes over {ENOUGH:.0f} s. "
            "*agrees* compares focus node, path, component and severity of all "
            f"results with those of {ORACLE}, or of {OURS} where {ORACLE} was not run.",
            "",
            *(["Not to be had:", "", *missing, ""] if missing else []),
        ]
    )


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _lines(Path("/proc/cpuinfo"))
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}"


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.is_file() else []


def _table(size: int, triples: int, faults: int, measured: Mapping[str, Measured]) -> str:
    judge = next((n for n in (ORACLE, OURS) if n in measured and measured[n].cpu), None)
    floor, ours = (measured[n].cpu if n in measured else [] for n in (FLOOR, OURS))
    rows = []
    for name, found in measured.items():
        if not found.cpu:
            why = found.failed or "not run at this size"
            rows.append(f"| {name} | {why} | | | | | | |")
            continue
        cpu = statistics.median(found.cpu)
        agrees = "" if name == FLOOR or judge is None else _agreement(found, measured[judge])
        rows.append(
            f"| {name} | {cpu:.3f} | {_ratio(cpu, floor)} | {_ratio(cpu, ours)} "
            f"| {statistics.median(found.wall):.3f} | {statistics.median(found.memory):.0f} "
            f"| {'' if name == FLOOR else found.results.total()} | {agrees} |"
        )
    turns = max((len(found.cpu) for found in measured.values()), default=0)
    return "\n".join(
        [
            f"## {size:,} dataset{'s' * (size > 1)}",
            "",
            f"{triples:,} triples, {faults:,} datasets with an error; {turns} turns.",
            "",
            "| engine | CPU s | x parse | x harvester | wall s | MiB | results | agrees |",
            "| --- | --: | --: | --: | --: | --: | --: | --- |",
            *rows,
            "",
        ]
    )


def _ratio(cpu: float, base: Sequence[float]) -> str:
    return f"{cpu / statistics.median(base):.2f}" if base else ""


def _agreement(found: Measured, judge: Measured) -> str:
    more, less = found.results - judge.results, judge.results - found.results
    if not more and not less:
        return "yes"
    return f"no: {more.total()} more, {less.total()} fewer"


if __name__ == "__main__":
    sys.exit(main())
