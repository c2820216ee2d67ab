"""Whether a term really stands at a place, judged from the text alone and not by the scanners."""

import html
import json
import re

from harvester.model import Finding, Syntax
from harvester.rdf.positions import Lines, decoded
from harvester.rdf.positions.iris import resolve
from harvester.terms import Literal, Term

_PREFIXES = {
    Syntax.RDFXML: re.compile(r"xmlns:?([^\s=]*)\s*=\s*(?:\"([^\"]*)|'([^']*))"),
    Syntax.JSONLD: re.compile(r'"([^"@:]+)"\s*:\s*(?:\{[^{}]*?"@id"\s*:\s*)?"([^"]*)"'),
}
_TURTLE_PREFIX = re.compile(r"(?i)@?prefix\s+([^\s:]*):\s*<([^>]*)>")
_WORD = re.compile(r"[^\s<>\"'()\[\]{},;]*")
_ENTITY = re.compile(r'<!ENTITY\s+(\S+)\s+"([^"]*)"')


class Truth:
    """One document, and what its names could mean."""

    def __init__(self, body: bytes, syntax: Syntax, base: str) -> None:
        self.text = decoded(body, url=base)
        self.lines = Lines(self.text)
        self.syntax = syntax
        self.base = base
        found = _PREFIXES.get(syntax, _TURTLE_PREFIX).findall(self.text)
        self.entities = dict(_ENTITY.findall(self.text))
        self.bases = {
            base,
            *re.findall(r"(?:xml:base\s*=\s*[\"']|@?(?i:base)\s+<)([^\"'>]*)", self.text),
        }
        self.prefixes: dict[str, set[str]] = {}
        for prefix, *namespace in found:
            self.prefixes.setdefault(prefix, set()).add(self.plain("".join(namespace)))

    def plain(self, text: str) -> str:
        """The text that a piece of markup stands for."""
        if self.syntax is Syntax.RDFXML:
            for name, value in self.entities.items():
                text = text.replace(f"&{name};", value)
            return html.unescape(text)
        if "\\" not in text:
            return text
        if self.syntax is Syntax.JSONLD:
            try:
                return str(json.loads(f'"{text}"', strict=False))
            except ValueError:
                return text
        codes = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
        short = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
        return codes.sub(
            lambda m: short.get(m[3], m[3]) if m[3] else chr(int(m[1] or m[2], 16)), text
        )

    def inside(self, finding: Finding) -> bool:
        """Whether the place of a finding exists in the document."""
        if not 1 <= finding.line <= len(self.lines) or finding.column < 1:
            return False
        return finding.column <= len(self.lines.line(finding.line)) + 1

    def says(self, finding: Finding) -> bool:
        """Whether the value of a finding, or else its subject, stands at its place."""
        offset = self.lines.offset(finding.line, finding.column)
        term = finding.focus if finding.value is None else finding.value
        return self.stands(term, offset)

    def stands(self, term: Term, offset: int) -> bool:
        """Whether a term stands at an offset."""
        if isinstance(term, Literal):
            return self._literal(term.value, offset)
        if term[:2] == "_:":
            named = (
                self.syntax is Syntax.RDFXML and self.text[offset - 12 : offset] == 'rdf:nodeID="'
            )
            return named or self.text[offset : offset + 2] == "_:" or self.text[offset] in "[(<{"
        return self._iri(term, offset)

    def _iri(self, iri: str, offset: int) -> bool:
        quote = self.text[offset - 1] if self.text[offset - 1] in "\"'" else ">"
        stop = {Syntax.RDFXML: quote, Syntax.JSONLD: '(?<!\\\\)"'}.get(self.syntax, "[>\n]")
        end = re.compile(stop).search(self.text, offset)
        raw = self.text[offset : end.start() if end else len(self.text)]
        full = self.plain(raw)
        if iri == full or full.startswith(iri):
            return True
        if any(iri in (resolve(full, one), resolve("#" + full, one)) for one in self.bases):
            return True
        word = _WORD.match(self.text, offset)
        name = (word[0] if word else "").rstrip(".").replace("\\", "")
        if name == "a" and iri.endswith("#type"):
            return True
        name = name.rstrip("/>") if self.syntax is Syntax.RDFXML else name
        prefix, colon, local = name.partition(":")
        if not colon:
            prefix, local = "", name
        spaces = self.prefixes.get(prefix, set())
        if any(space + local == iri for space in spaces):
            return True
        return self.syntax is Syntax.JSONLD and (iri.endswith(full) or full in self.prefixes)

    def _literal(self, value: str, offset: int) -> bool:
        if not value.strip():  # nothing to see: the quotes or the tag around it, or an escape
            return self.text[offset] in "\"'<&\\" or not self.text[offset].strip()
        begin = re.split("[\r\n]", value.lstrip()[:12])[0]
        raw = self.text[offset : offset + 160].lstrip()
        if self.syntax is not Syntax.RDFXML:
            whole = re.match(
                r'(?:[^"\\]|\\.)*' if self.syntax is Syntax.JSONLD else r"(?:[^\\]|\\.)*",
                raw,
                re.DOTALL,
            )
            raw = whole[0] if whole else ""
        return self.plain(raw).lstrip().startswith(begin.lstrip())
