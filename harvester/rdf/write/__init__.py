"""Write RDF: one writer for each syntax, all of one shape.

A writer takes descriptions, one resource after the other, and yields the bytes of a file; it
opens nothing and holds one description at a time, so an export of any size needs the memory of its
largest resource. The same descriptions in the same order give the same bytes.
"""

from collections.abc import Mapping
from types import MappingProxyType

from harvester.model import Syntax
from harvester.rdf.write import jsonld, nquads, ntriples, rdfxml, trig, turtle
from harvester.rdf.write.interface import Amendment, Description, Report, Writer

WRITERS: Mapping[Syntax, Writer] = MappingProxyType(
    {
        Syntax.RDFXML: rdfxml.write,
        Syntax.TURTLE: turtle.write,
        Syntax.NTRIPLES: ntriples.write,
        Syntax.NQUADS: nquads.write,
        Syntax.TRIG: trig.write,
        Syntax.JSONLD: jsonld.write,
    }
)

__all__ = ["WRITERS", "Amendment", "Description", "Report", "Writer"]
