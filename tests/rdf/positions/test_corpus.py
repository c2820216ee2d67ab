"""Every finding about every real file has a place that exists and lies on what it says."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from harvester.errors import UnreadableError
from harvester.model import Finding, Syntax
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.positions import Aim, Page, find_places
from harvester.rdf.read import read_document
from harvester.rules.judge import validate
from harvester.rules.profile import Profile

from .truth import Truth

FOLDERS = (
    *("sweden", "belgium", "italy", "spain", "germany", "france", "norway", "switzerland"),
    *("hostile", "usa", "csw", "oai-pmh", "suites"),
)


@cache
def profile() -> Profile:
    """The profile that every file is held against, loaded once."""
    return load_profile("dcat-ap-se")


def placed_findings(path: Path) -> tuple[Truth, list[tuple[Finding, Aim]], list[Finding]] | None:
    """Read, validate and place one file; ``None`` where it is refused."""
    body, url, graph = path.read_bytes(), path.as_uri(), Graph()
    try:
        reading = read_document(body, url=url, graph=graph)
    except UnreadableError:
        return None
    syntax = reading.reading.syntax
    said = list(reading.findings)
    findings = [*said, *validate(graph, profile())]
    page = Page(url, lambda: body, syntax, url, range(graph.blanks))
    placed = [
        (replace(finding, input=found.input, line=found.line, column=found.column), found.aim)
        for finding, found in zip(findings, find_places(findings, [page], graph), strict=True)
    ]
    return Truth(body, syntax, url), placed, said


def whole(finding: Finding, url: str) -> bool:
    """Whether a finding is about the document rather than about something in it."""
    return finding.focus in ("", url)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_places_over_the_whole_corpus(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All places exist; 98 of 100 in each syntax lie on the subject or value; few fall back."""
    counts: dict[Syntax, Counter[str]] = {}
    wrong: list[str] = []
    for folder in FOLDERS:
        for path in sorted((corpus / folder).rglob("*")):
            result = placed_findings(path) if path.is_file() else None
            if result is None:
                continue
            truth, placed, said = result
            count = counts.setdefault(truth.syntax, Counter())
            for number, (finding, aim) in enumerate(placed):
                assert truth.inside(finding), (path, finding)
                if whole(finding, path.as_uri()):
                    count["document"] += 1
                    assert finding.line == 1 or number < len(said), (path, finding)
                    continue
                count["all"] += 1
                count[aim.name.lower()] += 1
                if number < len(said) and said[number].line:
                    count["placed by reading"] += 1
                if truth.says(finding):
                    count["true"] += 1
                else:
                    wrong.append(f"{path.name}:{finding.line}:{finding.column} {finding}")
    with capsys.disabled():
        for syntax, count in sorted(counts.items()):
            share = 100 * count["true"] / max(count["all"], 1)
            print(f"\n{syntax}: {share:.2f} % on the subject or value; {dict(count)}", end="")
        print("\n" + "\n".join(wrong[:10]))
    for syntax, count in counts.items():
        assert count["true"] >= 0.98 * count["all"], (syntax, count, wrong[:5])
        assert count[Aim.EXACT.name.lower()] >= 0.99 * count["all"], (syntax, count)


@pytest.mark.parametrize("folder", ["sweden", "spain", "germany", "norway", "switzerland"])
def test_every_finding_of_a_folder_lies_on_its_subject_or_value(corpus: Path, folder: str) -> None:
    """The places of the smaller folders, without a single miss among those not given by reading."""
    seen = 0
    for path in sorted((corpus / folder).rglob("*")):
        result = placed_findings(path) if path.is_file() else None
        if result is None:
            continue
        truth, placed, said = result
        for number, (finding, aim) in enumerate(placed):
            assert truth.inside(finding)
            if whole(finding, path.as_uri()) or (number < len(said) and said[number].line):
                continue
            seen += 1
            if aim is Aim.EXACT:
                assert truth.says(finding), (path, finding)
    assert seen


@pytest.mark.slow
def test_placing_costs_less_than_reading_and_validating(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two thousand datasets with 51,000 findings: the scan is a part of what the rest takes."""
    path = corpus / "belgium" / "Fedict__dcat__datagovbe-sample1981.ttl"
    body, url, graph = path.read_bytes(), path.as_uri(), Graph()
    rules = profile()
    times = [process_time()]
    reading = read_document(body, url=url, graph=graph)
    times.append(process_time())
    findings = [*reading.findings, *validate(graph, rules)]
    times.append(process_time())
    find_places(findings, [Page(url, lambda: body, reading.reading.syntax, url)], graph)
    times.append(process_time())
    read, validated, placed = (end - start for start, end in pairwise(times))
    with capsys.disabled():
        print(f"\nread {read:.2f} s, validate {validated:.2f} s, place {placed:.2f} s")
    assert placed < read + validated
