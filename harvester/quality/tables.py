"""The closed lists that MQA looks values up in, as sets of IRIs and media types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from harvester.namespaces import SKOS
from harvester.rdf.graph import Graph
from harvester.terms import Literal

FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
LICENCE: Final = "http://publications.europa.eu/resource/authority/licence/"
ACCESS_RIGHT: Final = "http://publications.europa.eu/resource/authority/access-right/"
MEDIA_TYPE: Final = (
    "http://www.iana.org/assignments/media-types/",
    "https://www.iana.org/assignments/media-types/",
)


@dataclass(frozen=True, slots=True)
class Formats:
    """One list of formats: file types as IRIs, and the media types that mean the same."""

    iris: frozenset[str]
    media_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """All lists. ``media_types`` are IANA's names, such as ``text/csv``."""

    file_types: frozenset[str]
    media_types: frozenset[str]
    access_rights: frozenset[str]
    licences: frozenset[str]
    open_licences: frozenset[str]
    non_proprietary: Formats
    machine_readable: Formats
    linked_data: Formats


def make_tables(vocabulary: Graph, media_types: Iterable[str], lists: str) -> Tables:
    """Make the lists from the EU vocabularies, IANA's names and the text of ``mqa.tsv``.

    Raises ``ValueError`` for a line of ``lists`` that is not ``list<TAB>value``.
    """
    rows: dict[str, list[str]] = {}
    for line in lists.splitlines():
        if not line.startswith("#"):
            name, value = line.split("\t")
            rows.setdefault(name, []).append(value)
    licences = _concepts(vocabulary, LICENCE)
    known = {
        same
        for licence in licences
        for same in vocabulary.objects(licence, SKOS + "exactMatch")
        if isinstance(same, str)
    }
    return Tables(
        file_types=_concepts(vocabulary, FILE_TYPE),
        media_types=frozenset(media_types),
        access_rights=_concepts(vocabulary, ACCESS_RIGHT),
        licences=licences | known | frozenset(rows["licence"]),
        open_licences=frozenset(rows["open-licence"]),
        non_proprietary=_formats(vocabulary, rows["non-proprietary"]),
        machine_readable=_formats(vocabulary, rows["machine-readable"]),
        linked_data=_formats(vocabulary, rows["linked-data"]),
    )


def _concepts(vocabulary: Graph, namespace: str) -> frozenset[str]:
    return frozenset(iri for iri in vocabulary.spo if iri.startswith(namespace))


def _formats(vocabulary: Graph, codes: Sequence[str]) -> Formats:
    iris = [FILE_TYPE + code for code in codes]
    names = {
        name.value
        for iri in iris
        for name in vocabulary.objects(iri, SKOS + "notation")
        if isinstance(name, Literal)
    }
    return Formats(frozenset(iris), frozenset(names))
