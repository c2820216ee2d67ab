"""RDF/XML as a person would write it: typed elements, values in order, blank nodes in place.

RDF/XML cannot carry every graph. A predicate without an XML name at its end is left out,
characters that XML 1.0 forbids become U+FFFD, a base direction is dropped; each is reported.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from typing import Final

from harvester.namespaces import PREFIXES, RDF, RDF_TYPE
from harvester.rdf.lines import lines_of
from harvester.rdf.ntriples import parse_term
from harvester.rdf.write.arrange import Layout, Properties, arrange, class_order, reading_order
from harvester.rdf.write.cache import Cache
from harvester.rdf.write.interface import Description, Report
from harvester.rdf.write.labels import node_id
from harvester.rdf.write.mend import (
    UnwritableError,
    checked_datatype,
    checked_iri,
    checked_language,
    encode,
    sound,
)
from harvester.rdf.write.plain import plain_node
from harvester.rdf.write.xmlnames import NOT_XML, is_xml, split_name
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple

_STEP: Final = "  "
_TYPE: Final = f"<{RDF_TYPE}>"
_NOTHING_INSIDE: Final = Layout({}, [], frozenset())
_REMEMBERED: Final = 10_000


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Iterator[bytes]:
    """Yield RDF/XML: the root element with its namespaces, then each description's elements.

    ``rdf`` is bound to the RDF namespace whatever ``prefixes`` says.
    """
    spaces = {**prefixes, "rdf": RDF}
    lines = [f'    xmlns:{prefix}="{_attribute(spaces[prefix])}"' for prefix in sorted(spaces)]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF\n' + "\n".join(lines) + ">\n"
    body = encode(descriptions, _Elements(spaces).render, report, _writable)
    return chain([head.encode("utf-8")], body, [b"</rdf:RDF>\n"])


class _Elements:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefix = {namespace: prefix for prefix, namespace in prefixes.items()}
        # For namespaces without a prefix of their own; bound anew where it is used.
        self._local = next(name for name in _local_prefixes() if name not in prefixes)
        self._tags: Cache[tuple[str, str]] = Cache(self._tag)
        self._classes: Cache[tuple[str, str] | None] = Cache(self._class)
        self._order: Cache[str] = Cache(reading_order)
        self._references: Cache[str] = Cache(
            lambda node: (
                f'rdf:nodeID="{node_id(node)}"'
                if node[:2] == "_:"
                else f'rdf:resource="{_attribute(checked_iri(node))}"'
            )
        )
        self._elements: dict[tuple[str, ...], tuple[tuple[str, str], list[str]]] = {}
        self._orders: dict[tuple[str, ...], list[tuple[tuple[str, str], str]]] = {}
        self._languages: Cache[str] = Cache(_language)
        self._datatypes: Cache[str] = Cache(_datatype)

    def render(self, description: Description) -> bytes:
        lines = lines_of(description.triples)
        if lines is not None:
            node = plain_node(lines)
            if node is not None:
                return _sound_xml(self._plain(*node))
        layout = arrange(description.triples)
        parts = []
        for top in layout.tops:
            about = (
                f' rdf:nodeID="{node_id(top)}"'
                if top[:2] == "_:"
                else f' rdf:about="{_attribute(checked_iri(top))}"'
            )
            parts.append(self._node(about, layout.nodes[top], layout, _STEP))
        return _sound_xml("".join(parts))

    def _plain(self, node: str, properties: dict[str, list[str]]) -> str:
        """The element of one node, of terms as they stand in N-Triples."""
        element, types = self._element_of(tuple(properties.get(_TYPE, ())))
        about = f' rdf:about="{_attribute(node[1:-1])}"'
        elements = []
        for tags, predicate in self._tags_in_order(tuple(properties)):
            values = types if predicate == _TYPE else properties[predicate]
            said = [self._said(tags, text) for text in values]
            if len(said) > 1:
                said.sort()
            elements += said
        if not elements:
            return f"{_STEP}<{element[0]}{about}/>\n"
        return f"{_STEP}<{element[0]}{about}>\n{''.join(elements)}{_STEP}</{element[1]}>\n"

    def _said(self, tags: tuple[str, str], text: str) -> str:
        """A property with a value as it stands in N-Triples."""
        open_tag, close_tag = tags
        if "\\" in text:
            return self._property(tags, parse_term(text), _NOTHING_INSIDE, _STEP * 2)
        if text[0] == "<":
            return f'{_STEP * 2}<{open_tag} rdf:resource="{_attribute(text[1:-1])}"/>\n'
        value, _, kind = text.rpartition('"')
        value = value[1:]
        if "&" in value or "<" in value or ">" in value:
            value = _text(value)
        if kind:
            kind = self._languages[kind[1:]] if kind[0] == "@" else self._datatypes[kind[3:-1]]
        return f"{_STEP * 2}<{open_tag}{kind}>{value}</{close_tag}>\n"

    def _element_of(self, types: tuple[str, ...]) -> tuple[tuple[str, str], list[str]]:
        """The tags of a node of these classes, and the classes that are still to be said."""
        found = self._elements.get(types)
        if found is None:
            found = ("rdf:Description", "rdf:Description"), list(types)
            for text in sorted(types, key=lambda text: class_order(text[1:-1])):
                tags = self._classes[text[1:-1]] if text[0] == "<" else None
                if tags is not None:
                    found = tags, [one for one in types if one != text]
                    break
            if len(self._elements) >= _REMEMBERED:
                self._elements.clear()
            self._elements[types] = found
        return found

    def _tags_in_order(self, predicates: tuple[str, ...]) -> list[tuple[tuple[str, str], str]]:
        found = self._orders.get(predicates)
        if found is None:
            ordered = sorted(predicates, key=lambda predicate: self._order[predicate[1:-1]])
            found = [(self._tags[predicate[1:-1]], predicate) for predicate in ordered]
            if len(self._orders) >= _REMEMBERED:
                self._orders.clear()
            self._orders[predicates] = found
        return found

    def _node(self, about: str, properties: Properties, layout: Layout, indent: str) -> str:
        open_tag, close_tag = "rdf:Description", "rdf:Description"
        lines = []
        types = properties.get(RDF_TYPE)
        if types is not None:
            iris = [node for node in types if isinstance(node, str) and node not in layout.inline]
            for cls in sorted(iris, key=class_order):
                tags = self._classes[cls]
                if tags is not None:
                    open_tag, close_tag = tags
                    properties = {**properties, RDF_TYPE: [one for one in types if one != cls]}
                    break
        deeper = indent + _STEP
        for predicate in sorted(properties, key=self._order.__getitem__):
            values = properties[predicate]
            tags = self._tags[predicate]
            if len(values) == 1:
                lines.append(self._property(tags, values[0], layout, deeper))
            else:
                lines += sorted([self._property(tags, one, layout, deeper) for one in values])
        if not lines:
            return f"{indent}<{open_tag}{about}/>\n"
        return f"{indent}<{open_tag}{about}>\n{''.join(lines)}{indent}</{close_tag}>\n"

    def _property(self, tags: tuple[str, str], obj: Term, layout: Layout, indent: str) -> str:
        open_tag, close_tag = tags
        if isinstance(obj, str):
            if obj not in layout.inline:
                return f"{indent}<{open_tag} {self._references[obj]}/>\n"
            inner = self._node("", layout.nodes.get(obj, {}), layout, indent + _STEP)
            return f"{indent}<{open_tag}>\n{inner}{indent}</{close_tag}>\n"
        value, datatype, language = obj
        if "&" in value or "<" in value or ">" in value or "\r" in value:
            value = _text(value)
        kind = self._datatypes[datatype] if language is None else self._languages[language]
        return f"{indent}<{open_tag}{kind}>{value}</{close_tag}>\n"

    def _tag(self, predicate: str) -> tuple[str, str]:
        name = split_name(predicate)
        if name is None:
            raise UnwritableError("predicate-not-xml")
        namespace, local = name
        prefix = self._prefix.get(namespace)
        if prefix is not None:
            return f"{prefix}:{local}", f"{prefix}:{local}"
        tag = f"{self._local}:{local}"
        return f'{tag} xmlns:{self._local}="{_attribute(checked_iri(namespace))}"', tag

    def _class(self, cls: str) -> tuple[str, str] | None:
        # Classes of RDF itself stand as rdf:type, so that no element is taken for syntax.
        if cls[:2] == "_:" or cls.startswith(RDF) or split_name(cls) is None:
            return None
        return self._tag(cls)


def _sound_xml(text: str) -> bytes:
    chunk = text.encode("utf-8")
    if not is_xml(chunk):
        raise UnwritableError("control-character")
    return chunk


def _writable(triple: Triple) -> tuple[Triple | None, str]:
    fit, reason = sound(triple)
    if fit is None:
        return None, reason
    subject, predicate, obj = fit
    name = split_name(predicate)
    if name is None:
        return None, "predicate-not-xml"
    if isinstance(obj, Literal):
        if obj.language is not None and "--" in obj.language:
            plain = obj.language.partition("--")[0]
            obj, reason = Literal(obj.value, RDF_LANG_STRING, plain), "direction"
        if NOT_XML.search(obj.value):
            mended = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", obj.value)
            obj, reason = obj._replace(value=mended), "control-character"
    return (subject, predicate, obj), reason


def _local_prefixes() -> Iterator[str]:
    yield "ns"
    yield from (f"ns{number}" for number in count(1))


def _text(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("\r", "&#13;")  # a bare one would be read as a line feed


def _attribute(iri: str) -> str:
    return iri.replace("&", "&amp;")


def _language(tag: str) -> str:
    if "--" in tag:
        raise UnwritableError("direction")
    return f' xml:lang="{checked_language(tag)}"'


def _datatype(iri: str) -> str:
    if iri == XSD_STRING:
        return ""
    return f' rdf:datatype="{_attribute(checked_datatype(iri))}"'
