"""RDF/XML's places: the name of an element, an attribute's value, the text of a property."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from harvester.fix.statements import ANY_BLANK, Edit
from harvester.namespaces import PREFIXES, RDF
from harvester.terms import XSD_STRING, Literal, Term

_ATTRIBUTE: Final = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_CLOSE: Final = re.compile(rb"\s*(/?)>")
_LOCAL: Final = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
XML: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute as written: with the space before it, and its value without the quotes."""

    name: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True)
class Tag:
    """A start tag in a document, and the namespaces in force in it, by prefix."""

    start: int
    name: str
    end: int
    empty: bool
    attributes: Mapping[str, Attribute]
    namespaces: Mapping[str, str]

    @property
    def name_end(self) -> int:
        """Where the element's name ends."""
        return self.start + 1 + len(self.name.encode())

    def expand(self, name: str, *, attribute: bool = False) -> str:
        """The IRI of a qualified name; an attribute without a prefix has none."""
        prefix, colon, local = name.rpartition(":")
        if prefix == "xml":
            return XML + local
        if attribute and not colon:
            return local
        return self.namespaces.get(prefix, "") + local

    @cached_property
    def by_iri(self) -> dict[str, Attribute]:
        """The attributes by the IRI of their name."""
        return {self.expand(n, attribute=True): a for n, a in self.attributes.items()}

    def prefix_of(self, namespace: str) -> str | None:
        """A prefix in force for a namespace ("" for the default one), or ``None``."""
        return next((p for p, iri in self.namespaces.items() if iri == namespace), None)


def read_tag(body: bytes, start: int, outer: Mapping[str, str]) -> Tag | None:
    """Read the start tag at ``start``; ``None`` where there is none that can be read."""
    name = _NAME.match(body, start)
    if name is None:
        return None
    attributes: dict[str, Attribute] = {}
    namespaces = outer
    at = name.end()
    while (match := _ATTRIBUTE.match(body, at)) is not None:
        group = 2 if match[2] is not None else 3
        key = match[1].decode("utf-8", "replace")
        attributes[key] = Attribute(key, at, match.end(), match.start(group), match.end(group))
        if key == "xmlns" or key.startswith("xmlns:"):
            value = match[group].decode("utf-8", "replace")
            namespaces = {**namespaces, key[6:]: value}
        at = match.end()
    close = _CLOSE.match(body, at)
    if close is None:
        return None
    text = name[1].decode("utf-8", "replace")
    return Tag(start, text, close.end(), close[1] == b"/", attributes, namespaces)


def escaped(text: str) -> bytes:
    """Text as it stands in an element or between any quotes."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text.replace("'", "&#39;").encode()


@dataclass(frozen=True)
class AttributeSpot:
    """An IRI in rdf:about or rdf:resource."""

    start: int
    end: int

    def rewritten(self, _: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write another IRI."""
        if not isinstance(new, str) or new == ANY_BLANK:
            return None
        return (Edit(self.start, self.end, escaped(new)),)


@dataclass(frozen=True)
class NameSpot:
    """The name of an element: of a property, or of a class for a typed node."""

    start: int
    tag: Tag = field(compare=False)
    close: int = field(compare=False)

    def rewritten(self, _: Term, new: Term) -> tuple[Edit, ...] | None:
        """Rename the element at both its ends; declare the namespace there if it is not."""
        if not isinstance(new, str):
            return None
        cut = max(new.rfind("#"), new.rfind("/")) + 1
        namespace, local = new[:cut], new[cut:]
        if not _LOCAL.fullmatch(local):
            return None
        prefix = self.tag.prefix_of(namespace)
        declared = b""
        if prefix is None:
            known = (p for p, iri in PREFIXES.items() if iri == namespace)
            prefix = next((p for p in known if p not in self.tag.namespaces), None)
            if prefix is None:
                return None
            declared = b" xmlns:" + prefix.encode() + b'="' + escaped(namespace) + b'"'
        name = (f"{prefix}:{local}" if prefix else local).encode()
        edits = [Edit(self.tag.start + 1, self.tag.name_end, name + declared)]
        if not self.tag.empty:
            start = self.close + 2
            edits.append(Edit(start, start + len(self.tag.name.encode()), name))
        return tuple(edits)


@dataclass(frozen=True)
class ValueSpot:
    """The value of a property element: its text, or the IRI in its rdf:resource.

    ``close`` is where its end tag starts, ``end`` where that ends (both the end of an empty tag);
    ``plain`` that it holds no element, ``language`` the xml:lang in force around it.
    """

    start: int
    tag: Tag = field(compare=False)
    close: int = field(compare=False)
    end: int = field(compare=False)
    plain: bool = field(compare=False)
    language: str = field(compare=False)

    def rewritten(self, old: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write another value; the element stays as it is but for what carries the value."""
        if isinstance(old, Literal) and isinstance(new, Literal):
            return self._literal(old, new)
        resource = self.tag.by_iri.get(RDF + "resource")
        if isinstance(new, str) and resource is not None:
            return (Edit(resource.value_start, resource.value_end, escaped(new)),)
        return self._other_kind(new)

    def _literal(self, old: Literal, new: Literal) -> tuple[Edit, ...] | None:
        edits: list[Edit] = []
        if old.value != new.value:
            if self.tag.empty or not self.plain:
                return None
            edits.append(Edit(self.tag.end, self.close, escaped(new.value)))
        if new.language is None and old.datatype != new.datatype:
            datatype = self._datatype(new.datatype)
            if datatype is None:
                return None
            edits.append(datatype)
        if old.language != new.language and (new.language or new.datatype == XSD_STRING):
            language = self._language(new.language)
            if language is None:
                return None
            edits.append(language)
        return tuple(sorted(edits))

    def _datatype(self, iri: str) -> Edit | None:
        attribute = self.tag.by_iri.get(RDF + "datatype")
        if attribute is not None:
            if iri == XSD_STRING:
                return Edit(attribute.start, attribute.end, b"")
            return Edit(attribute.value_start, attribute.value_end, escaped(iri))
        prefix = self.tag.prefix_of(RDF)
        if iri == XSD_STRING:
            return Edit(self.tag.name_end, self.tag.name_end, b"")
        if not prefix:
            return None
        text = b" " + prefix.encode() + b':datatype="' + escaped(iri) + b'"'
        return Edit(self.tag.name_end, self.tag.name_end, text)

    def _language(self, tag: str | None) -> Edit | None:
        """Set xml:lang; ``xml:lang=""`` is never written, since not every reader knows it."""
        own = self.tag.by_iri.get(XML + "lang")
        if tag is None:
            return None if own is None or self.language else Edit(own.start, own.end, b"")
        if own is not None:
            return Edit(own.value_start, own.value_end, escaped(tag))
        at = self.tag.name_end
        return Edit(at, at, b' xml:lang="' + escaped(tag) + b'"')

    def _other_kind(self, new: Term) -> tuple[Edit, ...] | None:
        """A text becomes an rdf:resource, or the other way round."""
        carried = (RDF + "resource", RDF + "datatype", XML + "lang")
        prefix = self.tag.prefix_of(RDF)
        if not self.plain or not prefix or any(name not in carried for name in self.tag.by_iri):
            return None
        if isinstance(new, str):
            if new == ANY_BLANK:
                return None
            text = b" " + prefix.encode() + b':resource="' + escaped(new) + b'"/>'
        elif new.datatype != XSD_STRING or self.language:
            return None
        else:
            text = b">" + escaped(new.value) + b"</" + self.tag.name.encode() + b">"
        return (Edit(self.tag.name_end, self.end, text),)
