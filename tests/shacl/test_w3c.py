"""The W3C SHACL test suite, core part: 98 validation tests with the report each must give."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.namespaces import SH
from harvester.rdf.graph import Graph
from harvester.shacl import load_shapes, validate
from harvester.shacl.paths import path_text, read_path
from harvester.terms import Term
from tests.benchmarks.loading import load
from tests.conftest import SHARED

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SUITE = SHARED / "suites" / "shacl" / "tests" / "core"

Tuple = tuple[Term | None, str, Term | None, Term | None, Term | None, Term | None]


def _graph(path: Path) -> Graph:
    return load(path, base=path.as_uri())


def _tests() -> Iterator[tuple[Path, str]]:
    if not SUITE.is_dir():
        return
    for file in sorted(SUITE.rglob("*.ttl")):
        for test in _graph(file).instances(SHT + "Validate"):
            yield file, test


TESTS = list(_tests())


def _expected(graph: Graph, report: str) -> Counter[Tuple]:
    def one(result: Term, name: str) -> Term | None:
        return graph.value(str(result), SH + name)

    found: Counter[Tuple] = Counter()
    for result in graph.objects(report, SH + "result"):
        path = one(result, "resultPath")
        found[
            one(result, "focusNode"),
            "" if path is None else path_text(read_path(graph, path)),
            one(result, "value"),
            _named(one(result, "sourceShape")),
            one(result, "sourceConstraintComponent"),
            one(result, "resultSeverity"),
        ] += 1
    return found


def _named(shape: Term | None) -> Term | None:
    """Blank nodes of two parses cannot be compared."""
    return "_:" if isinstance(shape, str) and shape[:2] == "_:" else shape


def _run(file: Path, test: str) -> tuple[Counter[Tuple], Counter[Tuple], bool]:
    manifest = _graph(file)
    action = str(manifest.value(test, MF + "action"))
    graphs = [
        manifest if name == file.as_uri() else _graph(Path(str(name).removeprefix("file://")))
        for name in (manifest.value(action, SHT + kind) for kind in ("dataGraph", "shapesGraph"))
    ]
    results = validate(graphs[0], load_shapes(graphs[1]))
    actual = Counter(
        (r.focus, r.path, r.value, _named(r.shape), r.component, r.severity) for r in results
    )
    report = str(manifest.value(test, MF + "result"))
    conforms = manifest.value(report, SH + "conforms")
    return actual, _expected(manifest, report), (conforms is not None and conforms[0] == "true")


@pytest.mark.skipif(not TESTS, reason=f"no W3C suite at {SUITE} (set HARVESTER_CORPUS)")
@pytest.mark.parametrize(("file", "test"), TESTS, ids=[file.stem for file, _ in TESTS])
def test_the_suite_agrees(file: Path, test: str) -> None:
    """Focus node, path, value, source shape, component and severity of each result are those of
    the published report."""
    actual, expected, conforms = _run(file, test)
    assert actual == expected
    assert conforms is not bool(actual)


@pytest.mark.skipif(not TESTS, reason=f"no W3C suite at {SUITE} (set HARVESTER_CORPUS)")
def test_the_whole_suite_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    """98 of 98: no test of the core part is left out."""
    passed = 0
    for file, test in TESTS:
        actual, expected, _ = _run(file, test)
        passed += actual == expected
    with capsys.disabled():
        print(f"\nW3C SHACL core: {passed} of {len(TESTS)} passed")
    assert (passed, len(TESTS)) == (98, 98)
