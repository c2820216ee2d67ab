"""Turtle as a person would write it: ``a``, prefixes, grouped values, blank nodes in brackets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from json.encoder import encode_basestring
from typing import Final

from harvester.namespaces import PREFIXES, RDF_TYPE, XSD
from harvester.rdf.lines import lines_of
from harvester.rdf.ntriples import parse_term
from harvester.rdf.write.arrange import Layout, Properties, arrange, reading_order
from harvester.rdf.write.cache import Cache
from harvester.rdf.write.interface import Description, Report
from harvester.rdf.write.labels import label
from harvester.rdf.write.mend import (
    checked_datatype,
    checked_iri,
    checked_language,
    encode,
)
from harvester.rdf.write.plain import SHORT, plain_node
from harvester.terms import XSD_STRING, Literal

# The part of PN_LOCAL (Turtle, section 6.5) that every reader agrees on and no one must escape.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
# Written bare, without quotes: only in the form that readers which compute with it keep.
_BARE: Final = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    XSD + "boolean": re.compile(r"true|false"),
}
_STEP: Final = "    "
_WIDE: Final = 80
_REMEMBERED: Final = 10_000


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Iterator[bytes]:
    """Yield Turtle: the prefixes, then each description as one block."""
    head = prefix_lines(prefixes)
    return chain([head], encode(descriptions, Blocks(prefixes).render, report))


def prefix_lines(prefixes: Mapping[str, str]) -> bytes:
    """Return the declarations that a Turtle or TriG file begins with."""
    lines = [f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(prefixes)]
    return "".join(lines).encode("utf-8")


class Blocks:
    """Renders descriptions as blocks of Turtle."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefix = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._names: Cache[str] = Cache(self._node)
        self._verbs: Cache[str] = Cache(lambda iri: "a" if iri == RDF_TYPE else self._name(iri))
        self._order: Cache[str] = Cache(reading_order)
        self._rendered: Cache[str] = Cache(self._render_text)
        self._orders: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._datatypes: Cache[str] = Cache(self._datatype)
        self._languages: Cache[str] = Cache(lambda tag: f"@{checked_language(tag)}")

    def render(self, description: Description) -> bytes:
        """Render one; raises ``UnwritableError`` where a term cannot be written."""
        lines = lines_of(description.triples)
        if lines is not None:
            node = plain_node(lines)
            if node is not None:
                return self._plain(*node).encode("utf-8")
        layout = arrange(description.triples)
        text = "".join(
            f"\n{self._names[top]} {self._properties(layout.nodes[top], layout, _STEP)} .\n"
            for top in layout.tops
        )
        return text.encode("utf-8")

    def _plain(self, node: str, properties: Mapping[str, list[str]]) -> str:
        """The block of one node, of terms as they stand in N-Triples."""
        rendered = self._rendered
        said = []
        for verb, predicate in self._verbs_in_order(tuple(properties)):
            values = [
                text
                if text[0] == '"' and text[-1] != ">" and "\\" not in text  # as it is
                else rendered[text]
                if len(text) < SHORT
                else self._render_text(text)
                for text in properties[predicate]
            ]
            said.append(f"{verb} {values[0] if len(values) == 1 else _listed(values, _STEP)}")
        block = f" ;\n{_STEP}".join(said)
        return f"\n{rendered[node]} {block} .\n"

    def _verbs_in_order(self, predicates: tuple[str, ...]) -> list[tuple[str, str]]:
        found = self._orders.get(predicates)
        if found is None:
            if len(self._orders) >= _REMEMBERED:
                self._orders.clear()
            ordered = sorted(predicates, key=lambda predicate: self._order[predicate[1:-1]])
            found = [(self._verbs[predicate[1:-1]], predicate) for predicate in ordered]
            self._orders[predicates] = found
        return found

    def _render_text(self, text: str) -> str:
        """A term as it stands in N-Triples, in Turtle."""
        if text[0] == "<" and "\\" not in text:
            return self._shortened(text[1:-1]) or text
        term = parse_term(text)
        return self._literal(term) if isinstance(term, Literal) else self._name(term)

    def _properties(self, properties: Properties, layout: Layout, indent: str) -> str:
        inline = layout.inline
        names = self._names
        lines = []
        for predicate in sorted(properties, key=self._order.__getitem__):
            values = []
            for obj in properties[predicate]:
                if not isinstance(obj, str):
                    values.append(self._literal(obj))
                elif obj in inline:
                    values.append(self._nested(obj, layout, indent))
                else:
                    values.append(names[obj])
            lines.append(f"{self._verbs[predicate]} {_listed(values, indent)}")
        return f" ;\n{indent}".join(lines)

    def _nested(self, node: str, layout: Layout, indent: str) -> str:
        properties = layout.nodes.get(node)
        if properties is None:
            return "[]"
        deeper = indent + _STEP
        return f"[\n{deeper}{self._properties(properties, layout, deeper)}\n{indent}]"

    def _literal(self, literal: Literal) -> str:
        value, datatype, language = literal
        if "\n" in value:
            lines = [encode_basestring(line)[1:-1] for line in value.split("\n")]
            text = "\n".join(lines)
            if '"""' not in value and not value.endswith('"'):
                text = text.replace('\\"', '"')  # each quote's own backslash, and no other
            text = f'"""{text}"""'
        else:
            text = encode_basestring(value)
        if language is not None:
            return text + self._languages[language]
        if datatype == XSD_STRING:
            return text
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(value):
            return value
        return text + self._datatypes[datatype]

    def _node(self, node: str) -> str:
        return label(node) if node[:2] == "_:" else self._name(node)

    def _name(self, iri: str) -> str:
        return self._shortened(iri) or f"<{checked_iri(iri)}>"

    def _shortened(self, iri: str) -> str:
        for cut in ("#", "/"):
            head, mark, local = iri.rpartition(cut)
            prefix = self._prefix.get(head + mark)
            if prefix is not None and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return ""

    def _datatype(self, iri: str) -> str:
        return "^^" + self._name(checked_datatype(iri))


def _listed(values: list[str], indent: str) -> str:
    if len(values) == 1:
        return values[0]
    values.sort()
    line = ", ".join(values)
    if len(line) <= _WIDE and "\n" not in line:
        return line
    return f",\n{indent}{_STEP}".join(values)
