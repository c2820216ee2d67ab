"""What XML allows: which names end an IRI, and which characters stand in text."""

import re
from typing import Final

from harvester.namespaces import RDF

# Names (Namespaces in XML 1.0, section 3), restricted to what the fourth and the fifth edition of
# XML 1.0 both allow: expat, below many readers, still goes by the fourth.
_START: Final = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_CHARS: Final = re.compile(f"[{_START}0-9.\u00b7-]*")
_FIRST: Final = re.compile(f"[{_START}]")

# Char (XML 1.0, section 2.2), turned round; and as bytes, which are searched faster.
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS: Final = bytes(range(0x20)).translate(None, b"\t\n\r")
_NONCHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")

# RDF/XML, section 7.2.5: names with a meaning of their own; rdf:li would become rdf:_1.
_SYNTAX: Final = frozenset(
    RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "resource", "nodeID", "datatype", "parseType", "li"),
        *("bagID", "aboutEach", "aboutEachPrefix", "version", "annotation", "annotationNodeID"),
    )
)
_RESERVED: Final = (
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
)


def split_name(iri: str) -> tuple[str, str] | None:
    """Split an IRI into namespace and NCName, the name as long as can be.

    ``None`` where no name is left (``http://e/p/123``, ``http://e/``), the namespace would be
    empty, or RDF/XML gives the name a meaning of its own.
    """
    tail = _CHARS.match(iri[::-1])
    start = _FIRST.search(iri, len(iri) - tail.end()) if tail else None
    if start is None or start.start() == 0 or iri in _SYNTAX:
        return None
    namespace = iri[: start.start()]
    return None if namespace in _RESERVED else (namespace, iri[start.start() :])


def is_xml(text: bytes) -> bool:
    """Whether UTF-8 text holds none of the characters that XML 1.0 forbids."""
    if len(text.translate(None, _CONTROLS)) != len(text):
        return False
    return not any(character in text for character in _NONCHARACTERS)
