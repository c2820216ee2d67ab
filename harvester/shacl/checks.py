"""The pieces that checks are put together from."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from harvester.shacl.messages import default_messages
from harvester.shacl.paths import path_text
from harvester.shacl.result import Result
from harvester.shacl.sets import Check, Emit, Results
from harvester.shacl.shapes import AND, OR, Closed, Constraint, Logical, Shape
from harvester.shacl.values import Test
from harvester.terms import Term

FocusCheck: TypeAlias = Callable[[Term, Results], None]


def on_focus(check: Check) -> FocusCheck:
    """Return a check of the focus node itself: a node shape has no path."""
    return lambda focus, out: check(focus, (focus,), out)


def in_turn(checks: Sequence[Check]) -> Check:
    """Return one check that makes all of ``checks``."""
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks

        def both(focus: Term, values: Sequence[Term], out: Results) -> None:
            first(focus, values, out)
            second(focus, values, out)

        return both

    def each(focus: Term, values: Sequence[Term], out: Results) -> None:
        for check in checks:
            check(focus, values, out)

    return each


def each_value(test: Test, emit: Emit) -> Check:
    """Return a check that emits a result for each value that fails ``test``."""

    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        for value in values:
            if not test(value):
                emit(focus, value, out)

    return check


def conjunction(tests: Sequence[Test]) -> Test:
    """Return a test that is passed when all of ``tests`` are."""
    if len(tests) == 1:
        return tests[0]

    def test(term: Term) -> bool:
        for each in tests:  # noqa: SIM110  # a generator would cost a frame at each value
            if not each(term):
                return False
        return True

    return test


def combination(constraint: Logical, tests: Sequence[Test]) -> Test:
    """Return the test of sh:and, sh:or or sh:xone over the tests of its shapes."""
    if constraint.component == AND:
        return conjunction(tests)
    if constraint.component == OR:

        def any_of(term: Term) -> bool:
            for each in tests:  # noqa: SIM110  # as above
                if each(term):
                    return True
            return False

        return any_of

    def exactly_one(term: Term) -> bool:
        count = 0
        for each in tests:
            if each(term):
                count += 1
        return count == 1

    return exactly_one


def emitter(shape: Shape, name: str, constraint: Constraint) -> Emit:
    """Return what adds a result of ``constraint``, with all that is the same made once."""
    path = "" if shape.path is None else path_text(shape.path)
    steps = None if isinstance(shape.path, str) else shape.path
    messages = shape.messages or default_messages(name, constraint)
    shape_id, severity = shape.id, shape.severity

    def emit(focus: Term, value: Term | None, out: Results) -> None:
        out.append(Result(focus, path, value, shape_id, name, severity, messages, (), steps))

    return emit


def closed_emitter(
    shape: Shape, name: str, constraint: Closed
) -> Callable[[Term, str, Term, Results], None]:
    """Return what adds a result of sh:closed, whose path is the predicate not allowed."""
    messages = shape.messages or default_messages(name, constraint)

    def emit(focus: Term, predicate: str, value: Term, out: Results) -> None:
        out.append(Result(focus, predicate, value, shape.id, name, shape.severity, messages))

    return emit
