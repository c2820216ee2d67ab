"""What a query answers, in terms of ours; it crosses from the process that evaluated it."""

from typing import TypeAlias

import msgspec

from harvester.terms import Literal
from harvester.words import Text


class Solutions(msgspec.Struct, tag=True, frozen=True):
    """The answer to SELECT: a term or ``None`` for each variable; ``total`` counts all rows."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str | Literal | None, ...], ...]
    total: int


class Truth(msgspec.Struct, tag=True, frozen=True):
    """The answer to ASK."""

    value: bool


class Triples(msgspec.Struct, tag=True, frozen=True):
    """The answer to CONSTRUCT and DESCRIBE, sorted."""

    triples: tuple[tuple[str, str, str | Literal], ...]


class Refused(msgspec.Struct, tag=True, frozen=True):
    """The query cannot be answered; ``reason`` is one line for the user.

    ``slug`` is one of ``syntax`` ``update`` ``service`` ``from`` ``graph`` ``memory`` ``deep``
    ``evaluation``.
    """

    slug: str
    reason: Text


class Failed(msgspec.Struct, tag=True, frozen=True):
    """The program failed, or its store did; ``kind`` names the exception."""

    kind: str
    message: Text


Answer: TypeAlias = Solutions | Truth | Triples
