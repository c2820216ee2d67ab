"""What a scan of one document found: where nodes are described, and the statements about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

Statement: TypeAlias = tuple[str, int, int, int, str, str]
"""Predicate IRI, its offset, start and end of the value, its node, its kind.

The node is an IRI or a key of a blank node, and empty for a literal. The kind is the language tag
or the datatype of a literal; empty where there is none, or where it is not said or stands in the
value itself, as in Turtle.
"""


_NONE: Final[frozenset[str]] = frozenset()


class Text(NamedTuple):
    """One literal as it stands in a document: where its text starts, the text, its kind."""

    offset: int
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a scan keeps: where ``named`` start, and the statements of ``subjects``.

    Of each subject those with one of its properties; more may be kept than asked for. Where
    ``blanks``, those with any of ``paths`` of all blank nodes that wanted nodes hold; where
    ``roots``, of those that nothing holds too, for which the whole document must be seen.
    """

    named: frozenset[str]
    subjects: Mapping[str, frozenset[str]]
    paths: frozenset[str]
    blanks: bool = False
    roots: bool = False

    def keeps(self, node: str) -> bool:
        """Whether the statements of a node are kept."""
        return node in self.subjects if node[:2] != "_:" else self.blanks

    def paths_of(self, node: str) -> frozenset[str]:
        """The properties that are asked for of a node."""
        if node[:2] == "_:" and self.blanks:
            return self.paths
        return self.subjects.get(node, _NONE)


@dataclass(slots=True)
class Index:
    """Offsets (in characters of the text, from 0) of the nodes that were asked for.

    A blank node has a key of its own here: ``_:`` and its label, or ``_: `` and its offset.
    ``starts`` says where a node is first described; ``roots`` are the blank nodes that are
    described at the top level, in document order; ``referenced`` those that are values somewhere.
    ``literal`` reads the literal between two offsets.
    """

    literal: Callable[[int, int], Text]
    starts: dict[str, int] = field(default_factory=dict)
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    roots: dict[str, None] = field(default_factory=dict)
    referenced: set[str] = field(default_factory=set)

    def open(self, node: str, offset: int, wanted: Wanted) -> list[Statement]:
        """The list that takes the statements of a node; one that is thrown away if unwanted."""
        if node in wanted.named or (wanted.blanks and node[:2] == "_:"):
            self.starts.setdefault(node, offset)
        if wanted.keeps(node):
            return self.statements.setdefault(node, [])
        return []


def anonymous(offset: int) -> str:
    """The key of a blank node without a label."""
    return f"_: {offset}"


def content(text: str, start: int, end: int) -> int:
    """Where a text visibly begins: after line ends and indentation in front of it, if any."""
    raw = text[start:end]
    bare = raw.lstrip()
    lead = len(raw) - len(bare)
    return start + lead if bare and ("\n" in raw[:lead] or "\r" in raw[:lead]) else start
