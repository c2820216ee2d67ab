"""One finding in one document: the best place for it, and what that place is."""

from enum import IntEnum
from typing import TypeAlias

from harvester.model import Finding
from harvester.rdf.positions.blanks import BlankNodes
from harvester.rdf.positions.index import Index, Statement
from harvester.terms import XSD_STRING, Term

Holder: TypeAlias = tuple[str, str]
_Shown: TypeAlias = str | tuple[str, str | None]


class Aim(IntEnum):
    """What a place is the place of; the higher, the closer to what the finding says."""

    NOTHING = 0
    """The document does not mention the subject."""
    MENTION = 1
    """The statement that holds the subject, which is not described itself."""
    SUBJECT = 2
    """The subject, though the finding is about a value that was not found."""
    PROPERTY = 3
    """The property, though the finding is about a value that was not found."""
    LIKELY = 4
    """The only value of the property: written in another way than it was read."""
    EXACT = 5
    """The value of a finding that has one, or the subject of one that has none."""


class Finder:
    """Places in one scanned document."""

    def __init__(self, text: str, index: Index, blanks: BlankNodes) -> None:
        self._text = text
        self._index = index
        self._blanks = blanks
        self._values: dict[tuple[str, str], dict[_Shown, int]] = {}
        self._properties: dict[tuple[str, str], list[Statement]] = {}

    def subject(self, focus: str, holder: Holder | None) -> tuple[Aim, int]:
        """The place of a finding without a value, as an offset.

        ``holder`` is the subject and property that have the focus as a value, if it is needed.
        """
        key = self._blanks.key(focus)
        start = self._index.starts.get(key) if key else None
        return self._held(focus, holder) if start is None else (Aim.EXACT, start)

    def value(self, finding: Finding, value: Term, holder: Holder | None) -> tuple[Aim, int]:
        """The place of a finding with a value, as an offset."""
        focus, path = finding.focus, finding.path
        key = self._blanks.key(focus)
        if not key:
            return self._held(focus, holder)
        start = self._index.starts.get(key)
        statements = self._statements(key, path)
        if not statements:
            if start is None:
                return self._held(focus, holder)
            said = value == focus or not path or _is_long(path)
            return Aim.EXACT if said else Aim.SUBJECT, start
        if value == path:
            return Aim.EXACT, statements[0][1]
        found = self._value(key, path, statements, value)
        if found is not None:
            return Aim.EXACT, found
        if value == focus and start is not None:
            return Aim.EXACT, start
        if len(statements) == 1:
            return Aim.LIKELY, self._shown(statements[0])[0]
        return Aim.PROPERTY, statements[0][1]

    def _held(self, focus: str, holder: Holder | None) -> tuple[Aim, int]:
        """The place of a subject that is not described: where it is a value."""
        if holder is None:
            return Aim.NOTHING, 0
        subject, predicate = holder
        key = self._blanks.key(subject)
        statements = self._statements(key, predicate)
        if not statements:
            return Aim.NOTHING, 0
        found = self._value(key, predicate, statements, focus)
        if found is not None:
            return Aim.EXACT, found
        return Aim.MENTION, statements[0][1]

    def _statements(self, key: str, path: str) -> list[Statement]:
        """The statements of one property of one node."""
        known = self._properties.get((key, path))
        if known is None:
            every = self._index.statements.get(key, ())
            known = self._properties[key, path] = [one for one in every if one[0] == path]
        return known

    def _value(self, key: str, path: str, statements: list[Statement], value: Term) -> int | None:
        """Where a value of one property starts."""
        known = self._values.get((key, path))
        if known is None:
            known = self._values[key, path] = {}
            for statement in statements:
                at, shown = self._shown(statement)
                known.setdefault(shown, at)
                if type(shown) is tuple:
                    known.setdefault((shown[0], None), at)
        if type(value) is str:
            return known.get(self._blanks.key(value) or value)
        exact = known.get((value[0], value[2].lower() if value[2] else value[1]))
        return known.get((value[0], None)) if exact is None else exact

    def _shown(self, statement: Statement) -> tuple[int, "_Shown"]:
        """Where the text of a value starts; its node, or the text and kind of a literal."""
        _, _, start, end, node, kind = statement
        if node:
            return start + (node[:2] != "_:" and self._text[start : start + 1] == "<"), node
        text = self._index.literal(start, end)
        kind = text.kind or kind
        return text.offset, (text.value, kind if ":" in kind else kind.lower() or XSD_STRING)


def _is_long(path: str) -> bool:
    """Whether a path is more than one property."""
    return path[:1] in "^(!" or any(mark in path for mark in "<>|*+? ")
