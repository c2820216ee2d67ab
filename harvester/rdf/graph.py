"""The compact graph: what one source said, indexed by subject and predicate."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from harvester.namespaces import RDF_TYPE
from harvester.terms import Term, Triple

_SCAN_LIMIT = 12  # longer value lists get a set, so that 100,000 dcat:dataset links stay linear
_NOTHING: Mapping[str, Sequence[Term]] = {}


class Graph:
    """A set of triples that keeps the order in which they were first added.

    ``spo`` maps subject -> predicate -> objects and may be read directly; only :meth:`add` and
    :meth:`discard` may change it (and ``rdf/collect.py``, which adds in bulk). The objects are a
    tuple (or a list, where there are many): most properties have one value, and a tuple of one
    costs less than a list and can be shared.
    """

    __slots__ = ("_long", "_size", "blanks", "spo")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.spo: dict[str, dict[str, Sequence[Term]]] = {}
        self._long: dict[tuple[str, str], set[Term]] = {}
        self._size = 0
        self.blanks = 0
        for subject, predicate, obj in triples:
            self.add(subject, predicate, obj)

    def add(self, subject: str, predicate: str, obj: Term) -> bool:
        """Add a triple; ``False`` when the graph has it already."""
        properties = self.spo.get(subject)
        if properties is None:
            properties = self.spo[subject] = {}
        if predicate in properties:
            return self.add_another(subject, properties, predicate, (obj,))
        properties[predicate] = (obj,)
        self._size += 1
        return True

    def add_another(
        self,
        subject: str,
        properties: dict[str, Sequence[Term]],
        predicate: str,
        single: tuple[Term],
    ) -> bool:
        """Add a value to a property that has one; ``False`` when it has this one already.

        For bulk readers: ``properties`` is ``spo[subject]`` and ``single`` the value in a tuple.
        """
        values = properties[predicate]
        obj = single[0]
        if type(values) is tuple:
            if obj in values:
                return False
            if len(values) < _SCAN_LIMIT - 1:
                properties[predicate] = values + single
            else:
                self._put(subject, properties, predicate, values + single)
        else:
            known = self._long[subject, predicate]
            if obj in known:
                return False
            known.add(obj)
            values.append(obj)  # type: ignore[attr-defined]  # the only other type is list
        self._size += 1
        return True

    def discard(self, subject: str, predicate: str, obj: Term) -> bool:
        """Remove a triple; ``False`` when the graph does not have it."""
        properties = self.spo.get(subject)
        values = properties.get(predicate) if properties is not None else None
        if properties is None or values is None or obj not in values:
            return False
        left = tuple(value for value in values if value != obj)
        if left:
            self._put(subject, properties, predicate, left)
        else:
            self._long.pop((subject, predicate), None)
            del properties[predicate]
            if not properties:
                del self.spo[subject]
        self._size -= 1
        return True

    def new_blank(self) -> str:
        """A blank-node label that this method has not given before: ``_:b0``, ``_:b1`` ..."""
        label = f"_:b{self.blanks}"
        self.blanks += 1
        return label

    def absorb(self, other: "Graph") -> int:
        """Move all triples of ``other``, which is then empty, here.

        Returns how many of them were here already. Subjects new to this graph move whole.
        """
        if not self.spo:
            self.spo, self._long, self._size = other.spo, other._long, len(other)  # noqa: SLF001  # the same class
            other.clear()
            return 0
        known = 0
        for subject, properties in other.spo.items():
            if subject not in self.spo:
                self.spo[subject] = properties
                self._size += sum(map(len, properties.values()))
                continue
            for predicate, values in properties.items():
                for obj in values:
                    known += not self.add(subject, predicate, obj)
        other.clear()
        return known

    def grew(self, triples: int) -> None:
        """Count triples that a bulk reader has put into ``spo`` itself."""
        self._size += triples

    def clear(self) -> None:
        """Forget all triples; labels of blank nodes are not given again."""
        self.spo, self._long, self._size = {}, {}, 0

    def _put(
        self,
        subject: str,
        properties: dict[str, Sequence[Term]],
        predicate: str,
        values: tuple[Term, ...],
    ) -> None:
        if len(values) < _SCAN_LIMIT:
            self._long.pop((subject, predicate), None)
            properties[predicate] = values
        else:
            self._long[subject, predicate] = set(values)
            properties[predicate] = list(values)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Triple]:
        for subject, properties in self.spo.items():
            for predicate, values in properties.items():
                for obj in values:
                    yield subject, predicate, obj

    def __contains__(self, triple: Triple) -> bool:
        subject, predicate, obj = triple
        return obj in self.objects(subject, predicate)

    def objects(self, subject: str, predicate: str) -> Sequence[Term]:
        """All values of a property, in document order; empty when there are none."""
        return self.spo.get(subject, _NOTHING).get(predicate, ())

    def value(self, subject: str, predicate: str) -> Term | None:
        """The first value of a property, or ``None``."""
        values = self.objects(subject, predicate)
        return values[0] if values else None

    def types(self, subject: str) -> Sequence[Term]:
        """The rdf:type values of a node."""
        return self.objects(subject, RDF_TYPE)

    def triples_of(self, subject: str) -> Iterator[Triple]:
        """The triples that have ``subject`` as their subject."""
        for predicate, values in self.spo.get(subject, _NOTHING).items():
            for obj in values:
                yield subject, predicate, obj

    def instances(self, *classes: str) -> Iterator[str]:
        """Subjects typed with one of ``classes`` (no inference), in document order."""
        wanted = frozenset(classes)
        for subject, properties in self.spo.items():
            for cls in properties.get(RDF_TYPE, ()):
                if cls in wanted:
                    yield subject
                    break


@contextmanager
def bulk_loading() -> Iterator[None]:
    """Stop cyclic garbage collection while a large graph is built, and leave the graph out of it.

    A graph holds no cycles, but each collection while it grows walks all of it: a fifth of the
    time of reading. Afterwards what was built is set aside (``gc.freeze``) so that no later
    collection walks it either; memory is still freed by reference counts.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()
