"""N-Triples: one triple a line, as the store keeps them (canonical form of RDF 1.1 N-Triples)."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from harvester.namespaces import PREFIXES
from harvester.rdf.lines import lines_of
from harvester.rdf.write.cache import Cache
from harvester.rdf.write.interface import Description, Report
from harvester.rdf.write.labels import label
from harvester.rdf.write.mend import (
    checked_datatype,
    checked_iri,
    checked_language,
    encode,
)
from harvester.terms import XSD_STRING

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def write(
    descriptions: Iterable[Description],
    report: Report,
    prefixes: Mapping[str, str] = PREFIXES,  # noqa: ARG001 - every writer has the same shape
) -> Iterator[bytes]:
    """Yield N-Triples, one chunk a description, in the order of its triples."""
    lines = line_writer()
    return encode(
        descriptions, lambda description: lines(description, " .\n").encode("utf-8"), report
    )


def line_writer() -> Callable[[Description, str], str]:
    """Return a function that writes a description's triples, each followed by a line's end."""
    names: Cache[str] = Cache(_name)
    verbs: Cache[str] = Cache(lambda iri: f"<{checked_iri(iri)}>")
    datatypes: Cache[str] = Cache(_datatype)
    languages: Cache[str] = Cache(lambda tag: f'"@{checked_language(tag)}')

    def lines(description: Description, end: str) -> str:
        stored = lines_of(description.triples)
        if stored is not None and "_:" not in (text := stored.text):
            return text if end == " .\n" else text.replace(" .\n", end)
        parts = []
        for subject, predicate, obj in description.triples:
            if isinstance(obj, str):
                text = names[obj]
            else:
                value, datatype, language = obj
                if '"' in value or "\\" in value or "\n" in value or "\r" in value:
                    value = value.translate(_ESCAPES)
                close = datatypes[datatype] if language is None else languages[language]
                text = f'"{value}{close}'
            parts.append(f"{names[subject]} {verbs[predicate]} {text}{end}")
        return "".join(parts)

    return lines


def _name(node: str) -> str:
    return label(node) if node[:2] == "_:" else f"<{checked_iri(node)}>"


def _datatype(iri: str) -> str:
    return '"' if iri == XSD_STRING else f'"^^<{checked_datatype(iri)}>'
