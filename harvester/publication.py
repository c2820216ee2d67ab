"""What is published, one description at a time, for whoever asks and not only for files."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from harvester.errors import UsageError
from harvester.export.entry import Spool
from harvester.export.publish import TARGETS
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.write import Description
from harvester.settings import Settings
from harvester.store import Store


def excluded(settings: Settings, store: Store) -> frozenset[tuple[str, str]]:
    """What sources that publish only valid datasets keep to themselves, as (source, iri)."""
    only_valid = {
        source.id for source in settings.sources if (source.publish or settings.publish) == "valid"
    }
    return frozenset(key for key in store.erroneous() if key[0] in only_valid)


def published(settings: Settings, store: Store, target: str) -> Iterator[Description]:
    """What an export for ``target`` would write now. Raises ``UsageError``, ``StoreError``."""
    if target not in TARGETS:
        raise UsageError(f"there is no export target {target!r}; there is {', '.join(TARGETS)}")
    with store.snapshot(), Spool(Path(tempfile.gettempdir())) as spool:
        losers = frozenset((one.loser_source, one.loser_iri) for one in store.decisions())
        yield from TARGETS[target](
            spool.keep(store.resources()),
            spool.read,
            losers=losers,
            excluded=excluded(settings, store),
            national=settings.catalog,
        )


def merged_graph(settings: Settings, store: Store, target: str) -> Graph:
    """All of it in one graph; the labels of blank nodes are unique already."""
    graph = Graph()
    with bulk_loading():
        for description in published(settings, store, target):
            for subject, predicate, obj in description.triples:
                graph.add(subject, predicate, obj)
    return graph
