"""A bounded memory for what is written again and again: IRIs, predicates, language tags."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Cache(dict[str, V]):
    """A dict that makes what it lacks, and starts afresh when it has grown to ``limit`` entries.

    Looking up a key it has costs no Python call, which is what makes the writers fast; the limit
    keeps their memory flat however many IRIs an export has.
    """

    __slots__ = ("_limit", "_make")

    def __init__(self, make: Callable[[str], V], limit: int = 50_000) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, key: str) -> V:
        value = self._make(key)
        if len(self) >= self._limit:
            self.clear()
        self[key] = value
        return value
