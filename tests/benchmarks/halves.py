"""One huge N-Triples file, one process and two: ``python -m tests.benchmarks.halves [DATASETS]``.

The two take turns, whatever else the machine does; to be believed, it must do nothing else.
"""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from harvester.model import Syntax
from harvester.rdf.graph import Graph
from harvester.rdf.halves import read_in_halves
from harvester.rdf.limits import DEFAULT
from harvester.rdf.parse import parse
from tests.benchmarks.catalogs import descriptions, write_turtle

_TURNS = 7
_ALONE = DEFAULT._replace(one_process=sys.maxsize)


def main(datasets: int) -> None:
    """Write a catalog, read it in turns and print the medians."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        turtle, lines = Path(folder, "catalog.ttl"), Path(folder, "catalog.nt")
        write_turtle(turtle, descriptions(datasets))
        ox.serialize(ox.parse(path=turtle), str(lines), format=ox.RdfFormat.N_TRIPLES)
        body = lines.read_bytes()

    def alone(half: bytes) -> object:
        options = {"base": None, "lenient": False, "labels": Graph(), "limits": _ALONE}
        return parse(half, Syntax.NTRIPLES, **options)  # type: ignore[arg-type]

    ways = {
        "one": lambda: alone(body),
        "two": lambda: read_in_halves(body, alone, alone),  # type: ignore[arg-type]
    }
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(_TURNS):
        for name, read in ways.items():
            before, start = _cpu(), time.perf_counter()
            if read() is None:
                raise SystemExit("the second process failed")
            wall[name].append(time.perf_counter() - start)
            cpu[name].append(_cpu() - before)
    sys.stdout.write(f"{len(body) / 1e6:.0f} MB of N-Triples, medians of {_TURNS} turns\n")
    for name in ways:
        seconds = [statistics.median(each[name]) for each in (wall, cpu)]
        sys.stdout.write("{} processes: wall {:.2f} s, CPU {:.2f} s\n".format(name, *seconds))
    ratios = [two / one for one, two in zip(wall["one"], wall["two"], strict=True)]
    sys.stdout.write(f"wall, two / one: {statistics.median(ratios):.2f}\n")


def _cpu() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
