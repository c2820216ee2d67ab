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
        # query
        "query.yes": Text("ja", "yes"),
        "query.no": Text("nej", "no"),
        "query.more": Text(
            "{shown} av {total} rader visas; --limit ändrar det",
            "{shown} of {total} rows shown; --limit changes that",
        ),
    }
)
