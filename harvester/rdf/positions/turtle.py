"""Places in Turtle, TriG, N-Triples and N-Quads.

One pass over the text, statement by statement; subjects and properties that nobody asked about are
skipped by one pattern. What is no Turtle is stepped over: the parser has said what it thinks of it.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from harvester.namespaces import RDF, RDF_TYPE
from harvester.rdf.positions.index import Index, Statement, Text, Wanted, anonymous, content
from harvester.rdf.positions.iris import resolve
from harvester.rdf.tokens import COMMENT, TURTLE_STRING, unescaped

_WS: Final = rf"[ \t\r\n]*+(?:{COMMENT.decode()}[ \t\r\n]*+)*+"
_IRI: Final = r"<[^<>\n]*+>"
# A name, a blank-node label, a number or a keyword; a dot belongs to it when more of it follows.
_PLAIN: Final = r"[^\s<>\"'()\[\]{},;#^.\\]"
_NAME: Final = (
    rf"(?:{_PLAIN}|\\.|\.(?=[0-9]))(?:{_PLAIN}++|\\.|\.++(?=[^\s<>\"'()\[\]{{}},;#^.]))*+"
)
_STRING: Final = TURTLE_STRING.decode()
_LITERAL: Final = rf"(?:{_STRING})(?:@[A-Za-z0-9_\-]++|{_WS}\^\^{_WS}(?:{_IRI}|{_NAME}))?"
_OBJECT: Final = rf"({_IRI}|{_LITERAL}|{_NAME}){_WS}([;,.\])]?)"
_flags: Final = re.DOTALL
_PAIR: Final = re.compile(rf"{_WS}({_IRI}|{_NAME}){_WS}{_OBJECT}", _flags)
_ONE: Final = re.compile(_WS + _OBJECT, _flags)
_VERB: Final = re.compile(rf"{_WS}({_IRI}|{_NAME})", _flags)
_NEXT: Final = re.compile(rf"{_WS}(?P<word>{_STRING}|{_IRI}|{_NAME}|\{{\||\|\}}|.|\Z)", _flags)
_TOP: Final = re.compile(
    rf"{_WS}(?:@?(?i:prefix){_WS}(?P<prefix>[^\s:<]*+):{_WS}<(?P<namespace>[^<>\n]*+)>{_WS}\.?"
    rf"|@?(?i:base){_WS}<(?P<base>[^<>\n]*+)>{_WS}\.?"
    rf"|(?P<graph>(?i:graph)(?=[\s<\[]))"
    rf"|(?P<subject>{_IRI}|{_NAME})(?P<block>{_WS}\{{)?"
    rf"|(?P<open>[\[(])|(?P<end>\Z)|(?P<other>{_STRING}|.))",
    _flags,
)
# The rest of a statement, to its dot or to the end of its graph.
_REST: Final = re.compile(
    rf"(?:[^<>\"'#.\\{{}}]++|{_IRI}|[<>]|{_STRING}|{COMMENT.decode()}|\\."
    rf"|\.(?=[0-9])|(?<=[^\s;,\])>\"'])\.++(?=[^\s<>\"'()\[\]{{}},;#^.]))*+\.?",
    _flags,
)
# A property with all its values, none of them nested or blank; escapes could hide what it is.
_MEMBER: Final = rf"(?!_:)(?:{_IRI}|{_LITERAL}|{_NAME}){_WS}"
_WHOLE: Final = (
    rf"(?:<[A-Za-z][A-Za-z0-9+.\-]*+:[^<>\n\\]*+>|{_PLAIN}++(?![.\\])){_WS}"
    rf"{_MEMBER}(?:,{_WS}{_MEMBER})*+"
)
_MOST_PATTERNS: Final = 8
_NOTHING: Final = re.compile("(?P<end>(?!))?")
_TEXT: Final = re.compile(
    rf"(?P<quote>\"\"\"|'''|\"|')(?P<text>.*)(?P=quote)"
    rf"(?:@(?P<language>[A-Za-z0-9_\-]+)|{_WS}\^\^{_WS}(?P<datatype>.*))?",
    _flags,
)
_NUMBER: Final = re.compile(r"[+\-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?|true|false")
_FIRST, _REST_OF, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_Match: TypeAlias = Callable[[str, int], "re.Match[str] | None"]
# What is expected next; each frame of the stack says what follows its end.
_PROPERTY, _VALUE, _AFTER, _ITEM = range(4)


def scan(text: str, base: str, wanted: Wanted) -> Index:
    """Find the statements of the wanted nodes in one document."""
    return _Scan(text, base, wanted).run()


class _Names(dict[str, str]):
    """Tokens to the nodes they name: an IRI, a blank-node label, or nothing for a literal."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.prefixes: dict[str, str] = {}
        self._skips: dict[frozenset[str], re.Pattern[str]] = {}

    def declare(self, prefix: str | None, iri: str) -> None:
        """Bind a prefix, or set the base."""
        self.clear()
        if prefix is None:
            self.base = resolve(unescaped(iri), self.base)
        else:
            self.prefixes[prefix] = resolve(unescaped(iri), self.base)

    def others(self, paths: frozenset[str]) -> re.Pattern[str]:
        """Matches properties that are none of ``paths``, as many as there are, maybe none.

        It stops before all that it is not sure of. The group ``end`` is a statement's dot.
        """
        begins = {f"<{path}" for path in paths} | paths
        for prefix, namespace in self.prefixes.items():
            cut = len(namespace)
            begins.update(f"{prefix}:{p[cut:]}" for p in paths if p.startswith(namespace))
        names = {re.escape(begin) for begin in begins}
        if RDF_TYPE in paths:
            names.add(r"a[\s<\"'\[(#]")
        key = frozenset(names)
        if key not in self._skips:
            if len(self._skips) >= _MOST_PATTERNS:  # a file made to have many: skip nothing
                return _NOTHING
            asked = "|".join(sorted(names)) or "(?!)"
            self._skips[key] = re.compile(
                rf"(?:(?<!\.){_WS}(?!{asked}){_WHOLE}(?:;|(?P<end>\.)))*+", _flags
            )
        return self._skips[key]

    def __missing__(self, word: str) -> str:
        node = self[word] = self._node(word)
        return node

    def _node(self, word: str) -> str:
        first = word[0]
        if first == "<":
            return resolve(unescaped(word[1:-1]), self.base)
        if first in "\"'" or _NUMBER.fullmatch(word):
            return ""
        prefix, colon, local = word.partition(":")
        if prefix == "_" and colon:
            return word
        if not colon:
            return RDF_TYPE if word == "a" else ""
        return self.prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)


