"""DCAT-AP 3.0.1 as tables: what each property's values must be, for ``harvester.export.eu``.

The classes and the numbers of values are those of SEMIC's shapes (dcat-ap-SHACL.ttl 3.0.1 and
hvd-SHACL.ttl 3.0.0).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    ELI,
    FOAF,
    GEOSPARQL,
    LOCN,
    ODRL,
    ORG,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    TIME,
    VCARD,
    XSD,
)

AGENT: Final = FOAF + "Agent"
CONCEPT: Final = SKOS + "Concept"
GEOMETRY: Final = LOCN + "Geometry"
MEDIA_TYPE: Final = DCTERMS + "MediaType"
RIGHTS: Final = DCTERMS + "RightsStatement"

RANGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        DCTERMS + "accessRights": RIGHTS,
        DCTERMS + "accrualPeriodicity": DCTERMS + "Frequency",
        DCTERMS + "conformsTo": DCTERMS + "Standard",
        DCTERMS + "creator": AGENT,
        DCTERMS + "format": DCTERMS + "MediaTypeOrExtent",
        DCTERMS + "isReferencedBy": "",
        DCTERMS + "language": DCTERMS + "LinguisticSystem",
        DCTERMS + "license": DCTERMS + "LicenseDocument",
        DCTERMS + "provenance": DCTERMS + "ProvenanceStatement",
        DCTERMS + "publisher": AGENT,
        DCTERMS + "relation": "",
        DCTERMS + "rights": RIGHTS,
        DCTERMS + "source": DCAT + "Dataset",
        DCTERMS + "spatial": DCTERMS + "Location",
        DCTERMS + "temporal": DCTERMS + "PeriodOfTime",
        DCTERMS + "type": CONCEPT,
        DCAT + "accessService": DCAT + "DataService",
        DCAT + "accessURL": "",
        DCAT + "catalog": DCAT + "Catalog",
        DCAT + "compressFormat": MEDIA_TYPE,
        DCAT + "contactPoint": VCARD + "Kind",
        DCAT + "dataset": DCAT + "Dataset",
        DCAT + "distribution": DCAT + "Distribution",
        DCAT + "downloadURL": "",
        DCAT + "endpointDescription": "",
        DCAT + "endpointURL": "",
        DCAT + "hadRole": DCAT + "Role",
        DCAT + "hasVersion": DCAT + "Dataset",
        DCAT + "inSeries": DCAT + "DatasetSeries",
        DCAT + "landingPage": FOAF + "Document",
        DCAT + "mediaType": MEDIA_TYPE,
        DCAT + "packageFormat": MEDIA_TYPE,
        DCAT + "qualifiedRelation": DCAT + "Relationship",
        DCAT + "record": DCAT + "CatalogRecord",
        DCAT + "servesDataset": DCAT + "Dataset",
        DCAT + "service": DCAT + "DataService",
        DCAT + "theme": CONCEPT,
        DCAT + "themeTaxonomy": SKOS + "ConceptScheme",
        DCATAP + "applicableLegislation": ELI + "LegalResource",
        DCATAP + "availability": CONCEPT,
        DCATAP + "hvdCategory": CONCEPT,
        ADMS + "identifier": ADMS + "Identifier",
        ADMS + "sample": DCAT + "Distribution",
        ADMS + "status": CONCEPT,
        FOAF + "homepage": FOAF + "Document",
        FOAF + "page": FOAF + "Document",
        FOAF + "primaryTopic": DCAT + "Resource",
        LOCN + "geometry": GEOMETRY,
        ODRL + "hasPolicy": ODRL + "Policy",
        PROV + "qualifiedAttribution": PROV + "Attribution",
        PROV + "wasGeneratedBy": PROV + "Activity",
        SPDX + "algorithm": SPDX + "ChecksumAlgorithm",
        SPDX + "checksum": SPDX + "Checksum",
        TIME + "hasBeginning": TIME + "Instant",
        TIME + "hasEnd": TIME + "Instant",
    }
)
"""Property -> the class of its values; "" where any resource will do."""

# What a value certainly is since the property leads to it, and which then owes nothing more.
# A publisher must have a name and a concept a label: what nobody describes stays untyped.
FREE: Final = frozenset(
    {
        *(DCTERMS + name for name in ("Frequency", "LicenseDocument", "LinguisticSystem")),
        *(DCTERMS + name for name in ("Location", "MediaType", "MediaTypeOrExtent")),
        *(DCTERMS + name for name in ("PeriodOfTime", "ProvenanceStatement", "Standard")),
        RIGHTS,
        DCAT + "Resource",
        DCAT + "Role",
        ELI + "LegalResource",
        FOAF + "Document",
        GEOMETRY,
        ODRL + "Policy",
        PROV + "Activity",
        PROV + "Attribution",
        SPDX + "ChecksumAlgorithm",
        TIME + "Instant",
        VCARD + "Kind",
    }
)

# Where a text stands for a thing: the property that says so of a thing of that class. Without a
# row a text is no use: nobody can follow an address that is none.
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": RDFS + "label",
        ADMS + "Identifier": SKOS + "notation",
        AGENT: FOAF + "name",
        CONCEPT: SKOS + "prefLabel",
        **dict.fromkeys(FREE, RDFS + "label"),
        DCTERMS + "Standard": DCTERMS + "title",
        FOAF + "Document": DCTERMS + "title",
        GEOMETRY: GEOSPARQL + "asWKT",
        VCARD + "Kind": VCARD + "fn",
    }
)
ADDRESSES: Final = frozenset(
    DCAT + name for name in ("accessURL", "downloadURL", "endpointURL", "endpointDescription")
)
# By the datatype of the text, else by its first character.
GEOMETRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "<": GEOSPARQL + "asGML",
        "{": GEOSPARQL + "asGeoJSON",
        GEOSPARQL + "gmlLiteral": GEOSPARQL + "asGML",
        GEOSPARQL + "geoJSONLiteral": GEOSPARQL + "asGeoJSON",
        "https://www.iana.org/assignments/media-types/application/vnd.geo+json": GEOSPARQL
        + "asGeoJSON",
    }
)

_LABELS: Final = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name")
TITLES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        AGENT: (FOAF + "name", (VCARD + "fn", *_LABELS, SCHEMA + "name")),
        CONCEPT: (SKOS + "prefLabel", _LABELS),
        SKOS + "ConceptScheme": (DCTERMS + "title", _LABELS),
        **dict.fromkeys(
            (DCAT + name for name in ("Catalog", "DataService", "Dataset", "DatasetSeries")),
            (DCTERMS + "title", (*_LABELS, SCHEMA + "name")),
        ),
    }
)
"""Class -> the name that it must have, and properties that say it in other vocabularies."""

TEXTS: Final = frozenset(
    {
        *(DCTERMS + name for name in ("title", "description", "identifier", "issued", "modified")),
        *(DCAT + name for name in ("keyword", "version", "byteSize", "startDate", "endDate")),
        *(DCAT + name for name in ("bbox", "centroid", "temporalResolution")),
        DCAT + "spatialResolutionInMeters",
        ADMS + "versionNotes",
        FOAF + "name",
        SKOS + "notation",
        SKOS + "prefLabel",
        SPDX + "checksumValue",
    }
)
"""Properties whose values are literals."""

_NUMBER: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
DATATYPES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        DCAT + "byteSize": (XSD + "nonNegativeInteger", r"\+?[0-9]+"),
        DCAT + "spatialResolutionInMeters": (XSD + "decimal", _NUMBER),
        DCAT + "temporalResolution": (
            XSD + "duration",
            r"-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9.]+S)?)?",
        ),
        SPDX + "checksumValue": (XSD + "hexBinary", r"(?:[0-9A-Fa-f]{2})+"),
    }
)
"""Property -> the only datatype its values may have, and what it looks like."""

SUPERCLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((FOAF + name for name in ("Group", "Organization", "Person")), AGENT),
        **dict.fromkeys((ORG + n for n in ("Organization", "FormalOrganization")), AGENT),
        ORG + "OrganizationalUnit": AGENT,
        **dict.fromkeys(
            (VCARD + name for name in ("Group", "Individual", "Location", "Organization")),
            VCARD + "Kind",
        ),
    }
)
"""What a thing of a class is besides: the shapes ask for the general class by name."""

# Only the editor that wrote them reads these (EntryScape).
OWN_TERMS: Final = ("http://entryscape.com/terms/", "http://entrystore.org/terms/")

EARLIEST: Final = "earliest"
LATEST: Final = "latest"
FIRST: Final = "first"

_DATED: Final = frozenset(
    DCAT + name for name in ("Catalog", "Dataset", "DatasetSeries", "Distribution", "CatalogRecord")
)
_ANY: Final[frozenset[str]] = frozenset()
_DISTRIBUTION: Final = frozenset({DCAT + "Distribution"})
_DATASET: Final = frozenset({DCAT + "Dataset"})
SINGLE: Final[Mapping[str, tuple[frozenset[str], str]]] = MappingProxyType(
    {
        DCTERMS + "accessRights": (_DATASET | {DCAT + "DataService"}, FIRST),
        DCTERMS + "accrualPeriodicity": (_DATASET | {DCAT + "DatasetSeries"}, FIRST),
        DCTERMS + "format": (_DISTRIBUTION, FIRST),
        DCTERMS + "issued": (_DATED, EARLIEST),
        DCTERMS + "license": (_DISTRIBUTION | {DCAT + "Catalog", DCAT + "DataService"}, FIRST),
        DCTERMS + "modified": (_DATED, LATEST),
        DCTERMS + "type": (frozenset({AGENT}), FIRST),
        DCAT + "bbox": (_ANY, FIRST),
        DCAT + "byteSize": (_DISTRIBUTION, FIRST),
        DCAT + "centroid": (_ANY, FIRST),
        DCAT + "compressFormat": (_DISTRIBUTION, FIRST),
        DCAT + "endDate": (_ANY, LATEST),
        DCAT + "mediaType": (_DISTRIBUTION, FIRST),
        DCAT + "packageFormat": (_DISTRIBUTION, FIRST),
        DCAT + "spatialResolutionInMeters": (_DISTRIBUTION, FIRST),
        DCAT + "startDate": (_ANY, EARLIEST),
        DCAT + "temporalResolution": (_DISTRIBUTION | _DATASET, FIRST),
        DCATAP + "availability": (_DISTRIBUTION, FIRST),
        ADMS + "status": (_DISTRIBUTION, FIRST),
    }
)
"""Property -> the classes that take one value of it (none: all), and which of several that is.

Where more publishers or versions than one are given, only the publisher can say which it is.
"""
