"""A judge for tests: one finding for every statement that a fixer has something to say about."""

from harvester.fix.change import Surroundings, propose
from harvester.fix.fixers import FIXERS
from harvester.model import Finding, Severity, Text
from harvester.rdf.graph import Graph

URL = "file:///katalog"


def strict(graph: Graph) -> list[Finding]:
    """Every change that could be made is asked for."""
    changes = propose(Surroundings(graph), tuple(FIXERS.items()))
    return [
        Finding("XX001", Severity.ERROR, before[0], Text("fel", "wrong"), path=before[1])
        for before in changes
    ]


def content(_: Graph) -> list[Finding]:
    """Nothing is ever wrong."""
    return []
