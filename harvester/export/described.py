"""What an export says about itself: VoID and DCAT, in one small Turtle file beside it.

It has no clock in it: the same export has the same description. Its ``dcat:version`` is a digest
of all that the export was made from, so that a night in which nothing changed is known by it, and
its counts are believed as long as its checksum is that of the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from harvester.export.atomic import replacing
from harvester.export.feed import INDEX
from harvester.export.feed_log import moment_text
from harvester.export.publish import syntax_of
from harvester.export.written import Address, sha256_of, write_verified
from harvester.model import Exported, Syntax
from harvester.namespaces import DCAT, DCTERMS, FOAF, HYDRA, PREFIXES, RDF_TYPE, SPDX, XSD
from harvester.rdf.write import Description
from harvester.settings import Publication
from harvester.terms import Literal, Term, Triple

VOID: Final = "http://rdfs.org/ns/void#"
_PREFIXES: Final = {**PREFIXES, "void": VOID}
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_MEDIA_TYPES: Final = {
    Syntax.RDFXML: "application/rdf+xml",
    Syntax.TURTLE: "text/turtle",
    Syntax.NTRIPLES: "application/n-triples",
    Syntax.NQUADS: "application/n-quads",
    Syntax.TRIG: "application/trig",
    Syntax.JSONLD: "application/ld+json",
}
_HERE: Final = "https://described.invalid/"


@dataclass(frozen=True, slots=True)
class Described:
    """What a description says of the file beside it; ``classes`` by IRI."""

    version: str
    sha256: str
    triples: int
    classes: Mapping[str, int]


def description_of(path: Path) -> Path:
    """Where the description of an export lies: ``se.rdf`` -> ``se.void.ttl``."""
    name = path.name.removesuffix(".gz")
    return path.with_name(f"{Path(name).stem}.void.ttl")


def describe(
    exported: Exported,
    publication: Publication,
    *,
    version: str,
    modified: datetime | None,
    first_page: Path | None,
) -> Path:
    """Write the description of an export, with links to all forms it has; where it lies.

    ``version`` names the state it was made from, ``modified`` is when that last changed;
    ``first_page`` is the first page of the export's pages.
    """
    path = description_of(exported.path)
    stem = "" if publication.base else f"https://{exported.sha256[:32]}.invalid/"
    base = publication.base or stem
    triples = list(_statements(exported, publication, base, path, version, modified, first_page))
    with replacing(path) as (file, part):
        write_verified(
            file,
            part,
            Syntax.TURTLE,
            [Description(base + path.name, triples)],
            lambda _: None,
            prefixes=_PREFIXES,
            address=Address(base + quote(path.name), stem),
        )
    return path


def read_description(path: Path) -> Described | None:
    """The description of the export at ``path``; ``None`` when there is none that can be read.

    Nor when the file is not what was described.
    """
    try:
        quads = list(
            ox.parse(path=description_of(path), format=ox.RdfFormat.TURTLE, base_iri=_HERE)
        )
        found: dict[str, dict[str, str]] = {}
        for quad in quads:
            if not isinstance(quad.object, ox.Triple):
                properties = found.setdefault(str(quad.subject), {})
                properties[quad.predicate.value] = quad.object.value
        export = next(one for one in found.values() if VOID + "triples" in one)
        sums = [one[SPDX + "checksumValue"] for one in found.values() if SPDX + "algorithm" in one]
        classes = {
            one[VOID + "class"]: int(one[VOID + "entities"])
            for one in found.values()
            if VOID + "class" in one
        }
        if sums != [sha256_of(path)]:
            return None
        version = export[DCAT + "version"]
        return Described(version, sums[0], int(export[VOID + "triples"]), classes)
    except (OSError, SyntaxError, ValueError, KeyError, StopIteration):
        return None


def _statements(
    exported: Exported,
    publication: Publication,
    base: str,
    path: Path,
    version: str,
    modified: datetime | None,
    first_page: Path | None,
) -> Iterator[Triple]:
    here = base + quote(path.name)
    export, dump = f"{here}#export", base + quote(exported.path.name)
    yield here, RDF_TYPE, VOID + "DatasetDescription"
    yield here, FOAF + "primaryTopic", export
    yield export, RDF_TYPE, VOID + "Dataset"
    yield export, RDF_TYPE, DCAT + "Dataset"
    yield export, DCTERMS + "title", Literal(f"Harvested catalogs ({exported.target})")
    yield export, DCAT + "version", Literal(version)
    if modified is not None:
        yield export, DCTERMS + "modified", Literal(moment_text(modified), XSD + "dateTime")
    yield export, VOID + "triples", _number(exported.triples)
    yield export, VOID + "dataDump", dump
    for number, (cls, count) in enumerate(sorted(exported.classes.items())):
        yield export, VOID + "classPartition", f"_:class{number}"
        yield f"_:class{number}", VOID + "class", cls
        yield f"_:class{number}", VOID + "entities", _number(count)
    syntax, zipped = syntax_of(exported.path)
    size = Literal(str(exported.path.stat().st_size), XSD + "nonNegativeInteger")
    file: list[tuple[str, Term]] = [
        (DCAT + "downloadURL", dump),
        (DCAT + "mediaType", _MEDIA + _MEDIA_TYPES[syntax]),
        (DCAT + "byteSize", size),
        (SPDX + "checksum", "_:checksum"),
    ]
    if zipped:
        file.append((DCAT + "compressFormat", _MEDIA + "application/gzip"))
    yield from _distribution(export, f"{here}#file", dump, file)
    yield "_:checksum", RDF_TYPE, SPDX + "Checksum"
    yield "_:checksum", SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256"
    yield "_:checksum", SPDX + "checksumValue", Literal(exported.sha256, XSD + "hexBinary")
    if first_page is not None:
        address = base + _from(exported.path.parent, first_page)
        media = _MEDIA + _MEDIA_TYPES[syntax_of(first_page)[0]]
        standards = [(DCTERMS + "conformsTo", HYDRA), (DCAT + "mediaType", media)]
        yield from _distribution(export, f"{here}#pages", address, standards)
    if publication.feed is not None:
        address = base + _from(exported.path.parent, publication.feed / INDEX)
        yield from _distribution(
            export,
            f"{here}#feed",
            address,
            [
                (DCTERMS + "conformsTo", "https://semiceu.github.io/LDES-DCAT-AP-feeds/"),
                (DCAT + "mediaType", _MEDIA + _MEDIA_TYPES[Syntax.TRIG]),
            ],
        )


def _distribution(
    export: str, node: str, address: str, properties: Sequence[tuple[str, Term]]
) -> Iterator[Triple]:
    yield export, DCAT + "distribution", node
    yield node, RDF_TYPE, DCAT + "Distribution"
    yield node, DCAT + "accessURL", address
    for predicate, value in properties:
        yield node, predicate, value


def _from(folder: Path, path: Path) -> str:
    return quote(path.relative_to(folder).as_posix())


def _number(count: int) -> Literal:
    return Literal(str(count), XSD + "integer")
