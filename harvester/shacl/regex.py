r"""Parse an XPath regular expression (XML Schema Part 2, appendix G; XPath F&O 3.1, section 5.6.1).

One departure, as every SHACL processor has it: ``\w`` and ``\d`` are Python's, so that ``\w``
includes the underscore.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from harvester.shacl.xsd import NAME_CHARS, NAME_START
from harvester.words import NotUnderstoodError, Text


class Set(NamedTuple):
    """One character of a set: ``source`` is the set for Python's ``re``, if that can say it."""

    test: Callable[[str], bool]
    source: str | None = None


class Anchor(NamedTuple):
    """``^`` (``start``) or ``$``."""

    start: bool


class Cat(NamedTuple):
    """Parts one after the other."""

    parts: tuple["Syntax", ...]


class Alt(NamedTuple):
    """One of the parts."""

    parts: tuple["Syntax", ...]


class Repeat(NamedTuple):
    """``inner`` from ``low`` to ``high`` times; ``None`` is any number."""

    inner: "Syntax"
    low: int
    high: int | None


Syntax: TypeAlias = Set | Anchor | Cat | Alt | Repeat

_MAX_DEPTH = 100
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d+)(,(\d*))?\})\??")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL_ESCAPES = frozenset(r"\|.?*+(){}-[]^$")
_CLASSES = {
    "s": r"[ \t\n\r]",
    "d": r"\d",
    "w": r"\w",
    "i": f"[:{NAME_START}]",
    "c": f"[:{NAME_CHARS}]",
}
_CATEGORY = re.compile(r"[pP]\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cofn]?)\}")


def parse(pattern: str, flags: str = "") -> Syntax:
    """Return the syntax tree of ``pattern``. Raises ``ValueError`` saying what is wrong."""
    fold = "i" in flags
    if "q" in flags:
        return Cat(tuple(_characters(re.escape(char), fold=fold) for char in pattern))
    if "x" in flags:
        pattern = re.sub(r"[\t\n\r ]+(?![^\[]*\])", "", pattern)
    return _Parser(pattern, fold=fold, dot_all="s" in flags).parse()


def _characters(source: str, *, fold: bool) -> Set:
    test = re.compile(source, re.IGNORECASE if fold else re.NOFLAG).fullmatch
    return Set(lambda char: test(char) is not None, source)


def _category(letter: str, name: str) -> Set:
    wanted = letter == "p"
    return Set(lambda char: unicodedata.category(char).startswith(name) is wanted)


