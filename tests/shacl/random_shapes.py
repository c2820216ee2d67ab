"""Random data graphs and random shapes over a handful of names, for comparing two engines."""

from collections.abc import Callable

from hypothesis import strategies as st

from harvester.namespaces import RDF_NIL, RDF_TYPE, RDFS, SH, XSD
from harvester.rdf.graph import Graph
from harvester.shacl.paths import (
    Either,
    InSequence,
    Inverse,
    Path,
    Repeated,
    write_list,
    write_path,
)
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple

EX = "http://example.org/"
NODES = [EX + name for name in "abcde"] + ["_:x", "_:y"]
PREDICATES = [EX + name for name in ("p", "q", "r")]
CLASSES = [EX + name for name in ("C", "D", "E")]

# Where engines differ on one and the same literal, test_disagreements.py says who is right.
LITERALS: list[Term] = [
    Literal("one"),
    Literal("two words"),
    Literal("1", XSD + "integer"),
    Literal("2", XSD + "integer"),
    Literal("10", XSD + "integer"),
    Literal("ten", XSD + "integer"),
    Literal("1.5", XSD + "decimal"),
    Literal("2.5E0", XSD + "double"),
    Literal("true", XSD + "boolean"),
    Literal("2020-01-31", XSD + "date"),
    Literal("2020-13-45", XSD + "date"),
    Literal("2020-01-31T12:00:00Z", XSD + "dateTime"),
    Literal("2021-01-31T12:00:00+01:00", XSD + "dateTime"),
    Literal("hej", RDF_LANG_STRING, "sv"),
    Literal("hello", RDF_LANG_STRING, "en"),
    Literal("howdy", RDF_LANG_STRING, "en-US"),
    Literal("hi", RDF_LANG_STRING, "en"),
]
DATATYPES = [XSD + name for name in ("string", "integer", "decimal", "boolean", "date", "dateTime")]
PATTERNS = ["^h", "o", "[0-9]+$", "^http://example", "(wo|w)+rds", "^.{3}$"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]

NUMBERS = LITERALS[2:5] + LITERALS[6:8]

terms = st.sampled_from([*NODES, *LITERALS])
comparable_terms = st.sampled_from([*NODES[:5], *NUMBERS])


@st.composite
def data_graphs(draw: st.DrawFn, *, ordered: bool) -> Graph:
    """A graph of up to 30 triples, typed nodes and subclasses among them.

    With ``ordered`` all literals are numbers, which both engines compare alike.
    """
    objects = comparable_terms if ordered else terms
    triple = st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), objects)
    typed = st.tuples(st.sampled_from(NODES), st.just(RDF_TYPE), st.sampled_from(CLASSES))
    triples: list[Triple] = draw(st.lists(triple, max_size=20)) + draw(st.lists(typed, max_size=8))
    if draw(st.booleans()):
        triples.append((CLASSES[1], RDFS + "subClassOf", CLASSES[0]))
    return Graph(triples)


paths: st.SearchStrategy[Path] = st.recursive(
    st.sampled_from(PREDICATES),
    lambda inner: st.one_of(
        st.sampled_from(PREDICATES).map(Inverse),
        st.tuples(inner, inner).map(InSequence),
        st.tuples(inner, inner).map(Either),
        st.tuples(inner, st.sampled_from([(0, True), (1, True), (0, False)])).map(
            lambda pair: Repeated(pair[0], *pair[1])
        ),
    ),
    max_leaves=3,
)


class Writer:
    """Writes random shapes into a graph."""

    def __init__(self, draw: st.DrawFn, *, ordered: bool) -> None:
        self.draw = draw
        self._skip = frozenset() if ordered else ORDERED
        self.graph = Graph()
        self._count = 0

    def fresh(self) -> str:
        self._count += 1
        return f"_:s{self._count}"

    def flip(self) -> bool:
        return self.draw(st.booleans())

    def members(self, terms: list[Term]) -> str:
        return write_list(terms, self.graph, self.fresh)

    def node_shape(self, depth: int, node: str | None = None) -> str:
        """A node shape with up to three constraints."""
        node = node or self.fresh()
        self.graph.add(node, RDF_TYPE, SH + "NodeShape")
        self._constrain(node, depth, NODE_CONSTRAINTS)
        for _ in range(self.draw(st.integers(0, 2)) if depth else 0):
            self.graph.add(node, SH + "property", self.property_shape(depth - 1))
        return node

    def property_shape(self, depth: int) -> str:
        """A property shape with a path and up to three constraints."""
        node = f"{EX}P{self._count}"
        self._count += 1
        self.graph.add(node, RDF_TYPE, SH + "PropertyShape")
        path = self.draw(st.one_of(st.sampled_from(PREDICATES), paths))
        self.graph.add(node, SH + "path", write_path(path, self.graph, self.fresh))
        self._constrain(node, depth, {**NODE_CONSTRAINTS, **PROPERTY_CONSTRAINTS})
        if self.flip():
            severity = self.draw(st.sampled_from(["Info", "Warning", "Violation"]))
            self.graph.add(node, SH + "severity", SH + severity)
        return node

    def _constrain(
        self, node: str, depth: int, table: "dict[str, Callable[[Writer, str, int], None]]"
    ) -> None:
        names = sorted(table.keys() - self._skip)
        for name in self.draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
            if depth or name not in NESTED:
                table[name](self, node, depth)


