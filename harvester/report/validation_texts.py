"""What the reports of ``validate`` say, in Swedish and English; ``texts.py`` has the rest."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.model import Text
from harvester.namespaces import DCAT, DCTERMS, FOAF, VCARD

VALIDATION_TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "validate.input": Text(
            "{input}: {format}, {triples} tripplar, {datasets}, {distributions}",
            "{input}: {format}, {triples} triples, {datasets}, {distributions}",
        ),
        "thing.dataset": Text("datamängd", "dataset"),
        "things.dataset": Text("datamängder", "datasets"),
        "thing.distribution": Text("distribution", "distribution"),
        "things.distribution": Text("distributioner", "distributions"),
        "validate.repaired": Text("lagad vid läsning", "repaired while reading"),
        "validate.hidden": Text(
            "{count} till visas inte (--max-findings)", "{count} more not shown (--max-findings)"
        ),
        "validate.hidden_in_files": Text(
            "{shown} av {total} brister är med i {formats} (--max-findings)",
            "{shown} of {total} findings are in {formats} (--max-findings)",
        ),
        "validate.more": Text(
            "… och {count} till; --full visar alla", "… and {count} more; --full shows all"
        ),
        "validate.first": Text(
            "Åtgärda i den här ordningen, det som påverkar mest först:",
            "Fix in this order, what matters most first:",
        ),
        "validate.fix": Text("Gör så här: {fix}", "How to fix: {fix}"),
        "validate.of": Text("{count} av {total} {things}", "{count} of {total} {things}"),
        "validate.places": Text("{count} ställen", "{count} places"),
        "validate.place": Text("1 ställe", "1 place"),
        "validate.times": Text("{count} brister i {where}", "{count} findings in {where}"),
        "validate.datasets": Text("berör {count} datamängder", "concerns {count} datasets"),
        "validate.dataset": Text("berör 1 datamängd", "concerns 1 dataset"),
        "validate.explain": Text(
            "harvester explain {code} förklarar en regel, med fel och rätt exempel.",
            "harvester explain {code} explains a rule, with a wrong and a right example.",
        ),
        "report.quality": Text("Metadatakvalitet", "Metadata quality"),
        "validate.clean": Text("Inga brister.", "No findings."),
        "severity.error": Text("fel", "error"),
        "severity.warning": Text("varning", "warning"),
        "severity.info": Text("tips", "tip"),
        "severities.error": Text("fel", "errors"),
        "severities.warning": Text("varningar", "warnings"),
        "severities.info": Text("tips", "tips"),
        # GitHub's and the other reports' own words.
        "report.more": Text(
            "{count} brister till; alla står i jobbets sammanfattning",
            "{count} more findings; all are in the job's summary",
        ),
        "report.cut": Text(
            "{count} brister till får inte plats här; kör med -o html:rapport.html",
            "{count} more findings do not fit here; run with -o html:report.html",
        ),
        "report.profile": Text("Profil", "Profile"),
        "report.inputs": Text("Indata", "Inputs"),
        "report.rule": Text("Regel", "Rule"),
        "report.rules": Text(
            "Regler, det som påverkar mest först", "Rules, what matters most first"
        ),
        "report.severity": Text("Allvar", "Severity"),
        "report.what": Text("Vad", "What"),
        "report.path": Text("Egenskap", "Property"),
        "report.focus": Text("Resurs", "Resource"),
        "report.value": Text("Värde", "Value"),
        "report.place": Text("Plats", "Place"),
        "report.message": Text("Meddelande", "Message"),
        "report.fix": Text("Gör så här", "How to fix"),
        "report.read_more": Text("Läs i profilen", "Read in the profile"),
        "report.show": Text("Visa alla {count}", "Show all {count}"),
        "report.filter": Text("Filtrera", "Filter"),
        "report.filter_hint": Text(
            "Kod, titel, egenskap eller ord", "Code, title, property or word"
        ),
        "report.shown": Text("Visade regler: {count}", "Rules shown: {count}"),
        "report.file": Text("Fil", "File"),
        "report.format": Text("Format", "Format"),
        "report.triples": Text("Tripplar", "Triples"),
        "report.datasets": Text("Datamängder", "Datasets"),
        "report.distributions": Text("Distributioner", "Distributions"),
        "report.made_by": Text("Gjord av harvester {version}.", "Made by harvester {version}."),
        "report.unread": Text("Kunde inte läsas", "Could not be read"),
        "report.rejects": Text(
            "Portalen kan inte ta emot det här.", "The portal cannot take this."
        ),
        "report.skip": Text("Hoppa till bristerna", "Skip to the findings"),
    }
)

# The classes in the plural, as the Swedish profile calls them.
THINGS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        DCAT + "Catalog": Text("kataloger", "catalogs"),
        DCAT + "Dataset": Text("datamängder", "datasets"),
        DCAT + "DatasetSeries": Text("datamängdsserier", "dataset series"),
        DCAT + "Distribution": Text("distributioner", "distributions"),
        DCAT + "DataService": Text("datatjänster", "data services"),
        FOAF + "Agent": Text("aktörer", "agents"),
        FOAF + "Organization": Text("organisationer", "organizations"),
        FOAF + "Person": Text("personer", "people"),
        FOAF + "Document": Text("dokument", "documents"),
        VCARD + "Kind": Text("kontaktuppgifter", "contact points"),
        VCARD + "Organization": Text("kontaktuppgifter", "contact points"),
        VCARD + "Individual": Text("kontaktuppgifter", "contact points"),
        DCTERMS + "LicenseDocument": Text("licensdokument", "licence documents"),
        DCTERMS + "Location": Text("geografiska områden", "geographical areas"),
        DCTERMS + "PeriodOfTime": Text("tidsperioder", "periods of time"),
        DCTERMS + "RightsStatement": Text("rättighetsförklaringar", "rights statements"),
        DCTERMS + "Standard": Text("standarder", "standards"),
    }
)
