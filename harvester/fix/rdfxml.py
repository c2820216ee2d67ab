"""Where RDF/XML writes its terms (RDF/XML Syntax Specification, section 7.2)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin
from xml.parsers import expat

from harvester.fix.elements import XML, AttributeSpot, NameSpot, Tag, ValueSpot, read_tag
from harvester.fix.statements import ANY_BLANK, Spot, Statement
from harvester.namespaces import RDF, RDF_FIRST, RDF_TYPE
from harvester.rdf.positions.iris import resolve
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

_ROOT, _NODE, _PROPERTY, _INSIDE = range(4)
_RESERVED: Final = frozenset(
    RDF + name for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType", "bagID")
)
_Placed = tuple[Term, Spot | None]
_NOWHERE: Final[_Placed] = (ANY_BLANK, None)


@dataclass(slots=True)
class _Element:
    """An open element. ``subject`` is the node, or for a property the node it is of."""

    role: int
    tag: Tag
    attributes: Mapping[str, str]
    base: str
    language: str
    outer_language: str
    subject: _Placed = _NOWHERE
    parse: str = ""
    objects: list[_Placed] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def statements(body: bytes, base: str) -> Iterator[Statement]:
    """Yield the statements of a document in UTF-8, each when its element ends.

    Nothing after a place that cannot be followed.
    """
    reader = _Reader(body, base)
    with suppress(expat.ExpatError, _LostError):  # what was found until then has its place
        reader.run()
    yield from reader.found


class _LostError(Exception):
    """The text at the place that the parser names is not the tag that it read."""


class _Reader:
    def __init__(self, body: bytes, base: str) -> None:
        self.body = body
        self.base = base
        self.stack: list[_Element] = []
        self.found: list[Statement] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def run(self) -> None:
        self.parser.Parse(self.body, True)  # noqa: FBT003  # "this is the last piece"

    def _start(self, name: str, values: dict[str, str]) -> None:
        outer = self.stack[-1] if self.stack else None
        tag = read_tag(
            self.body, self.parser.CurrentByteIndex, outer.tag.namespaces if outer else {}
        )
        if tag is None or tag.name != name:
            raise _LostError
        attributes = {tag.expand(key, attribute=True): value for key, value in values.items()}
        base = attributes.get(XML + "base", "")
        outer_base = outer.base if outer else self.base
        element = _Element(
            role=self._role(outer, tag.expand(name)),
            tag=tag,
            attributes=attributes,
            base=urljoin(outer_base, base) if base else outer_base,
            language=attributes.get(XML + "lang", outer.language if outer else ""),
            outer_language=outer.language if outer else "",
            parse=attributes.get(RDF + "parseType", ""),
        )
        self.stack.append(element)
        if element.role == _NODE:
            element.subject = self._node(element)
            if outer is not None and outer.role == _PROPERTY:
                outer.objects.append(element.subject)
        elif element.role == _PROPERTY and outer is not None:
            inside = outer.role == _PROPERTY  # of a property with parseType="Resource"
            element.subject = _NOWHERE if inside else outer.subject

    def _role(self, outer: _Element | None, name: str) -> int:
        if outer is None:
            return _ROOT if name == RDF + "RDF" else _NODE
        if outer.role == _ROOT:
            return _NODE
        if outer.role == _NODE or (outer.role == _PROPERTY and outer.parse == "Resource"):
            return _PROPERTY
        return _NODE if outer.role == _PROPERTY and outer.parse in ("", "Collection") else _INSIDE

    def _node(self, element: _Element) -> _Placed:
        about = element.attributes.get(RDF + "about")
        written = element.tag.by_iri.get(RDF + "about")
        if about is not None and written is not None:
            spot = AttributeSpot(written.value_start, written.value_end)
            return resolve(about, element.base), spot
        name = element.attributes.get(RDF + "ID")
        return (urljoin(element.base, "#" + name), None) if name else _NOWHERE

    def _end(self, _: str) -> None:
        element = self.stack.pop()
        if element.role in (_NODE, _PROPERTY):
            at = self.parser.CurrentByteIndex
            close = element.tag.end if element.tag.empty else at
            kind = element.tag.expand(element.tag.name)
            spot = NameSpot(element.tag.start, element.tag, close)
            if element.role == _NODE:
                if kind != RDF + "Description":
                    self._say(element.subject, (RDF_TYPE, None), (kind, spot))
                self._texts(element, element.subject)
            else:
                for value in self._values(element, close):
                    self._say(element.subject, (kind, spot), value)

    def _values(self, element: _Element, close: int) -> Iterator[_Placed]:
        given = element.attributes
        if element.parse == "Collection":
            for item in element.objects:
                self._say(_NOWHERE, (RDF_FIRST, None), item)
            yield _NOWHERE
        elif element.objects:
            yield from element.objects
        elif element.parse == "Resource" or RDF + "nodeID" in given:
            yield _NOWHERE
        elif not element.parse:
            end = close if element.tag.empty else self.body.find(b">", close) + 1
            plain = b"<" not in self.body[element.tag.end : close]
            spot = ValueSpot(
                element.tag.start, element.tag, close, end, plain, element.outer_language
            )
            address = given.get(RDF + "resource")
            if address is not None:
                yield resolve(address, element.base), spot
                self._texts(element, (resolve(address, element.base), None))
            elif any(self._is_text(name) for name in given):
                yield _NOWHERE
                self._texts(element, _NOWHERE)
            else:
                yield self._literal(element), spot

    def _literal(self, element: _Element) -> Literal:
        text = "".join(element.text)
        datatype = element.attributes.get(RDF + "datatype")
        if datatype is not None:
            return Literal(text, resolve(datatype, element.base))
        if element.language:
            return Literal(text, RDF_LANG_STRING, element.language)
        return Literal(text, XSD_STRING)

    def _texts(self, element: _Element, subject: _Placed) -> None:
        """Properties written as attributes; they have places for nothing but what they are."""
        for name, value in element.attributes.items():
            if self._is_text(name):
                language = element.language or None
                kind = RDF_LANG_STRING if language else XSD_STRING
                self._say(subject, (name, None), (Literal(value, kind, language), None))

    def _is_text(self, name: str) -> bool:
        return name not in _RESERVED and not name.startswith((XML, "xmlns")) and ":" in name

    def _say(self, subject: _Placed, predicate: _Placed, value: _Placed) -> None:
        self.found.append(
            Statement((subject[0], predicate[0], value[0]), (subject[1], predicate[1], value[1]))
        )

    def _characters(self, text: str) -> None:
        if self.stack:
            self.stack[-1].text.append(text)
