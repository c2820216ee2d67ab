"""What is published, one description at a time, for whoever asks and not only for files."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from harvester.export.publish import Inputs, selected
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.write import Description
from harvester.settings import Settings
from harvester.store import Store


def inputs(settings: Settings, store: Store, target: str) -> Inputs:
    """What every form of an export is chosen from, besides the resources."""
    return Inputs(
        decisions=store.decisions(),
        excluded=excluded(settings, store),
        catalog=settings.catalog,
        choice=settings.choice(target),
        sectors={one.source.id: one.source.sector for one in store.sources()},
    )


def excluded(settings: Settings, store: Store) -> frozenset[tuple[str, str]]:
    """What sources that publish only valid datasets keep to themselves, as (source, iri)."""
    only_valid = {
        source.id for source in settings.sources if (source.publish or settings.publish) == "valid"
    }
    return frozenset(key for key in store.erroneous() if key[0] in only_valid)


def published(settings: Settings, store: Store, target: str) -> Iterator[Description]:
    """What an export for ``target`` would write now. Raises ``UsageError``, ``StoreError``."""
    given = inputs(settings, store, target)
    folder = Path(tempfile.gettempdir())
    with store.snapshot(), selected(target, folder, store.resources(), **given) as selection:
        yield from selection


def merged_graph(settings: Settings, store: Store, target: str) -> Graph:
    """All of it in one graph; the labels of blank nodes are unique already."""
    graph = Graph()
    with bulk_loading():
        for description in published(settings, store, target):
            for subject, predicate, obj in description.triples:
                graph.add(subject, predicate, obj)
    return graph
