"""Places in RDF/XML: node elements and property elements in turn (RDF/XML, section 2.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from harvester.namespaces import RDF, RDF_TYPE
from harvester.rdf.positions.few import in_rdfxml, worthwhile
from harvester.rdf.positions.index import Index, Statement, Text, Wanted, anonymous, content
from harvester.rdf.positions.iris import resolve
from harvester.rdf.positions.xmltags import TAG, XML, Attribute, Entities, Scope, attributes_of

_ROOT, _DESCRIPTION, _LI = RDF + "RDF", RDF + "Description", RDF + "li"
_ABOUT, _ID, _NODE_ID = RDF + "about", RDF + "ID", RDF + "nodeID"
_RESOURCE, _PARSE_TYPE, _DATATYPE = RDF + "resource", RDF + "parseType", RDF + "datatype"
_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_SYNTAX: Final = frozenset((_ABOUT, _ID, _NODE_ID, _RESOURCE, _PARSE_TYPE, _DATATYPE))
_SECTION: Final = "<![CDATA["
_MOST_PATTERNS: Final = 32


@dataclass(slots=True)
class _Frame:
    """An open element: a node with its statements, or a property of the node around it."""

    scope: Scope
    is_node: bool = True
    node: str = ""
    statements: list[Statement] = field(default_factory=list)
    items: int = 0
    predicate: str = ""
    predicate_at: int = 0
    content_at: int = 0
    children: int = 0
    collection: bool = False
    markup: bool = False
    datatype: str = ""
    others: re.Pattern[str] | None = None


def scan(text: str, base: str, wanted: Wanted) -> Index:
    """Find the statements of the wanted nodes in one document."""
    return _Scan(text, base, wanted).run()


class _Scan:
    def __init__(self, text: str, base: str, wanted: Wanted) -> None:
        self._text = text
        self._wanted = wanted
        self._entities = Entities(text)
        self._index = Index(self._literal)
        self._outside = Scope({"xml": XML}, base.partition("#")[0], "")
        self._frames: list[_Frame] = []
        self._skips: dict[
            tuple[int, frozenset[str]], tuple[Mapping[str, str], re.Pattern[str]]
        ] = {}

    def run(self) -> Index:
        frames, text, search = self._frames, self._text, TAG.search
        inside_markup = 0
        position = 0
        few: Iterator[int] | None = None
        while match := search(text, position):
            position = match.end()
            name = match["open"]
            if inside_markup:
                if name is not None:
                    inside_markup += not match["empty"]
                elif match["close"] is not None:
                    inside_markup -= 1
                if inside_markup:
                    continue
            if name is not None:
                at, end, empty = match.start(), match.end(), bool(match["empty"])
                raw = match["attributes"]
                around = frames[-1].scope if frames else self._outside
                attributes = attributes_of(raw, match.start("attributes")) if "=" in raw else []
                scope = around
                if "xml" in raw:
                    scope = around.within(attributes, self._entities)
                if frames and frames[-1].is_node and frames[-1].node:
                    frame = self._property(name, attributes, scope, at, end, empty=empty)
                else:
                    frame = self._node(name, attributes, scope, at)
                if not empty:
                    if not frames and frame.is_node and not frame.node:
                        few = self._few((at, end), scope)
                    frames.append(frame)
                    inside_markup = int(frame.markup)
            elif match["close"] is not None and frames:
                self._close(frames.pop(), match.start())
            if few is not None and len(frames) == 1:
                position = next((at for at in few if at >= position), len(text))
                continue
            others = frames[-1].others if frames else None
            if others is not None and (skipped := others.match(text, position)) is not None:
                position = skipped.end()
        return self._index

    def _few(self, root: tuple[int, int], scope: Scope) -> Iterator[int] | None:
        """Where the nodes are that are asked about, if they are few and it is certain."""
        if not worthwhile(self._text, self._wanted):
            return None
        found = in_rdfxml(self._text, root, scope.namespaces, self._entities, self._wanted)
        return None if found is None else iter(found)

    def _others(self, scope: Scope, node: str) -> re.Pattern[str] | None:
        """Matches properties that nobody asked about of a node, as many as there are.

        Only those that hold no more than a text or name an IRI. It stops before all that it is
        not sure of, such as what declares a namespace.
        """
        namespaces, paths = scope.namespaces, self._wanted.paths_of(node)
        known = self._skips.get((id(namespaces), paths))
        if known is None:
            if len(self._skips) >= _MOST_PATTERNS:  # a file made to have many: skip nothing
                return None
            # The namespaces are kept with the pattern, so that no others get their id meanwhile.
            known = namespaces, _pattern(namespaces, paths | {_LI})
            self._skips[id(namespaces), paths] = known
        return known[1]

    def _node(self, name: str, attributes: list[Attribute], scope: Scope, at: int) -> _Frame:
        kind = scope[name]
        if kind == _ROOT and not self._frames:
            return _Frame(scope)
        node, start = "", at
        for attribute in attributes:
            meaning = _meaning(attribute.name, scope)
            if meaning == _ABOUT:
                node = resolve(self._entities.decode(attribute.raw), scope.base)
            elif meaning == _ID:
                node = resolve("#" + attribute.raw, scope.base)
            elif meaning == _NODE_ID:
                node = "_:" + attribute.raw
            else:
                continue
            if meaning != _NODE_ID:
                start = attribute.start
            break
        node = node or anonymous(at)
        around = self._frames[-1] if self._frames else None
        if around is None or not around.predicate:
            if node[:2] == "_:" and self._wanted.blanks:
                self._index.roots.setdefault(node)
        else:
            self._hold(around, node, start)
        statements = self._index.open(node, start, self._wanted)
        if kind != _DESCRIPTION:
            named = at + 1
            statements.append((RDF_TYPE, named, named, named + len(name), kind, ""))
        self._attributes(statements, attributes, scope)
        others = self._others(scope, node)
        return _Frame(scope, node=node, statements=statements, others=others)

    def _hold(self, around: _Frame, node: str, start: int) -> None:
        """Make a node element the value of the property element around it."""
        around.children += 1
        if node[:2] == "_:":
            self._index.referenced.add(node)
        at = around.predicate_at
        if not around.collection:
            around.statements.append((around.predicate, at, start, start, node, ""))
            return
        cell = anonymous(start) + "*"
        predicate = around.predicate if around.children == 1 else _REST
        around.statements.append((predicate, at, start, start, cell, ""))
        around.statements = self._index.open(cell, start, self._wanted)
        around.statements.append((_FIRST, start, start, start, node, ""))

    def _property(
        self,
        name: str,
        attributes: list[Attribute],
        scope: Scope,
        at: int,
        end: int,
        *,
        empty: bool,
    ) -> _Frame:
        around = self._frames[-1]
        predicate = scope[name]
        if predicate == _LI:
            around.items += 1
            predicate = f"{RDF}_{around.items}"
        statements, named = around.statements, at + 1
        frame = _Frame(
            scope,
            is_node=False,
            statements=statements,
            predicate=predicate,
            predicate_at=named,
            content_at=end,
        )
        node, parse_type, value = "", "", None
        others = False
        for attribute in attributes:
            meaning = _meaning(attribute.name, scope)
            if meaning == _RESOURCE:
                node = resolve(self._entities.decode(attribute.raw), scope.base)
                value = attribute
            elif meaning == _NODE_ID:
                node, value = "_:" + attribute.raw, attribute
            elif meaning == _PARSE_TYPE:
                parse_type = attribute.raw
            elif meaning == _DATATYPE:
                frame.datatype = resolve(self._entities.decode(attribute.raw), scope.base)
            elif meaning and meaning not in _SYNTAX:
                others = True
        if value is not None or others:
            start, stop = (value.start, value.end) if value is not None else (at, at)
            node = node or anonymous(at)
            if node[:2] == "_:":
                self._index.referenced.add(node)
            statements.append((predicate, named, start, stop, node, ""))
            if others:
                inner = self._index.open(node, start, self._wanted)
                self._attributes(inner, attributes, scope)
            frame.children = 1
        elif parse_type == "Resource":
            node = anonymous(at)
            statements.append((predicate, named, at, at, node, ""))
            self._index.referenced.add(node)
            inner = self._index.open(node, at, self._wanted)
            return _Frame(scope, node=node, statements=inner, others=self._others(scope, node))
        elif parse_type == "Collection":
            frame.collection = True
            if empty:
                statements.append((predicate, named, at, at, _NIL, ""))
        elif parse_type:
            frame.markup, frame.datatype = True, RDF + "XMLLiteral"
        elif empty:
            kind = frame.datatype or scope.language
            statements.append((predicate, named, at, at, "", kind))
        return frame

    def _attributes(
        self, statements: list[Statement], attributes: list[Attribute], scope: Scope
    ) -> None:
        for attribute in attributes:
            predicate = _meaning(attribute.name, scope)
            if not predicate or predicate in _SYNTAX:
                continue
            named = attribute.start - 1 - len(attribute.name)
            node = ""
            if predicate == RDF_TYPE:
                node = resolve(self._entities.decode(attribute.raw), scope.base)
            language = "" if node else scope.language
            statements.append((predicate, named, attribute.start, attribute.end, node, language))

    def _close(self, frame: _Frame, at: int) -> None:
        if frame.is_node:
            return
        if frame.collection:
            named, predicate = frame.predicate_at, _REST if frame.children else frame.predicate
            frame.statements.append((predicate, named, named - 1, named - 1, _NIL, ""))
        elif not frame.children:
            kind = frame.datatype or frame.scope.language
            statement = (frame.predicate, frame.predicate_at, frame.content_at, at, "", kind)
            frame.statements.append(statement)

    def _literal(self, start: int, end: int) -> Text:
        text = self._text
        raw = text[start:end]
        if not raw.strip():
            # Nothing to see: an attribute's own quotes, or the tag in front of the value.
            tag = start if text[start : start + 1] == "<" and start == end else start - 1
            shown = text.rfind("<", 0, tag + 1) if text[start - 1] == ">" else tag
            return Text(max(shown, 0), self._entities.text(raw), "")
        begin = content(text, start, end)
        section = text.startswith(_SECTION, begin)
        return Text(begin + len(_SECTION) * section, self._entities.text(raw), "")


def _pattern(namespaces: Mapping[str, str], paths: Iterable[str]) -> re.Pattern[str]:
    """Matches elements of one text or one IRI whose names do not begin with any of ``paths``."""
    asked: set[str] = set()
    for prefix, namespace in namespaces.items():
        begin = f"{prefix}:" if prefix else ""
        asked.update(begin + p[len(namespace) :] for p in paths if p.startswith(namespace))
    rdf = "|".join(re.escape(p) for p, iri in namespaces.items() if iri == RDF and p) or "(?!)"
    names = "|".join(map(re.escape, sorted(asked))) or "(?!)"
    value = "(?:\"[^\"<>]*+\"|'[^'<>]*+')"
    return re.compile(
        rf"(?:\s*+<(?!{names})[^\s/>!?]++"
        rf"(?:\s++(?:(?:{rdf}):(?:resource|datatype)|xml:lang)\s*+=\s*+{value})*+\s*+"
        r"(?:/>|>[^<]*+</[^<>]*+>))*+"
    )


def _meaning(name: str, scope: Scope) -> str:
    """The IRI of an attribute; empty for XML's own."""
    prefix, colon, _ = name.partition(":")
    if colon:
        return "" if prefix in ("xmlns", "xml") else scope[name]
    return RDF + name if name in ("about", "ID", "nodeID", "resource", "parseType") else ""
