"""What a normalising step is, in three kinds, from the cheapest to the dearest.

Every kind is pure and idempotent, and leaves alone what it does not understand: the store's own
words are among what a step has nothing to say about.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from harvester.normalize.tables import EXACT
from harvester.rdf.graph import Graph
from harvester.terms import Term, Triple

Pair = tuple[str, Term]
"""A property and its value."""


class Rewrite(NamedTuple):
    """What takes the place of a property and its value: other pairs, the old one not among them.

    ``certainty`` is ``exact`` or ``assumed``.
    """

    pairs: tuple[Pair, ...]
    certainty: str = EXACT


class Edit(NamedTuple):
    """Triples of one resource that others take the place of.

    With none in ``after``, those of ``before`` say nothing that is not said elsewhere; a triple
    in both stays and is what the others are derived from.
    """

    before: tuple[Triple, ...]
    after: tuple[Triple, ...]
    certainty: str = EXACT


@dataclass(frozen=True, slots=True)
class TermStep:
    """Mends literals, or IRIs (subjects too), whatever their property is.

    ``suspects`` says quickly whether ``mend`` may have something to say about a term; ``mend``
    gives an equal term when there is nothing to do.
    """

    name: str
    literals: bool
    suspects: Callable[[Term], object]
    mend: Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class ValueStep:
    """Says a value in other words by looking at its property and nothing else.

    ``handles`` is asked once for each property of a source.
    """

    name: str
    handles: Callable[[str], bool]
    rewrite: Callable[[str, Term], Rewrite | None]


@dataclass(frozen=True, slots=True)
class ResourceStep:
    """Looks at a whole resource: the root and its blank nodes.

    ``wants`` is asked of each value of a property that ``handles`` names; when it says yes once,
    ``edits`` gets all triples of the resource, or, from a step with
    ``sees``, those of the properties that it names, of one node at a time.
    """

    name: str
    handles: Callable[[str], bool]
    wants: Callable[[str, Term], bool]
    edits: Callable[[Graph], Iterator[Edit]]
    sees: frozenset[str] = frozenset()


Step = TermStep | ValueStep | ResourceStep
