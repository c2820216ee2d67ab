"""Shapes as values: what a shapes graph says, parsed once (SHACL, sections 2 and 4).

Named tuples, because a frozen dataclass takes three times as long to define and validating one
small file is mostly imports. Tuples of two kinds may be equal: compare them with their types.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from harvester.namespaces import SH
from harvester.rdf.graph import Graph
from harvester.shacl.paths import Path
from harvester.shacl.result import NO_MESSAGES
from harvester.terms import Literal, Term, Triple


class Class(NamedTuple):
    """sh:class."""

    cls: str


class Datatype(NamedTuple):
    """sh:datatype."""

    datatype: str


class NodeKind(NamedTuple):
    """sh:nodeKind: which kinds of term are allowed."""

    iri: bool
    blank: bool
    literal: bool


class Count(NamedTuple):
    """sh:minCount or sh:maxCount, by ``component``."""

    component: str
    number: int


class Bound(NamedTuple):
    """sh:minExclusive, sh:minInclusive, sh:maxExclusive or sh:maxInclusive.

    ``orders`` are the outcomes of comparing a value with ``limit`` that are allowed.
    """

    component: str
    limit: Literal
    orders: frozenset[int]


class Length(NamedTuple):
    """sh:minLength or sh:maxLength, by ``component``."""

    component: str
    length: int


class Pattern(NamedTuple):
    """sh:pattern with the sh:flags beside it."""

    pattern: str
    flags: str


class LanguageIn(NamedTuple):
    """sh:languageIn: basic language ranges, in lower case."""

    ranges: tuple[str, ...]


class UniqueLang(NamedTuple):
    """sh:uniqueLang true."""

    component: str = SH + "UniqueLangConstraintComponent"


class Pair(NamedTuple):
    """sh:equals, sh:disjoint, sh:lessThan or sh:lessThanOrEquals, by ``component``."""

    component: str
    predicate: str


class HasValue(NamedTuple):
    """sh:hasValue."""

    value: Term


class In(NamedTuple):
    """sh:in."""

    values: tuple[Term, ...]


class Closed(NamedTuple):
    """sh:closed true: the predicates a node may have."""

    allowed: frozenset[str]


class Node(NamedTuple):
    """sh:node."""

    shape: str


class Not(NamedTuple):
    """sh:not."""

    shape: str


class Logical(NamedTuple):
    """sh:and, sh:or or sh:xone, by ``component``."""

    component: str
    shapes: tuple[str, ...]


class Qualified(NamedTuple):
    """sh:qualifiedValueShape with its counts; ``siblings`` when sh:qualifiedValueShapesDisjoint."""

    shape: str
    minimum: int | None
    maximum: int | None
    siblings: tuple[str, ...]


Constraint: TypeAlias = (
    Class
    | Datatype
    | NodeKind
    | Count
    | Bound
    | Length
    | Pattern
    | LanguageIn
    | UniqueLang
    | Pair
    | HasValue
    | In
    | Closed
    | Node
    | Not
    | Logical
    | Qualified
)


class Targets(NamedTuple):
    """Where a shape finds its focus nodes (SHACL, section 2.1.3)."""

    classes: tuple[str, ...] = ()
    nodes: tuple[Term, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.classes or self.nodes or self.subjects_of or self.objects_of)


class Shape(NamedTuple):
    """One shape: a property shape when it has a ``path``."""

    id: str
    path: Path | None = None
    severity: str = SH + "Violation"
    messages: Mapping[str, str] = NO_MESSAGES
    deactivated: bool = False
    targets: Targets = Targets()
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[str, ...] = ()

    def references(self) -> tuple[str, ...]:
        """The shapes that this one refers to."""
        found = list(self.properties)
        for constraint in self.constraints:
            if isinstance(constraint, Node | Not):
                found.append(constraint.shape)
            elif isinstance(constraint, Logical):
                found += constraint.shapes
            elif isinstance(constraint, Qualified):
                found += (constraint.shape, *constraint.siblings)
        return tuple(found)


class Shapes(NamedTuple):
    """A shapes graph, ready to validate with.

    ``by_id`` holds the shapes that can be reached from one with a target; ``roots`` those with a
    target that the engine checks itself, ``beyond`` those that need more than SHACL Core and go to
    pyshacl. ``recursive`` shapes refer to themselves, directly or through others: SHACL leaves
    their meaning open (section 3.4.3); here a node that is already being checked against the same
    shape counts as conforming. ``warnings`` are lines of text that name the shapes they are about.
    ``graph`` is the shapes graph as given and ``dropped`` what of it was left out.
    """

    by_id: Mapping[str, Shape]
    roots: tuple[str, ...]
    beyond: tuple[str, ...]
    recursive: frozenset[str]
    warnings: tuple[str, ...]
    graph: Graph
    dropped: frozenset[Triple]


def component(name: str) -> str:
    """Return the IRI of a constraint component: ``component("MinCount")``."""
    return f"{SH}{name}ConstraintComponent"


MIN_COUNT: Final = component("MinCount")
MAX_COUNT: Final = component("MaxCount")
MIN_LENGTH: Final = component("MinLength")
AND: Final = component("And")
OR: Final = component("Or")
XONE: Final = component("Xone")
EQUALS: Final = component("Equals")
DISJOINT: Final = component("Disjoint")
LESS_THAN: Final = component("LessThan")
LESS_THAN_OR_EQUALS: Final = component("LessThanOrEquals")
