import os
import socket
import time

import pytest

from harvester.errors import HarvesterError, StoreError, UsageError
from harvester.rdf.graph import Graph
from harvester.sparql import Truth
from harvester.words import Text
from harvester.worker.query import QueryLimits, ask_in_child

ONE = Graph([("https://x.se/a", "https://x.se/b", "https://x.se/c")])
MANY = Graph((f"https://x.se/{n}", "https://x.se/p", f"https://x.se/{n + 1}") for n in range(300))
LIMITS = QueryLimits(seconds=20)


def no_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_the_answer_crosses():
    """And no process is left."""
    assert ask_in_child("ASK { ?s ?p ?o }", lambda: ONE, LIMITS) == Truth(True)
    assert no_children()


def test_a_query_that_runs_away_is_stopped():
    """After the seconds it has, whatever it does; the message says what to do."""
    begun = time.monotonic()
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(UsageError, match=r"stopped after 1 s.*--timeout"):
        ask_in_child(text, lambda: MANY, QueryLimits(seconds=1))
    assert time.monotonic() - begun < 10
    assert no_children()


def test_a_query_that_takes_too_much_memory_is_stopped():
    """As an answer in words, not as a dead process."""

    def load() -> Graph:
        return Graph((f"https://x.se/{n}", "https://x.se/p", "x" * 50) for n in range(10**7))

    with pytest.raises(UsageError, match="takes more than 600 MiB"):
        ask_in_child("ASK {}", load, QueryLimits(seconds=60, memory=600 * 2**20))


def test_what_loading_raises_is_told():
    """A damaged store is exit code 10, all else is our fault."""

    def damaged() -> Graph:
        raise StoreError(Text("databasen är skadad", "the store is damaged"))

    def broken() -> Graph:
        raise ValueError("odd")

    with pytest.raises(StoreError, match="damaged"):
        ask_in_child("ASK {}", damaged, LIMITS)
    with pytest.raises(HarvesterError, match="ValueError: odd"):
        ask_in_child("ASK {}", broken, LIMITS)


@pytest.mark.parametrize("act", ["socket", "file"])
def test_while_it_evaluates_nothing_can_be_reached(act, tmp_path, monkeypatch):
    """The wall of the readers: no socket, no file; were the engine to try, it would fail."""
    from harvester.sparql import ask as asking

    def tries(*_: object) -> object:
        if act == "socket":
            socket.create_connection(("127.0.0.1", 9))
        else:
            (tmp_path / "x").write_text("x")
        return {"type_": "ASK", "askAnswer": True}

    monkeypatch.setattr(asking, "evalQuery", tries)
    with pytest.raises(HarvesterError, match="PermissionError: a reader may not"):
        ask_in_child("ASK {}", lambda: ONE, LIMITS)
    assert not (tmp_path / "x").exists()
