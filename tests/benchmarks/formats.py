"""What the output formats cost beside the engine: ``python -m tests.benchmarks.formats FILE``.

CPU seconds of this process, the best of three; the engine is reading and judging together.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from harvester.cli.validating import validate_inputs
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.report.formats import FORMATS
from harvester.report.validation import View
from harvester.rules.judge import validate


def best(work: Callable[[], Any]) -> float:
    """The least CPU time of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main(path: str) -> None:
    """Print one line for the engine, one for describing findings, one for each format."""
    body = Path(path).read_bytes()
    profile = load_profile("dcat-ap-se")

    def engine() -> None:
        graph = Graph()
        read_document(body, url="file:///benchmark", graph=graph)
        validate(graph, profile)

    def whole() -> Any:
        return validate_inputs([path], profile="dcat-ap-se", engine="core", offline=True)

    alone = best(engine)
    result = whole()
    print(f"{len(result.findings)} findings, {result.datasets} datasets")
    print(f"{'engine':10}{alone:7.3f} s")
    print(f"{'describe':10}{best(whole) - alone:7.3f} s")
    lines = body.decode("utf-8", "replace").splitlines()
    placed = tuple(
        replace(finding, line=finding.line or number % len(lines) + 1, column=finding.column or 1)
        for number, finding in enumerate(result.findings)
    )
    texts = {(f.input, f.line): lines[f.line - 1] for f in placed if f.line <= len(lines)}
    view = View(replace(result, findings=placed, lines=texts), placed)
    for name, render in FORMATS.items():
        seconds = best(lambda render=render: "".join(render(view)))
        print(f"{name:10}{seconds:7.3f} s {seconds / alone:6.0%} of the engine")


if __name__ == "__main__":
    main(sys.argv[1])
