"""Measurements as RDF, in the W3C Data Quality Vocabulary and the metrics of data.europa.eu."""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import RDF_TYPE, XSD
from harvester.quality.checks import ANSWERS, States
from harvester.quality.indicators import Dimension
from harvester.quality.measure import DatasetScore, Results, assess
from harvester.terms import Literal, Term, Triple

DQV: Final = "http://www.w3.org/ns/dqv#"
PV: Final = "https://piveau.eu/ns/voc#"


def measurements(results: Results, label: str) -> Iterator[tuple[str, list[Triple]]]:
    """Yield each dataset and distribution with what was measured on it.

    One ``dqv:QualityMeasurement`` per check, attached with ``dqv:hasQualityMeasurement`` and
    ``dqv:computedOn``; datasets also have their points. What is unknown is not measured, so there
    are no status codes. ``label`` keeps blank nodes of several catalogs apart.
    """
    made = 0

    def describe(node: str, values: list[tuple[str, Literal]]) -> tuple[str, list[Triple]]:
        nonlocal made
        subject = f"_:{label}n{node[2:]}" if node[:2] == "_:" else node
        triples: list[Triple] = []
        for metric, value in values:
            one = f"_:{label}m{made}"
            made += 1
            parts: tuple[tuple[str, Term], ...] = (
                (RDF_TYPE, DQV + "QualityMeasurement"),
                (DQV + "computedOn", subject),
                (DQV + "isMeasurementOf", PV + metric),
                (DQV + "value", value),
            )
            triples.append((subject, DQV + "hasQualityMeasurement", one))
            triples += ((one, path, term) for path, term in parts)
        return subject, triples

    for score in assess(results).datasets:
        yield describe(score.iri, [*_states(results.datasets[score.iri]), *_points(score)])
    for node, states in results.distributions.items():
        yield describe(node, list(_states(states)))


def _states(states: States) -> Iterator[tuple[str, Literal]]:
    for metric, state in states.items():
        if state is not None and metric not in ANSWERS:
            yield metric, Literal("true" if state else "false", XSD + "boolean")


def _points(score: DatasetScore) -> Iterator[tuple[str, Literal]]:
    by_dimension = {one.dimension: one.points for one in score.scores}
    for dimension in Dimension:
        yield f"{dimension}Scoring", _integer(by_dimension[dimension])
    yield "scoring", _integer(score.points)


def _integer(number: float) -> Literal:
    return Literal(str(round(number)), XSD + "integer")
