"""Random graphs under random shapes: the engine says what pyshacl says."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.namespaces import SH
from harvester.rdf.graph import Graph
from harvester.shacl import Result, load_shapes, reference, validate
from harvester.terms import Literal, Term
from tests.shacl.random_shapes import EX, NUMBERS, data_graphs, shapes_graphs


def comparable(results: Iterable[Result]) -> Counter[tuple[Term | None, ...]]:
    """Results as two engines can be compared by; an unnamed shape has no label to compare."""
    return Counter(
        (r.focus, r.path, r.value, r.shape[:2] == "_:" or r.shape, r.component, r.severity)
        for r in results
    )


RANDOM = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@RANDOM
@given(data_graphs(ordered=False), shapes_graphs(ordered=False))
def test_random_shapes_agree_with_pyshacl(data: Graph, shapes: Graph) -> None:
    """Focus, path, value, shape, component and severity of all results are equal."""
    loaded = load_shapes(shapes)
    assert comparable(validate(data, loaded)) == comparable(reference.validate(data, loaded))


@RANDOM
@given(data_graphs(ordered=True), shapes_graphs(ordered=True))
def test_random_comparisons_agree_with_pyshacl(data: Graph, shapes: Graph) -> None:
    """So they are for constraints on order, where all literals can be compared."""
    loaded = load_shapes(shapes)
    assert comparable(validate(data, loaded)) == comparable(reference.validate(data, loaded))


@RANDOM
@given(st.lists(st.sampled_from(NUMBERS)), st.lists(st.sampled_from(NUMBERS)))
def test_random_pairs_agree_with_pyshacl(left: list[Literal], right: list[Literal]) -> None:
    """sh:lessThan and sh:lessThanOrEquals give a result for each pair that is out of order."""
    data = Graph((EX + "a", EX + "p", term) for term in left)
    for term in right:
        data.add(EX + "a", EX + "q", term)
    shapes = Graph([(EX + "S", SH + "targetNode", EX + "a"), (EX + "S", SH + "path", EX + "p")])
    shapes.add(EX + "S", SH + "lessThan", EX + "q")
    shapes.add(EX + "S", SH + "lessThanOrEquals", EX + "q")
    loaded = load_shapes(shapes)
    assert comparable(validate(data, loaded)) == comparable(reference.validate(data, loaded))
