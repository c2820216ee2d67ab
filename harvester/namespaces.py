"""Namespaces and the handful of terms that code names directly."""

from functools import lru_cache
from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ADMS: Final = "http://www.w3.org/ns/adms#"
DCATAP: Final = "http://data.europa.eu/r5r/"
ODRS: Final = "http://schema.theodi.org/odrs#"
SPDX: Final = "http://spdx.org/rdf/terms#"
PROV: Final = "http://www.w3.org/ns/prov#"
LOCN: Final = "http://www.w3.org/ns/locn#"
GEOSPARQL: Final = "http://www.opengis.net/ont/geosparql#"
ODRL: Final = "http://www.w3.org/ns/odrl/2/"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = "http://schema.org/"
TIME: Final = "http://www.w3.org/2006/time#"
HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
ELI: Final = "http://data.europa.eu/eli/ontology#"

RDF_TYPE: Final = RDF + "type"
RDF_FIRST: Final = RDF + "first"
RDF_REST: Final = RDF + "rest"
RDF_NIL: Final = RDF + "nil"

PREFIXES: Final[dict[str, str]] = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "geosparql": GEOSPARQL,
    "hydra": HYDRA,
    "locn": LOCN,
    "odrl": ODRL,
    "odrs": ODRS,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "time": TIME,
    "vcard": VCARD,
    "xsd": XSD,
}


@lru_cache(maxsize=4096)
def shorten(iri: str) -> str:
    """Return ``prefix:name`` for an IRI in a known namespace, else the IRI itself."""
    for cut in ("#", "/"):
        head, sep, name = iri.rpartition(cut)
        if sep and name:
            prefix = _BY_NAMESPACE.get(head + sep)
            if prefix is not None:
                return f"{prefix}:{name}"
    return iri


def expand(name: str) -> str:
    """Return the IRI for ``prefix:name`` with a known prefix.

    Raises ``KeyError`` for an unknown prefix.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


_BY_NAMESPACE: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
