"""Measuring metadata quality with the lists that ship with the program (docs/quality.md)."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from harvester.model import Finding
from harvester.quality.compliance import violating_datasets
from harvester.quality.summary import QualitySummary, summarise
from harvester.quality.tables import Tables, make_tables
from harvester.rdf.graph import Graph


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Read the lists once a process."""
    from harvester.profile import shipped_media_types, shipped_vocabulary

    return make_tables(
        shipped_vocabulary("file-type", "licence", "access-right"),
        shipped_media_types(),
        (Path(__file__).parent / "data" / "mqa.tsv").read_text(encoding="utf-8"),
    )


def quality_summary(graph: Graph, findings: Iterable[Finding] | None = None) -> QualitySummary:
    """Measure a catalog as it was published.

    ``findings`` are what a DCAT-AP profile says of the graph; without them compliance counts as
    not checked: its points are possible, not certain.
    """
    violating = None if findings is None else violating_datasets(graph, findings)
    return summarise(graph, load_tables(), violating)


def violating(graph: Graph) -> frozenset[str]:
    """The datasets that break DCAT-AP itself, which data.europa.eu validates with."""
    from harvester.profile import load_profile
    from harvester.rules.judge import validate

    return violating_datasets(graph, validate(graph, load_profile("dcat-ap")))
