"""The five-star model on the metadata of distributions (DCAT-AP-SE, docs/quality.md).

Cumulative: 1 an address, a format and an open licence; 2 machine-readable; 3 non-proprietary;
4 RDF. The fifth, links to other data, cannot be seen without fetching the data and is not given.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harvester.namespaces import DCAT
from harvester.quality.checks import FORMAT, LICENSE, is_listed
from harvester.quality.tables import Tables
from harvester.rdf.graph import Graph


@dataclass(frozen=True, slots=True)
class Stars:
    """How many distributions have 0, 1, 2, 3, 4 and 5 stars."""

    counts: tuple[int, int, int, int, int, int]

    @property
    def mean(self) -> float | None:
        """The mean over all distributions, to a hundredth; ``None`` when there are none."""
        total = sum(self.counts)
        stars = sum(number * count for number, count in enumerate(self.counts))
        return round(stars / total, 2) if total else None


def rate(graph: Graph, node: str, tables: Tables) -> int:
    """The stars of one distribution."""
    said = graph.spo.get(node)
    if said is None:
        return 0
    formats = said.get(FORMAT, ())
    reachable = DCAT + "accessURL" in said or DCAT + "downloadURL" in said
    if not (formats and reachable) or tables.open_licences.isdisjoint(said.get(LICENSE, ())):
        return 0
    better = (tables.machine_readable, tables.non_proprietary, tables.linked_data)
    for stars, listed in enumerate(better, start=1):
        if not is_listed(formats, listed, media_types_too=True):
            return stars
    return 1 + len(better)


def count_stars(graph: Graph, distributions: Iterable[str], tables: Tables) -> Stars:
    """Rate each distribution once."""
    counts = [0] * 6
    for node in distributions:
        counts[rate(graph, node, tables)] += 1
    return Stars((counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]))


def add_stars(several: Iterable[Stars]) -> Stars:
    """The stars of several catalogs together."""
    columns = [sum(one) for one in zip((0,) * 6, *(s.counts for s in several), strict=True)]
    return Stars((columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]))
