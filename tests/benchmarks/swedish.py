"""The seeded catalogs with what the Swedish profile asks for beside: then only the errors are left.

Catalogs as they are lack what it wants of every dataset (12.6 findings each); these say it all, so
that what is found is what was put in.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from harvester.namespaces import RDF_TYPE, expand
from harvester.terms import RDF_LANG_STRING, Literal, Term
from tests.benchmarks.catalogs import BASE, EU, Description

ORGANISATION: Final = "http://dataportal.se/organisation/SE"
_CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"


def _said(values: Mapping[str, Term]) -> Mapping[str, Term]:
    return MappingProxyType({expand(name): value for name, value in values.items()})


def _text(value: str) -> Literal:
    return Literal(value, RDF_LANG_STRING, "sv")


def _day(value: str) -> Literal:
    return Literal(value, expand("xsd:date"))


_PERIOD, _PHONE, _ADDRESS = f"{BASE}period", f"{BASE}phone", f"{BASE}address"
# By the last of a resource's classes; what all of a class may share is described once.
_ADDED: Final[Mapping[str, Mapping[str, Term]]] = MappingProxyType(
    {
        expand("dcat:Catalog"): _said(
            {
                "dcterms:license": _CC0,
                "dcterms:modified": _day("2024-03-15"),
                "dcterms:spatial": "http://sws.geonames.org/2661886/",
                "dcat:themeTaxonomy": f"{EU}data-theme",
                "foaf:homepage": BASE,
            }
        ),
        expand("dcat:Dataset"): _said(
            {
                "dcterms:temporal": _PERIOD,
                "dcterms:conformsTo": "https://www.dataportal.se/specifications/badplatser/1.0",
            }
        ),
        expand("dcat:Distribution"): _said(
            {
                "dcatap:availability": f"{EU}planned-availability/STABLE",
                "dcterms:format": Literal("text/csv"),
            }
        ),
        expand("foaf:Document"): _said(
            {"dcterms:title": _text("Om filen"), "dcterms:description": _text("Så läses filen")}
        ),
        expand("vcard:Organization"): _said(
            {"vcard:hasTelephone": _PHONE, "vcard:hasAddress": _ADDRESS}
        ),
        expand("foaf:Agent"): _said(
            {
                "dcterms:type": "http://purl.org/adms/publishertype/LocalAuthority",
                "dcterms:description": _text("Kommun i exemplet."),
                "dcterms:identifier": Literal("212000-0000"),
                "org:classification": "https://dataportal.se/concepts/orgAspects/feeFinanzing",
            }
        ),
        expand("dcterms:LicenseDocument"): _said(
            {"dcterms:title": _text("Villkor"), "dcterms:description": _text("Fri användning")}
        ),
    }
)
_SHARED: Final[Mapping[str, Mapping[str, Term]]] = MappingProxyType(
    {
        _PERIOD: _said(
            {
                "rdf:type": expand("dcterms:PeriodOfTime"),
                "dcat:startDate": _day("2020-01-01"),
                "dcat:endDate": _day("2024-01-01"),
            }
        ),
        _PHONE: _said({"rdf:type": expand("vcard:Voice"), "vcard:hasValue": "tel:+4612345678"}),
        _ADDRESS: _said(
            {
                "rdf:type": expand("vcard:Address"),
                "vcard:country-name": Literal("Sverige"),
                "vcard:street-address": Literal("Exempelgatan 1"),
                "vcard:locality": Literal("Exempelstad"),
                "vcard:postal-code": Literal("12345"),
            }
        ),
    }
)


def complete(described: Iterable[tuple[str, Description]]) -> Iterator[tuple[str, Description]]:
    """Add what is recommended, and give publishers and contact points the IRIs that are wanted."""
    for subject, properties in described:
        said = {path: [_named(value) for value in values] for path, values in properties.items()}
        kinds = said.get(RDF_TYPE, [])
        if kinds in ([expand("vcard:Individual")], [expand("vcard:Kind")]):
            said[RDF_TYPE] = kinds = [expand("vcard:Organization")]
        for kind in kinds:
            for path, value in _ADDED.get(str(kind), {}).items():
                said[path] = [value]
        yield str(_named(subject)), said
    for subject, shared in _SHARED.items():
        yield subject, {path: [value] for path, value in shared.items()}


def _named(term: Term) -> Term:
    if not isinstance(term, str):
        return term
    if term[:3] == "_:c":
        return f"{BASE}contact/{term[3:]}"
    organisation = f"{BASE}org/"
    return f"{ORGANISATION}{term[len(organisation) :]:0>10}" if organisation in term else term
