"""What ``--help`` says, in Swedish and English: one text per command, option and argument."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from harvester.words import Text

HELP: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "harvester": Text(
            "Samla in, validera, normalisera och publicera ett lands DCAT-metadata.",
            "Collect, validate, normalise and publish the DCAT metadata of a country.",
        ),
        "init": Text(
            "Skriv en harvester.toml som går att köra som den är.",
            "Write a harvester.toml that runs as it is.",
        ),
        "validate": Text(
            "Tar portalen emot filen, och vad är fel i den?",
            "Will the portal take the file, and what is wrong in it?",
        ),
        "explain": Text(
            "Förklara en regel: varför, hur man rättar, fel och rätt exempel.",
            "Explain a rule: why, how to fix it, a wrong and a right example.",
        ),
        "harvest": Text(
            "Hämta, validera och lagra alla källor, och exportera sedan.",
            "Fetch, validate and store all sources, then export.",
        ),
        "plan": Text(
            "Visa vad en skörd skulle ändra, utan att lagra något.",
            "Show what a harvest would change, without storing anything.",
        ),
        "accept": Text(
            "Släpp igenom det som hålls inne för en källa, och exportera sedan.",
            "Let what is held back of a source go live, then export.",
        ),
        "backup": Text(
            "Kopiera databasen till en ny fil, även medan den används.",
            "Copy the store to a new file, also while it is in use.",
        ),
        "replay": Text(
            "Läs om en tidigare körnings dokument med dagens regler; lagrar inget.",
            "Read an earlier run's documents with today's rules; stores nothing.",
        ),
        "export": Text(
            "Skriv allt som gäller som RDF: en fil, sidor, ett ändringsflöde.",
            "Write all that is live as RDF: one file, pages, a feed of changes.",
        ),
        "status": Text("Visa hur varje källa mår.", "Show how every source stands."),
        "history": Text(
            "Visa en källas körningar och vad de ändrade.",
            "Show the runs of one source and what each changed.",
        ),
        "show": Text(
            "Visa en resurs så som den publiceras.", "Show one resource as it is published."
        ),
        "search": Text(
            "Sök ord i titlar, nyckelord och beskrivningar; början av ord: kart*.",
            "Search titles, keywords and descriptions; the start of a word: map*.",
        ),
        "report": Text(
            "Skriv en statisk webbplats: läget i landet och en sida för varje källa.",
            "Write a static web site: a national overview, one page per source.",
        ),
        "report folder": Text("Mappen; den byts ut hel.", "The folder; it is replaced whole."),
        "report --as-of": Text(
            "Dagen som rapporten gäller, som 2027-01-01.", "The day it is about, as 2027-01-01."
        ),
        "report --stale": Text(
            "Så länge får en källa sakna bra svar.", "How long a source may lack a good answer."
        ),
        "query": Text(
            "Svara på en SPARQL-fråga om det som publiceras; ändrar inget.",
            "Answer a SPARQL query about what is published; changes nothing.",
        ),
        "quality": Text(
            "Mät metadatakvaliteten (MQA, fem stjärnor), med råd om vad som ger mest.",
            "Measure the metadata quality (MQA, five stars), with advice on what pays.",
        ),
        "doctor": Text(
            "Kontrollera installation, konfiguration och databas.",
            "Check installation, configuration and store.",
        ),
        "sources": Text("Visa och ändra källorna.", "List and change the sources."),
        "list": Text("Visa källorna.", "List the sources."),
        "add": Text("Lägg till en källa.", "Add a source."),
        "remove": Text("Ta bort en källa.", "Remove a source."),
        "check": Text(
            "Räkna om allt ur de sparade dokumenten och jämför med det som gäller.",
            "Rebuild all from the stored documents and compare it with what is live.",
        ),
        "sources check": Text(
            "Hämta och validera källor utan att lagra något.",
            "Fetch and validate sources without storing anything.",
        ),
        "--config": Text("Konfigurationen.", "The configuration."),
        "--store": Text("Databasen, i stället för konfigurationens.", "The store to use instead."),
        "--lang": Text("Språk; annars datorns.", "Language of texts; default: the locale."),
        "--quiet": Text("Säg bara det som är fel.", "Say only what is wrong."),
        "--json": Text("Svara med JSON.", "Answer in JSON."),
        "--debug": Text("Visa spårning vid fel.", "Show tracebacks of errors."),
        "--offline": Text("Öppna inga nätverksförbindelser.", "Open no network connection."),
        "--version": Text("Visa versionen.", "Show the version."),
        "--install-completion": Text(
            "Installera komplettering i skalet.", "Install completion for the shell."
        ),
        "--show-completion": Text(
            "Visa kompletteringen för skalet.", "Show completion for the shell."
        ),
        "--jobs": Text("Antal källor samtidigt.", "Sources at a time."),
        "--md": Text("Svara med Markdown.", "Answer in Markdown, for a pull request."),
        "--log-format": Text(
            "Logga varje händelse, på stderr eller i [log] file.",
            "Log every event, to stderr or [log] file.",
        ),
        "--no-export": Text("Exportera inte efteråt.", "Do not export afterwards."),
        "--fail-on": Text(
            "Kod 1 vid brister från den här allvarsgraden.",
            "Exit 1 at findings of this severity or worse.",
        ),
        "--target": Text("Portalen som filen skrivs för.", "The portal to write for."),
        "export --output": Text(
            "Filen; ändelsen väljer format: .rdf .ttl .nt .nq .jsonld, även .gz.",
            "The file; its suffix is the format: .rdf .ttl .nt .nq .jsonld, also .gz.",
        ),
        "--datasets": Text(
            "Bara öppna datamängder, eller alla.", "Public datasets only, or all of them."
        ),
        "export --sector": Text("Bara källor i sektorn.", "Only sources of this sector."),
        "--publisher": Text(
            "Bara utgivarens datamängder; upprepas.", "Only this publisher's; repeatable."
        ),
        "--theme": Text(
            "Bara datamängder med temat (ENVI); upprepas.",
            "Only datasets of this theme (ENVI); repeatable.",
        ),
        "--hvd": Text("Bara värdefulla datamängder.", "Only high-value datasets."),
        "--paged": Text("En mapp att skriva Hydra-sidor i.", "A folder to write Hydra pages in."),
        "--page-size": Text(
            "Datamängder och tjänster på en sida.", "Datasets and services on a page."
        ),
        "--feed": Text(
            "En mapp att skriva ett ändringsflöde (LDES) i.",
            "A folder to write a feed of changes (LDES) in.",
        ),
        "--allow-shrink": Text(
            "Publicera också en export som är mycket mindre än den förra.",
            "Publish an export also when it is sharply smaller than the last one.",
        ),
        "validate --output": Text(
            "text json jsonl sarif junit github gitlab html md csv shacl; upprepas.",
            "text json jsonl sarif junit github gitlab html md csv shacl; repeatable.",
        ),
        "--exit-zero": Text("Kod 0 också när brister finns.", "Exit 0 even with findings."),
        "--full": Text("Visa varje brist i text.", "Show every finding in text."),
        "--concise": Text("En rad per brist i text.", "One line a finding in text."),
        "quality --target": Text(
            "Portalen som poängen räknas för.", "The portal that points are counted for."
        ),
        "--dqv": Text("Skriv mätvärdena som RDF.", "Write the measurements as RDF."),
        "quality inputs": Text(
            "Filer, mappar, adresser eller -; annars allt som är skördat.",
            "Files, folders, addresses or -; default: all that is harvested.",
        ),
        "--stale": Text(
            "Kod 1 om en källa saknat bra svar så länge, t.ex. 48h.",
            "Exit 1 if a source had no good answer for so long, as 48h.",
        ),
        "--last": Text("Antal körningar.", "How many runs."),
        "--title": Text("Publicistens namn.", "The publisher's name."),
        "--type": Text("Vad som finns på adressen.", "What is at the address."),
        "--priority": Text("Går före vid dubbletter.", "Wins duplicates; smallest first."),
        "--sector": Text("Offentlig eller privat.", "Public or private sector."),
        "--aggregator": Text("Samlar andras data.", "Collects others' data."),
        "--profile": Text("Profil att validera mot.", "Profile to validate against."),
        "--engine": Text("SHACL-motor.", "SHACL engine."),
        "--fix": Text("Rätta i filerna det som är säkert.", "Mend in the files what is certain."),
        "--diff": Text(
            "Visa vad --fix ändrar, skriv inget.", "Show what --fix changes, write none."
        ),
        "--max-findings": Text(
            "Visa högst så många, de viktigaste.", "Show at most so many, the most important."
        ),
        "--baseline": Text(
            "Räkna inte de brister som filen känner.", "Do not count findings that the file knows."
        ),
        "--write-baseline": Text(
            "Skriv de brister som finns nu till filen.", "Write the findings of now to the file."
        ),
        "--as-of": Text(
            "Dagens datum för undantag som går ut.",
            "The date that ignores expire by, as 2027-01-01.",
        ),
        "--all": Text("Alla regler, som ett dokument.", "All rules, as one document."),
        "--format": Text("Dokumentets format.", "The document's format."),
        "folder": Text("Mappen; annars den du står i.", "The folder; default: this one."),
        "inputs": Text("Filer, mappar, adresser eller -.", "Files, folders, addresses or -."),
        "code": Text("Regelns kod, t.ex. DS001.", "The rule's code, such as DS001."),
        "source": Text("Källor; annars alla.", "Sources; default: all."),
        "accept source": Text("Källans id.", "The source's id."),
        "path": Text("Filen; den får inte finnas.", "The file; it must not exist."),
        "run": Text("Körningens nummer.", "The run's number."),
        "history source": Text("Källans id.", "The source's id."),
        "source_id": Text("Källans id: a-z, 0-9 och bindestreck.", "Its id: a-z, 0-9, hyphens."),
        "url": Text("http(s)-adress, fil eller mapp.", "http(s) address, file or folder."),
        "sparql": Text("Frågan, @FIL eller -.", "The query, @FILE or -."),
        "query --target": Text("Portalens urval.", "As published for this portal."),
        "query --format": Text(
            "table json csv tsv xml; för grafer ttl nt.", "table json csv tsv xml; graphs: ttl nt."
        ),
        "--timeout": Text("Så länge får den ta.", "How long it may take."),
        "query --limit": Text("Högst så många rader.", "At most so many rows."),
        "--csv": Text(
            "Skriv tabeller för kalkylprogram i mappen i stället.",
            "Write tables for spreadsheets to this folder instead.",
        ),
        "words": Text("Ord som alla ska finnas med.", "Words, all of which must be there."),
        "--class": Text(
            "Bara en klass: dataset distribution catalog agent m.fl.",
            "One class only: dataset distribution catalog agent etc.",
        ),
        "--source": Text("Bara den här källan.", "This source only."),
        "search --limit": Text("Högst så många träffar.", "At most so many hits."),
        "iri": Text("Resursens IRI.", "The resource's IRI."),
    }
)


def translate(command: Any, lang: str) -> None:
    """Set the help of a command tree; commands, options and arguments are looked up by name."""
    command.lang = lang
    for parameter in command.params:
        key = longest(parameter)
        own = f"{command.name} {key}"
        if own in HELP or key in HELP:
            parameter.help = HELP.get(own, HELP.get(key, Text("", ""))).in_language(lang)
    for name, sub in getattr(command, "commands", {}).items():
        own = f"{command.name} {name}"
        sub.help = HELP[own if own in HELP else name].in_language(lang)
        translate(sub, lang)


def longest(parameter: Any) -> str:
    """``--output`` for an option, ``url`` for an argument."""
    options = [option for option in parameter.opts if option.startswith("-")]
    return max(options, key=len, default=parameter.name or "")
