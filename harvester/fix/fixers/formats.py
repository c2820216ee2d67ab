"""Formats: DCAT-AP-SE 3.0.1 wants the media type as a text in dcterms:format.

Extensions, labels, IRIs of IANA and of the EU's file types say which one where each stands for
one registered media type and no other.
"""

import re
from functools import cache
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import DCTERMS
from harvester.normalize import tables
from harvester.terms import XSD_STRING, Literal, Term, Triple

_IANA: Final = re.compile(
    r"https?://(?:www\.)?iana\.org/assignments/media-types/([a-z]+/[A-Za-z0-9.+_-]+)/?"
)
_FILE_TYPE: Final = re.compile(
    r"https?://publications\.europa\.eu/resource/authority/file-type/([A-Z0-9_]+)/?"
)
# IANA has audio/mpeg and audio/mpa-robust for it.
_SEVERAL: Final = frozenset({"MP3"})


def fix(triple: Triple, _: Surroundings) -> Triple:
    """Write a format as its media type."""
    subject, predicate, value = triple
    if predicate != DCTERMS + "format":
        return triple
    right = media_type(value)
    if right is None or (isinstance(value, Literal) and value.value == right):
        return triple
    return subject, predicate, Literal(right)


def media_type(value: Term) -> str | None:
    """The one media type that a value of dcterms:format stands for, or ``None``."""
    if isinstance(value, str):
        iana, file_type = _IANA.fullmatch(value), _FILE_TYPE.fullmatch(value)
        if iana is not None:
            return tables.registered_media_types().get(iana[1].lower())
        return _of_file_type(file_type[1]) if file_type is not None else None
    if value.datatype != XSD_STRING and value.language is None:
        return None
    text = value.value.strip().lower()
    registered = tables.registered_media_types().get(text)
    if registered is not None:
        return registered
    for kind in ("extension", "label"):
        found = tables.formats(kind).get(text)
        if found is not None and found.certainty == tables.EXACT and not found.package:
            return _of_file_type(found.file_type)
    return None


@cache
def _of_file_type(code: str) -> str | None:
    """The media type of a file type, when it is the media type of no other."""
    known = tables.file_types().get(code)
    if known is None or not known.registered or code in _SEVERAL:
        return None
    back = tables.formats("media-type").get(known.media_type)
    one = back is not None and back.file_type == code and back.certainty == tables.EXACT
    return known.media_type if one else None
