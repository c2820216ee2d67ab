"""Where JSON-LD writes its terms; what it has no place for is left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from harvester.fix.json_context import KEYWORDS, Context, Definition
from harvester.fix.json_tree import Array, Members, Node, Scalar, read_json, value_of
from harvester.fix.statements import ANY_BLANK, Edit, Spot, Statement
from harvester.namespaces import RDF_FIRST, RDF_TYPE, XSD
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

_Placed = tuple[Term, Spot | None]
_NOWHERE: _Placed = (ANY_BLANK, None)


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class KeySpot:
    """A key: a property. ``reading`` is how the context says that its values are read.

    ``beside`` are the keys of the same object: none may be there twice.
    """

    start: int
    end: int
    context: Context = field(compare=False)
    reading: tuple[str, str | None, str] = field(compare=False)
    beside: frozenset[str] = field(compare=False)

    def rewritten(self, _: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write another property whose values are read alike."""
        if not isinstance(new, str):
            return None
        name = self.context.compact(new, self.reading)
        known = self.context.terms.get(name, Definition(new))
        if known.reading != self.reading or name in self.beside:
            return None
        return (Edit(self.start, self.end, _written(name)),)


@dataclass(frozen=True, slots=True)
class NameSpot:
    """A string that names a node: in @id, in @type, or as a value that is read as an IRI."""

    start: int
    end: int
    context: Context = field(compare=False)
    role: str = field(compare=False)

    def rewritten(self, _: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write another name; only a value may become a text."""
        if isinstance(new, str):
            name = self.context.compact(new) if self.role == "type" else new
            return None if new == ANY_BLANK else (Edit(self.start, self.end, _written(name)),)
        if self.role != "value":
            return None
        return (Edit(self.start, self.end, _written(_value(new, self.context))),)


@dataclass(frozen=True, slots=True)
class ReferenceSpot:
    """An object of nothing but an @id."""

    start: int
    end: int
    name: Scalar
    context: Context = field(compare=False)

    def rewritten(self, _: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write another IRI, or a text in its place."""
        if isinstance(new, str):
            at = self.name
            return None if new == ANY_BLANK else (Edit(at.start, at.end, _written(new)),)
        return (Edit(self.start, self.end, _written(_value(new, self.context))),)


@dataclass(frozen=True, slots=True)
class TextSpot:
    """A literal: a plain value, or an object whose parts each have their place."""

    start: int
    end: int
    parts: tuple[tuple[str, Scalar], ...]
    context: Context = field(compare=False)

    def rewritten(self, old: Term, new: Term) -> tuple[Edit, ...] | None:
        """Change the part that changes; write the whole anew where a part is not there."""
        if isinstance(new, str):
            return (Edit(self.start, self.end, _written({"@id": new})),)
        if not isinstance(old, Literal):
            return None
        wanted = _value(new, self.context)
        if not self.parts and (old.datatype, old.language) == (new.datatype, new.language):
            return (Edit(self.start, self.end, _written(new.value)),)
        parts = dict(self.parts)
        if parts.keys() == wanted.keys():
            return tuple(
                Edit(parts[key].start, parts[key].end, _written(wanted[key]))
                for key, changed in (
                    ("@value", old.value != new.value),
                    ("@type", old.datatype != new.datatype),
                    ("@language", old.language != new.language),
                )
                if changed and key in parts
            )
        return (Edit(self.start, self.end, _written(wanted)),)


def _value(literal: Literal, context: Context) -> dict[str, str]:
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype == XSD_STRING:
        return {"@value": literal.value}
    return {"@value": literal.value, "@type": context.compact(literal.datatype)}


def statements(body: bytes, base: str) -> Iterator[Statement]:
    """Yield the statements of a document in UTF-8, in order; none where it cannot be followed."""
    try:
        document = read_json(body)
    except (ValueError, RecursionError):
        return
    reader = _Reader(base)
    for item in _items(document):
        reader.node(item, Context(base))
    yield from reader.found


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Array) else (node,)


