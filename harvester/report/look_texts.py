"""What search, query, tables and the web site say, in Swedish and English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.words import Text

LOOK_TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        # The classes as DCAT-AP-SE names them.
        "kind.catalog": Text("katalog", "catalog"),
        "kind.dataset": Text("datamängd", "dataset"),
        "kind.dataset_series": Text("datamängdsserie", "dataset series"),
        "kind.distribution": Text("distribution", "distribution"),
        "kind.data_service": Text("datatjänst", "data service"),
        "kind.agent": Text("aktör", "agent"),
        "kind.contact_point": Text("kontaktuppgift", "contact point"),
        "kind.other": Text("annat", "other"),
        # search
        "search.nothing": Text(
            "Inget hittades. Färre ord, eller början av ett ord som kart*, finner mer.",
            "Nothing found. Fewer words, or the start of one as map*, find more.",
        ),
        "search.place": Text("{iri}  från {source}", "{iri}  from {source}"),
        "search.lost": Text(" (dubblett, publiceras inte)", " (duplicate, not published)"),
        "search.all": Text("Alla {total} träffar visas.", "All {total} hits shown."),
        "search.some": Text(
            "{shown} av {total} träffar visas; --limit ändrar det.",
            "{shown} of {total} hits shown; --limit changes that.",
        ),
        # export --csv
        "export.tables": Text("Skrev tabeller i {path}:", "Wrote tables in {path}:"),
        "export.rows": Text("  {file}: {count} rader", "  {file}: {count} rows"),
        # the web site
        "site.written": Text(
            "Skrev {count} sidor; öppna {path}", "Wrote {count} pages; open {path}"
        ),
        "site.title": Text("Läget för öppna data", "The state of open data"),
        "site.skip": Text("Till innehållet", "Skip to the content"),
        "site.nav": Text("Sidor", "Pages"),
        "site.overview": Text("Översikt", "Overview"),
        "site.rules": Text("Reglerna", "The rules"),
        "site.made": Text(
            "Läget {date}; tider i UTC. Skapad av harvester {version}.",
            "As of {date}; times in UTC. Made by harvester {version}.",
        ),
        "site.sources": Text("källor", "sources"),
        "site.troubled": Text("med problem", "in trouble"),
        "site.datasets": Text("datamängder", "datasets"),
        "site.points": Text("MQA-poäng av {most}", "MQA points of {most}"),
        "site.mqa": Text("MQA-poäng", "MQA points"),
        "site.uptime": Text("Svarar, 30 dagar", "Answers, 30 days"),
        "site.every_source": Text("Alla källor", "All sources"),
        "site.legend": Text(
            "Poängen är dataportal.se:s sätt att räkna. En källa som har problem behåller sina"
            " senaste goda data.",
            "Points are as dataportal.se counts them. A source in trouble keeps its last good"
            " data.",
        ),
        "site.common": Text("Vanligaste bristerna", "The most common findings"),
        "site.times": Text("gånger", "times"),
        "site.left": Text(
            "{count} regler till bryts; de står på källornas sidor.",
            "{count} more rules are broken; the sources' pages have them.",
        ),
        "site.state": Text("Läge", "State"),
        "site.failing": Text("Fel sedan", "Failing since"),
        "site.why": Text("Orsak", "Reason"),
        "site.note": Text("Obs", "Note"),
        "site.findings": Text("Brister", "Findings"),
        "site.clean": Text("Inga brister.", "No findings."),
        "site.broken": Text(
            "Antal: {findings}. Resurser: {resources}.",
            "Count: {findings}. Resources: {resources}.",
        ),
        "site.more": Text("… och {count} till", "… and {count} more"),
        "site.runs": Text("Vad som ändrats", "What changed"),
        "site.run": Text("körning {run}, {datasets} datamängder", "run {run}, {datasets} datasets"),
        "site.change.added": Text("ny", "added"),
        "site.change.changed": Text("ändrad", "changed"),
        "site.change.removed": Text("borttagen", "removed"),
        "site.change.winner": Text("publiceras nu", "published now"),
        "site.wrong": Text("Fel:", "Wrong:"),
        "site.right": Text("Rätt:", "Right:"),
        # query
        "query.yes": Text("ja", "yes"),
        "query.no": Text("nej", "no"),
        "query.more": Text(
            "{shown} av {total} rader visas; --limit ändrar det",
            "{shown} of {total} rows shown; --limit changes that",
        ),
    }
)