class _Parser:
    def __init__(self, text: str, *, fold: bool, dot_all: bool) -> None:
        self._text = text
        self._at = 0
        self._fold = fold
        self._dot = r"[\s\S]" if dot_all else r"[^\n\r]"

    def parse(self) -> Syntax:
        tree = self._alternatives(0)
        if self._at < len(self._text):
            raise NotUnderstoodError(Text("en ) för mycket", "unbalanced )"))
        return tree

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self, where: Text) -> str:
        char = self._peek()
        if not char:
            raise NotUnderstoodError(Text("slutar inne i ", "ends inside ") + where)
        self._at += 1
        return char

    def _alternatives(self, depth: int) -> Syntax:
        if depth > _MAX_DEPTH:
            raise NotUnderstoodError(
                Text("grupper i för många nivåer", "groups are nested too deeply")
            )
        branches = [self._branch(depth)]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch(depth))
        return branches[0] if len(branches) == 1 else Alt(tuple(branches))

    def _branch(self, depth: int) -> Syntax:
        parts: list[Syntax] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom(depth)))
        return Cat(tuple(parts))

    def _quantified(self, atom: Syntax) -> Syntax:
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            return atom
        if isinstance(atom, Anchor):
            raise NotUnderstoodError(
                Text(
                    "inget att upprepa före en kvantifierare",
                    "nothing to repeat before a quantifier",
                )
            )
        self._at = found.end()
        if found[1]:
            return Repeat(atom, int(found[1] == "+"), 1 if found[1] == "?" else None)
        if max(len(found[2]), len(found[4] or "")) > 5:
            raise NotUnderstoodError(
                Text("ett antal upprepningar är för stort", "a repeat count is too large")
            )
        low = int(found[2])
        high = low if found[3] is None else int(found[4]) if found[4] else None
        if high is not None and high < low:
            raise NotUnderstoodError(
                Text("ett antal upprepningar går baklänges", "a repeat count runs backwards")
            )
        return Repeat(atom, low, high)

    def _atom(self, depth: int) -> Syntax:
        char = self._next(Text("mönstret", "the pattern"))
        if char == "(":
            if self._peek() == "?":
                if self._text[self._at : self._at + 2] != "?:":
                    raise NotUnderstoodError(
                        Text(
                            "andra grupper (?...) än (?:...) är inte XPath",
                            "(?...) groups other than (?:...) are not XPath",
                        )
                    )
                self._at += 2
            inner = self._alternatives(depth + 1)
            if self._next(Text("en grupp", "a group")) != ")":
                raise NotUnderstoodError(Text("en ( för mycket", "unbalanced ("))
            return inner
        if char in "*+?{":
            raise NotUnderstoodError(
                Text(
                    "inget att upprepa före en kvantifierare",
                    "nothing to repeat before a quantifier",
                )
            )
        if char in "^$":
            return Anchor(start=char == "^")
        if char == ".":
            return _characters(self._dot, fold=False)
        if char == "[":
            return self._set(depth)
        if char == "\\":
            return self._escape()
        return _characters(re.escape(char), fold=self._fold)

    def _escape(self) -> Set:
        char = self._next(Text("en escapesekvens", "an escape"))
        if char in _ESCAPED:
            return _characters(re.escape(_ESCAPED[char]), fold=False)
        if char in _LITERAL_ESCAPES or not (char.isalnum() or char.isspace()):
            return _characters(re.escape(char), fold=self._fold)
        if char.lower() in _CLASSES:
            source = _CLASSES[char.lower()]
            if char.islower():
                return _characters(source, fold=False)
            return _characters(f"(?!{source})[\\s\\S]", fold=False)
        category = _CATEGORY.match(self._text, self._at - 1)
        if category is not None:
            self._at = category.end()
            return _category(char, category[1])
        if char.isdigit():
            raise NotUnderstoodError(
                Text(
                    "bakåtreferenser kan inte prövas i begränsad tid",
                    "back-references cannot be matched in bounded time",
                )
            )
        raise NotUnderstoodError(Text(f"\\{char} är inte XPath", f"\\{char} is not XPath"))

    def _set(self, depth: int) -> Set:
        if depth > _MAX_DEPTH:
            raise NotUnderstoodError(
                Text("mängder i för många nivåer", "sets are nested too deeply")
            )
        negated = self._peek() == "^"
        self._at += negated
        members: list[Set] = []
        without: Set | None = None
        while self._peek() != "]" or not members:
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] == "[" and members:
                self._at += 2
                without = self._set(depth + 1)
                if self._peek() != "]":
                    raise NotUnderstoodError(
                        Text(
                            "en mängd som dras ifrån ska stå sist",
                            "a subtracted set must end the set",
                        )
                    )
                break
            members.append(self._member())
        self._at += 1
        return _union(members, negated=negated, without=without)

    def _member(self) -> Set:
        start = self._position()
        if isinstance(start, Set):
            return start
        if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", "[", ""):
            self._at += 1
            end = self._position()
            if isinstance(end, Set) or end < start:
                raise NotUnderstoodError(
                    Text("ett teckenområde går baklänges", "a range of characters runs backwards")
                )
            return _characters(f"[{re.escape(start)}-{re.escape(end)}]", fold=self._fold)
        return _characters(re.escape(start), fold=self._fold)

    def _position(self) -> str | Set:
        r"""One character of a set, or a whole class such as ``\d``."""
        char = self._next(Text("en mängd", "a set"))
        if char != "\\":
            return char
        following = self._peek()
        if following in _ESCAPED:
            self._at += 1
            return _ESCAPED[following]
        if following and not (following.isalnum() or following.isspace()):
            self._at += 1
            return following
        return self._escape()


def _union(members: list[Set], *, negated: bool, without: Set | None) -> Set:
    tests = tuple(member.test for member in members)

    def test(char: str) -> bool:
        found = any(member(char) for member in tests)
        return found is not negated and not (without is not None and without.test(char))

    sources = [member.source for member in members]
    if None in sources or (without is not None and without.source is None):
        return Set(test)
    source = f"(?:{'|'.join(source or '' for source in sources)})"
    if negated:
        source = f"(?:(?!{source})[\\s\\S])"
    if without is not None:
        source = f"(?:(?!{without.source}){source})"
    return Set(test, source)
