"""What the national portal asks for that SHACL cannot say: one table, small pure functions.

A new rule is one function and one row in the file of its group.
"""

from collections.abc import Iterator
from typing import Final

from harvester.model import Finding
from harvester.rdf.graph import Graph
from harvester.rules.context import Context
from harvester.rules.portal import catalogs, identity, loose, transport, values, words
from harvester.rules.portal.interface import PortalRule, Source

PORTAL_RULES: Final[tuple[PortalRule, ...]] = (
    *identity.RULES,
    *catalogs.RULES,
    *loose.RULES,
    *words.RULES,
    *values.RULES,
    *transport.RULES,
)


def check_portal_rules(graph: Graph, context: Context) -> Iterator[Finding]:
    """Yield the findings of every portal rule."""
    source = Source(graph, context)
    for rule in PORTAL_RULES:
        yield from rule.findings(source)
