"""TriG: Turtle, with the descriptions that have a graph inside it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from harvester.namespaces import PREFIXES
from harvester.rdf.write.interface import Description, Report
from harvester.rdf.write.mend import checked_iri, encode
from harvester.rdf.write.turtle import Blocks, prefix_lines


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Iterator[bytes]:
    """Yield TriG: the prefixes, then each description as one block, in its graph if it has one.

    Raises ``ValueError`` for a graph that is not an absolute IRI.
    """
    blocks = Blocks(prefixes)

    def render(description: Description) -> bytes:
        block = blocks.render(description)
        if not description.graph:
            return block
        return b"\n<%s> {%s}\n" % (checked_iri(description.graph).encode("utf-8"), block)

    return chain([prefix_lines(prefixes)], encode(descriptions, render, report))
