"""A page as columns, for the way from one process to another: each term once, numbers for the rest.

What crosses is a declared type in MessagePack. A text travels once and becomes a term once;
statements are arrays of numbers, which C turns into values again, many at a time.
"""

from array import array
from collections.abc import Sequence
from itertools import islice, repeat
from operator import itemgetter
from typing import Any

import msgspec

from harvester.rdf.collect import Page
from harvester.rdf.limits import NUMERIC
from harvester.terms import Literal, Term

_NUMBER = "I"  # 32 bits
_FIRST = itemgetter(0)
_MAKE: Any = tuple.__new__


class _Columns(msgspec.Struct, array_like=True):
    """Terms are numbered: blank nodes first, by their labels in the document, IRIs, literals.

    Literal n is the text n of the kind (datatype, language) that ``kinds_of`` says. Each subject
    has ``sizes`` properties, whose ``predicates`` and first ``objects`` follow one another;
    ``more`` are the statements with a further value, as three numbers each.
    """

    blanks: list[str]
    iris: list[str]
    tags: list[str]
    names: list[str]
    texts: list[str]
    kinds: list[tuple[str, str | None]]
    kinds_of: bytes
    subjects: bytes
    sizes: bytes
    predicates: bytes
    objects: bytes
    more: bytes
    duplicates: int


class _Numbers(dict[Any, int]):
    """Numbers things in the order in which they are met."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number


def encode(page: Page) -> bytes | None:
    """Return a page as bytes; ``None`` where statements were set aside, which is rare."""
    if page.oversized or page.nested or page.graphs:
        return None
    numbers = _Numbers(zip([*page.blanks.values(), *page.iris], range(1 << 32), strict=False))
    nodes = len(numbers)
    number = numbers.__getitem__
    subjects, sizes, predicates, objects, more = (array(_NUMBER) for _ in range(5))
    for subject, properties in page.graph.spo.items():
        subjects.append(number(subject))
        sizes.append(len(properties))
        predicates.extend(map(number, properties))
        objects.extend(map(number, map(_FIRST, properties.values())))
        if max(map(len, properties.values())) > 1:
            for predicate, values in properties.items():
                for value in values[1:]:
                    more.extend((number(subject), number(predicate), number(value)))
    literals = list(islice(numbers, nodes, None))
    kinds = _Numbers()
    kinds_of = array(_NUMBER, [kinds[literal[1:]] for literal in literals])
    return msgspec.msgpack.encode(
        _Columns(
            blanks=list(page.blanks),
            iris=list(page.iris),
            tags=list(page.tags),
            names=list(page.names),
            texts=[literal[0] for literal in literals],
            kinds=list(kinds),
            kinds_of=kinds_of.tobytes(),
            subjects=subjects.tobytes(),
            sizes=sizes.tobytes(),
            predicates=predicates.tobytes(),
            objects=objects.tobytes(),
            more=more.tobytes(),
            duplicates=page.duplicates,
        )
    )


def add_encoded(page: Page, encoded: bytes) -> None:
    """Add to ``page`` what :func:`encode` made of the rest of its document.

    The page is then what one process would have read: blank nodes are numbered on, statements keep
    their order. Raises ``msgspec.DecodeError`` for anything else, and ``UnreadableError`` as
    :func:`harvester.rdf.collect.collect` does.
    """
    columns = msgspec.msgpack.decode(encoded, type=_Columns)
    page.names.update(zip(columns.names, columns.names, strict=True))
    page.tags.update(zip(columns.tags, columns.tags, strict=True))
    page.duplicates += columns.duplicates
    blanks = page.blanks
    nodes: list[tuple[str]] = [(blanks[label],) for label in columns.blanks]
    nodes += map(page.iris.__getitem__, columns.iris)
    names = [node[0] for node in nodes]
    singles: list[tuple[Term]] = [*nodes, *((literal,) for literal in _literals(page, columns))]
    subjects = map(names.__getitem__, _numbers(columns.subjects))
    predicates = map(names.__getitem__, _numbers(columns.predicates))
    objects = map(singles.__getitem__, _numbers(columns.objects))
    graph, spo = page.graph, page.graph.spo
    fresh = 0
    for subject, size in zip(subjects, _numbers(columns.sizes), strict=True):
        properties: dict[str, Sequence[Term]]
        properties = dict(zip(islice(predicates, size), objects, strict=False))
        if subject not in spo:
            spo[subject] = properties
            fresh += size
        else:
            for predicate, values in properties.items():
                page.duplicates += not graph.add(subject, predicate, values[0])
    graph.grew(fresh)
    more = iter(_numbers(columns.more))
    for s, p, o in zip(more, more, more, strict=True):
        page.duplicates += not graph.add(names[s], names[p], singles[o][0])


def _literals(page: Page, columns: _Columns) -> list[Literal]:
    """The literals in their order; those with a number for a value are put down as such."""
    kinds = _numbers(columns.kinds_of)
    datatypes: list[str] = [page.names.get(datatype, datatype) for datatype, _ in columns.kinds]
    tags = [None if tag is None else page.tags[tag] for _, tag in columns.kinds]
    parts = (columns.texts, map(datatypes.__getitem__, kinds), map(tags.__getitem__, kinds))
    # A named tuple from its parts, as rdf/collect.py makes it: without a call of Python's.
    literals: list[Literal] = list(map(_MAKE, repeat(Literal), zip(*parts, strict=True)))
    numeric = {n for n, datatype in enumerate(datatypes) if datatype in NUMERIC}
    if numeric:
        page.numbers.update(
            literal for literal, kind in zip(literals, kinds, strict=True) if kind in numeric
        )
    return literals


def _numbers(column: bytes) -> "array[int]":
    numbers = array(_NUMBER)
    numbers.frombytes(column)
    return numbers