def _set(name: str, value: Term) -> Callable[[Writer, str, int], None]:
    return lambda w, node, _: _add(w, node, name, value)


def _add(w: Writer, node: str, name: str, value: Term) -> None:
    w.graph.add(node, SH + name, value)


def _pick(name: str, values: list[Term]) -> Callable[[Writer, str, int], None]:
    return lambda w, node, _: _add(w, node, name, w.draw(st.sampled_from(values)))


def _number(name: str, high: int) -> Callable[[Writer, str, int], None]:
    return lambda w, node, _: _add(
        w, node, name, Literal(str(w.draw(st.integers(0, high))), XSD + "integer")
    )


def _shape(name: str) -> Callable[[Writer, str, int], None]:
    return lambda w, node, depth: _add(w, node, name, w.node_shape(depth - 1))


def _shapes(name: str) -> Callable[[Writer, str, int], None]:
    return lambda w, node, depth: _add(
        w, node, name, w.members([w.node_shape(depth - 1) for _ in range(2)])
    )


def _in(w: Writer, node: str, _: int) -> None:
    values = w.draw(st.lists(terms.filter(lambda t: t[:2] != "_:"), max_size=4, unique=True))
    _add(w, node, "in", w.members(values) if values else RDF_NIL)


def _languages(w: Writer, node: str, _: int) -> None:
    tags = w.draw(st.lists(st.sampled_from(["en", "sv", "en-US"]), min_size=1, max_size=2))
    _add(w, node, "languageIn", w.members([Literal(tag) for tag in dict.fromkeys(tags)]))


def _closed(w: Writer, node: str, _: int) -> None:
    _add(w, node, "closed", Literal("true", XSD + "boolean"))
    _add(w, node, "ignoredProperties", w.members([RDF_TYPE]))


def _qualified(w: Writer, node: str, depth: int) -> None:
    _add(w, node, "qualifiedValueShape", w.node_shape(depth - 1))
    _number("qualifiedMinCount" if w.flip() else "qualifiedMaxCount", 2)(w, node, depth)
    if w.flip():
        _add(w, node, "qualifiedValueShapesDisjoint", Literal("true", XSD + "boolean"))


BOUNDS: list[Term] = [Literal("2", XSD + "integer"), Literal("1.7", XSD + "decimal")]
_BOUNDED = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
ORDERED = frozenset(_BOUNDED)
NESTED = frozenset({"node", "not", "and", "or", "xone", "qualifiedValueShape"})
NODE_CONSTRAINTS: dict[str, Callable[[Writer, str, int], None]] = {
    "class": _pick("class", list(CLASSES)),
    "datatype": _pick("datatype", list(DATATYPES)),
    "nodeKind": _pick("nodeKind", [SH + kind for kind in KINDS]),
    "minLength": _pick("minLength", [Literal(str(n), XSD + "integer") for n in (1, 4, 6)]),
    "maxLength": _number("maxLength", 9),
    "pattern": _pick("pattern", [Literal(pattern) for pattern in PATTERNS]),
    "hasValue": _pick("hasValue", [*NODES[:5], *LITERALS]),
    "in": _in,
    "languageIn": _languages,
    "closed": _closed,
    "equals": _pick("equals", list(PREDICATES)),
    "disjoint": _pick("disjoint", list(PREDICATES)),
    **{name: _pick(name, BOUNDS) for name in _BOUNDED},
    **{name: _shape(name) for name in ("node", "not")},
    **{name: _shapes(name) for name in ("and", "or", "xone")},
}
PROPERTY_CONSTRAINTS: dict[str, Callable[[Writer, str, int], None]] = {
    "minCount": _number("minCount", 2),
    "maxCount": _number("maxCount", 2),
    "uniqueLang": _set("uniqueLang", Literal("true", XSD + "boolean")),
    "qualifiedValueShape": _qualified,
}


@st.composite
def shapes_graphs(draw: st.DrawFn, *, ordered: bool) -> Graph:
    """One or two node shapes with targets of every kind; constraints on order only if asked."""
    writer = Writer(draw, ordered=ordered)
    for number in range(draw(st.integers(1, 2))):
        node = writer.node_shape(2, f"{EX}S{number}")
        kind = draw(
            st.sampled_from(["targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"])
        )
        targets = {"targetClass": CLASSES, "targetNode": [*NODES[:5], *NUMBERS]}
        writer.graph.add(node, SH + kind, draw(st.sampled_from(targets.get(kind, PREDICATES))))
    return writer.graph
