"""A small world of published resources for the export's tests."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from harvester.model import Kind
from harvester.namespaces import DCAT, DCTERMS, FOAF, RDF_TYPE
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple, triple_to_ntriples

CLASS = {
    Kind.CATALOG: DCAT + "Catalog",
    Kind.DATASET: DCAT + "Dataset",
    Kind.DATA_SERVICE: DCAT + "DataService",
    Kind.DISTRIBUTION: DCAT + "Distribution",
    Kind.AGENT: FOAF + "Agent",
}


@dataclass(frozen=True)
class Stored:
    """What the store hands out."""

    source: str
    iri: str
    kinds: tuple[Kind, ...]
    ntriples: str
    parent: str | None = None


def stored(
    source: str, iri: str, kind: Kind, *properties: tuple[str, Term], parent: str | None = None
) -> Stored:
    """One resource with its class and properties, and those of its blank nodes."""
    triples: list[Triple] = [(iri, predicate, obj) for predicate, obj in properties]
    if kind in CLASS:
        triples.append((iri, RDF_TYPE, CLASS[kind]))
    return Stored(source, iri, (kind,), ntriples(triples), parent)


def ntriples(triples: Iterable[Triple]) -> str:
    return "".join(sorted(f"{triple_to_ntriples(triple)}\n" for triple in triples))


def title(text: str) -> tuple[str, Term]:
    return DCTERMS + "title", Literal(text, RDF_LANG_STRING, "sv")


def a_source(source: str, datasets: int = 2) -> list[Stored]:
    """A catalog with datasets, each with a distribution, and a publisher."""
    base = f"https://{source}.exempel.se/"
    catalog = base + "catalog"
    publisher = base + "org"
    iris = [f"{base}dataset/{number}" for number in range(datasets)]
    found = [
        stored(
            source,
            catalog,
            Kind.CATALOG,
            title(f"Katalogen {source}"),
            (DCTERMS + "publisher", publisher),
            *((DCAT + "dataset", iri) for iri in iris),
        ),
        stored(source, publisher, Kind.AGENT, (FOAF + "name", Literal(source))),
    ]
    for iri in iris:
        links = ((DCTERMS + "publisher", publisher), (DCAT + "distribution", iri + "/fil"))
        found += [
            stored(source, iri, Kind.DATASET, title("Badplatser"), *links, parent=catalog),
            stored(source, iri + "/fil", Kind.DISTRIBUTION, title("Fil"), parent=iri),
        ]
    return found


def statements(data: bytes, syntax: ox.RdfFormat) -> set[str]:
    """The statements of a file as lines, without the dot."""
    return {str(quad.triple) for quad in ox.parse(data, format=syntax)}