class _Scan:
    def __init__(self, text: str, base: str, wanted: Wanted) -> None:
        self._text = text
        self._wanted = wanted
        self._names = _Names(base)
        self._index = Index(self._literal)
        self._others: dict[frozenset[str], re.Pattern[str]] = {}
        # Whether nothing holds a label is known only at the end, so then nothing is skipped.
        self._skips = not (wanted.roots and "_:" in text)

    def run(self) -> Index:
        text, wanted, index, names = self._text, self._wanted, self._index, self._names
        position = 0
        top, rest = _TOP.match, _REST.match
        while match := top(text, position):
            position = match.end()
            word = match["subject"]
            if word is not None:
                if match["block"]:
                    continue
                node = names[word]
                at = match.start("subject")
                at += word[0] == "<"
                if self._skips and word[:2] != "_:" and node not in wanted.subjects:
                    if node in wanted.named:
                        index.starts.setdefault(node, at)
                    skipped = rest(text, position)
                    position = skipped.end() if skipped else position
                    continue
                if node[:2] == "_:" and wanted.blanks:
                    index.roots.setdefault(node)
                position = self._properties(node, index.open(node, at, wanted), position)
            elif match["open"]:
                at = match.start("open")
                node = anonymous(at)
                index.roots.setdefault(node)
                statements = index.open(node, at, wanted)
                state = _PROPERTY if match["open"] == "[" else _ITEM
                position = self._properties(node, statements, position, state, nested=True)
            elif match["namespace"] is not None:
                names.declare(match["prefix"], match["namespace"])
                self._others.clear()
            elif match["base"] is not None:
                names.declare(None, match["base"])
            elif match["end"] is not None:
                break
        return index

    def _properties(
        self,
        node: str,
        statements: list[Statement],
        position: int,
        state: int = _PROPERTY,
        *,
        nested: bool = False,
    ) -> int:
        """Take in the properties of one subject, and of all within it; returns the end."""
        text, names, index, wanted = self._text, self._names, self._index, self._wanted
        pair, one = _PAIR.match, _ONE.match
        frames: list[tuple[str, list[Statement], str, int, int]] = []
        if nested:
            frames.append((node, statements, "", 0, _PROPERTY))
        verb, verb_at = _FIRST if state == _ITEM else "", position
        first_item = state == _ITEM
        paths, others = self._asked(node)
        while True:
            match = None
            if state == _PROPERTY:
                skipped = others(text, position)
                if skipped is not None:
                    position = skipped.end()
                    if skipped["end"]:
                        return position
                match = pair(text, position)
                if match is not None:
                    word, value, mark = match.groups()
                    verb, verb_at = names[word], match.start(1) + (word[0] == "<")
                    start = match.start(2)
            elif state != _AFTER:
                match = one(text, position)
                if match is not None:
                    value, mark = match.groups()
                    start = match.start(1)
            if match is not None:
                if state == _ITEM:
                    if not first_item:
                        node, statements = self._cell(statements, start)
                    first_item, verb_at = False, start
                end = start + len(value)
                if value[:2] == "_:":
                    index.referenced.add(value)
                if verb in paths:
                    found = names[value] if value[0] not in "\"'" else ""
                    statements.append((verb, verb_at, start, end, found, ""))
                if state == _ITEM:
                    position = end
                elif mark == ";":
                    state, position = _PROPERTY, match.end()
                elif mark == ",":
                    state, position = _VALUE, match.end()
                elif mark == ".":
                    return match.end()
                else:
                    state, position = _AFTER, end
                continue
            if state == _PROPERTY and (match := _VERB.match(text, position)):
                word = match[1]
                verb, verb_at = names[word], match.start(1) + (word[0] == "<")
                position, state = match.end(), _VALUE
                continue
            step = _NEXT.match(text, position)
            if step is None:  # cannot be: the pattern matches the empty end
                return position
            word, at, position = step["word"], step.start("word"), step.end()
            if word in ("", "}") or (word == "." and state != _ITEM):
                return position
            if word in ("[", "(") and state != _AFTER:
                if state == _ITEM:
                    if not first_item:
                        node, statements = self._cell(statements, at)
                    first_item, verb_at = False, at
                if word == "(" and (empty := re.compile(_WS + r"\)").match(text, position)):
                    statements.append((verb, verb_at, at, empty.end(), _NIL, ""))
                    position = empty.end()
                    state = _ITEM if state == _ITEM else _AFTER
                    continue
                inner = anonymous(at)
                statements.append((verb, verb_at, at, position, inner, ""))
                after = _ITEM if state == _ITEM else _AFTER
                frames.append((node, statements, verb, verb_at, after))
                node, statements = inner, index.open(inner, at, wanted)
                paths, others = self._asked(node)
                state = _PROPERTY if word == "[" else _ITEM
                verb, first_item = _FIRST, word == "("
            elif word in ("]", ")") and frames:
                if word == ")":
                    statements.append((_REST_OF, at, at, position, _NIL, ""))
                node, statements, verb, verb_at, state = frames.pop()
                paths, others = self._asked(node)
                first_item = False
            elif word == ";":
                state = _PROPERTY
            elif word == ",":
                state = _VALUE
            elif word == "{|":
                closed = text.find("|}", position)
                position = closed + 2 if closed >= 0 else len(text)

    def _asked(self, node: str) -> tuple[frozenset[str], _Match]:
        """The properties that are asked for of a node, and what matches all others."""
        paths = self._wanted.paths_of(node)
        others = self._others.get(paths)
        if others is None:
            others = self._others[paths] = self._names.others(paths)
        return paths, others.match

    def _cell(self, statements: list[Statement], at: int) -> tuple[str, list[Statement]]:
        """The next cell of a collection."""
        cell = anonymous(at) + "*"
        statements.append((_REST_OF, at, at, at, cell, ""))
        return cell, self._index.open(cell, at, self._wanted)

    def _literal(self, start: int, end: int) -> Text:
        match = _TEXT.fullmatch(self._text, start, end)
        if match is None:
            return Text(start, self._text[start:end], "")
        begin, stop = match.span("text")
        visible = content(self._text, begin, stop) if match["text"].strip() else start
        kind = match["language"] or self._names[match["datatype"] or '"']
        return Text(visible, unescaped(match["text"]), kind)
