"""What Europe says for a property and its value, whatever resource they stand in.

Licences by the EU table where it has them, else as the store has them (Creative Commons, national
ones); an address that came as text as an IRI; any other text where DCAT-AP wants a thing as a
nameless thing that bears the text; the datatypes of DCAT-AP.
"""

import re
from typing import Final, NamedTuple

from harvester.export.concepts import is_term
from harvester.export.eu_table import (
    ADDRESSES,
    CONCEPT,
    DATATYPES,
    GEOMETRIES,
    GEOMETRY,
    MEDIA_TYPE,
    NAMES,
    OWN_TERMS,
    RANGES,
    SUPERCLASSES,
    TEXTS,
)
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE, XSD
from harvester.normalize.tables import AUTHORITY, MEDIA_TYPES, file_types, licence_codes
from harvester.terms import XSD_STRING, Literal, Term

LICENCE: Final = DCTERMS + "license"
_FILE_TYPE: Final = AUTHORITY + "file-type/"
_PATTERNS: Final = {path: re.compile(pattern) for path, (_, pattern) in DATATYPES.items()}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+", re.IGNORECASE)


_RESTATED: Final = {
    LICENCE: "licence",
    **dict.fromkeys((DCAT + n for n in ("mediaType", "compressFormat", "packageFormat")), "format"),
}


class Said(NamedTuple):
    """What is said for a value: ``value`` itself or another, or ``None`` for nothing.

    With ``name`` it is a new node of class ``cls`` that has ``value`` as its ``name``; else
    ``cls`` is the class that ``value``, an IRI, must have. ``reason`` says why it is not what the
    store has; ``path`` is the property to say it by, if another one. Of rdf:type ``value`` is a
    wider class that is said as well.
    """

    value: Term | None
    cls: str = ""
    name: str = ""
    reason: str = ""
    path: str = ""


def say(predicate: str, value: Term) -> Said | None:
    """What Europe says for a value that is no blank node; ``None`` when just that."""
    cls = RANGES.get(predicate)
    if cls is not None:
        return _thing(predicate, value, cls)
    if predicate in TEXTS:
        return _text(predicate, value)
    if predicate == RDF_TYPE:
        wider = SUPERCLASSES.get(value) if isinstance(value, str) else None
        return Said(wider) if wider else None
    if predicate.startswith(OWN_TERMS):
        return Said(None, reason="own-terms")
    return None


def _thing(predicate: str, value: Term, cls: str) -> Said | None:
    if isinstance(value, str):
        other = _iri(predicate, value, cls)
        if other != value:
            return Said(other, cls, reason=_RESTATED.get(predicate, "term"))
        return Said(value, cls) if cls else None
    text = value.value.strip()
    if _ADDRESS.fullmatch(text):
        return Said(_iri(predicate, text, cls), cls, reason="text-as-iri")
    if text and predicate == DCAT + "theme":  # a theme is of a list; what is of none is a keyword
        return Said(value, reason="text-as-keyword", path=DCAT + "keyword")
    name = NAMES.get(cls)
    if not text or name is None or predicate in ADDRESSES:
        return Said(None, reason="unusable")
    if cls == GEOMETRY:
        name = GEOMETRIES.get(value.datatype) or GEOMETRIES.get(text[:1], name)
    return Said(value, cls, name, "text-as-thing")


def _iri(predicate: str, iri: str, cls: str) -> str:
    if predicate == LICENCE:
        code = licence_codes().get(iri)
        return f"{AUTHORITY}licence/{code}" if code else iri
    if cls == MEDIA_TYPE and iri.startswith(_FILE_TYPE):
        found = file_types().get(iri.removeprefix(_FILE_TYPE))
        return MEDIA_TYPES + found.media_type if found and found.media_type else iri
    if cls == CONCEPT and iri.endswith("/") and is_term(iri[:-1]):
        return iri[:-1]
    return iri


def _text(predicate: str, value: Term) -> Said | None:
    if isinstance(value, str):
        return Said(Literal(value, XSD + "anyURI"), reason="iri-as-text")
    pattern = _PATTERNS.get(predicate)
    if pattern is None:
        return None
    datatype = DATATYPES[predicate][0]
    text = value.value.strip()
    if not pattern.fullmatch(text):
        return Said(None, reason="unusable")
    if value.datatype == datatype and text == value.value:
        return None
    exact = text if datatype != XSD_STRING else value.value
    return Said(Literal(exact, datatype), reason="datatype")
