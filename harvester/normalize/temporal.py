"""Periods of time: dcat:startDate and dcat:endDate for what schema.org and OWL-Time say (DCAT 3).

A text ``2004-11-03/2005-03-30`` (ISO 8601) becomes a period. What a period says already in DCAT's
own terms is not said again by others; where the two differ, both stay.
"""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE, SCHEMA, TIME
from harvester.normalize.dates import read
from harvester.normalize.step import Edit, ResourceStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple, is_blank

TEMPORAL: Final = DCTERMS + "temporal"
PERIOD: Final = DCTERMS + "PeriodOfTime"
_TERMS: Final = {SCHEMA + name: DCAT + name for name in ("startDate", "endDate")}
_INSTANTS: Final = {
    TIME + "hasBeginning": DCAT + "startDate",
    TIME + "hasEnd": DCAT + "endDate",
}
_INSTANT_VALUES: Final = tuple(
    TIME + name for name in ("inXSDDate", "inXSDDateTime", "inXSDDateTimeStamp", "inXSDgYear")
)


def edits(graph: Graph) -> Iterator[Edit]:
    """Say the start and the end of each period in DCAT's terms."""
    periods = [(s, o) for s, p, o in graph if p == TEMPORAL]
    for number, (subject, value) in enumerate(periods):
        if isinstance(value, Literal):
            yield from _interval(graph, subject, value, number)
        else:
            yield from _dates(graph, value)
            yield from _instants(graph, value)


def _dates(graph: Graph, period: str) -> Iterator[Edit]:
    for old, new in _TERMS.items():
        known = graph.objects(period, new)
        for value in graph.objects(period, old):
            before: Triple = (period, old, value)
            if not known:
                yield Edit((before,), ((period, new, value),))
            elif value in known:
                yield Edit((before,), ())


def _instants(graph: Graph, period: str) -> Iterator[Edit]:
    for old, new in _INSTANTS.items():
        for instant in graph.objects(period, old):
            if graph.objects(period, new) or not isinstance(instant, str) or not is_blank(instant):
                continue
            said = graph.spo.get(instant, {})
            values = [v for name in _INSTANT_VALUES for v in said.get(name, ())]
            if len(values) == 1 and said.keys() <= {RDF_TYPE, *_INSTANT_VALUES}:
                before = ((period, old, instant), *graph.triples_of(instant))
                yield Edit(before, ((period, new, values[0]),))


def _interval(graph: Graph, subject: str, value: Literal, number: int) -> Iterator[Edit]:
    start, slash, end = value.value.partition("/")
    first, last = read(start), read(end)
    if not slash or first is None or last is None:
        return
    node = f"_:period{number}"
    if node in graph.spo:
        return
    yield Edit(
        ((subject, TEMPORAL, value),),
        (
            (subject, TEMPORAL, node),
            (node, RDF_TYPE, PERIOD),
            (node, DCAT + "startDate", first),
            (node, DCAT + "endDate", last),
        ),
    )


def _wants(predicate: str, value: Term) -> bool:
    return predicate != TEMPORAL or (isinstance(value, Literal) and "/" in value.value)


STEPS: Final = (
    ResourceStep("temporal", {TEMPORAL, *_TERMS, *_INSTANTS}.__contains__, _wants, edits),
)
