"""sh:pattern: the regular expressions of XPath (XPath Functions and Operators 3.1, section 5.6).

A pattern may come from a user's shapes and the text from a source, so matching must not take more
than time in proportion to the text. Python's ``re`` backtracks; it is only used where it cannot
try more than a few million steps, and a small automaton that reads each character once is used
everywhere else. Back-references are the one thing that such an automaton cannot do: refused.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from harvester.shacl.regex import Alt, Anchor, Cat, Repeat, Set, Syntax, parse
from harvester.words import NotUnderstoodError, Text

Matcher = Callable[[str], bool]

_MAX_STEPS = 2000  # instructions of one automaton
_SHORT = 2000  # characters; two choices of where to stop are at most 4 million steps
_MAX_CACHE = 4000


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str = "") -> Matcher:
    """Return a function that says whether a text contains a match.

    ``flags`` are those of SPARQL's REGEX: ``i s m x q``. Raises ``ValueError`` when the pattern is
    not an XPath regular expression, or is too large.
    """
    unknown = set(flags) - set("ismxq")
    if unknown:
        flag = "".join(sorted(unknown))
        raise NotUnderstoodError(Text(f"okänd flagga {flag}", f"unknown flag {flag}"))
    tree = parse(pattern, flags)
    automaton = _Automaton(tree, multiline="m" in flags)
    search = _backtracking(tree, flags)
    if search is None:
        return automaton.search

    def match(text: str) -> bool:
        return search(text) is not None if len(text) <= _SHORT else automaton.search(text)

    return match


def _backtracking(tree: Syntax, flags: str) -> Callable[[str], object] | None:
    """Python's matcher, or ``None`` where it could try more than (text length) squared ways."""
    choices = _choices(tree)
    anchored = isinstance(tree, Cat) and bool(tree.parts) and _is_start(tree.parts[0])
    source = _source(tree, multiline="m" in flags)
    if choices is None or source is None or choices + (not anchored) > 2:
        return None
    return re.compile(source, re.IGNORECASE if "i" in flags else re.NOFLAG).search


def _is_start(tree: Syntax) -> bool:
    return isinstance(tree, Anchor) and tree.start


def _choices(tree: Syntax) -> int | None:
    """How many repeats of single characters have a free length; ``None`` for nested ones."""
    match tree:
        case Set() | Anchor():
            return 0
        case Cat(parts) | Alt(parts):
            counts = [_choices(part) for part in parts]
            return None if None in counts else sum(count or 0 for count in counts)
        case Repeat(inner, low, high):
            if isinstance(inner, Set):
                return int(low != high and high != 1)
            nested = _choices(inner)
            # An optional or exactly repeated group is as good as written out, if that is short.
            return nested * (high or 1) if nested is not None and high in (0, 1, low) else None


def _source(tree: Syntax, *, multiline: bool) -> str | None:
    match tree:
        case Set():
            return tree.source
        case Anchor(start):
            if multiline:
                return r"(?m:^)" if start else r"(?m:$)"
            return r"\A" if start else r"\Z"
        case Cat(parts):
            sources = [_source(part, multiline=multiline) for part in parts]
            return None if None in sources else "".join(source or "" for source in sources)
        case Alt(parts):
            sources = [_source(part, multiline=multiline) for part in parts]
            return (
                None if None in sources else f"(?:{'|'.join(source or '' for source in sources)})"
            )
        case Repeat(inner, low, high):
            source = _source(inner, multiline=multiline)
            times = f"{{{low},{'' if high is None else high}}}"
            return None if source is None else f"(?:{source}){times}"


_Test = Callable[[str], bool]
# An instruction: a test of one character, an anchor, or a fork to other instructions.
_Step = tuple[str, _Test | bool | None, tuple[int, ...]]


class _Automaton:
    """Thompson's construction, run as a deterministic automaton that is built as it is needed."""

    def __init__(self, tree: Syntax, *, multiline: bool) -> None:
        self._steps: list[_Step] = [("match", None, ())]
        self._start = self._build(tree, 0)
        self._multiline = multiline
        self._closures: dict[tuple[frozenset[int], bool, bool], tuple[frozenset[int], bool]] = {}
        self._moves: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def _add(self, step: _Step) -> int:
        if len(self._steps) >= _MAX_STEPS:
            raise NotUnderstoodError(
                Text(
                    "mönstret är för stort; dess upprepningar multipliceras",
                    "the pattern is too large; its counted repeats multiply",
                )
            )
        self._steps.append(step)
        return len(self._steps) - 1

    def _build(self, tree: Syntax, then: int) -> int:
        """Add instructions that match ``tree`` and go on to ``then``; return the first."""
        match tree:
            case Set():
                return self._add(("set", tree.test, (then,)))
            case Anchor(start):
                return self._add(("anchor", start, (then,)))
            case Cat(parts):
                for part in reversed(parts):
                    then = self._build(part, then)
                return then
            case Alt(parts):
                return self._add(("fork", None, tuple(self._build(part, then) for part in parts)))
            case Repeat(inner, low, high):
                if high is None:
                    loop = self._add(("fork", None, ()))
                    self._steps[loop] = ("fork", None, (self._build(inner, loop), then))
                    then = loop
                else:
                    for _ in range(high - low):
                        then = self._add(("fork", None, (self._build(inner, then), then)))
                for _ in range(low):
                    then = self._build(inner, then)
                return then

    def search(self, text: str) -> bool:
        """Whether ``text`` contains a match."""
        states: frozenset[int] = frozenset()
        size = len(text)
        closures, moves = self._closures, self._moves
        for position in range(size + 1):
            first = position == 0 or (self._multiline and text[position - 1] == "\n")
            last = position == size or (self._multiline and text[position] == "\n")
            key = (states, first, last)
            closed = closures.get(key)
            if closed is None:
                closed = self._close(key)
            if closed[1]:
                return True
            if position < size:
                move = (closed[0], text[position])
                found = moves.get(move)
                states = self._move(move) if found is None else found
        return False

    def _close(self, key: tuple[frozenset[int], bool, bool]) -> tuple[frozenset[int], bool]:
        states, first, last = key
        todo, seen = [*states, self._start], set()
        waiting: set[int] = set()
        matched = False
        while todo:
            index = todo.pop()
            if index in seen:
                continue
            seen.add(index)
            kind, detail, then = self._steps[index]
            if kind == "match":
                matched = True
            elif kind == "set":
                waiting.add(index)
            elif kind == "fork" or (first if detail else last):
                todo.extend(then)
        if len(self._closures) > _MAX_CACHE:
            self._closures.clear()
        result = self._closures[key] = (frozenset(waiting), matched)
        return result

    def _move(self, key: tuple[frozenset[int], str]) -> frozenset[int]:
        states, character = key
        found: set[int] = set()
        for index in states:
            _, test, then = self._steps[index]
            if callable(test) and test(character):
                found.update(then)
        if len(self._moves) > _MAX_CACHE:
            self._moves.clear()
        result = self._moves[key] = frozenset(found)
        return result
