"""The short way for a property that is as it should be: one test of all its values.

Nearly every property of nearly every node satisfies its constraints. What constraints ask for
together is folded into one question, and only on "no" does each constraint look for itself.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from harvester.shacl.sets import Check
from harvester.shacl.shapes import MIN_COUNT, Class, Constraint, Count, Datatype, NodeKind
from harvester.shacl.values import Test
from harvester.shacl.view import View
from harvester.terms import Literal, Term

Fine: TypeAlias = Callable[[Sequence[Term]], object]


class Entry(NamedTuple):
    """The constraints on one property of a class of focus nodes.

    At most ``limit`` values that are ``fine`` (truthy) satisfy all of them; else ``check`` says
    which are violated. A single value of type ``kind`` is fine without asking. Only asked when
    there is a value.
    """

    limit: int
    kind: type | None
    fine: Fine
    check: Check


_NO_LIMIT = 1 << 60
_LITERAL = NodeKind(iri=False, blank=False, literal=True)
_RESOURCE = NodeKind(iri=True, blank=True, literal=False)


def entry(
    constraints: Iterable[Constraint] | None,
    check: Check,
    view: View,
    test_of: Callable[[Constraint], Test | None],
) -> Entry | None:
    """Fold ``constraints`` on one property into an entry; ``test_of`` compiles a value test.

    ``None`` when a property that is there can violate none of them. Without ``constraints`` every
    value is left to ``check``.
    """
    if constraints is None:
        return Entry(0, None, len, check)
    limit = _NO_LIMIT
    wanted: dict[tuple[type, Constraint], None] = {}
    for constraint in constraints:
        if not isinstance(constraint, Count):
            wanted[type(constraint), constraint] = None
        elif constraint.component != MIN_COUNT:
            limit = min(limit, constraint.number)
        elif constraint.number > 1:
            return Entry(0, None, len, check)
    classes = [constraint for _, constraint in wanted if isinstance(constraint, Class)]
    rest = [constraint for _, constraint in wanted if not isinstance(constraint, Class)]
    if classes and _RESOURCE in rest:
        rest.remove(_RESOURCE)  # only IRIs and blank nodes have a class
    if any(isinstance(constraint, Datatype) for constraint in rest) and _LITERAL in rest:
        rest.remove(_LITERAL)
    tests = [test_of(constraint) for constraint in rest]
    if None in tests:
        return Entry(0, None, len, check)
    fine: Fine = len  # an always true answer: there is a value
    if classes:
        members = frozenset.intersection(*(view.members(each.cls) for each in classes))
        fine = members.issuperset
    if rest:
        fine = _all_fine(rest, [test for test in tests if test], fine if classes else None)
    if limit == _NO_LIMIT and fine is len:
        return None
    kind: type | None = Literal if fine is _literals else str if fine is _resources else None
    return Entry(limit, kind if limit else None, fine, check)


def _all_fine(
    constraints: Sequence[Constraint], tests: Sequence[Test], before: Fine | None
) -> Fine:
    if before is None and len(tests) == 1:
        only = tests[0]
        if isinstance(constraints[0], NodeKind):
            if constraints[0] == _LITERAL:
                return _literals
            if constraints[0] == _RESOURCE:
                return _resources

        def one(values: Sequence[Term]) -> bool:
            for value in values:  # noqa: SIM110  # a generator would cost a frame at each value
                if not only(value):
                    return False
            return True

        return one

    def each(values: Sequence[Term]) -> bool:
        if before is not None and not before(values):
            return False
        for test in tests:
            for value in values:
                if not test(value):
                    return False
        return True

    return each


def _literals(values: Sequence[Term]) -> bool:
    for value in values:  # noqa: SIM110  # as above
        if type(value) is not Literal:
            return False
    return True


def _resources(values: Sequence[Term]) -> bool:
    for value in values:  # noqa: SIM110  # as above
        if type(value) is not str:
            return False
    return True
