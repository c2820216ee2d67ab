"""What starting costs: ``python -m tests.benchmarks.starting``.

CPU time of whole processes in turns, the least of each, as multiples of a Typer program with one
command. Modules are compiled beforehand, as ``pip install`` does; Python is told where they are
kept, so that a shell which forbids writing them does not count their compilation at each start.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.catalogs import descriptions, write_turtle

TURNS: Final = 9
BARE: Final = "import typer\napp = typer.Typer()\n@app.command()\ndef main(): print(1)\napp()"
ROOT: Final = Path(__file__).parents[2]


def cpu_seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """What one process and its children cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(turns: int = TURNS) -> dict[str, float]:
    """The least CPU seconds of each program."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Path(folder) / "catalog.ttl"
        write_turtle(catalog, descriptions(4))  # 22 kB
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "NO_COLOR": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        programs = {
            "bare": ["-c", BARE],
            "--help": ["-m", "harvester", "--help"],
            "validate": ["-m", "harvester", "validate", str(catalog)],
            "validate -o json": ["-m", "harvester", "validate", "-o", "json", str(catalog)],
        }
        for arguments in programs.values():
            cpu_seconds(arguments, environment)
        least = dict.fromkeys(programs, float("inf"))
        for _ in range(turns):
            for name, arguments in programs.items():
                least[name] = min(least[name], cpu_seconds(arguments, environment))
    return least


def main() -> None:
    """Print a table."""
    least = measured()
    print("| what | CPU ms | times the bare program |\n| --- | --: | --: |")
    for name, seconds in least.items():
        print(f"| {name} | {seconds * 1000:.0f} | {seconds / least['bare']:.2f} |")


if __name__ == "__main__":
    main()
