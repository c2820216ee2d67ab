"""From a catalog to points: every dataset with its best distribution, and the catalog as a whole.

A dataset counts with its single best distribution. The catalog is not the mean of its datasets:
each indicator gives its points times the rounded share of checks that passed, as if there were one
representative dataset (docs/quality.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from harvester.namespaces import DCAT
from harvester.quality.checks import States, check_dataset, check_distribution, check_formats
from harvester.quality.indicators import (
    BY_METRIC,
    INDICATORS,
    MAXIMUM,
    NOT_COUNTED,
    Dimension,
    Indicator,
    Method,
    On,
    maximum,
)
from harvester.quality.tables import Tables
from harvester.rdf.graph import Graph

_Pattern: TypeAlias = tuple[tuple[str, bool | None], ...]
_Rank: TypeAlias = tuple[int, int, tuple[int, ...]]


class Band(StrEnum):
    """The rating of a number of points, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SUFFICIENT = "sufficient"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one dimension: certain, possible with all unknown checks passed, and most."""

    dimension: Dimension
    points: float
    possible: float
    maximum: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One indicator over a catalog; ``failing`` names what failed, in document order.

    Nothing was checked where the indicator is not counted or there is nothing to check.
    """

    indicator: Indicator
    passed: int = 0
    unknown: int = 0
    failing: tuple[str, ...] = ()

    @property
    def checks(self) -> int:
        """How many datasets or distributions were checked."""
        return self.passed + self.unknown + len(self.failing)

    @property
    def percent(self) -> int:
        """The rounded share of checks that passed for certain."""
        return _percent(self.passed, self.checks)

    @property
    def points(self) -> float:
        """Certain points, in steps of a hundredth of the indicator's."""
        return self.indicator.points * self.percent / 100

    @property
    def possible(self) -> float:
        """Points if every unknown check passes."""
        return self.indicator.points * _percent(self.passed + self.unknown, self.checks) / 100


@dataclass(frozen=True, slots=True)
class DatasetScore:
    """One dataset with its best distribution, which is empty when it has none."""

    iri: str
    distribution: str
    scores: tuple[Score, ...]

    @property
    def points(self) -> int:
        """Certain points of 405."""
        return round(sum(score.points for score in self.scores))

    @property
    def possible(self) -> int:
        """Points if every unknown check passes."""
        return round(sum(score.possible for score in self.scores))


