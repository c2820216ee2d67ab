"""Verdicts on nodes under recursive shapes, whose meaning SHACL leaves open (section 3.4.3)."""

from collections.abc import Callable

from harvester.terms import Term

_Key = tuple[str, Term]


class Verdicts:
    """Which node conforms to which recursive shape, remembered.

    A node that is already being checked against the same shape is taken to conform. Where that
    turns out wrong, the question that was asked first is asked again with what has been learnt,
    until nothing changes: the greatest fixpoint, for shapes without negation. Each round finds at
    least one more node that does not conform, so the rounds come to an end.
    """

    def __init__(self) -> None:
        self._settled: dict[_Key, bool] = {}
        self._round: dict[_Key, bool] | None = None  # key -> whether its check is still open
        self._assumed: set[_Key] = set()
        self._wrong = False

    def ask(self, shape: str, check: Callable[[Term], bool], term: Term) -> bool:
        """Whether ``term`` conforms to ``shape``, which ``check`` finds out."""
        key = (shape, term)
        settled = self._settled.get(key)
        if settled is not None:
            return settled
        if self._round is not None:
            return self._explore(self._round, key, check)
        try:
            while True:
                self._round, self._wrong = {}, False
                self._assumed.clear()
                verdict = self._explore(self._round, key, check)
                if not self._wrong:
                    break
                if key in self._settled:
                    return False
            for seen in self._round:
                self._settled.setdefault(seen, True)
            return verdict
        finally:
            self._round = None

    def _explore(self, seen: dict[_Key, bool], key: _Key, check: Callable[[Term], bool]) -> bool:
        is_open = seen.get(key)
        if is_open is not None:
            if is_open:
                self._assumed.add(key)
            return True
        seen[key] = True
        verdict = check(key[1])
        seen[key] = False
        if not verdict:
            self._settled[key] = False
            self._wrong = self._wrong or key in self._assumed
        return verdict
