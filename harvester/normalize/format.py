"""Formats: dcterms:format as an EU file type, dcat:mediaType as a media type registered with IANA.

The store keeps both, so that each target can be written: Sweden wants the media type as a text in
dcterms:format, Europe both IRIs. What says the same twice is said once. A media type that IANA
does not know (``application/x-shapefile``) is kept as its file type; one that no file type stands
for is left as it is. ``text/csv+zip`` is CSV with dcat:packageFormat ZIP. A media type follows
from a file type, and a file type from a media type, only where the other one is missing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from harvester.namespaces import DCAT, DCTERMS
from harvester.normalize.step import Edit, ResourceStep
from harvester.normalize.tables import (
    ASSUMED,
    EXACT,
    MEDIA_TYPES,
    file_types,
    fold,
    formats,
    registered_media_types,
)
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, is_blank

FORMAT: Final = DCTERMS + "format"
MEDIA_TYPE: Final = DCAT + "mediaType"
PACKAGE: Final = DCAT + "packageFormat"
_FILE_TYPE: Final = "publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPE_BASES: Final = (
    "iana.org/assignments/media-types/",
    "inspire.ec.europa.eu/media-types/",
    "purl.org/net/mediatypes/",
)
_SUFFIXES: Final = {"json": "JSON", "xml": "XML", "zip": "ZIP"}
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")


class Meaning(NamedTuple):
    """What a value says: EU file type, media type as IANA writes it, package; "" for nothing."""

    file_type: str = ""
    media_type: str = ""
    package: str = ""
    certainty: str = EXACT


@lru_cache(maxsize=8192)
def meaning(value: Term) -> Meaning | None:
    """What a value of dcterms:format or dcat:mediaType means, or ``None``."""
    if is_blank(value):
        return None
    text = value.value if isinstance(value, Literal) else value
    key = fold(text)
    if key.startswith(_FILE_TYPE):
        return _file_type(key.removeprefix(_FILE_TYPE))
    for base in _MEDIA_TYPE_BASES:
        if key.startswith(base):
            return _media_type(key.removeprefix(base))
    if not isinstance(value, Literal):
        # <CSV> in a document is resolved against its address
        code = text.rpartition("/")[2]
        return Meaning(code, certainty=ASSUMED) if code in file_types() else None
    if "/" in key:
        return _media_type(key) or _table("label", key)
    return _table("label", key) or _table("extension", "." + key.lstrip(".")) or _file_type(key)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {code.casefold(): code for code in file_types()}


def _file_type(code: str) -> Meaning | None:
    found = _codes().get(code)
    return Meaning(found) if found else None


def _table(kind: str, key: str) -> Meaning | None:
    found = formats(kind).get(key)
    if found is None or found.certainty not in (EXACT, ASSUMED):
        return None
    return Meaning(found.file_type, "", found.package, found.certainty)


def _media_type(key: str) -> Meaning | None:
    key = re.sub(r"\s*;\s*", ";", key)
    plain = key.partition(";")[0]
    if not _MEDIA_TYPE.fullmatch(plain):
        return None
    table = _table("media-type", key) or _table("media-type", plain)
    iana = registered_media_types().get(plain, "")
    if table is not None and not table.package:
        return Meaning(table.file_type, iana or _registered(table.file_type), "", table.certainty)
    if table is not None:
        return Meaning(table.file_type, _registered(table.file_type), table.package)
    # RFC 6839: what ends in +json can be read as JSON
    suffix = "" if plain in formats("media-type") else _SUFFIXES.get(plain.rpartition("+")[2], "")
    return Meaning(suffix, iana) if iana else None


def _registered(code: str) -> str:
    """The media type of a file type, when IANA knows it."""
    kind = file_types().get(code)
    return registered_media_types().get(kind.media_type, "") if kind and kind.registered else ""


def edits(graph: Graph) -> Iterator[Edit]:
    """Say the format and the media type of each distribution in the store's words."""
    for subject, properties in graph.spo.items():
        declared = properties.get(FORMAT, ())
        media = properties.get(MEDIA_TYPE, ())
        if declared or media:
            yield from _edits(subject, declared, media, bool(properties.get(PACKAGE)))


def _edits(
    subject: str, declared: Sequence[Term], media: Sequence[Term], packaged: bool
) -> Iterator[Edit]:
    said = {value: found for value in declared if (found := meaning(value))}
    typed = {value: found for value in media if (found := meaning(value))}
    for value, found in said.items():
        yield from _in_format(subject, value, found, bool(media), packaged)
    for value, found in typed.items():
        yield from _in_media_type(subject, value, found, bool(declared))


def _in_format(
    subject: str, value: Term, found: Meaning, has_media: bool, packaged: bool
) -> Iterator[Edit]:
    """A value of dcterms:format; without a file type it stays, whatever it is."""
    before: Triple = (subject, FORMAT, value)
    if not found.file_type and isinstance(value, str):
        return  # the IRI of a media type: another target may know it
    kept: Triple = (
        (subject, FORMAT, file_types()[found.file_type].iri) if found.file_type else before
    )
    after = [kept]
    media_type = found.media_type or _registered(found.file_type)
    if media_type and not has_media:
        after.append((subject, MEDIA_TYPE, MEDIA_TYPES + media_type))
    if found.package and not packaged:
        after.append((subject, PACKAGE, MEDIA_TYPES + _registered(found.package)))
    if after != [before]:
        yield Edit((before,), tuple(after), found.certainty)


def _in_media_type(subject: str, value: Term, found: Meaning, has_format: bool) -> Iterator[Edit]:
    """A value of dcat:mediaType; one that IANA does not know and no file type has is left."""
    before: Triple = (subject, MEDIA_TYPE, value)
    after: list[Triple] = []
    media_type = found.media_type or _registered(found.file_type)
    if media_type:
        after.append((subject, MEDIA_TYPE, MEDIA_TYPES + media_type))
    if found.file_type and not has_format:
        after.append((subject, FORMAT, file_types()[found.file_type].iri))
    if not media_type and not (isinstance(value, Literal) and found.file_type):
        after.append(before)
    if after != [before]:
        yield Edit((before,), tuple(after), found.certainty)


def as_text(declared: Sequence[Term], media: Sequence[Term], packages: Sequence[Term]) -> str:
    """The media type that DCAT-AP-SE wants as a text in dcterms:format, or "" for none.

    From the values of dcterms:format, dcat:mediaType and dcat:packageFormat in the store's words.
    """
    typed = [found.media_type for value in media if (found := meaning(value))]
    said = [found for value in declared if (found := meaning(value))]
    media_type = next((one for one in typed if one), "")
    for found in said:
        kind = file_types().get(found.file_type)
        media_type = media_type or found.media_type or (kind.media_type if kind else "")
    if media_type and any(
        (zipped := meaning(one)) and zipped.file_type == "ZIP" for one in packages
    ):
        together = f"{media_type}+zip"
        return together if together in formats("media-type") else media_type
    return media_type


def _wants(predicate: str, value: Term) -> bool:
    return predicate == FORMAT or meaning(value) is not None


STEPS: Final = (
    ResourceStep(
        "format",
        frozenset({FORMAT, MEDIA_TYPE}).__contains__,
        _wants,
        edits,
        frozenset({FORMAT, MEDIA_TYPE, PACKAGE}),
    ),
)