@dataclass(frozen=True, slots=True)
class Assessment:
    """A catalog as one method counts it; ``tallies`` has all 23 indicators."""

    method: Method
    tallies: tuple[Tally, ...]
    datasets: tuple[DatasetScore, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        """Points by dimension."""
        return tuple(
            Score(
                dimension,
                round(sum(t.points for t in mine), 2),
                round(sum(t.possible for t in mine), 2),
                maximum(dimension),
            )
            for dimension in Dimension
            for mine in [[t for t in self.tallies if t.indicator.dimension is dimension]]
        )

    @property
    def points(self) -> float:
        """Certain points of 405, to a hundredth."""
        return round(sum(tally.points for tally in self.tallies), 2)

    @property
    def possible(self) -> float:
        """Points if every unknown check passes."""
        return round(sum(tally.possible for tally in self.tallies), 2)

    @property
    def band(self) -> Band:
        """The rating of the certain points."""
        return band(self.points)


@dataclass(frozen=True, slots=True)
class Results:
    """Every check of a catalog: by dataset and by distribution, in document order.

    ``parts`` has the distributions of each dataset; a distribution of two datasets is checked once.
    """

    method: Method
    datasets: Mapping[str, States]
    distributions: Mapping[str, States]
    parts: Mapping[str, tuple[str, ...]]


def band(points: float) -> Band:
    """The rating of points out of 405, rounded: bad to 120, sufficient to 220, good to 350."""
    whole = _whole(points)
    if whole > 350:
        return Band.EXCELLENT
    if whole > 220:
        return Band.GOOD
    return Band.SUFFICIENT if whole > 120 else Band.BAD


def examine(
    graph: Graph, tables: Tables, method: Method, violating: frozenset[str] | None = None
) -> Results:
    """Check every dcat:Dataset of a graph and every distribution that one names.

    ``violating`` are the datasets that break DCAT-AP; ``None`` when nobody validated.
    """
    parts = {
        dataset: tuple(
            node for node in graph.objects(dataset, DCAT + "distribution") if isinstance(node, str)
        )
        for dataset in graph.instances(DCAT + "Dataset")
    }
    return Results(
        method,
        {
            dataset: check_dataset(
                graph,
                dataset,
                nodes,
                tables,
                None if violating is None else dataset not in violating,
            )
            for dataset, nodes in parts.items()
        },
        {
            node: check_distribution(graph, node, tables, method)
            for node in dict.fromkeys(node for nodes in parts.values() for node in nodes)
        },
        parts,
    )


def examine_also(results: Results, graph: Graph, tables: Tables, method: Method) -> Results:
    """The same graph by another method: only what methods do in their own ways is done again."""
    return replace(
        results,
        method=method,
        distributions={
            node: {**states, **check_formats(graph, node, tables, method)}
            for node, states in results.distributions.items()
        },
    )


def assess(results: Results) -> Assessment:
    """Count the checks of a catalog."""
    uncounted = NOT_COUNTED[results.method]
    tallies = tuple(
        Tally(indicator)
        if indicator.metric in uncounted
        else _tally(
            indicator,
            results.datasets if indicator.on is On.DATASET else results.distributions,
        )
        for indicator in INDICATORS
    )
    datasets = tuple(_dataset_score(dataset, results, uncounted) for dataset in results.datasets)
    return Assessment(results.method, tallies, datasets)


def combine(assessments: Iterable[Assessment], method: Method) -> Assessment:
    """Several catalogs as one: their checks are added, not their points."""
    found = list(assessments)
    tallies = tuple(
        Tally(
            indicator,
            sum(one.tallies[number].passed for one in found),
            sum(one.tallies[number].unknown for one in found),
            tuple(iri for one in found for iri in one.tallies[number].failing),
        )
        for number, indicator in enumerate(INDICATORS)
    )
    return Assessment(method, tallies, tuple(score for one in found for score in one.datasets))


def _tally(indicator: Indicator, checked: Mapping[str, States]) -> Tally:
    metric = indicator.metric
    states = [states[metric] for states in checked.values()]
    failing = (iri for iri, state in zip(checked, states, strict=True) if state is False)
    return Tally(
        indicator,
        states.count(True),
        states.count(None),
        tuple(failing) if False in states else (),
    )


def _dataset_score(dataset: str, results: Results, uncounted: frozenset[str]) -> DatasetScore:
    """Sum a dataset up; of equal distributions the one whose name sorts first is the best."""

    def rank(node: str) -> tuple[_Rank, str]:
        return _rank(_pattern(results.distributions[node]), uncounted), node

    best = min(results.parts[dataset], key=rank, default="")
    states = {**results.datasets[dataset], **results.distributions.get(best, {})}
    return DatasetScore(dataset, best, _scores(_pattern(states), uncounted))


def _pattern(states: States) -> _Pattern:
    return tuple(states.items())


# A catalog's datasets and distributions fail in few ways, so each way is summed up once.
@lru_cache(maxsize=4096)
def _rank(pattern: _Pattern, uncounted: frozenset[str]) -> _Rank:
    """What sorts the better distribution first."""
    scores = _scores(pattern, uncounted)
    certain = tuple(-int(score.points) for score in scores)
    return sum(certain), -sum(int(score.possible) for score in scores), certain


@lru_cache(maxsize=4096)
def _scores(pattern: _Pattern, uncounted: frozenset[str]) -> tuple[Score, ...]:
    points = dict.fromkeys(Dimension, 0)
    possible = dict.fromkeys(Dimension, 0)
    for metric, state in pattern:
        if state is False or metric in uncounted:
            continue
        indicator = BY_METRIC[metric]
        possible[indicator.dimension] += indicator.points
        if state:
            points[indicator.dimension] += indicator.points
    return tuple(
        Score(dimension, points[dimension], possible[dimension], maximum(dimension))
        for dimension in Dimension
    )


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def _whole(points: float) -> int:
    return int(min(points, MAXIMUM) + 0.5)
