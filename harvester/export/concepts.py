"""Describe, once in a file, the terms of vocabularies that its datasets name.

The official shapes ask for the class of a licence, a language or a theme in the file itself
(sh:class), and of a concept for its label and its scheme.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from harvester.namespaces import DCTERMS, RDF_TYPE, SKOS
from harvester.normalize.tables import AUTHORITY
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Triple, triple_to_ntriples

SCHEMES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        AUTHORITY + "access-right": ("access-right", "Access right"),
        AUTHORITY + "data-theme": ("data-theme", "Data theme"),
        AUTHORITY + "dataset-status": ("dataset-status", "Dataset status"),
        AUTHORITY + "dataset-type": ("dataset-type", "Dataset type"),
        AUTHORITY + "distribution-status": ("distribution-status", "Distribution status"),
        AUTHORITY + "distribution-type": ("distribution-type", "Distribution type"),
        AUTHORITY + "file-type": ("file-type", "File type"),
        AUTHORITY + "frequency": ("frequency", "Frequency"),
        AUTHORITY + "language": ("language", "Language"),
        AUTHORITY + "licence": ("licence", "Licence"),
        AUTHORITY + "planned-availability": ("planned-availability", "Planned availability"),
        "http://data.europa.eu/bna": ("hvd-category", "High-value dataset categories"),
        "http://purl.org/adms/publishertype": ("publisher-type", "Publisher type"),
        "http://purl.org/adms/status": ("adms-status", "Status"),
    }
)
"""Start of a concept's IRI -> file of the shipped vocabularies and title of the scheme."""

_KEPT: Final = frozenset({RDF_TYPE, SKOS + "prefLabel", SKOS + "inScheme"})


def describe(classes: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, list[Triple]]]:
    """What to say of each IRI in ``classes``, which maps it to the classes it must have.

    Concepts of the shipped vocabularies have their labels and scheme; each scheme is described
    once, after them; all else has its classes only. In order of the IRIs.
    """
    schemes: dict[str, str] = {}
    for iri in sorted(classes):
        if not classes[iri]:
            continue
        triples: set[Triple] = {(iri, RDF_TYPE, cls) for cls in classes[iri]}
        start = iri.rpartition("/")[0]
        if start in SCHEMES:
            file, title = SCHEMES[start]
            known = _vocabulary(file)
            labelled = bool(known.objects(iri, SKOS + "prefLabel"))
            for triple in known.triples_of(iri):
                # A concept without a label breaks a rule that a mere file type does not have.
                if triple[1] in _KEPT and (labelled or triple[2] != SKOS + "Concept"):
                    triples.add(triple)
                if triple[1] == SKOS + "inScheme" and isinstance(triple[2], str):
                    schemes[triple[2]] = title
        elif iri in SCHEMES:
            schemes[iri] = SCHEMES[iri][1]
            continue
        yield iri, sorted(triples, key=triple_to_ntriples)
    for iri, title in sorted(schemes.items()):
        yield (
            iri,
            [
                (iri, DCTERMS + "title", Literal(title, RDF_LANG_STRING, "en")),
                (iri, RDF_TYPE, SKOS + "ConceptScheme"),
            ],
        )


def is_term(iri: str) -> bool:
    """Whether an IRI is a concept of a shipped vocabulary, or such a vocabulary itself."""
    start = iri.rpartition("/")[0]
    return iri in SCHEMES or (start in SCHEMES and iri in _vocabulary(SCHEMES[start][0]).spo)


@cache
def _vocabulary(name: str) -> Graph:
    from harvester.profile import shipped_vocabulary  # reads files, only when a concept is named

    return shipped_vocabulary(name)