class _Reader:
    def __init__(self, url: str) -> None:
        self.url = url
        self.found: list[Statement] = []

    def node(self, node: Node, context: Context) -> _Placed:
        """Read what is said of a node; return the node."""
        if not isinstance(node, Members):
            return _NOWHERE
        local = node.get("@context")
        if local is not None:
            context = context.extended(value_of(local), self.url)
        subject = self._subject(node, context)
        beside = frozenset(str(key.value) for key, _ in node.members)
        for key, value in node.members:
            name = context.expand(str(key.value))
            if name == "@type":
                for item in _items(value):
                    if isinstance(item, Scalar) and isinstance(item.value, str):
                        spot = NameSpot(item.start, item.end, context, "type")
                        self._say(subject, (RDF_TYPE, None), (context.expand(item.value), spot))
            elif name in ("@graph", "@included"):
                for item in _items(value):
                    self.node(item, context)
            elif name not in KEYWORDS and ":" in name:
                term = context.terms.get(str(key.value), Definition(name))
                spot_of_key = KeySpot(key.start, key.end, context, term.reading, beside)
                predicate = name, spot_of_key
                for placed in self._values(value, term, context):
                    self._say(subject, predicate, placed)
        return subject

    def _subject(self, node: Members, context: Context) -> _Placed:
        for key, value in node.members:
            if context.expand(str(key.value)) == "@id" and isinstance(value, Scalar):
                iri = context.address(str(value.value))
                if iri.startswith("_:"):
                    return _NOWHERE
                return iri, NameSpot(value.start, value.end, context, "id")
        return _NOWHERE

    def _values(self, value: Node, term: Definition, context: Context) -> Iterator[_Placed]:
        if term.container == "@language" and isinstance(value, Members):
            for key, texts in value.members:
                tag = None if key.value == "@none" else str(key.value)
                for item in _items(texts):
                    if isinstance(item, Scalar) and isinstance(item.value, str):
                        kind = RDF_LANG_STRING if tag else XSD_STRING
                        yield Literal(item.value, kind, tag), None
            return
        if term.container not in ("", "@set", "@list"):
            return
        for item in _items(value):
            placed = self._one(item, term, context)
            if placed is None:
                continue
            if term.container == "@list":
                self._say(_NOWHERE, (RDF_FIRST, None), placed)
                placed = _NOWHERE
            yield placed

    def _one(self, item: Node, term: Definition, context: Context) -> _Placed | None:
        if isinstance(item, Scalar):
            return self._scalar(item, term, context)
        if not isinstance(item, Members):
            return None
        names = {context.expand(str(key.value)): value for key, value in item.members}
        if "@value" in names:
            return self._value_object(item, names, context)
        if "@list" in names or "@set" in names:
            inner = names.get("@list", names.get("@set"))
            for entry in _items(inner) if inner is not None else ():
                placed = self._one(entry, term, context)
                if placed is not None:
                    self._say(_NOWHERE, (RDF_FIRST, None), placed)
            return _NOWHERE
        subject = self.node(item, context)
        name = names.get("@id")
        if names.keys() == {"@id"} and isinstance(name, Scalar) and subject is not _NOWHERE:
            return subject[0], ReferenceSpot(item.start, item.end, name, context)
        return subject

    def _scalar(self, item: Scalar, term: Definition, context: Context) -> _Placed | None:
        value = item.value
        if isinstance(value, str) and term.type in ("@id", "@vocab"):
            iri = context.expand(value) if term.type == "@vocab" else context.address(value)
            spot = NameSpot(item.start, item.end, context, "value")
            return (iri, spot) if not iri.startswith("_:") else _NOWHERE
        text = TextSpot(item.start, item.end, (), context)
        if isinstance(value, bool):
            return Literal(str(value).lower(), term.type or XSD + "boolean"), text
        if isinstance(value, int):
            return Literal(str(value), term.type or XSD + "integer"), text
        if not isinstance(value, str):
            return None
        if term.type and term.type not in KEYWORDS:
            return Literal(value, term.type), text
        language = term.language if term.language is not None else context.language
        if language:
            return Literal(value, RDF_LANG_STRING, language), text
        return Literal(value), text

    def _value_object(
        self, item: Members, names: dict[str, Node], context: Context
    ) -> _Placed | None:
        parts = {
            key: part
            for key, part in names.items()
            if key in ("@value", "@type", "@language") and isinstance(part, Scalar)
        }
        value = parts.get("@value")
        if value is None or len(parts) != len(names) or not isinstance(value.value, str):
            return None
        spot = TextSpot(item.start, item.end, tuple(sorted(parts.items())), context)
        if "@language" in parts:
            return Literal(value.value, RDF_LANG_STRING, str(parts["@language"].value)), spot
        if "@type" in parts:
            return Literal(value.value, context.expand(str(parts["@type"].value))), spot
        return Literal(value.value), spot

    def _say(self, subject: _Placed, predicate: _Placed, value: _Placed) -> None:
        self.found.append(
            Statement((subject[0], predicate[0], value[0]), (subject[1], predicate[1], value[1]))
        )
