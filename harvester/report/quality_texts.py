"""What is said of quality, and of findings that do not count."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.words import Text

QUALITY_TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "validate.known": Text(
            "{count} kända räknas inte (--baseline)", "{count} known, not counted (--baseline)"
        ),
        "validate.ignored": Text(
            "{count} undantagna räknas inte: {reason}", "{count} ignored, not counted: {reason}"
        ),
        "validate.distrusted": Text(
            "{path} lästes inte, andra kan skriva i den; nämn den med --config om den är din",
            "{path} was not read, others can write to it; name it with --config if it is yours",
        ),
        "validate.no_baseline": Text(
            "{path} skrevs inte, för allt kunde inte läsas",
            "{path} was not written, since not everything could be read",
        ),
        "quality.nothing": Text(
            "Inga datamängder att mäta kvaliteten på.", "No datasets to measure the quality of."
        ),
        "quality.points": Text(
            "Metadatakvalitet (MQA) enligt {portal}: {points} av {most}, {band}; "
            "högst {possible} om alla adresser svarar",
            "Metadata quality (MQA) by {portal}: {points} of {most}, {band}; "
            "at most {possible} if all addresses answer",
        ),
        "quality.points_open": Text(
            "Metadatakvalitet (MQA) enligt {portal}: {points} av {most}, {band}; "
            "högst {possible} om alla adresser svarar och DCAT-AP följs",
            "Metadata quality (MQA) by {portal}: {points} of {most}, {band}; "
            "at most {possible} if all addresses answer and DCAT-AP is followed",
        ),
        "validate.baseline": Text(
            "{path} skriven, antal kända brister: {count}",
            "Wrote {path}, known findings: {count}",
        ),
        "quality.stars": Text(
            "Öppna data-stjärnor: {mean} i medeltal ({counts})",
            "Open data stars: {mean} on average ({counts})",
        ),
        "quality.unchecked": Text(
            "Om adresserna svarar är inte prövat: inget nät används.",
            "Whether addresses answer is not checked: no network is used.",
        ),
        "quality.advice": Text("{gain} om du {what} {on}", "{gain} if you {what} {on}"),
        "quality.advice_if": Text(
            "upp till {gain} om du {what} {on}", "up to {gain} if you {what} {on}"
        ),
        "quality.gain.many": Text("+{count} poäng", "+{count} points"),
        "quality.gain.one": Text("+1 poäng", "+1 point"),
        "quality.gain.less": Text("mindre än 1 poäng", "less than 1 point"),
        "quality.more": Text(
            "… och {count} råd till: harvester quality",
            "… and {count} more pieces of advice: harvester quality",
        ),
        "quality.measured": Text(
            "Skrev mätvärden (DQV) till {path}", "Wrote measurements (DQV) to {path}"
        ),
        "quality.amended": Text(
            "{path}: {count} tripplar kunde inte skrivas som de är, för deras IRI:er är felaktiga",
            "{path}: {count} triples could not be written as they are, since their IRIs are wrong",
        ),
        "noun.dataset.one": Text("{count} datamängd", "{count} dataset"),
        "noun.dataset.many": Text("{count} datamängder", "{count} datasets"),
        "noun.distribution.one": Text("{count} distribution", "{count} distribution"),
        "noun.distribution.many": Text("{count} distributioner", "{count} distributions"),
        "portal.se": Text("dataportal.se", "dataportal.se"),
        "portal.eu": Text("data.europa.eu", "data.europa.eu"),
        "band.excellent": Text("utmärkt", "excellent"),
        "band.good": Text("bra", "good"),
        "band.sufficient": Text("godtagbart", "sufficient"),
        "band.bad": Text("dåligt", "bad"),
        "dimension.findability": Text("Upptäckbarhet", "Findability"),
        "dimension.accessibility": Text("Åtkomlighet", "Accessibility"),
        "dimension.interoperability": Text("Interoperabilitet", "Interoperability"),
        "dimension.reusability": Text("Återanvändbarhet", "Reusability"),
        "dimension.contextuality": Text("Kontextualitet", "Contextuality"),
        "column.dimension": Text("Dimension", "Dimension"),
        "column.points": Text("Poäng", "Points"),
        "column.possible": Text("Möjligt", "Possible"),
        "column.most": Text("Av", "Of"),
        "column.distributions": Text("Distr", "Distr"),
        "column.stars": Text("Stjärnor", "Stars"),
        "column.band": Text("Betyg", "Rating"),
    }
)
