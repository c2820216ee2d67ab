"""JSON-LD 1.1: one node object for each resource, in one graph, the context inside the file.

The order of keys is that of a streaming document (Streaming JSON-LD, W3C note, section 3), so that
a reader of a large file needs to hold no more than a node.
"""

from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Final

from harvester.namespaces import PREFIXES, RDF_TYPE
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
from harvester.terms import XSD_STRING, Term

_STEP: Final = "  "


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,
) -> Iterator[bytes]:
    """Yield one JSON object with ``@context`` (prefixes only) and ``@graph``, in this order.

    Values are always objects or plain strings, so the context carries no meaning that a reader
    of plain JSON would have to know.
    """
    lines = [
        f"    {encode_basestring(prefix)}: {encode_basestring(prefixes[prefix])}"
        for prefix in sorted(prefixes)
    ]
    yield ('{\n  "@context": {\n' + ",\n".join(lines) + '\n  },\n  "@graph": [').encode("utf-8")
    separator = b"\n"
    for chunk in encode(descriptions, _Objects(prefixes).render, report):
        if chunk:
            yield separator + chunk
            separator = b",\n"
    yield b"\n  ]\n}\n"


class _ClashError(Exception):
    """An IRI begins with what the context takes for a prefix, such as ``<dcat:Dataset>``."""


class _Objects:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._compact = _Renderer(prefixes)
        self._full = _Renderer({}, [f'{_STEP * 3}"@context": null'])

    def render(self, description: Description) -> bytes:
        layout = arrange(description.triples)
        try:
            text = self._compact.render(layout)
        except _ClashError:
            # There is no escape for such an IRI: its node is written without the context.
            text = self._full.render(layout)
        return text.encode("utf-8")


class _Renderer:
    def __init__(self, prefixes: Mapping[str, str], first: Iterable[str] = ()) -> None:
        self._first = tuple(first)
        self._prefixes = prefixes
        self._prefix = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._names: Cache[str] = Cache(lambda iri: encode_basestring(self._name(iri)))
        self._nodes: Cache[str] = Cache(
            lambda node: f'{{"@id": {encode_basestring(self._id(node))}}}'
        )
        self._order: Cache[str] = Cache(reading_order)
        self._languages: Cache[str] = Cache(_language)
        self._datatypes: Cache[str] = Cache(
            lambda iri: f'{{"@type": {encode_basestring(self._name(checked_datatype(iri)))}'
        )

    def render(self, layout: Layout) -> str:
        indent = _STEP * 3
        outer = _STEP * 2
        return ",\n".join(
            f"{outer}{self._object(top, layout.nodes[top], layout, indent)}" for top in layout.tops
        )

    def _object(self, top: str, properties: Properties, layout: Layout, indent: str) -> str:
        # @type before @id, and both before all else, is what streaming readers ask for.
        lines: list[str] = []
        if top:
            lines += self._first
        types = properties.get(RDF_TYPE, ())
        names = [self._names[one] for one in types if isinstance(one, str) and one[:2] != "_:"]
        if names:
            lines.append(f'{indent}"@type": {_listed(names, indent)}')
        if top:
            lines.append(f'{indent}"@id": {encode_basestring(self._id(top))}')
        for predicate in sorted(properties, key=self._order.__getitem__):
            objects = properties[predicate]
            if predicate == RDF_TYPE:
                # Only names may stand in @type; whatever else was given as a type is a value.
                objects = [one for one in objects if not isinstance(one, str) or one[:2] == "_:"]
                if not objects:
                    continue
            values = [self._value(one, layout, indent) for one in objects]
            lines.append(f"{indent}{self._names[predicate]}: {_listed(values, indent)}")
        return "{\n" + ",\n".join(lines) + f"\n{indent[: -len(_STEP)]}}}"

    def _value(self, obj: Term, layout: Layout, indent: str) -> str:
        if isinstance(obj, str):
            if obj not in layout.inline or obj not in layout.nodes:
                return self._nodes[obj]
            return self._object("", layout.nodes[obj], layout, indent + _STEP)
        value, datatype, language = obj
        text = encode_basestring(value)
        if language is not None:
            return f'{self._languages[language]}, "@value": {text}}}'
        if datatype == XSD_STRING:
            return text
        return f'{self._datatypes[datatype]}, "@value": {text}}}'

    def _id(self, node: str) -> str:
        return label(node) if node[:2] == "_:" else self._iri(node)

    def _iri(self, iri: str) -> str:
        if iri.partition(":")[0] in self._prefixes:
            raise _ClashError(iri)
        return checked_iri(iri)

    def _name(self, iri: str) -> str:
        for cut in ("#", "/"):
            head, mark, local = iri.rpartition(cut)
            prefix = self._prefix.get(head + mark)
            if prefix is not None and local and not local.startswith("//"):
                checked_iri(iri)
                return f"{prefix}:{local}"
        return self._iri(iri)


def _language(tag: str) -> str:
    language, _, direction = checked_language(tag).partition("--")
    if direction:
        return f'{{"@direction": "{direction}", "@language": "{language}"'
    return f'{{"@language": "{language}"'


def _listed(values: list[str], indent: str) -> str:
    if len(values) == 1:
        return values[0]
    values.sort()
    deeper = indent + _STEP
    return f"[\n{deeper}" + f",\n{deeper}".join(values) + f"\n{indent}]"
