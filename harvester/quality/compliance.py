"""Which datasets break DCAT-AP: findings counted on the dataset whose description they are in."""

from collections.abc import Iterable
from typing import Final

from harvester.model import Finding, Severity
from harvester.namespaces import DCAT
from harvester.rdf.graph import Graph

_BORDERS: Final = (
    DCAT + "Catalog",
    DCAT + "Dataset",
    DCAT + "DatasetSeries",
    DCAT + "CatalogRecord",
)


def violating_datasets(graph: Graph, findings: Iterable[Finding]) -> frozenset[str]:
    """The datasets with an error of SHACL in what data.europa.eu would hold as their graph.

    That is the dataset and all that it leads to (distributions, publisher, contact point ...) up
    to the next catalog, dataset, series or record.
    """
    bad = {
        finding.focus
        for finding in findings
        if finding.severity is Severity.ERROR and finding.component
    }
    if not bad:
        return frozenset()
    borders = frozenset(graph.instances(*_BORDERS))
    return frozenset(
        dataset
        for dataset in graph.instances(DCAT + "Dataset")
        if not bad.isdisjoint(_reach(graph, dataset, borders))
    )


def _reach(graph: Graph, dataset: str, borders: frozenset[str]) -> dict[str, None]:
    found = {dataset: None}
    queue = [dataset]
    for node in queue:
        for values in graph.spo.get(node, {}).values():
            for value in values:
                if (
                    type(value) is str
                    and value in graph.spo
                    and value not in found
                    and value not in borders
                ):
                    found[value] = None
                    queue.append(value)
    return found
