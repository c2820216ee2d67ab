"""The proof that an edited document says what the old one said, but for the listed changes."""

from collections.abc import Mapping

from harvester.fix.change import Change, applied
from harvester.fix.statements import lowered
from harvester.rdf.canonical import canonical_ntriples
from harvester.rdf.graph import Graph
from harvester.terms import Triple


def proven(old: Graph, new: Graph, changes: Mapping[Triple, Change]) -> bool:
    """Whether ``old`` without what was before and with what is after, and ``new``, are the same.

    Compared statement by statement, since edits in place leave the order of blank nodes as it is;
    where their labels differ, by canonical form.
    """
    expected = applied(old, changes)
    if len(expected) != len(new) or len(expected) != len(old):
        return False
    should, does = list(map(_lowered, expected)), list(map(_lowered, new))
    if set(should) == set(does):
        return True
    return canonical_ntriples("", should) == canonical_ntriples("", does)


def _lowered(triple: Triple) -> Triple:
    """Language tags are compared without case (RDF 1.1 Concepts, section 3.3)."""
    return triple[0], triple[1], lowered(triple[2])
