"""The 23 indicators of MQA: points, what each looks at, and what to do when it fails.

Source: data.europa.eu, MQA methodology; names of the metrics from piveau's DQV vocabulary.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from harvester.words import Text


class Dimension(StrEnum):
    """The five dimensions, in the order of the methodology."""

    FINDABILITY = "findability"
    ACCESSIBILITY = "accessibility"
    INTEROPERABILITY = "interoperability"
    REUSABILITY = "reusability"
    CONTEXTUALITY = "contextuality"


class On(StrEnum):
    """What an indicator is measured on."""

    DATASET = "dataset"
    DISTRIBUTION = "distribution"


class Method(StrEnum):
    """Who counts: data.europa.eu, or the Swedish portal."""

    SE = "se"
    EU = "eu"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One check. ``advice`` continues "points if you" and is followed by a number of things."""

    metric: str
    dimension: Dimension
    points: int
    on: On
    title: Text
    advice: Text


def _add(name: str, sv: str, en: str) -> Text:
    """Advice in the profile's words, with the property that they stand for."""
    return Text(sv=f"anger {sv} ({name}) för", en=f"add {en} ({name}) to")


_FIND, _ACCESS, _INTEROP, _REUSE, _CONTEXT = Dimension

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        "keywordAvailability", _FIND, 30, On.DATASET,
        Text("Användning av nyckelord", "Keyword usage"),
        _add("dcat:keyword", "nyckelord", "keywords"),
    ),
    Indicator(
        "categoryAvailability", _FIND, 30, On.DATASET,
        Text("Kategorier", "Categories"),
        _add("dcat:theme", "kategori", "a category"),
    ),
    Indicator(
        "spatialAvailability", _FIND, 20, On.DATASET,
        Text("Geosökning", "Geo search"),
        _add("dcterms:spatial", "geografiskt område", "a geographical area"),
    ),
    Indicator(
        "temporalAvailability", _FIND, 20, On.DATASET,
        Text("Tidsbaserad sökning", "Time based search"),
        _add("dcterms:temporal", "tidsperiod", "a time period"),
    ),
    Indicator(
        "accessUrlStatusCode", _ACCESS, 50, On.DISTRIBUTION,
        Text("AccessURL-åtkomlighet", "AccessURL accessibility"),
        Text(
            "ger en länk för åtkomst som svarar (dcat:accessURL) till",
            "give an access address that answers (dcat:accessURL) to",
        ),
    ),
    Indicator(
        "downloadUrlAvailability", _ACCESS, 20, On.DISTRIBUTION,
        Text("DownloadURL", "Download URL"),
        _add("dcat:downloadURL", "länk för nedladdning", "a download address"),
    ),
    Indicator(
        "downloadUrlStatusCode", _ACCESS, 30, On.DISTRIBUTION,
        Text("DownloadURL-åtkomlighet", "Download URL accessibility"),
        Text(
            "ger en länk för nedladdning som svarar (dcat:downloadURL) till",
            "give a download address that answers (dcat:downloadURL) to",
        ),
    ),
    Indicator(
        "formatAvailability", _INTEROP, 20, On.DISTRIBUTION,
        Text("Format", "Format"),
        _add("dcterms:format", "format", "a format"),
    ),
    Indicator(
        "mediaTypeAvailability", _INTEROP, 10, On.DISTRIBUTION,
        Text("Medietyp", "Media type"),
        _add("dcat:mediaType", "medietyp", "a media type"),
    ),
    Indicator(
        "formatMediaTypeVocabularyAlignment", _INTEROP, 10, On.DISTRIBUTION,
        Text("Format/medietyp från ordlista", "Format/media type from vocabulary"),
        Text(
            "väljer format och medietyp ur EU:s och IANA:s listor för",
            "choose format and media type from the lists of the EU and IANA for",
        ),
    ),
    Indicator(
        "formatMediaTypeNonProprietary", _INTEROP, 20, On.DISTRIBUTION,
        Text("Icke-proprietärt", "Non-proprietary"),
        Text("anger ett öppet format, som CSV, för", "give an open format, such as CSV, for"),
    ),
    Indicator(
        "formatMediaTypeMachineInterpretable", _INTEROP, 20, On.DISTRIBUTION,
        Text("Maskinläsbart", "Machine readable"),
        Text(
            "anger ett maskinläsbart format, som CSV eller JSON, för",
            "give a machine-readable format, such as CSV or JSON, for",
        ),
    ),
    Indicator(
        "dcatApCompliance", _INTEROP, 30, On.DATASET,
        Text("DCAT-AP-överensstämmelse", "DCAT-AP compliance"),
        Text(
            "rättar felen mot DCAT-AP (validate --profile dcat-ap) i",
            "mend the errors against DCAT-AP (validate --profile dcat-ap) in",
        ),
    ),
    Indicator(
        "licenceAvailability", _REUSE, 20, On.DISTRIBUTION,
        Text("Licensinformation", "Licence information"),
        _add("dcterms:license", "licens", "a licence"),
    ),
    Indicator(
        "knownLicence", _REUSE, 10, On.DISTRIBUTION,
        Text("Licensordlista", "Licence vocabulary"),
        Text(
            "väljer licens (dcterms:license) ur EU:s lista för",
            "choose a licence (dcterms:license) from the EU table for",
        ),
    ),
    Indicator(
        "accessRightsAvailability", _REUSE, 10, On.DATASET,
        Text("Åtkomstbegränsningar", "Access restrictions"),
        _add("dcterms:accessRights", "åtkomsträttigheter", "access rights"),
    ),
    Indicator(
        "accessRightsVocabularyAlignment", _REUSE, 5, On.DATASET,
        Text("Ordlista för åtkomstbegränsningar", "Access restrictions vocabulary"),
        Text(
            "väljer åtkomsträttigheter (dcterms:accessRights) ur EU:s lista för",
            "choose access rights (dcterms:accessRights) from the EU table for",
        ),
    ),
    Indicator(
        "contactPointAvailability", _REUSE, 20, On.DATASET,
        Text("Kontaktpunkter", "Contact point"),
        _add("dcat:contactPoint", "kontaktuppgift", "a contact point"),
    ),
    Indicator(
        "publisherAvailability", _REUSE, 10, On.DATASET,
        Text("Utgivare", "Publisher"),
        _add("dcterms:publisher", "utgivare", "a publisher"),
    ),
    Indicator(
        "rightsAvailability", _CONTEXT, 5, On.DISTRIBUTION,
        Text("Rättigheter", "Rights"),
        _add("dcterms:rights", "rättighetsförklaring", "a rights statement"),
    ),
    Indicator(
        "byteSizeAvailability", _CONTEXT, 5, On.DISTRIBUTION,
        Text("Filstorlek", "File size"),
        _add("dcat:byteSize", "storlek", "a size"),
    ),
    Indicator(
        "dateIssuedAvailability", _CONTEXT, 5, On.DATASET,
        Text("Utfärdandedatum", "Date of issue"),
        _add("dcterms:issued", "utgivningsdatum", "a release date"),
    ),
    Indicator(
        "dateModifiedAvailability", _CONTEXT, 5, On.DATASET,
        Text("Ändringsdatum", "Modification date"),
        _add("dcterms:modified", "ändringsdatum", "a modification date"),
    ),
)  # fmt: skip

BY_METRIC: Final = {indicator.metric: indicator for indicator in INDICATORS}
MAXIMUM: Final = sum(indicator.points for indicator in INDICATORS)
NOT_COUNTED: Final[dict[Method, frozenset[str]]] = {
    Method.EU: frozenset(),
    Method.SE: frozenset({"dcatApCompliance"}),  # DCAT-AP-SE, docs/quality.md: gives no points
}


def maximum(dimension: Dimension) -> int:
    """The most points that a dimension can give."""
    return sum(i.points for i in INDICATORS if i.dimension is dimension)
