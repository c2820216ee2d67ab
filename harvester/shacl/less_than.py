"""sh:lessThan and sh:lessThanOrEquals (SHACL, sections 4.5.3 and 4.5.4)."""

from collections.abc import Sequence

from harvester.shacl.order import Value, compare, value_of
from harvester.shacl.sets import Check, Emit, Results
from harvester.shacl.shapes import LESS_THAN, Pair
from harvester.shacl.view import NO_PROPERTIES, View
from harvester.terms import Term


def less_than_check(constraint: Pair, view: View, emit: Emit) -> Check:
    """Return the check that gives a result for each pair of values that is out of order."""
    get, predicate = view.get, constraint.predicate
    orders = frozenset({-1}) if constraint.component == LESS_THAN else frozenset({-1, 0})

    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        others = (get(focus) or NO_PROPERTIES).get(predicate, ())
        if not others or not values:
            return
        limits = [value_of(other) for other in others]
        lowest = _lowest(limits)
        for value in values:
            known = value_of(value)
            if lowest is not None and compare(known, lowest) in orders:
                continue
            for limit in limits:
                if compare(known, limit) not in orders:
                    emit(focus, value, out)

    return check


def _lowest(limits: Sequence[Value | None]) -> Value | None:
    """The least of ``limits`` if all of them are in one total order.

    What is less than it is less than all, so that 10,000 values are not compared with 10,000.
    """
    first = limits[0]
    if first is None or isinstance(first.key, tuple):
        return None
    lowest = first
    for limit in limits:
        if limit is None or limit.kind != first.kind or limit.floating != first.floating:
            return None
        if compare(limit, lowest) == -1:
            lowest = limit
    return lowest
