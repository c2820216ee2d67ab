"""Write measurements of quality as one RDF file, wholly or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from harvester.export.atomic import replacing
from harvester.export.publish import syntax_of
from harvester.namespaces import PREFIXES
from harvester.quality.dqv import DQV, PV
from harvester.rdf.write import WRITERS, Amendment, Description
from harvester.terms import Triple


def write_measurements(path: Path, described: Iterable[tuple[str, list[Triple]]]) -> int:
    """Write what is described, as it comes; the suffix of ``path`` chooses the syntax.

    Returns how many triples could not be written as they are, because the publisher's own IRIs
    are no IRIs. Raises ``UsageError`` for an unknown suffix before anything is described.
    """
    syntax, zipped = syntax_of(path)
    amended: list[Amendment] = []
    prefixes = {**PREFIXES, "dqv": DQV, "pv": PV}

    def descriptions() -> Iterator[Description]:
        for iri, triples in described:
            yield Description(iri, triples)

    with replacing(path) as (file, _):
        chunks = WRITERS[syntax](descriptions(), amended.append, prefixes)
        if zipped:
            import gzip

            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                packed.writelines(chunks)
        else:
            file.writelines(chunks)
    return len(amended)
