"""Where Turtle, TriG, N-Triples and N-Quads write their terms.

The trusted parser has read the document before, and reads it again after the edits; this only has
to find places, and gives up (no more statements) where it meets what it does not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harvester.fix.statements import ANY_BLANK, Edit, Spot, Statement
from harvester.namespaces import RDF_FIRST, RDF_TYPE, XSD
from harvester.rdf.positions.iris import resolve
from harvester.rdf.tokens import COMMENT, TURTLE_STRING, unescaped
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

_WORD = rb"[\w\-\x80-\xff]"
_TOKEN: Final = re.compile(
    rb"[ \t\r\n]+|"
    + COMMENT
    + rb"|(?P<iri><[^<>\r\n]*>)"
    + rb"|(?P<text>"
    + TURTLE_STRING
    + rb")"
    + rb"|@(?P<tag>[A-Za-z][A-Za-z0-9_\-]*)"
    + rb"|(?P<caret>\^\^)"
    + rb"|(?P<blank>_:"
    + _WORD
    + rb"(?:[\w.\-\x80-\xff]*"
    + _WORD
    + rb")?)"
    + rb"|(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"
    + rb"|[+-]?[0-9]*\.[0-9]+|[+-]?[0-9]+)"
    + rb"|(?P<name>(?:[A-Za-z\x80-\xff](?:[\w.\-\x80-\xff]*"
    + _WORD
    + rb")?)?:"
    + rb"(?:(?:[\w:\-\x80-\xff]|%[0-9A-Fa-f]{2}|\\.)"
    + rb"(?:\.*(?:[\w:\-\x80-\xff]|%[0-9A-Fa-f]{2}|\\.))*)?)"
    + rb"|(?P<word>[A-Za-z]+)"
    + rb"|(?P<mark>[.,;()\[\]{}])",
    re.DOTALL,
)
_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*")
_SUBJECT, _PREDICATE, _OBJECT, _AFTER = range(4)
_INVISIBLE: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class TermSpot:
    """A term of Turtle. ``text_end`` is where a literal's closing quote ends; 0 without one.

    ``prefixes`` are those in force there, by namespace; empty where the syntax has none.
    """

    start: int
    end: int
    text_end: int = 0
    quote: bytes = b""
    prefixes: dict[str, str] = field(default_factory=dict, compare=False)

    def rewritten(self, old: Term, new: Term) -> tuple[Edit, ...] | None:
        """Write the new term; of a literal only its end where its text stays."""
        if isinstance(new, str):
            return None if new == ANY_BLANK else (Edit(self.start, self.end, self._iri(new)),)
        suffix = self._suffix(new)
        if self.text_end and isinstance(old, Literal) and old.value == new.value:
            return (Edit(self.text_end, self.end, suffix),)
        text = "".join(_INVISIBLE.get(char, char) for char in new.value)
        quote = self.quote[:1] or b'"'
        text = text.replace(quote.decode(), "\\" + quote.decode())
        return (Edit(self.start, self.end, quote + text.encode() + quote + suffix),)

    def _suffix(self, literal: Literal) -> bytes:
        if literal.language is not None:
            return b"@" + literal.language.encode()
        return b"" if literal.datatype == XSD_STRING else b"^^" + self._iri(literal.datatype)

    def _iri(self, iri: str) -> bytes:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.prefixes.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri[cut:]):
            return f"{prefix}:{iri[cut:]}".encode()
        return f"<{iri}>".encode()


@dataclass(slots=True)
class _Frame:
    """One open bracket: what its next term is."""

    state: int = _SUBJECT
    subject: tuple[Term, Spot | None] = (ANY_BLANK, None)
    predicate: tuple[Term, Spot | None] = (ANY_BLANK, None)
    items: bool = False


def statements(body: bytes, base: str) -> Iterator[Statement]:
    """Yield the statements of a document in UTF-8, in order."""
    yield from _Reader(body, base).read()


class _Reader:
    def __init__(self, body: bytes, base: str) -> None:
        self.body = body
        self.base = base
        self.names: dict[str, str] = {}
        self.by_namespace: dict[str, str] = {}
        self.tokens = self._tokens()
        self.held: re.Match[bytes] | None = None

    def _tokens(self) -> Iterator[re.Match[bytes]]:
        at = 0
        while at < len(self.body):
            token = _TOKEN.match(self.body, at)
            if token is None:
                return
            if token.lastgroup is not None:
                yield token
            at = token.end()

    def _next(self) -> re.Match[bytes] | None:
        held, self.held = self.held, None
        return held if held is not None else next(self.tokens, None)

    def read(self) -> Iterator[Statement]:
        frames = [_Frame()]
        while (token := self._next()) is not None:
            kind, text = token.lastgroup, token[0]
            frame = frames[-1]
            if kind == "mark":
                yield from self._mark(text, frames)
            elif kind == "tag" or (kind == "word" and text.lower() in (b"prefix", b"base")):
                self._declare((token["tag"] or text).lower())
            elif kind == "word" and text.lower() == b"graph":
                continue
            else:
                term = self._term(token)
                if term is None:
                    return
                yield from self._put(frame, term)

    def _mark(self, text: bytes, frames: list[_Frame]) -> Iterator[Statement]:
        frame = frames[-1]
        if text in b"[(":
            yield from self._put(frame, (ANY_BLANK, None))
            inner = _Frame(_PREDICATE) if text == b"[" else _Frame(_OBJECT, items=True)
            inner.predicate = (RDF_FIRST, None)
            frames.append(inner)
        elif text in b"])":
            if len(frames) > 1:
                frames.pop()
        elif text in b".{}":
            frames[:] = [_Frame()]
        elif text == b";":
            frame.state = _PREDICATE
        elif text == b",":
            frame.state = _OBJECT

    def _put(self, frame: _Frame, term: tuple[Term, Spot | None]) -> Iterator[Statement]:
        if frame.state == _SUBJECT:
            frame.subject, frame.state = term, _PREDICATE
        elif frame.state == _PREDICATE:
            frame.predicate, frame.state = term, _OBJECT
        elif frame.state == _OBJECT:
            (s, s_spot), (p, p_spot), (o, o_spot) = frame.subject, frame.predicate, term
            yield Statement((s, p, o), (s_spot, p_spot, o_spot))
            frame.state = _OBJECT if frame.items else _AFTER

    def _declare(self, kind: bytes) -> None:
        name = self._next() if kind == b"prefix" else None
        address = self._next()
        if address is None or address.lastgroup != "iri":
            return
        iri = self._resolve(address[0])
        if name is None:
            self.base = iri
        else:
            prefix = name[0].decode("utf-8", "replace").removesuffix(":")
            self.names[prefix] = iri
            # What a spot was given stays as it was there.
            self.by_namespace = {namespace: short for short, namespace in self.names.items()}

    def _term(self, token: re.Match[bytes]) -> tuple[Term, Spot | None] | None:
        kind, text = token.lastgroup, token[0].decode("utf-8", "replace")
        spot = TermSpot(token.start(), token.end(), prefixes=self.by_namespace)
        if kind == "iri":
            return self._resolve(token[0]), spot
        if kind == "name":
            prefix, _, local = text.partition(":")
            if prefix not in self.names:
                return None
            return self.names[prefix] + re.sub(r"\\(.)", r"\1", local), spot
        if kind == "blank":
            return ANY_BLANK, spot
        if kind == "text":
            return self._literal(token)
        if kind == "number":
            return Literal(text, XSD + _number(text)), spot
        if text == "a":
            return RDF_TYPE, None
        return (Literal(text, XSD + "boolean"), spot) if text in ("true", "false") else None

    def _literal(self, token: re.Match[bytes]) -> tuple[Term, Spot | None] | None:
        raw = token[0]
        quote = raw[:3] if raw[:3] in (b'"""', b"'''") else raw[:1]
        value = unescaped(raw[len(quote) : -len(quote)].decode("utf-8", "replace"))
        text_end = token.end()
        after = self._next()
        datatype, language, end = XSD_STRING, None, text_end
        if after is not None and after.lastgroup == "tag" and after.start() == text_end:
            datatype, language, end = RDF_LANG_STRING, after["tag"].decode(), after.end()
        elif after is not None and after.lastgroup == "caret":
            name = self._next()
            found = self._term(name) if name is not None else None
            if name is None or found is None or not isinstance(found[0], str):
                return None
            datatype, end = found[0], name.end()
        else:
            self.held = after
        spot = TermSpot(token.start(), end, text_end, quote, self.by_namespace)
        return Literal(value, datatype, language), spot

    def _resolve(self, raw: bytes) -> str:
        return resolve(unescaped(raw[1:-1].decode("utf-8", "replace")), self.base)


def _number(text: str) -> str:
    if "e" in text.lower():
        return "double"
    return "decimal" if "." in text else "integer"
