"""Which property fills which column of the class tables. docs/store.md says what they mean."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from harvester.model import Kind
from harvester.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    TIME,
    VCARD,
)
from harvester.store.cells import Cut, class_name, inside, many, number, one, own_or_inside, texts

_TITLES: Final = (
    (("title", "title_sv", "title_en", "title_other"), texts(DCTERMS + "title", RDFS + "label")),
    (
        ("description", "description_sv", "description_en", "description_other"),
        texts(DCTERMS + "description"),
    ),
)
_DATES: Final = (
    (("issued",), one(DCTERMS + "issued")),
    (("modified",), one(DCTERMS + "modified")),
)
_WHO: Final = (
    (("publisher",), one(DCTERMS + "publisher")),
    (("contact_point",), one(DCAT + "contactPoint")),
)
_IDENTIFIER: Final = ((("identifier",), one(DCTERMS + "identifier", ADMS + "identifier")),)
_TERMS: Final = (
    (("license",), one(DCTERMS + "license")),
    (("rights",), one(DCTERMS + "rights")),
)
_TEMPORAL: Final = (
    (
        ("temporal_start",),
        inside(
            DCTERMS + "temporal",
            (DCAT + "startDate",),
            (SCHEMA + "startDate",),
            (TIME + "hasBeginning", TIME + "inXSDDate"),
        ),
    ),
    (
        ("temporal_end",),
        inside(
            DCTERMS + "temporal",
            (DCAT + "endDate",),
            (SCHEMA + "endDate",),
            (TIME + "hasEnd", TIME + "inXSDDate"),
        ),
    ),
)
_RESOLUTION: Final = (
    (("temporal_resolution",), one(DCAT + "temporalResolution")),
    (("spatial_resolution",), one(DCAT + "spatialResolutionInMeters")),
)
_LANGUAGE: Final = ((("language",), many(DCTERMS + "language")),)
_SPATIAL: Final = ((("spatial",), many(DCTERMS + "spatial")),)
_LEGISLATION: Final = ((("applicable_legislation",), many(DCATAP + "applicableLegislation")),)
_HVD: Final = ((("hvd_category",), many(DCATAP + "hvdCategory")), *_LEGISLATION)
_CONFORMS: Final = ((("conforms_to",), many(DCTERMS + "conformsTo")),)
_LANDING: Final = ((("landing_page",), one(DCAT + "landingPage")),)
_PAGES: Final = ((("documentation",), many(FOAF + "page")),)
_TYPE: Final = ((("type",), one(DCTERMS + "type")),)
_ACCESS: Final = ((("access_rights",), one(DCTERMS + "accessRights")),)
_FREQUENCY: Final = ((("frequency",), one(DCTERMS + "accrualPeriodicity")),)
_NAMES: Final = ("name", "name_sv", "name_en", "name_other")

# The column that holds Resource.parent; it comes last.
PARENT: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.CATALOG: "part_of",
        Kind.DATASET: "catalog",
        Kind.DATASET_SERIES: "catalog",
        Kind.DATA_SERVICE: "catalog",
        Kind.DISTRIBUTION: "dataset",
    }
)

TABLES: Final[Mapping[Kind, Sequence[tuple[tuple[str, ...], Cut]]]] = MappingProxyType(
    {
        Kind.CATALOG: (
            *_TITLES,
            *_IDENTIFIER,
            *_DATES,
            *_WHO,
            (("homepage",), one(FOAF + "homepage")),
            *_TERMS,
            *_LANGUAGE,
            *_SPATIAL,
            (("theme_taxonomy",), many(DCAT + "themeTaxonomy")),
            *_CONFORMS,
            *_LEGISLATION,
        ),
        Kind.DATASET: (
            *_TITLES,
            *_IDENTIFIER,
            *_DATES,
            *_WHO,
            (("creator",), many(DCTERMS + "creator")),
            *_ACCESS,
            *_FREQUENCY,
            *_LANGUAGE,
            *_SPATIAL,
            *_TEMPORAL,
            *_RESOLUTION,
            *_LANDING,
            *_PAGES,
            (("provenance",), many(DCTERMS + "provenance", PROV + "wasGeneratedBy")),
            *_CONFORMS,
            *_TYPE,
            (("version",), one(DCAT + "version", OWL + "versionInfo")),
            (("version_notes",), one(ADMS + "versionNotes")),
            (("in_series",), many(DCAT + "inSeries")),
            *_HVD,
        ),
        Kind.DATASET_SERIES: (
            *_TITLES,
            *_IDENTIFIER,
            *_DATES,
            *_WHO,
            *_FREQUENCY,
            *_SPATIAL,
            *_TEMPORAL,
            *_LANDING,
            *_HVD,
        ),
        Kind.DISTRIBUTION: (
            *_TITLES,
            *_DATES,
            *_TERMS,
            (("format",), one(DCTERMS + "format")),
            (("media_type",), one(DCAT + "mediaType")),
            (("compress_format",), one(DCAT + "compressFormat")),
            (("package_format",), one(DCAT + "packageFormat")),
            (("access_url",), one(DCAT + "accessURL")),
            (("download_url",), one(DCAT + "downloadURL")),
            (("download_urls",), many(DCAT + "downloadURL")),
            (("access_service",), many(DCAT + "accessService")),
            (("byte_size",), number(DCAT + "byteSize")),
            (("checksum",), inside(SPDX + "checksum", (SPDX + "checksumValue",))),
            (("status",), one(ADMS + "status")),
            (("availability",), one(DCATAP + "availability")),
            *_LANGUAGE,
            *_PAGES,
            *_CONFORMS,
            *_RESOLUTION,
            *_LEGISLATION,
        ),
        Kind.DATA_SERVICE: (
            *_TITLES,
            *_IDENTIFIER,
            *_DATES,
            *_WHO,
            (("endpoint_url",), one(DCAT + "endpointURL")),
            (("endpoint_description",), many(DCAT + "endpointDescription")),
            (("serves_dataset",), many(DCAT + "servesDataset")),
            *_ACCESS,
            *_TERMS,
            (("format",), many(DCTERMS + "format")),
            *_LANDING,
            *_PAGES,
            *_CONFORMS,
            *_TYPE,
            *_HVD,
        ),
        Kind.AGENT: (
            (_NAMES, texts(FOAF + "name", SKOS + "prefLabel", RDFS + "label")),
            *_TYPE,
            *_IDENTIFIER,
            (("email",), one(FOAF + "mbox", VCARD + "hasEmail", SCHEMA + "email")),
            (("phone",), own_or_inside(FOAF + "phone", VCARD + "hasValue")),
            (("homepage",), one(FOAF + "homepage", FOAF + "workplaceHomepage")),
        ),
        Kind.CONTACT_POINT: (
            (_NAMES, texts(VCARD + "fn", FOAF + "name", RDFS + "label")),
            (("type",), class_name),
            (("organization",), one(VCARD + "organization-name")),
            (("email",), own_or_inside(VCARD + "hasEmail", VCARD + "hasValue")),
            (("phone",), own_or_inside(VCARD + "hasTelephone", VCARD + "hasValue")),
            (("url",), one(VCARD + "hasURL", VCARD + "url")),
            (("street",), inside(VCARD + "hasAddress", (VCARD + "street-address",))),
            (("postal_code",), inside(VCARD + "hasAddress", (VCARD + "postal-code",))),
            (("locality",), inside(VCARD + "hasAddress", (VCARD + "locality",))),
            (("country",), inside(VCARD + "hasAddress", (VCARD + "country-name",))),
        ),
    }
)


def columns(kind: Kind) -> tuple[str, ...]:
    """The columns of a class table, in the order of the cells that :func:`rows` gives."""
    names = tuple(name for group, _ in TABLES[kind] for name in group)
    return ("iri", *names, *((PARENT[kind],) if kind in PARENT else ()))
