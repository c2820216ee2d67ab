"""A catalog's quality in one value: points as both portals count, and stars."""

from collections.abc import Sequence
from dataclasses import dataclass

from harvester.quality.indicators import Method
from harvester.quality.measure import Assessment, assess, combine, examine, examine_also
from harvester.quality.stars import Stars, add_stars, count_stars
from harvester.quality.tables import Tables
from harvester.rdf.graph import Graph


@dataclass(frozen=True, slots=True)
class QualitySummary:
    """One catalog, or several together."""

    datasets: int
    distributions: int
    se: Assessment
    eu: Assessment
    stars: Stars

    def by(self, method: Method) -> Assessment:
        """The points as ``method`` counts them."""
        return self.se if method is Method.SE else self.eu


def summarise(
    graph: Graph, tables: Tables, violating: frozenset[str] | None = None
) -> QualitySummary:
    """Measure a catalog; ``violating`` as for :func:`harvester.quality.measure.examine`."""
    se = examine(graph, tables, Method.SE, violating)
    eu = examine_also(se, graph, tables, Method.EU)
    return QualitySummary(
        len(se.datasets),
        len(se.distributions),
        assess(se),
        assess(eu),
        count_stars(graph, se.distributions, tables),
    )


def add(summaries: Sequence[QualitySummary]) -> QualitySummary:
    """Several catalogs as one."""
    return QualitySummary(
        sum(one.datasets for one in summaries),
        sum(one.distributions for one in summaries),
        combine((one.se for one in summaries), Method.SE),
        combine((one.eu for one in summaries), Method.EU),
        add_stars(one.stars for one in summaries),
    )
