"""Constraints that look at all values of a path at once (SHACL, sections 4.2, 4.5 to 4.8)."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from harvester.shacl.result import Result
from harvester.shacl.shapes import (
    DISJOINT,
    EQUALS,
    MIN_COUNT,
    Closed,
    Constraint,
    Count,
    HasValue,
    Pair,
    UniqueLang,
)
from harvester.shacl.values import Test
from harvester.shacl.view import NO_PROPERTIES, View
from harvester.terms import Literal, Term

Results: TypeAlias = list[Result]
Emit: TypeAlias = Callable[[Term, Term | None, Results], None]
Check: TypeAlias = Callable[[Term, Sequence[Term], Results], None]
"""Check the value nodes of a focus node and add a result for each violation."""


def set_check(constraint: Constraint, view: View, emit: Emit) -> Check | None:
    """Return the check of a constraint on all value nodes, or ``None`` if it is no such one."""
    match constraint:
        case Count():
            return _count(constraint, emit)
        case HasValue(value):
            return _has_value(value, emit)
        case UniqueLang():
            return _unique_lang(emit)
        case Pair():
            return _pair(constraint, view, emit)
    return None


def _count(constraint: Count, emit: Emit) -> Check:
    limit = constraint.number
    if constraint.component == MIN_COUNT:

        def at_least(focus: Term, values: Sequence[Term], out: Results) -> None:
            if len(values) < limit:
                emit(focus, None, out)

        return at_least

    def at_most(focus: Term, values: Sequence[Term], out: Results) -> None:
        if len(values) > limit:
            emit(focus, None, out)

    return at_most


def _has_value(value: Term, emit: Emit) -> Check:
    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        if value not in values:
            emit(focus, None, out)

    return check


def _unique_lang(emit: Emit) -> Check:
    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        if len(values) < 2:
            return
        seen: dict[str, int] = {}
        for value in values:
            if type(value) is Literal and value.language:
                tag = value.language.lower()
                seen[tag] = seen.get(tag, 0) + 1
        for count in seen.values():
            if count > 1:
                emit(focus, None, out)

    return check


def _pair(constraint: Pair, view: View, emit: Emit) -> Check:
    if constraint.component in (EQUALS, DISJOINT):
        return _equals_or_disjoint(constraint, view, emit)
    from harvester.shacl.less_than import less_than_check  # decimal: when something is compared

    return less_than_check(constraint, view, emit)


def _equals_or_disjoint(constraint: Pair, view: View, emit: Emit) -> Check:
    get, predicate = view.get, constraint.predicate

    def others_of(focus: Term) -> Sequence[Term]:
        return (get(focus) or NO_PROPERTIES).get(predicate, ())

    def equals(focus: Term, values: Sequence[Term], out: Results) -> None:
        others = others_of(focus)
        have, want = frozenset(values), frozenset(others)
        if have != want:
            for value in values:
                if value not in want:
                    emit(focus, value, out)
            for other in others:
                if other not in have:
                    emit(focus, other, out)

    def disjoint(focus: Term, values: Sequence[Term], out: Results) -> None:
        others = frozenset(others_of(focus))
        for value in values:
            if value in others:
                emit(focus, value, out)

    return equals if constraint.component == EQUALS else disjoint


def closed_check(
    constraint: Closed, view: View, emit: Callable[[Term, str, Term, Results], None]
) -> Check:
    """Return the check of sh:closed; ``emit`` also takes the predicate that is not allowed."""
    get, allowed = view.get, constraint.allowed

    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        for value in values:
            for predicate, objects in (get(value) or NO_PROPERTIES).items():
                if predicate not in allowed:
                    for obj in objects:
                        emit(focus, predicate, obj, out)

    return check


def qualified_check(
    matches: Test,
    siblings: Sequence[Test],
    low: tuple[int, Emit] | None,
    high: tuple[int, Emit] | None,
) -> Check:
    """Return the check of sh:qualifiedValueShape: each limit with what says that it is passed."""

    def check(focus: Term, values: Sequence[Term], out: Results) -> None:
        count = 0
        for value in values:
            if matches(value) and not any(sibling(value) for sibling in siblings):
                count += 1
        if low is not None and count < low[0]:
            low[1](focus, None, out)
        if high is not None and count > high[0]:
            high[1](focus, None, out)

    return check
