"""What the program says, in Swedish and English: one table of words for every output."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.report.look_texts import LOOK_TEXTS
from harvester.report.quality_texts import QUALITY_TEXTS
from harvester.report.validation_texts import VALIDATION_TEXTS
from harvester.words import Text

TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        # What an error is about; errors.py has the tree and the exit codes.
        "error.2": Text("användning", "usage"),
        "error.config": Text("konfiguration", "configuration"),
        "error.3": Text("källa", "source"),
        "error.4": Text("hålls inne", "held back"),
        "error.5": Text("oläsbar", "unreadable"),
        "error.10": Text("databas", "store"),
        "error.11": Text("låst", "locked"),
        "error.12": Text("skrivning", "disk"),
        "error.70": Text("internt fel", "internal error"),
        "error.report": Text(
            "internt fel ({name}); det är vårt fel, inte ditt; skicka oss {path}",
            "internal error ({name}); this is our fault, not yours; please send us {path}",
        ),
        "error.no_report": Text(
            "internt fel ({name}); rapporten kunde inte skrivas; kör igen med --debug",
            "internal error ({name}); no report could be written; run again with --debug",
        ),
        "error.disk": Text(
            "{path}: kan inte skrivas: {reason}; frigör utrymme eller ändra rättigheterna",
            "{path}: cannot be written: {reason}; free some space or change the permissions",
        ),
        "error.line": Text("{kind}: {text} (kod {code})", "{kind}: {text} (exit {code})"),
        "error.unknown_file": Text("en fil", "a file"),
        "error.interrupted": Text("avbruten", "interrupted"),
        # Column titles and words of tables.
        "column.source": Text("Källa", "Source"),
        "column.outcome": Text("Utfall", "Outcome"),
        "column.documents": Text("Dok", "Docs"),
        "column.uptime": Text("30 d", "30 d"),
        "column.datasets": Text("Datam", "Datas"),
        "column.added": Text("Nya", "New"),
        "column.changed": Text("Ändr", "Chg"),
        "column.unchanged": Text("Lika", "Same"),
        "column.removed": Text("Bort", "Gone"),
        "column.held": Text("Hålls", "Held"),
        "column.errors": Text("Fel", "Err"),
        "column.warnings": Text("Varn", "Warn"),
        "column.tips": Text("Tips", "Tip"),
        "column.seconds": Text("Tid", "Time"),
        "column.title": Text("Titel", "Title"),
        "column.type": Text("Typ", "Type"),
        "column.address": Text("Adress", "Address"),
        "column.last_good": Text("Senast bra", "Last good"),
        "column.last_try": Text("Senast försökt", "Last try"),
        "column.state": Text("Läge", "State"),
        "column.run": Text("Körning", "Run"),
        "column.when": Text("När", "When"),
        "total": Text("Summa", "Total"),
        "never": Text("aldrig", "never"),
        # Outcomes and states.
        "outcome.ok": Text("klar", "ok"),
        "outcome.unchanged": Text("oförändrad", "unchanged"),
        "outcome.held": Text("hålls", "held"),
        "outcome.unreachable": Text("nås inte", "unreachable"),
        "outcome.gone": Text("borta", "gone"),
        "outcome.unreadable": Text("oläsbar", "unreadable"),
        "outcome.empty": Text("tom", "empty"),
        "outcome.interrupted": Text("avbruten", "interrupted"),
        "state.ok": Text("bra", "ok"),
        "state.held": Text("hålls", "held"),
        "state.failing": Text("fel", "failing"),
        "state.stale": Text("gammal", "stale"),
        "state.new": Text("ny", "new"),
        # harvest
        "harvest.legend": Text(
            "Nya till Hålls räknar alla resurser; Datam, Fel, Varn och Tips det som gäller.",
            "New to Held count all resources; Datas, Err, Warn and Tip what is live now.",
        ),
        "harvest.failed": Text(
            "{count} av {total} källor misslyckades; deras senaste goda data ligger kvar (kod 3)",
            "{count} of {total} sources failed; their last good data stays (exit 3)",
        ),
        "harvest.held": Text(
            "{count} av {total} källor hålls inne av ett skydd; senaste goda data ligger kvar."
            " Se: harvester plan KÄLLA; släpp igenom: harvester accept KÄLLA (kod 4)",
            "{count} of {total} sources are held back by a guard; their last good data stays."
            " Look: harvester plan SOURCE; let through: harvester accept SOURCE (exit 4)",
        ),
        "harvest.postponed": Text(
            "{id}: inte påbörjad: körningens tid ({limit}) tog slut; senast skördad {when};"
            " nästa körning börjar med den",
            "{id}: not started: the time of the run ({limit}) was over; last harvested {when};"
            " the next run begins with it",
        ),
        "harvest.progress": Text("Skördar", "Harvesting"),
        "harvest.nothing": Text(
            "{path} har inga källor; lägg till en med: harvester sources add ID ADRESS",
            "{path} has no sources; add one with: harvester sources add ID ADDRESS",
        ),
        "harvest.rejudged": Text(
            "Nya regler ändrar omdömet om {count} källor, vars dokument är som förut:",
            "New rules change the verdict on {count} sources, whose documents are as before:",
        ),
        "harvest.worse": Text(
            "{count} källor har fler fel enbart genom nya regler: {names}",
            "{count} sources have more errors by new rules alone: {names}",
        ),
        # health
        "health.since": Text(
            "sedan {when} ({tries} försök)",
            "since {when} ({tries} tries)",
        ),
        "health.since_once": Text("sedan {when} (ett försök)", "since {when} (one try)"),
        "health.failing": Text("{id}: inget bra svar {since}", "{id}: no good answer {since}"),
        "health.shrinking": Text(
            "{id}: krymper: {before} datamängder blev {after} steg för steg; fråga publicisten",
            "{id}: shrinks: {before} datasets became {after} step by step; ask the publisher",
        ),
        "health.slow": Text(
            "{id}: långsam: {last} s, mot {usual} s i vanliga fall",
            "{id}: slow: {last} s, where {usual} s is usual",
        ),
        "health.certificate": Text(
            "{id}: serverns certifikat går ut om {days} dagar ({when}); publicisten måste förnya"
            " det",
            "{id}: the server's certificate expires in {days} days ({when}); the publisher must"
            " renew it",
        ),
        "health.expired": Text(
            "{id}: serverns certifikat gick ut {when}; publicisten måste förnya det",
            "{id}: the server's certificate expired {when}; the publisher must renew it",
        ),
        "log.lost": Text(
            "{path}: {count} rader av loggen kunde inte skrivas: {why}",
            "{path}: {count} lines of the log could not be written: {why}",
        ),
        # plan
        "plan.nothing": Text("ingen ändring", "no change"),
        "plan.first": Text("(första gången)", "(first time)"),
        "plan.added": Text("nya", "added"),
        "plan.changed": Text("ändrade", "changed"),
        "plan.removed": Text("borttagna", "removed"),
        "plan.unchanged": Text("oförändrade", "unchanged"),
        "plan.more": Text(
            "… och {count} till; --json visar alla", "… and {count} more; --json shows all"
        ),
        "plan.heading": Text("Vad en skörd skulle ändra", "What a harvest would change"),
        "plan.structure": Text(
            "bara hur de namnlösa delarna hänger ihop",
            "only how its unnamed parts hang together",
        ),
        "plan.winner": Text(
            "{iri} skulle publiceras från {new}, inte {old} ({reason})",
            "{iri} would be published from {new}, not {old} ({reason})",
        ),
        "change.added": Text("ny", "added"),
        "change.changed": Text("ändrad", "changed"),
        "change.removed": Text("borttagen", "removed"),
        # accept, backup, check, replay
        "accept.done": Text(
            "{id}: {added} nya, {changed} ändrade, {removed} borttagna gäller nu (körning {run})",
            "{id}: {added} added, {changed} changed, {removed} removed are live now (run {run})",
        ),
        "backup.done": Text("Kopierade databasen till {path}", "Copied the store to {path}"),
        "check.done": Text(
            "Kontrollerade {resources} resurser med {triples} tripplar, {bodies} hämtade dokument;"
            " räknade om {sources} källor och {exports} exporter med {pages} mappar med sidor och"
            " {feeds} flöden",
            "Checked {resources} resources with {triples} triples, {bodies} fetched documents;"
            " rebuilt {sources} sources and {exports} exports with {pages} folders of pages and"
            " {feeds} feeds",
        ),
        "check.ok": Text("Allt stämmer", "All is as it should be"),
        "check.found": Text(
            "{count} saker stämmer inte", "{count} things are not as they should be"
        ),
        # status and history
        "status.empty": Text(
            "Inget är skördat ännu; kör: harvester harvest",
            "Nothing harvested yet; run: harvester harvest",
        ),
        "status.stale": Text(
            "{id}: inget bra svar sedan {when}; gränsen är {limit}",
            "{id}: no good answer since {when}; the limit is {limit}",
        ),
        "history.empty": Text("{id} har inte skördats ännu", "{id} has not been harvested yet"),
        "history.run": Text(
            "Körning {run}, {when}: {outcome}: {what}; {datasets} datamängder",
            "Run {run}, {when}: {outcome}: {what}; {datasets} datasets",
        ),
        "status.left": Text("(inte i konfigurationen)", "(not configured)"),
        "column.change": Text("Ändring", "Change"),
        # show
        "show.published": Text("från {source}, publiceras", "from {source}, published"),
        "show.lost": Text(
            "från {source}, publiceras inte (dubblett)", "from {source}, not published (duplicate)"
        ),
        "show.dates": Text(
            "först sedd {first}, ändrad {changed}", "first seen {first}, changed {changed}"
        ),
        "show.missing": Text("saknas: {name}", "missing: {name}"),
        "show.children": Text("Delar ({count})", "Parts ({count})"),
        "show.normalised": Text("Ändrat av oss ({count})", "Changed by us ({count})"),
        "show.assumed": Text("antaget", "assumed"),
        "show.gone": Text("(utgår)", "(dropped)"),
        "show.findings": Text("Brister ({count})", "Findings ({count})"),
        "show.decisions": Text("Dubbletter ({count})", "Duplicates ({count})"),
        "show.decision": Text(
            "{winner} går före {loser} för {iri} ({reason})",
            "{winner} goes before {loser} for {iri} ({reason})",
        ),
        # validate --fix
        "fix.done": Text(
            "{file}: rättade ställen: {edits}; brister borta: {gone}, kvar: {left}",
            "{file}: places mended: {edits}; findings gone: {gone}, left: {left}",
        ),
        "fix.would": Text(
            "{file}: --fix rättar ställen: {edits}; brister som försvinner: {gone}, kvar: {left}",
            "{file}: --fix mends places: {edits}; findings that go: {gone}, stay: {left}",
        ),
        "fix.rule": Text(
            "  {code} ×{count}, {left} kvar: {title}", "  {code} ×{count}, {left} left: {title}"
        ),
        "fix.unplaced": Text(
            "{file}: värden som är säkra men inte går att ändra på plats: {count}; "
            "rätta dem i programmet som skriver filen",
            "{file}: values that are certain but cannot be changed in place: {count}; "
            "mend them in the program that writes the file",
        ),
        "fix.refused": Text(
            "{file}: säkra värden som inte ändrades: {count}; {why}",
            "{file}: certain values that were not changed: {count}; {why}",
        ),
        "fix.nothing": Text("{file}: inget säkert att rätta", "{file}: nothing certain to mend"),
        "fix.unchanged": Text("{file}: inget ändrat: {why}", "{file}: nothing changed: {why}"),
        "fix.because.packed": Text(
            "filen är packad; packa upp den först", "the file is packed; unpack it first"
        ),
        "fix.because.encoding": Text(
            "filens teckenkodning är inte entydig; spara den som UTF-8",
            "the file's encoding is not certain; save it as UTF-8",
        ),
        "fix.because.proof": Text(
            "den ändrade texten betydde inte exakt det som avsågs",
            "the edited text did not mean exactly what was intended",
        ),
        "fix.because.findings": Text(
            "ändringen hade gett nya brister", "the change would have brought new findings"
        ),
        # init, sources
        "init.done": Text("Skrev {path}. Prova: {command}", "Wrote {path}. Try: {command}"),
        "sources.added": Text("Lade till {id} i {path}", "Added {id} to {path}"),
        "sources.removed": Text("Tog bort {id} ur {path}", "Removed {id} from {path}"),
        "sources.empty": Text("Inga källor i {path}", "No sources in {path}"),
        # export
        "export.done": Text(
            "Skrev {path}: {triples} tripplar, sha256 {sha256}",
            "Wrote {path}: {triples} triples, sha256 {sha256}",
        ),
        "export.unchanged": Text(
            "Oförändrad: {path} ({triples} tripplar, sha256 {sha256})",
            "Unchanged: {path} ({triples} triples, sha256 {sha256})",
        ),
        "export.pages": Text(
            "Sidor: {pages}, med {items} poster; börja på {path}",
            "Pages: {pages}, with {items} items; begin at {path}",
        ),
        "export.feed": Text(
            "Ändringsflöde {path}: {create} nya, {update} ändrade, {delete} borttagna",
            "Feed of changes {path}: {create} created, {update} updated, {delete} deleted",
        ),
        "harvest.pruned": Text(
            "Gallrat: {runs} loggrader, {changes} ändringar, {bodies} dokument ({bytes} byte).",
            "Pruned: {runs} log rows, {changes} changes, {bodies} documents ({bytes} bytes).",
        ),
        "harvest.export": Text(
            "Exporterade {triples} tripplar till {path} ({target})",
            "Exported {triples} triples to {path} ({target})",
        ),
        "harvest.unchanged": Text(
            "Exporten {path} är oförändrad ({target}, {triples} tripplar)",
            "The export {path} is unchanged ({target}, {triples} triples)",
        ),
        "notify.title": Text(
            "Skörd {run}: {sources} källor, kod {code}",
            "Harvest {run}: {sources} sources, exit code {code}",
        ),
        "export.restated": Text(
            "  i andra ord: {reason} ({triples} tripplar om {resources} resurser)",
            "  in other words: {reason} ({triples} triples about {resources} resources)",
        ),
        "export.left_out": Text(
            "  utelämnat: {reason} ({triples} tripplar om {resources} resurser)",
            "  left out: {reason} ({triples} triples about {resources} resources)",
        ),
        # search, query, tables, the web site
        **LOOK_TEXTS,
        # validate
        **VALIDATION_TEXTS,
        # quality, baselines and ignores
        **QUALITY_TEXTS,
        # doctor
        "doctor.language": Text(
            "språk {language}, teckenkodning {encoding}", "language {language}, encoding {encoding}"
        ),
        "doctor.config": Text("{path}: {count} källor", "{path}: {count} sources"),
        "doctor.user_agent": Text(
            "user_agent saknar din adress; sätt den, så att publicister kan nå dig",
            "user_agent lacks your address; set it, so that publishers can reach you",
        ),
        "doctor.profiles": Text("profiler: {names}", "profiles: {names}"),
        "doctor.no_store": Text("{path}: ingen databas ännu", "{path}: no store yet"),
        "doctor.store": Text("{path}: {count} källor", "{path}: {count} sources"),
        "doctor.disk": Text("{path}: {free} GiB ledigt", "{path}: {free} GiB free"),
        "doctor.ok": Text("bra", "ok"),
        "doctor.warn": Text("obs", "warn"),
        "doctor.fail": Text("fel", "fail"),
    }
)


def say(key: str, lang: str, **values: object) -> str:
    """The text ``key`` in ``sv`` or English, with ``values`` in the places of its names."""
    return TEXTS[key].in_language(lang).format(**values)
