"""Each indicator on one dataset or distribution: passed, failed, or not to be known offline."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from harvester.namespaces import DCAT, DCTERMS
from harvester.quality.indicators import Method
from harvester.quality.tables import MEDIA_TYPE, Formats, Tables
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term

States = Mapping[str, bool | None]
"""By metric; ``None`` where only a request, or a validation that was not run, can tell."""

FORMAT: Final = DCTERMS + "format"
LICENSE: Final = DCTERMS + "license"
_ACCESS_RIGHTS: Final = DCTERMS + "accessRights"
_MEDIA_TYPE: Final = DCAT + "mediaType"

_NOTHING: Final[Mapping[str, Sequence[Term]]] = MappingProxyType({})
_DATASET_HAS: Final = {
    "keywordAvailability": DCAT + "keyword",
    "categoryAvailability": DCAT + "theme",
    "spatialAvailability": DCTERMS + "spatial",
    "temporalAvailability": DCTERMS + "temporal",
    "accessRightsAvailability": _ACCESS_RIGHTS,
    "contactPointAvailability": DCAT + "contactPoint",
    "publisherAvailability": DCTERMS + "publisher",
}
_EITHER_HAS: Final = {
    "dateIssuedAvailability": DCTERMS + "issued",
    "dateModifiedAvailability": DCTERMS + "modified",
}
_DISTRIBUTION_HAS: Final = {
    "downloadUrlAvailability": DCAT + "downloadURL",
    "formatAvailability": FORMAT,
    "mediaTypeAvailability": _MEDIA_TYPE,
    "licenceAvailability": LICENSE,
    "rightsAvailability": DCTERMS + "rights",
    "byteSizeAvailability": DCAT + "byteSize",
}
ANSWERS: Final = {
    "accessUrlStatusCode": DCAT + "accessURL",
    "downloadUrlStatusCode": DCAT + "downloadURL",
}


def check_dataset(
    graph: Graph,
    dataset: str,
    distributions: Iterable[str],
    tables: Tables,
    compliant: bool | None,
) -> States:
    """Check a dataset; a date may stand on it or on any of its distributions.

    ``compliant`` is ``None`` when nobody validated.
    """
    said = graph.spo.get(dataset, _NOTHING)
    found: dict[str, bool | None] = {
        metric: bool(said.get(path)) for metric, path in _DATASET_HAS.items()
    }
    holders = (dataset, *distributions)
    for metric, path in _EITHER_HAS.items():
        found[metric] = any(graph.objects(holder, path) for holder in holders)
    rights = said.get(_ACCESS_RIGHTS, ())
    found["accessRightsVocabularyAlignment"] = not tables.access_rights.isdisjoint(rights)
    found["dcatApCompliance"] = compliant
    return found


def check_distribution(graph: Graph, node: str, tables: Tables, method: Method) -> States:
    """Check a distribution as ``method`` counts; addresses that are there count as unknown."""
    return {
        **check_alike(graph, node, tables),
        **check_formats(graph, node, tables, method),
    }


def check_alike(graph: Graph, node: str, tables: Tables) -> States:
    """The checks of a distribution that every method makes alike."""
    said = graph.spo.get(node, _NOTHING)
    found: dict[str, bool | None] = {
        metric: bool(said.get(path)) for metric, path in _DISTRIBUTION_HAS.items()
    }
    for metric, path in ANSWERS.items():
        found[metric] = None if said.get(path) else False
    found["knownLicence"] = not tables.licences.isdisjoint(said.get(LICENSE, ()))
    return found


def check_formats(graph: Graph, node: str, tables: Tables, method: Method) -> States:
    """The checks of a distribution that methods make in ways of their own."""
    said = graph.spo.get(node, _NOTHING)
    formats, media_types = said.get(FORMAT, ()), said.get(_MEDIA_TYPE, ())
    both = method is Method.SE
    return {
        "formatMediaTypeVocabularyAlignment": _ALIGNED[method](formats, media_types, tables),
        "formatMediaTypeNonProprietary": is_listed(
            formats, tables.non_proprietary, media_types_too=both
        ),
        "formatMediaTypeMachineInterpretable": is_listed(
            formats, tables.machine_readable, media_types_too=both
        ),
    }


def is_listed(values: Iterable[Term], listed: Formats, *, media_types_too: bool) -> bool:
    """Whether one of the values of dcterms:format is in a list of formats."""
    for value in values:
        if value in listed.iris:
            return True
        if media_types_too and media_type(value) in listed.media_types:
            return True
    return False


def media_type(value: Term) -> str:
    """The IANA name that a value states, as a literal or as IANA's IRI; empty for none."""
    if isinstance(value, Literal):
        return value.value
    for namespace in MEDIA_TYPE:
        if value.startswith(namespace):
            return value.removeprefix(namespace)
    return ""


def _both(formats: Sequence[Term], media_types: Sequence[Term], tables: Tables) -> bool:
    return not tables.file_types.isdisjoint(formats) and any(
        isinstance(value, str) and media_type(value) in tables.media_types for value in media_types
    )


def _either(formats: Sequence[Term], media_types: Sequence[Term], tables: Tables) -> bool:
    values = (*formats, *media_types)
    return not tables.file_types.isdisjoint(values) or any(
        media_type(value) in tables.media_types for value in values
    )


_ALIGNED: Final[Mapping[Method, Callable[[Sequence[Term], Sequence[Term], Tables], bool]]] = {
    Method.EU: _both,
    Method.SE: _either,
}
