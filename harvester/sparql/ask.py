"""Read a query, refuse what would do more than read this graph, evaluate the rest."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import rdflib
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from harvester.namespaces import PREFIXES
from harvester.rdf.graph import Graph
from harvester.sparql.answer import Answer, Refused, Solutions, Triples, Truth
from harvester.sparql.matching import MatchingStore
from harvester.sparql.repairs import nodes, repair
from harvester.terms import Term, term_to_ntriples, triple_to_ntriples
from harvester.words import Text

_UPDATES: Final = re.compile(
    r"\s*(?:(?:#[^\n]*\n|(?:PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>))\s*)*"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# ``['A' ..= 'Z' | 'a' ..= 'z']``, ``['_']`` and ``[_]`` in a list of what could come.
_CLASSES: Final = re.compile(r"(?:, )?\[(?:_|'[^]]*')\]")


class RefusedError(Exception):
    """Carries a :class:`Refused` out of what found it."""

    def __init__(self, slug: str, reason: Text) -> None:
        super().__init__(reason.en)
        self.answer = Refused(slug, reason)


def prepare(text: str) -> Any:
    """Read a query into rdflib's algebra. Raises :class:`RefusedError`.

    The prefixes of ``namespaces.PREFIXES`` are declared already.
    """
    # Terms of the query keep their lexical form too; it is this process's alone.
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    update = _UPDATES.match(text)
    if update:
        raise RefusedError(
            "update",
            Text(
                f"{update[1].upper()} ändrar data; en fråga läser bara: SELECT, ASK, CONSTRUCT"
                " eller DESCRIBE",
                f"{update[1].upper()} changes data; a query only reads: SELECT, ASK, CONSTRUCT or"
                " DESCRIBE",
            ),
        )
    try:
        tree = parseQuery(text)
        for node in nodes(tree):
            _check(node)
        query = translateQuery(tree, initNs=PREFIXES)
    except ParseBaseException as error:
        line, column, why = _place(text) or (error.lineno, error.col, error.msg)
        raise RefusedError("syntax", _at(line, column) + why) from error
    except (RefusedError, SystemError):
        raise
    except RecursionError as error:
        raise RefusedError(
            "deep", Text("frågan är för djupt nästlad", "the query is nested too deep")
        ) from error
    except Exception as error:  # rdflib raises bare ones for what its grammar lets through
        place = _place(text)
        where = Text.same("") if place is None else _at(place[0], place[1])
        raise RefusedError("syntax", where + _one_line(str(error))) from error
    repair(query.algebra)
    return query


def ask(
    text: str, load: Callable[[], Graph], limit: int | None, ready: Callable[[], None]
) -> Answer:
    """Answer a query over the graph that ``load`` gives; of a SELECT at most ``limit`` rows.

    ``ready`` is called when the graph is loaded. Rows have the order that the query asks for, else
    that of their terms. Raises :class:`RefusedError`.
    """
    query = prepare(text)
    store = MatchingStore(load())
    ready()
    try:
        return _evaluate(text, query, store, limit)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        # rdflib lets through what an aggregate of unlike values raises.
        raise RefusedError(
            "evaluation",
            Text("kan inte utvärderas: ", "cannot be evaluated: ") + _one_line(str(error)),
        ) from error


def _evaluate(text: str, query: Any, store: MatchingStore, limit: int | None) -> Answer:
    found = evalQuery(rdflib.Graph(store=store), query, {})
    kind = found["type_"]
    if kind == "ASK":
        return Truth(bool(found["askAnswer"]))
    if kind in ("CONSTRUCT", "DESCRIBE"):
        triples = (tuple(map(store.ours, triple)) for triple in found["graph"])
        return Triples(_numbered(sorted(triples, key=triple_to_ntriples)))  # type: ignore[arg-type]
    return _solutions(text, query.algebra, found, store, limit)


def _solutions(
    text: str, algebra: Any, found: Mapping[str, Any], store: MatchingStore, limit: int | None
) -> Solutions:
    variables = list(found["vars_"])
    if re.search(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*", text, re.IGNORECASE):
        # rdflib gives them in no order: as they come in the query.
        variables.sort(key=lambda name: (_first(text, name), name))
    rows: Iterator[tuple[Term | None, ...]] = (
        tuple(None if (node := one.get(name)) is None else store.ours(node) for name in variables)
        for one in found["bindings"]
    )
    if not any(node.name == "OrderBy" for node in _chain(algebra)):
        rows = iter(sorted(rows, key=_row_key))
    kept = tuple(islice(rows, limit))
    total = len(kept) + sum(1 for _ in rows)
    return Solutions(tuple(map(str, variables)), kept, total)


def _row_key(row: tuple[Term | None, ...]) -> tuple[str, ...]:
    return tuple("" if term is None else term_to_ntriples(term) for term in row)


def _first(text: str, name: str) -> int:
    found = re.search(rf"[?$]{re.escape(name)}\b", text)
    return found.start() if found else len(text)


def _chain(node: Any) -> Iterator[CompValue]:
    """From the query down to its pattern: projection, distinct, slice, order."""
    while isinstance(node, CompValue):
        yield node
        node = node.get("p") if node.name != "Join" else None


def _check(node: CompValue) -> None:
    if node.name == "ServiceGraphPattern":
        raise RefusedError(
            "service",
            Text(
                "SERVICE frågar en annan server, och en fråga öppnar ingen förbindelse; ta bort",
                "SERVICE asks another server, and a query opens no connection; leave it out",
            ),
        )
    if node.name == "DatasetClause":
        raise RefusedError(
            "from",
            Text(
                "FROM anger en graf att läsa, och här finns en enda sammanslagen; ta bort det",
                "FROM names a graph to read, and there is one merged graph; leave it out",
            ),
        )
    if node.name == "GraphGraphPattern":
        raise RefusedError(
            "graph",
            Text(
                "GRAPH anger en graf, och här finns en enda sammanslagen; ta bort det",
                "GRAPH names a graph, and there is one merged graph; leave it out",
            ),
        )


def _at(line: int, column: int) -> Text:
    return Text(f"rad {line}, kolumn {column}: ", f"line {line}, column {column}: ")


def _place(text: str) -> tuple[int, int, str] | None:
    """Where Oxigraph's parser stops, which is nearer the mistake than where rdflib's does."""
    import pyoxigraph as ox

    if re.search(r"\bSERVICE\b", text, re.IGNORECASE):
        return None
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        found = _PLACE.match(str(error))
        return None if found is None else (int(found[1]), int(found[2]), _expected(found[3]))
    except Exception:  # noqa: BLE001 - a second opinion that may have none
        return None
    return None


def _expected(text: str) -> str:
    """The parser's words without its character classes, which say less the longer they are."""
    words = _one_line(_CLASSES.sub("", text)).removesuffix(", ").rstrip(", ")
    return words if words.strip() not in ("expected", "expected one of") else "this is not SPARQL"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _numbered(triples: list[tuple[str, str, Term]]) -> tuple[tuple[str, str, Term], ...]:
    labels: dict[str, str] = {}

    def label(term: Term) -> Any:
        if isinstance(term, str) and term[:2] == "_:":
            return labels.setdefault(term, f"_:b{len(labels)}")
        return term

    return tuple((label(s), p, label(o)) for s, p, o in triples)
