"""N-Quads: N-Triples with the graph that says each triple: the source's main catalog."""

from collections.abc import Iterable, Iterator, Mapping

from harvester.namespaces import PREFIXES
from harvester.rdf.write.cache import Cache
from harvester.rdf.write.interface import Description, Report
from harvester.rdf.write.mend import checked_iri, encode
from harvester.rdf.write.ntriples import line_writer


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,  # noqa: ARG001 - every writer has the same shape
) -> Iterator[bytes]:
    """Yield N-Quads; descriptions with an empty ``graph`` land in the default graph.

    Raises ``ValueError`` for a graph that is not an absolute IRI.
    """
    lines = line_writer()
    ends = Cache(lambda graph: f" <{checked_iri(graph)}> .\n" if graph else " .\n")
    return encode(
        descriptions,
        lambda description: lines(description, ends[description.graph]).encode("utf-8"),
        report,
    )
