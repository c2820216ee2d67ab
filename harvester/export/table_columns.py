"""The tables for spreadsheets: which files, which columns, and what each column holds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from harvester.model import Kind
from harvester.words import Text


class Table(NamedTuple):
    """One file: its name without suffix, its class, what a row is, and the columns it adds."""

    name: str
    kind: Kind
    row: Text
    added: tuple[str, ...] = ()


TABLES: Final = (
    Table("catalogs", Kind.CATALOG, Text("en katalog", "a catalog"), ("publisher_name",)),
    Table(
        "datasets",
        Kind.DATASET,
        Text("en datamängd", "a dataset"),
        ("keyword", "theme", "publisher_name"),
    ),
    Table(
        "series",
        Kind.DATASET_SERIES,
        Text("en datamängdsserie", "a dataset series"),
        ("keyword", "theme", "publisher_name"),
    ),
    Table("distributions", Kind.DISTRIBUTION, Text("en distribution", "a distribution")),
    Table(
        "services",
        Kind.DATA_SERVICE,
        Text("en datatjänst", "a data service"),
        ("keyword", "theme", "publisher_name"),
    ),
    Table("publishers", Kind.AGENT, Text("en aktör", "an agent")),
    Table("contacts", Kind.CONTACT_POINT, Text("en kontaktuppgift", "a contact point")),
)

# Columns of many values, joined; all others hold one.
MANY: Final = frozenset(
    {
        *("language", "spatial", "theme_taxonomy", "conforms_to", "applicable_legislation"),
        *("creator", "documentation", "provenance", "in_series", "hvd_category"),
        *("download_urls", "access_service", "endpoint_description", "serves_dataset"),
        *("keyword", "theme"),
    }
)
LANGUAGES: Final = frozenset({"title_other", "description_other", "name_other"})

COLUMNS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "source": Text("källans id; nyckel tillsammans med iri", "the source's id; key with iri"),
        "iri": Text("resursens adress (IRI)", "the resource's address (IRI)"),
        "title": Text("bästa titeln: sv, annars en", "the best title: sv, else en"),
        "title_sv": Text("titel på svenska", "title in Swedish"),
        "title_en": Text("titel på engelska", "title in English"),
        "title_other": Text("titlar på andra språk", "titles in other languages"),
        "description": Text("bästa beskrivningen", "the best description"),
        "description_sv": Text("beskrivning på svenska", "description in Swedish"),
        "description_en": Text("beskrivning på engelska", "description in English"),
        "description_other": Text("beskrivningar på andra språk", "descriptions, other languages"),
        "name": Text("bästa namnet", "the best name"),
        "name_sv": Text("namn på svenska", "name in Swedish"),
        "name_en": Text("namn på engelska", "name in English"),
        "name_other": Text("namn på andra språk", "names in other languages"),
        "identifier": Text("identifierare", "identifier"),
        "issued": Text("utgivningsdatum, som det skrevs", "date of issue, as written"),
        "modified": Text("ändringsdatum, som det skrevs", "date of change, as written"),
        "publisher": Text("utgivarens iri, se publishers.csv", "publisher's iri: publishers.csv"),
        "publisher_name": Text("utgivarens namn", "the publisher's name"),
        "contact_point": Text("kontaktens iri, se contacts.csv", "contact's iri: contacts.csv"),
        "creator": Text("producenter", "creators"),
        "homepage": Text("webbplats", "home page"),
        "license": Text("licens", "licence"),
        "rights": Text("rättigheter", "rights"),
        "language": Text("språk", "languages"),
        "spatial": Text("geografiskt område", "spatial coverage"),
        "theme_taxonomy": Text("tematisk taxonomi", "theme taxonomy"),
        "conforms_to": Text("uppfyller", "conforms to"),
        "applicable_legislation": Text("tillämplig lagstiftning", "applicable legislation"),
        "part_of": Text("katalogen som den är del av", "the catalog that it is part of"),
        "access_rights": Text("åtkomsträttigheter", "access rights"),
        "frequency": Text("uppdateringsfrekvens", "update frequency"),
        "temporal_start": Text("tidsperiodens start", "start of the period"),
        "temporal_end": Text("tidsperiodens slut", "end of the period"),
        "temporal_resolution": Text("tidsupplösning", "temporal resolution"),
        "spatial_resolution": Text("upplösning i meter", "spatial resolution in metres"),
        "landing_page": Text("ingångssida", "landing page"),
        "documentation": Text("dokumentation", "documentation"),
        "provenance": Text("ursprung", "provenance"),
        "type": Text("typ", "type"),
        "version": Text("version", "version"),
        "version_notes": Text("versionsinformation", "version notes"),
        "in_series": Text("serier som den ingår i", "series that it belongs to"),
        "hvd_category": Text("kategori av särskilt värdefull data", "high-value category"),
        "keyword": Text("nyckelord", "keywords"),
        "theme": Text("teman", "themes"),
        "catalog": Text("katalogens iri, se catalogs.csv", "catalog's iri: catalogs.csv"),
        "dataset": Text("datamängdens iri, se datasets.csv", "dataset's iri: datasets.csv"),
        "format": Text("format", "format"),
        "media_type": Text("medietyp", "media type"),
        "compress_format": Text("komprimering", "compression"),
        "package_format": Text("paketering", "packaging"),
        "access_url": Text("webbadress för åtkomst", "access address"),
        "download_url": Text("nedladdningsadress", "download address"),
        "download_urls": Text("alla nedladdningsadresser", "all download addresses"),
        "access_service": Text("datatjänster för åtkomst", "data services for access"),
        "byte_size": Text("storlek i byte", "size in bytes"),
        "checksum": Text("kontrollsumma", "checksum"),
        "status": Text("status", "status"),
        "availability": Text("tillgänglighet", "availability"),
        "endpoint_url": Text("tjänstens adress", "the service's address"),
        "endpoint_description": Text("tjänstens beskrivning", "endpoint description"),
        "serves_dataset": Text("datamängder som den ger", "datasets that it serves"),
        "email": Text("e-post", "e-mail"),
        "phone": Text("telefon", "telephone"),
        "url": Text("webbadress", "web address"),
        "organization": Text("organisation", "organisation"),
        "street": Text("gatuadress", "street address"),
        "postal_code": Text("postnummer", "postal code"),
        "locality": Text("ort", "locality"),
        "country": Text("land", "country"),
    }
)
