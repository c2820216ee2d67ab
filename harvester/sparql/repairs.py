"""Where rdflib 7 answers otherwise than SPARQL 1.1 says, put right."""

from collections.abc import Iterator
from types import MethodType
from typing import Any, Final

from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.evaluate import evalAggregateJoin
from rdflib.plugins.sparql.operators import RelationalExpression
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import SPARQLError
from rdflib.term import Literal

from harvester.namespaces import XSD

_ORDERS: Final = frozenset({"<", ">", "<=", ">="})
_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "byte", "short", "int", "long"),
        *("nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
        *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
    )
)


def repair(algebra: Any) -> None:
    """Change a translated query so that it is evaluated as the specification says."""
    CUSTOM_EVALS["grouped"] = _grouped
    for node in nodes(algebra):
        if isinstance(node, Expr) and node.name == "RelationalExpression":
            node._evalfn = MethodType(_compare, node)  # noqa: SLF001  # there is no other way in


def nodes(tree: Any) -> Iterator[CompValue]:
    """Every node of a parsed or translated query."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, CompValue):
            yield one
            waiting += one.values()
        elif isinstance(one, list | tuple) or type(one).__name__ in ("ParseResults", "plist"):
            waiting += list(one)


def _grouped(ctx: Any, part: CompValue) -> Iterator[Any]:
    """GROUP BY of nothing is no group (18.5.1); rdflib makes it an empty one."""
    if part.name != "AggregateJoin" or part.p.expr is None:
        raise NotImplementedError  # evaluated as usual
    return (row for row in evalAggregateJoin(ctx, part) if len(row) > len(ctx.bindings))


def _compare(node: Any, ctx: Any) -> Any:
    """``"a" > 1`` is an error (17.3); rdflib orders values of different kinds."""
    if node.other is not None and node.op in _ORDERS:
        left, right = node.expr, node.other
        if isinstance(left, Literal) and isinstance(right, Literal) and _kind(left) != _kind(right):
            raise SPARQLError(f"cannot order {left!r} and {right!r}")
    return RelationalExpression(node, ctx)


def _kind(literal: Literal) -> object:
    if literal.language:
        return literal.language.lower()
    datatype = str(literal.datatype or XSD + "string")
    if literal.ill_typed:
        return literal
    return "number" if datatype in _NUMBERS else datatype
