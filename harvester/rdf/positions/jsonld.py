"""Places in JSON-LD: node objects, their keys and values, read by the contexts in the document."""

import json
from collections.abc import Iterable
from typing import Any, Final

from harvester.errors import UnreadableError
from harvester.namespaces import RDF, RDF_TYPE
from harvester.rdf.contexts import inline_contexts
from harvester.rdf.positions.context import Context, Term
from harvester.rdf.positions.few import in_jsonld, worthwhile
from harvester.rdf.positions.index import Index, Statement, Text, Wanted, anonymous, content
from harvester.rdf.positions.jsonskip import MAPS, Others
from harvester.rdf.positions.jsontext import Array, Object, Scalar, Value, parse, string

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_PLAIN: Final = Term("")


def scan(text: str, base: str, wanted: Wanted) -> Index:
    """Find the statements of the wanted nodes in one document."""
    reader = _Scan(text, wanted)
    others = Others(text, base, wanted, inlined)
    context = others.context
    if context is not None and worthwhile(text, wanted):
        few = in_jsonld(text, context, others.spans, wanted)
        if few is not None:
            reader.each(few, others, context)
            return reader.index
    top = parse(text, others.within if context is not None else None)
    if top is not None:
        reader.top(top, Context(base))
    return reader.index


class _Scan:
    def __init__(self, text: str, wanted: Wanted) -> None:
        self._text = text
        self._wanted = wanted
        self.index = Index(self._literal)
        self._contexts: dict[tuple[int, str], tuple[Context, Context]] = {}

    def each(self, starts: Iterable[int], others: Others, context: Context) -> None:
        """Take in the node objects that start where it is said, each once."""
        done = 0
        for start in starts:
            value = parse(self._text, others.within, start) if start >= done else None
            if isinstance(value, Object):
                done = value.end
                self._node(value, context)

    def top(self, value: Value, context: Context) -> None:
        """Take in node objects that are no one's value."""
        if isinstance(value, Array):
            for item in value.items:
                self.top(item, context)
        elif isinstance(value, Object):
            self._node(value, context, root=True)

    def _node(
        self, value: Object, context: Context, *, root: bool = False, name: str = ""
    ) -> tuple[str, int]:
        """Take in one node object; returns its node and where that stands."""
        context = self._local(value, context)
        meanings = [(context.expand(key), key, at, item) for key, at, item in value.members]
        scoped = context
        for meaning, _, _, item in meanings:
            if meaning == "@type":
                for kind in sorted(map(self._string, _scalars(item))):
                    term = context.terms.get(kind)
                    if term is not None and term.scoped:
                        scoped = scoped.extended(inlined(term.context))
        if scoped is not context:
            meanings = [(scoped.expand(key), key, at, item) for key, at, item in value.members]
        node, start = context.identify(name) if name else "", value.start
        described = False
        for meaning, _, _, item in meanings:
            if meaning == "@id" and isinstance(item, Scalar):
                node = scoped.identify(self._string(item))
                if node[:2] != "_:":
                    start = item.start + 1
            elif meaning not in ("@context", "@graph", "@included", "@index"):
                described = True
        holder = not node and not described and any(m[0] == "@graph" for m in meanings)
        if not node:
            node = anonymous(value.start)
        statements: list[Statement] = []
        if described:
            statements = self.index.open(node, start, self._wanted)
            if root and node[:2] == "_:" and self._wanted.blanks and not holder:
                self.index.roots.setdefault(node)
        self._members(node, statements, meanings, scoped)
        return node, start

    def _members(
        self,
        node: str,
        statements: list[Statement],
        meanings: list[tuple[str, str, int, Value]],
        context: Context,
    ) -> None:
        for meaning, key, at, item in meanings:
            if meaning == "@type":
                for one in _scalars(item):
                    kind = context.identify(self._string(one), vocabulary=True)
                    statements.append((RDF_TYPE, at, one.start + 1, one.end, kind, ""))
            elif meaning in ("@graph", "@included"):
                self.top(item, context)
            elif meaning == "@reverse" and isinstance(item, Object):
                for name, name_at, values in item.members:
                    self._reversed(node, context.expand(name), name_at, values, context)
            elif meaning == "@nest":
                for nest in _objects(item):
                    inner = [(context.expand(k), k, k_at, v) for k, k_at, v in nest.members]
                    self._members(node, statements, inner, context)
            elif ":" in meaning and not meaning.startswith("@"):
                term = context.terms.get(key, _PLAIN)
                inside = context.extended(inlined(term.context)) if term.scoped else context
                if term.reverse:
                    self._reversed(node, meaning, at, item, inside)
                else:
                    self._property(statements, meaning, at, item, term, inside)

    def _reversed(self, node: str, predicate: str, at: int, value: Value, context: Context) -> None:
        for one in _objects(value):
            subject, start = self._node(one, context)
            if node[:2] == "_:":
                self.index.referenced.add(node)
            statements = self.index.open(subject, start, self._wanted)
            statements.append((predicate, at, at, at, node, ""))

    def _property(
        self,
        statements: list[Statement],
        predicate: str,
        at: int,
        value: Value,
        term: Term,
        context: Context,
    ) -> None:
        containers = term.containers
        if isinstance(value, Object) and not containers.isdisjoint(MAPS):
            for key, _, item in value.members:
                for one in _items(item):
                    if "@language" in containers:
                        language = "" if context.expand(key) == "@none" else key
                        if isinstance(one, Scalar):
                            self._value(statements, predicate, at, one, _PLAIN, context, language)
                    elif "@id" in containers and isinstance(one, Object):
                        node, start = self._node(one, context, name=key)
                        self._hold(statements, predicate, at, node, start)
                    elif "@graph" in containers and "@id" not in containers:
                        self.top(one, context)
                    else:
                        self._value(statements, predicate, at, one, term, context)
            return
        if "@list" in containers and not _is_list(value, context):
            self._list(statements, predicate, at, value, term, context)
            return
        for one in _items(value):
            self._value(statements, predicate, at, one, term, context)

    def _value(
        self,
        statements: list[Statement],
        predicate: str,
        at: int,
        value: Value,
        term: Term,
        context: Context,
        kind: str | None = None,
    ) -> None:
        if isinstance(value, Array):
            self._list(statements, predicate, at, value, term, context)
            return
        if isinstance(value, Scalar):
            raw = self._text[value.start : value.end]
            if raw == "null":
                return
            node = ""
            if term.type in ("@id", "@vocab") and raw[0] == '"':
                node = context.identify(string(raw), vocabulary=term.type == "@vocab")
            if node[:2] == "_:":
                self.index.referenced.add(node)
            if kind is None:
                kind = context.language if term.language is None else term.language
                kind = term.type if ":" in term.type else kind
            statements.append(
                (predicate, at, value.start + bool(node), value.end, node, "" if node else kind)
            )
            return
        inner = self._local(value, context)
        members = {inner.expand(key): item for key, _, item in value.members}
        if "@value" in members:
            self._literal_object(statements, predicate, at, members, inner)
        elif "@list" in members:
            self._list(statements, predicate, at, members["@list"], term, inner)
        elif "@set" in members:
            for one in _items(members["@set"]):
                self._value(statements, predicate, at, one, term, inner)
        else:
            node, start = self._node(value, context)
            self._hold(statements, predicate, at, node, start)

    def _literal_object(
        self,
        statements: list[Statement],
        predicate: str,
        at: int,
        members: dict[str, Value],
        context: Context,
    ) -> None:
        value = members["@value"]
        language = members.get("@language")
        tag = self._string(language) if isinstance(language, Scalar) else ""
        direction = members.get("@direction")
        if isinstance(direction, Scalar) and tag:
            tag = f"{tag}--{self._string(direction)}"
        kind = members.get("@type")
        if isinstance(kind, Scalar):
            tag = context.identify(self._string(kind), vocabulary=True)
        statements.append((predicate, at, value.start, value.end, "", tag))

    def _hold(
        self, statements: list[Statement], predicate: str, at: int, node: str, start: int
    ) -> None:
        if node[:2] == "_:":
            self.index.referenced.add(node)
        statements.append((predicate, at, start, start, node, ""))

    def _list(
        self,
        statements: list[Statement],
        predicate: str,
        at: int,
        value: Value,
        term: Term,
        context: Context,
    ) -> None:
        before = predicate
        for one in _items(value):
            cell = anonymous(one.start) + "*"
            statements.append((before, at, one.start, one.start, cell, ""))
            statements = self.index.open(cell, one.start, self._wanted)
            self._value(statements, _FIRST, one.start, one, term, context)
            before = _REST
        statements.append((before, at, value.start, value.start, _NIL, ""))

    def _local(self, value: Object, context: Context) -> Context:
        for key, _, item in value.members:
            if key == "@context":
                raw = self._text[item.start : item.end]
                # Kept beside its result, so that no other context gets its id meanwhile.
                known = self._contexts.get((id(context), raw))
                if known is None:
                    known = context, self._extended(context, raw)
                    self._contexts[id(context), raw] = known
                return known[1]
        return context

    def _extended(self, context: Context, raw: str) -> Context:
        try:
            return context.extended(inlined(json.loads(raw, strict=False)))
        except json.JSONDecodeError:
            return context

    def _string(self, value: Scalar) -> str:
        return string(self._text[value.start : value.end])

    def _literal(self, start: int, end: int) -> Text:
        raw = self._text[start:end]
        if raw[:1] != '"':
            return Text(start, raw, "")
        value = string(raw)
        begin = content(self._text, start + 1, end - 1) if raw[1:-1].strip() else start
        return Text(begin, value, "")


def inlined(local: Any) -> Any:
    """A context with the shipped ones in place of their addresses."""
    body = json.dumps({"@context": local}).encode()
    try:
        return json.loads(inline_contexts(body, ""))["@context"]
    except UnreadableError:
        return local


def _items(value: Value) -> list[Value]:
    return value.items if isinstance(value, Array) else [value]


def _scalars(value: Value) -> list[Scalar]:
    return [one for one in _items(value) if isinstance(one, Scalar)]


def _objects(value: Value) -> list[Object]:
    return [one for one in _items(value) if isinstance(one, Object)]


def _is_list(value: Value, context: Context) -> bool:
    return isinstance(value, Object) and any(
        context.expand(key) == "@list" for key, _, _ in value.members
    )
