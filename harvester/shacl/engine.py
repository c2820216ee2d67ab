"""Validate a graph: shapes compiled to closures, each focus node's properties fetched once."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from harvester.errors import ConfigError
from harvester.rdf.graph import Graph
from harvester.shacl.checks import (
    FocusCheck,
    closed_emitter,
    combination,
    conjunction,
    each_value,
    emitter,
    in_turn,
    on_focus,
)
from harvester.shacl.fast import entry
from harvester.shacl.result import Result
from harvester.shacl.sets import Check, Emit, Results, closed_check, qualified_check, set_check
from harvester.shacl.shapes import (
    Closed,
    Constraint,
    Logical,
    Node,
    Not,
    Qualified,
    Shape,
    Shapes,
    Targets,
    component,
)
from harvester.shacl.values import Test, remembered, value_test
from harvester.shacl.verdicts import Verdicts
from harvester.shacl.view import NO_PROPERTIES, View
from harvester.terms import Term
from harvester.words import Text

_DEEPEST = 400_000  # Python frames: a chain of some 100,000 nodes under a recursive shape


def validate(
    data: Graph,
    shapes: Shapes,
    *,
    vocabulary: Graph | None = None,
    trust_data_classes: bool = True,
) -> list[Result]:
    """Validate ``data`` and return every result, shape by shape and focus node by focus node.

    ``vocabulary`` holds shipped background triples: values and classes are looked up there too,
    but its nodes are no focus nodes. With ``trust_data_classes`` false, rdfs:subClassOf in the
    data is ignored, so that no source can make its own nodes instances of what a rule asks for;
    with true the engine follows SHACL (section 1.1, "SHACL subclass").

    Raises ``ConfigError`` when recursive shapes go deeper than this program can follow, or when
    pyshacl cannot run the shapes that are beyond SHACL Core.
    """
    view = View(data, vocabulary, trust_data_classes=trust_data_classes)
    engine = _Engine(shapes, view)
    groups: dict[Targets, list[str]] = {}
    for root in shapes.roots:
        groups.setdefault(shapes.by_id[root].targets, []).append(root)
    out = _Explained()
    with _room_for_recursion(shapes):
        for targets, members in groups.items():
            focus_nodes = view.focus_nodes(targets)
            if focus_nodes:
                engine.run([shapes.by_id[member] for member in members], focus_nodes, out)
    if shapes.beyond:
        from harvester.shacl.reference import validate_beyond  # pyshacl takes 0.4 s to import

        out += validate_beyond(
            data, shapes, vocabulary=vocabulary, trust_data_classes=trust_data_classes
        )
    return out


@contextmanager
def _room_for_recursion(shapes: Shapes) -> Iterator[None]:
    if not shapes.recursive:
        yield
        return
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    except RecursionError as error:
        names = ", ".join(sorted(shapes.recursive))
        raise ConfigError(
            Text(
                f"de rekursiva shapes {names} går för djupt i de här data",
                f"the recursive shapes {names} go too deep into this data",
            )
        ) from error
    finally:
        sys.setrecursionlimit(before)


class _Explained(list[Result]):
    """Results that are reported, so that sh:node says why; those of a mere question need not."""


class _Plan:
    """The checks of shapes that share their targets."""

    def __init__(self) -> None:
        self.by_predicate: dict[str, tuple[list[Constraint], list[Check]]] = {}
        self.nested: set[str] = set()
        self.absent: dict[str, list[Check]] = {}
        self.others: list[FocusCheck] = []


class _Engine:
    def __init__(self, shapes: Shapes, view: View) -> None:
        self._shapes = shapes
        self._view = view
        self._focus_checks: dict[str, FocusCheck] = {}
        self._tests: dict[str, Test] = {}
        self._verdicts = Verdicts()

    def run(self, shapes: Sequence[Shape], focus_nodes: Sequence[Term], out: Results) -> None:
        """Validate all ``focus_nodes`` against all ``shapes``, which share their targets."""
        plan = _Plan()
        for shape in shapes:
            self._plan(shape, plan)
        table = {}
        for predicate, (constraints, checks) in plan.by_predicate.items():
            # What a property shape inside a property shape asks is no matter of values alone.
            known = None if predicate in plan.nested else constraints
            found = entry(known, in_turn(checks), self._view, self._value_test)
            if found is not None:
                table[predicate] = found
        absent = {predicate: in_turn(checks) for predicate, checks in plan.absent.items()}
        required = absent.keys()
        get, lookup, others = self._view.get, table.get, plan.others
        for focus in focus_nodes:
            properties = get(focus) or NO_PROPERTIES
            for predicate, values in properties.items():
                found = lookup(predicate)
                if found is not None:
                    limit, kind, fine, check = found
                    if type(values[0]) is kind and len(values) == 1:
                        continue
                    if len(values) > limit or not fine(values):
                        check(focus, values, out)
            if not required <= properties.keys():
                for predicate, check in absent.items():
                    if predicate not in properties:
                        check(focus, (), out)
            for other in others:
                other(focus, out)

    def _plan(self, shape: Shape, plan: "_Plan") -> None:
        """Sort the checks of a shape by the predicate they look at, where they look at one."""
        if shape.deactivated:
            return
        if shape.id in self._shapes.recursive or not isinstance(shape.path, str | None):
            plan.others.append(self.focus_check(shape.id))
        elif shape.path is None:
            if shape.constraints:
                plan.others.append(on_focus(in_turn(self._checks(shape, shape.constraints))))
            for prop in shape.properties:
                self._plan(self._shapes.by_id[prop], plan)
        else:
            checks = self._checks(shape, shape.constraints)
            checks += map(self._nested, shape.properties)
            constraints, known = plan.by_predicate.setdefault(shape.path, ([], []))
            constraints += shape.constraints
            known += checks
            if shape.properties:
                plan.nested.add(shape.path)
            needed = [c for c in shape.constraints if _looks_at_absence(c)]
            if needed:
                plan.absent.setdefault(shape.path, []).extend(self._checks(shape, needed))

    def focus_check(self, shape_id: str) -> FocusCheck:
        """Return the check of one node against one shape, as a focus node of its own."""
        check = self._focus_checks.get(shape_id)
        if check is None:
            # A recursive shape meets itself while it is compiled.
            self._focus_checks[shape_id] = lambda focus, out: self._focus_checks[shape_id](
                focus, out
            )
            check = self._focus_checks[shape_id] = self._compile(self._shapes.by_id[shape_id])
        return check

    def _compile(self, shape: Shape) -> FocusCheck:
        if shape.deactivated:
            return lambda _focus, _out: None
        checks = self._checks(shape, shape.constraints)
        checks += map(self._nested, shape.properties)
        check = in_turn(checks)
        if shape.path is None:
            return self._guarded(shape.id, on_focus(check))
        walk = self._view.walk(shape.path)

        def on_values(focus: Term, out: Results) -> None:
            check(focus, walk(focus), out)

        return self._guarded(shape.id, on_values)

    def _guarded(self, shape_id: str, check: FocusCheck) -> FocusCheck:
        """Keep a recursive shape from going round a cycle of the data without end."""
        if shape_id not in self._shapes.recursive:
            return check

        def conforms(term: Term) -> bool:
            out: Results = []
            check(term, out)
            return not out

        verdicts = self._verdicts
        self._tests[shape_id] = lambda term: verdicts.ask(shape_id, conforms, term)
        open_nodes: set[Term] = set()

        def guarded(focus: Term, out: Results) -> None:
            if focus in open_nodes or verdicts.ask(shape_id, conforms, focus):
                return
            open_nodes.add(focus)
            try:
                check(focus, out)
            finally:
                open_nodes.discard(focus)

        return guarded

    def conforms(self, shape_id: str) -> Test:
        """Return a test that says whether a node conforms to a shape (SHACL, section 3.4.2)."""
        test = self._tests.get(shape_id)
        if test is not None:
            return test
        if shape_id in self._shapes.recursive:
            self.focus_check(shape_id)
            return lambda term: self._tests[shape_id](term)
        shape = self._shapes.by_id[shape_id]
        tests = [self._value_test(constraint) for constraint in shape.constraints]
        simple = [test for test in tests if test is not None]
        if shape.path is None and len(simple) == len(tests) and not shape.properties:
            test = (lambda _: True) if shape.deactivated else conjunction(simple)
        else:
            check = self.focus_check(shape_id)

            def passes(term: Term) -> bool:
                out: Results = []
                check(term, out)
                return not out

            test = remembered(passes)
        self._tests[shape_id] = test
        return test

    def _value_test(self, constraint: Constraint) -> Test | None:
        match constraint:
            case Node(shape):
                return self.conforms(shape)
            case Not(shape):
                conforms = self.conforms(shape)
                return lambda term: not conforms(term)
            case Logical():
                return combination(
                    constraint, [self.conforms(shape) for shape in constraint.shapes]
                )
        return value_test(constraint, self._view)

    def _nested(self, shape_id: str) -> Check:
        check = self.focus_check(shape_id)

        def on_each(_: Term, values: Sequence[Term], out: Results) -> None:
            for value in values:
                check(value, out)

        return on_each

    def _checks(self, shape: Shape, constraints: Sequence[Constraint]) -> list[Check]:
        if shape.deactivated:
            return []
        return [check for constraint in constraints for check in self._check(shape, constraint)]

    def _check(self, shape: Shape, constraint: Constraint) -> Iterator[Check]:
        if isinstance(constraint, Qualified):
            yield self._qualified(shape, constraint)
            return
        name = getattr(constraint, "component", "") or component(type(constraint).__name__)
        if isinstance(constraint, Closed):
            yield closed_check(constraint, self._view, closed_emitter(shape, name, constraint))
            return
        emit = emitter(shape, name, constraint)
        by_set = set_check(constraint, self._view, emit)
        if by_set is not None:
            yield by_set
            return
        if isinstance(constraint, Node):
            emit = self._emit_detail(shape, name, constraint)
        test = self._value_test(constraint)
        if test is None:
            raise AssertionError(f"no check for {constraint}")
        yield each_value(test, emit)

    def _qualified(self, shape: Shape, constraint: Qualified) -> Check:
        limits: list[tuple[int, Emit] | None] = []
        for word, limit in (("Min", constraint.minimum), ("Max", constraint.maximum)):
            name = component(f"Qualified{word}Count")
            limits.append(None if limit is None else (limit, emitter(shape, name, constraint)))
        siblings = [self.conforms(sibling) for sibling in constraint.siblings]
        return qualified_check(self.conforms(constraint.shape), siblings, limits[0], limits[1])

    def _emit_detail(self, shape: Shape, name: str, constraint: Node) -> Emit:
        emit = emitter(shape, name, constraint)
        explain = self.focus_check(constraint.shape)

        def detailed(focus: Term, value: Term | None, out: Results) -> None:
            emit(focus, value, out)
            if value is not None and isinstance(out, _Explained):
                why: Results = []
                explain(value, why)
                out[-1] = out[-1]._replace(detail=tuple(why))

        return detailed


def _looks_at_absence(constraint: Constraint) -> bool:
    """Whether a constraint can be violated by a property that is not there at all."""
    name = getattr(constraint, "component", "") or type(constraint).__name__
    return isinstance(constraint, Qualified) or name in _ABSENCE


_ABSENCE = frozenset({component("MinCount"), component("Equals"), "HasValue"})
