"""The portals that an export is written for, and what is chosen for each."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harvester.dedupe import Decision
from harvester.export.choice import Chooser
from harvester.export.entry import Published, Spool
from harvester.export.eu import Europe
from harvester.export.se import Selection
from harvester.settings import Choice, NationalCatalog

TARGETS: Final[Mapping[str, type[Selection]]] = MappingProxyType({"se": Selection, "eu": Europe})


def select(
    target: str,
    resources: Iterable[Published],
    spool: Spool,
    *,
    decisions: Iterable[Decision],
    excluded: frozenset[tuple[str, str]],
    catalog: NationalCatalog | None,
    choice: Choice,
    sectors: Mapping[str, str],
) -> Selection:
    """What ``target`` publishes of all live ``resources``, whose texts are put into ``spool``."""
    chooser = Chooser(choice, sectors)
    entries = spool.keep(chooser.watch(resources))
    return TARGETS[target](
        entries,
        spool.read,
        unread=spool.read_lines,
        losers=frozenset((one.loser_source, one.loser_iri) for one in decisions),
        excluded=excluded,
        unchosen=chooser.unchosen(),
        national=catalog,
    )
