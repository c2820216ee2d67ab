"""pyoxigraph's terms into our own, one document at a time: the only loop over every triple.

It imports little: what validates one small file spends most of its time on imports.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from harvester.errors import UnreadableError
from harvester.rdf.graph import Graph
from harvester.rdf.limits import NUMERIC, Limits
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, Literal, Triple
from harvester.words import Text

_MANY: Final = {"triples": "tripplar", "prefixes": "prefix", "blank nodes": "blanka noder"}
_SHORT = 24  # characters; dates, numbers and keywords repeat, descriptions do not


class _Names(dict[str, str]):
    """Each string once: predicates, datatypes and language tags repeat in every triple."""

    def __missing__(self, name: str) -> str:
        self[name] = name
        return name


class _Values(dict[ox.NamedNode, str]):
    """The text of each IRI that repeats: to look one up is faster than to ask for it again."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, node: ox.NamedNode) -> str:
        value = self[node] = self._names[node.value]
        return value


class Singles(dict[str, tuple[str]]):
    """Each IRI once, in the tuple of one that a graph holds as the value of a property."""

    def __missing__(self, iri: str) -> tuple[str]:
        single = self[iri] = (iri,)
        return single


class Page:
    """What one document said, before it joins the graph of its source.

    ``statements`` counts triples as read; ``iris`` (as keys) and ``tags`` are the distinct IRIs and
    language tags met, ``names`` the predicates and datatypes among the IRIs; ``numbers`` are the
    distinct literals with a numeric datatype; ``blanks`` maps the labels of the document to those
    of its source; ``graphs`` counts statements by named graph.
    ``oversized`` and ``nested`` are the statements set aside for a text that is too long (with its
    length) or an RDF 1.2 triple term. ``strict`` says that the parser has held every IRI against
    RFC 3987.
    """

    def __init__(self, statements: int = 0) -> None:
        self.graph = Graph()
        self.statements = statements
        self.duplicates = 0
        self.iris = Singles()
        self.tags: dict[str, str] = _Names()
        self.names: dict[str, str] = _Names()
        self.numbers: set[Literal] = set()
        self.blanks: dict[str, str] = {}
        self.graphs: dict[str, int] = {}
        self.oversized: list[tuple[Triple, int]] = []
        self.nested: list[tuple[str, str]] = []
        self.strict = False


def over(what: str, limit: int) -> UnreadableError:
    """The error for a document with too much of something."""
    return UnreadableError(
        "too-many-" + what.replace(" ", "-"),
        Text(
            f"dokumentet har fler än {limit} {_MANY[what]}; dela upp det på flera sidor",
            f"the document has more than {limit} {what}; split it into pages",
        ),
    )


def collect(
    quads: Iterable[ox.Quad], new_blank: Callable[[], str], limits: Limits, *, named: bool
) -> Page:
    """Index quads by subject and predicate; the names of graphs are counted and dropped.

    ``new_blank`` gives a label for each blank node, in the order in which they appear. Raises
    ``UnreadableError`` (``too-many-blank-nodes``).

    This loop decides what reading costs: each attribute of a quad is a new Python object, so none
    is asked for twice, and what repeats (subjects in a row, predicates, IRIs) is reused.
    """
    page = Page()
    iri, literal, anonymous, make = ox.NamedNode, ox.Literal, ox.BlankNode, tuple.__new__
    iris, tags, names = page.iris, page.tags, _Values(page.names)
    numeric, number, longest = NUMERIC, page.numbers.add, limits.literal
    lang_string, short = RDF_LANG_STRING, min(_SHORT, longest)
    page.blanks = blanks = _BlankNodes(new_blank, limits.blank_nodes)
    subjects, add_another = page.graph.spo, page.graph.add_another
    known = subjects.get
    literals: dict[Any, tuple[Literal]] = {}
    literals_get = literals.get
    last: object = None
    subject = ""
    properties: Any = {}
    node: Any
    single: Any  # mypy cannot follow comparisons of exact types, which are the fast ones
    obj: Any
    parts: Any
    fresh = 0
    for quad in _counted(quads, page.graphs) if named else quads:
        node = quad.subject
        if node != last:
            last = node
            # An IRI was often an object before: dcat:distribution <this>.
            subject = iris[node.value][0] if type(node) is iri else blanks[node.value]
            properties = known(subject)
            if properties is None:
                properties = subjects[subject] = {}
        obj = quad.object
        kind = type(obj)
        if kind is iri:
            single = iris[obj.value]
        elif kind is literal:
            value = obj.value
            language = obj.language
            if language is None:
                parts = (value, names[obj.datatype], None)
            elif obj.direction is None:
                parts = (value, lang_string, tags[language])
            else:
                tag = tags[f"{language}--{obj.direction.value}"]
                parts = (value, RDF_DIR_LANG_STRING, tag)
            if len(value) <= short:
                # A Literal is found by its parts: a named tuple is equal to the plain one.
                single = literals_get(parts)
                if single is None:
                    term = make(Literal, parts)
                    single = literals[term] = (term,)
                    if parts[1] in numeric:
                        number(term)
            else:
                single = (make(Literal, parts),)
                if parts[1] in numeric:
                    number(single[0])
                if len(value) > longest:
                    triple = (subject, names[quad.predicate], single[0])
                    page.oversized.append((triple, len(value)))
                    if not properties:
                        del subjects[subject]
                        last = None
                    continue
        elif kind is anonymous:
            single = (blanks[obj.value],)
        else:
            page.nested.append((subject, names[quad.predicate]))
            if not properties:
                del subjects[subject]
                last = None
            continue
        predicate = names[quad.predicate]
        if predicate not in properties:
            properties[predicate] = single
            fresh += 1
        elif not add_another(subject, properties, predicate, single):
            page.duplicates += 1
    page.graph.grew(fresh)
    aside = len(page.oversized) + len(page.nested)
    page.statements = len(page.graph) + page.duplicates + aside
    iris.update((name, (name,)) for name in page.names)
    return page


def _counted(quads: Iterable[ox.Quad], graphs: dict[str, int]) -> Iterator[ox.Quad]:
    """The same quads, with those of a named graph counted by its name."""
    default = ox.DefaultGraph
    for quad in quads:
        graph = quad.graph_name
        if type(graph) is not default:
            name = str(graph)
            graphs[name] = graphs.get(name, 0) + 1
        yield quad


class _BlankNodes(dict[str, str]):
    """A document's blank-node labels -> the source's, in order of first appearance."""

    def __init__(self, new_blank: Callable[[], str], limit: int) -> None:
        super().__init__()
        self._new_blank = new_blank
        self._limit = limit

    def __missing__(self, label: str) -> str:
        if len(self) >= self._limit:
            raise over("blank nodes", self._limit)
        new = self[label] = self._new_blank()
        return new
