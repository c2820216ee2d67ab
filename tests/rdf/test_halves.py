"""Two processes read one document: the same page as one would, or none where one is to do it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf import parse as parsing
from harvester.rdf.collect import Page
from harvester.rdf.graph import Graph
from harvester.rdf.halves import read_in_halves
from harvester.rdf.limits import DEFAULT, Limits
from harvester.rdf.parse import parse
from harvester.rdf.read import read_document
from harvester.terms import Literal

ROOT = Path(__file__).parents[2]
XSD = "http://www.w3.org/2001/XMLSchema#"
NODES = [f"<http://e/{n}>" for n in range(4)] + [f"_:n{n}" for n in range(4)]
TEXTS = st.sampled_from(["", "1", "å 😀", 'a \\"b\\" \\\\ \\n', "x" * 30])
LITERALS = st.builds(
    '"{}"{}'.format,
    TEXTS,
    st.sampled_from(["", "@sv", "@sv-SE", "@ar--rtl", f"^^<{XSD}integer>", f"^^<{XSD}date>"]),
)
LINES = st.builds(
    "{} <http://e/p{}> {} .".format,
    st.sampled_from(NODES),
    st.integers(0, 2),
    st.sampled_from(NODES) | LITERALS | st.integers(0, 40).map('"{}"'.format),
)
SOME = b"".join(b"<http://e/%d> <http://e/p> _:b%d .\n" % (n, n % 3) for n in range(40))


def alone(body: bytes, labels: Graph | None = None, limits: Limits = DEFAULT) -> Page:
    labels = Graph() if labels is None else labels
    options = {"base": None, "lenient": False}
    return parse(body, Syntax.NTRIPLES, labels=labels, limits=limits, **options)  # type: ignore[arg-type]


def everything(page: Page) -> list[object]:
    """All that a page says, in its order where that is told to anyone."""
    graph = [(subject, list(properties.items())) for subject, properties in page.graph.spo.items()]
    counts = (page.statements, page.duplicates, len(page.graph), page.strict)
    words = (page.iris.keys(), page.tags, page.names, page.numbers, page.blanks)
    return [graph, *counts, *words]


@settings(deadline=None, max_examples=60)
@given(lines=st.lists(LINES, min_size=2, max_size=60), data=st.data())
def test_a_cut_at_any_line_changes_nothing(lines: list[str], data: st.DataObject) -> None:
    """Order, blank nodes, duplicates, long lists of values and counts are those of one process."""
    body = "\n".join(lines).encode() + b"\n"
    ends = [n + 1 for n, byte in enumerate(body) if byte == 10]
    one_labels, two_labels = Graph(), Graph()
    one_labels.blanks = two_labels.blanks = 7  # earlier documents had some
    one = alone(body, one_labels)
    two = read_in_halves(
        body, lambda half: alone(half, two_labels), alone, cut=data.draw(st.sampled_from(ends))
    )
    assert two is not None
    assert everything(two) == everything(one)
    assert two_labels.blanks == one_labels.blanks
    # a property with many values takes more of them as it would have
    for graph in (one.graph, two.graph):
        assert all(graph.add("http://e/0", "http://e/p0", Literal(f"new {n}")) for n in range(40))
    assert list(two.graph) == list(one.graph)


def dies(_: bytes) -> Page:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def hangs(_: bytes) -> Page:
    os.kill(os.getpid(), signal.SIGSTOP)
    raise AssertionError


def leaves(_: bytes) -> Page:
    os._exit(0)


def runs_out(_: bytes) -> Page:
    raise MemoryError


def interrupted(_: bytes) -> Page:
    raise KeyboardInterrupt


@pytest.mark.parametrize("fate", [dies, hangs, leaves, runs_out, interrupted])
def test_the_second_process_may_end_in_any_way(fate) -> None:
    """The caller is told to read the document itself, and no process is left."""
    assert read_in_halves(SOME, alone, fate, patience=0.5) is None
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    "body",
    [
        SOME + b"no statement\n" + SOME,
        SOME + SOME + b"no statement\n",
        SOME + SOME + b'<http://e/s> <http://e/p> "' + b"x" * 300_000 + b'" .\n',
        b'<http://e/s> <http://e/p> "' + b"x" * 300_000 + b'" .\n' + SOME,
        SOME + b"<http://e/s> <http://e/p> <<( <http://e/s> <http://e/p> <http://e/o> )>> .\n",
    ],
)
def test_what_is_rare_is_left_to_one_process(body: bytes) -> None:
    """Errors with their lines, and statements that are set aside, are told by a single reader."""
    assert read_in_halves(body, alone, alone) is None
    assert read_in_halves(b"", alone, alone) is None
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_limit_of_the_whole_holds_for_two_halves(monkeypatch) -> None:
    """More statements or blank nodes than a document may have are refused, however it is read."""
    monkeypatch.setattr(parsing, "a_core_is_free", lambda: True)
    limits = DEFAULT._replace(one_process=1)
    with pytest.raises(UnreadableError, match="more than 30 triples"):
        alone(SOME, limits=limits._replace(triples=30))
    with pytest.raises(UnreadableError, match="more than 2 blank nodes"):
        alone(SOME, limits=limits._replace(blank_nodes=2))
    assert len(alone(SOME, limits=limits._replace(triples=40, blank_nodes=3)).graph) == 40


@pytest.mark.parametrize("end", [b"", b"no statement\n"])
def test_a_document_reads_the_same(monkeypatch, end: bytes) -> None:
    """The reading, its findings and the graph, of a good document and of one with a bad line."""
    monkeypatch.setattr(parsing, "a_core_is_free", lambda: True)
    body = SOME + b'<http://e/s> <http://e/p> "1e999"^^<%sdouble> .\n' % XSD.encode() + end
    answers = []
    for bytes_for_one in (1, 1 << 30):
        graph = Graph()
        limits = DEFAULT._replace(one_process=bytes_for_one)
        reading = read_document(body, url="http://e/", graph=graph, limits=limits)
        answers.append((reading, list(graph), graph.blanks))
    assert answers[0] == answers[1]


def test_behind_the_wall_one_process_reads() -> None:
    """A reader that may start no process reads a huge document alone."""
    program = (
        "import sys; from harvester.worker.wall import raise_wall; "
        "from tests.rdf.test_halves import SOME, alone, read_in_halves; raise_wall(); "
        "sys.stdout.write(str(read_in_halves(SOME, alone, alone)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None"
