"""The little of XML that finding places needs: tags with offsets, namespaces, entities.

The document passed the gate and a parser, so it is well-formed and its entities are bounded.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from harvester.rdf.positions.iris import resolve

TAG: Final = re.compile(
    # What is not closed takes the rest, so that no search for an end is made twice.
    r"<(?:!--(?:.*?-->|.*)|!\[CDATA\[(?:.*?\]\]>|.*)|\?(?:.*?\?>|.*)"
    r"|!DOCTYPE(?:[^\[>]*+)(?:\[(?:<!--(?:.*?-->|.*)|\"[^\"]*+\"|'[^']*+'|[^\]\"'])*+\]\s*+)?>"
    r"|/(?P<close>[^\s>]++)\s*+>"
    r"|(?P<open>[^\s/>!?]++)(?P<attributes>(?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)"
    r"(?P<empty>/?)>)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY: Final = re.compile(r"<!ENTITY\s+([^\s%]+)\s+(?:\"([^\"]*)\"|'([^']*)')")
_MARKUP: Final = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([^;&\s]+));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
XML: Final = "http://www.w3.org/XML/1998/namespace"
_DEEPEST: Final = 20


class Attribute(NamedTuple):
    """One attribute: its name as written, its raw value and where that starts and ends."""

    name: str
    raw: str
    start: int
    end: int


class Entities:
    """The entities that a document declares."""

    def __init__(self, text: str) -> None:
        self._declared: dict[str, str] = {}
        if "<!ENTITY" in text:
            for name, double, single in _ENTITY.findall(text):
                self._declared.setdefault(name, double or single)

    def decode(self, raw: str, depth: int = 0) -> str:
        """Replace the references in a text."""
        if "&" not in raw:
            return raw

        def character(match: re.Match[str]) -> str:
            digits, base = (match[1], 16) if match[1] else (match[2], 10)
            if digits:
                number = int(digits[:8], base)
                return chr(number) if number <= 0x10FFFF else match[0]
            name = match[3]
            if name in self._declared and depth < _DEEPEST:
                return self.decode(self._declared[name], depth + 1)
            return _NAMED.get(name, match[0])

        return _REFERENCE.sub(character, raw)

    def text(self, raw: str) -> str:
        """The characters of an element's content: no comments, sections opened, lines as LF."""
        if "\r" in raw:
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        if "<" not in raw:
            return self.decode(raw)
        parts: list[str] = []
        done = 0
        for match in _MARKUP.finditer(raw):
            parts.append(self.decode(raw[done : match.start()]))
            parts.append(match[1] or "")
            done = match.end()
        parts.append(self.decode(raw[done:]))
        return "".join(parts)


class Scope(dict[str, str]):
    """What names mean in one element: qualified name to IRI; also its base and language."""

    def __init__(self, namespaces: Mapping[str, str], base: str, language: str) -> None:
        super().__init__()
        self.namespaces = namespaces
        self.base = base
        self.language = language

    def __missing__(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        if colon:
            iri = self.namespaces.get(prefix, prefix + ":") + local
        else:
            iri = self.namespaces.get("", "") + name
        self[name] = iri
        return iri

    def within(self, attributes: list[Attribute], entities: Entities) -> "Scope":
        """The scope inside an element with these attributes: this one where they change nothing."""
        namespaces: dict[str, str] = {}
        base, language = self.base, self.language
        for name, raw, _, _ in attributes:
            if name == "xmlns":
                namespaces[""] = entities.decode(raw)
            elif name.startswith("xmlns:"):
                namespaces[name[6:]] = entities.decode(raw)
            elif name == "xml:base":
                base = resolve(entities.decode(raw), base).partition("#")[0]
            elif name == "xml:lang":
                language = raw
        if namespaces:
            return Scope({**self.namespaces, **namespaces}, base, language)
        if base == self.base and language == self.language:
            return self
        return Scope(self.namespaces, base, language)


def attributes_of(raw: str, offset: int) -> list[Attribute]:
    """The attributes of a tag whose text after the name starts at ``offset``."""
    found = []
    for match in _ATTRIBUTE.finditer(raw):
        group = 2 if match[2] is not None else 3
        start, end = match.span(group)
        found.append(Attribute(match[1], match[group], offset + start, offset + end))
    return found
