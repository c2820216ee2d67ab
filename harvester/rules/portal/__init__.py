"""What the national portal asks for that SHACL cannot say: one table, small pure functions."""

from collections.abc import Callable, Iterator
from typing import Final

from harvester.model import Finding
from harvester.rdf.graph import Graph
from harvester.rules.context import Context

CHECKS: Final[tuple[Callable[[Graph, Context], Iterator[Finding]], ...]] = ()


def check_portal_rules(graph: Graph, context: Context) -> Iterator[Finding]:
    """Yield the findings of every portal rule."""
    for check in CHECKS:
        yield from check(graph, context)
