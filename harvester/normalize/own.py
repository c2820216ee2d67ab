"""What a source's own configuration says: values in other words, IRIs that have moved.

These run before the steps of the program: a value that a person has looked at is not guessed at.
"""

from collections.abc import Mapping, Sequence

from harvester.normalize.step import Rewrite, Step, TermStep, ValueStep
from harvester.settings import ValueMapping
from harvester.terms import Literal, Term

NAME = "mapping"


def own_steps(
    mappings: Sequence[ValueMapping], rewrites: Sequence[tuple[str, str]]
) -> tuple[Step, ...]:
    """The steps for ``[[source.mapping]]`` and ``[source.rewrite]``."""
    steps: list[Step] = []
    if rewrites:
        steps.append(_moved(sorted(rewrites, key=lambda pair: -len(pair[0]))))
    if mappings:
        by_property: dict[str, dict[str, str]] = {}
        for one in mappings:
            by_property.setdefault(one.property, {})[one.old] = one.new
        steps.append(_mapped(by_property))
    return tuple(steps)


def _moved(rewrites: Sequence[tuple[str, str]]) -> TermStep:
    starts = tuple(old for old, _ in rewrites)

    def suspects(term: Term) -> bool:
        return isinstance(term, str) and term.startswith(starts)

    def mend(term: Term) -> Term:
        if isinstance(term, str):
            for old, new in rewrites:
                if term.startswith(old):
                    return new + term[len(old) :]
        return term

    return TermStep(NAME, literals=False, suspects=suspects, mend=mend)


def _mapped(by_property: Mapping[str, Mapping[str, str]]) -> ValueStep:
    def rewrite(predicate: str, value: Term) -> Rewrite | None:
        text = value.value if isinstance(value, Literal) else value
        new = by_property[predicate].get(text)
        if new is None:
            return None
        term: Term = new
        if not _is_iri(new) and isinstance(value, Literal):
            term = Literal(new, value.datatype, value.language)
        elif not _is_iri(new):
            term = Literal(new)
        return None if term == value else Rewrite(((predicate, term),))

    return ValueStep(NAME, by_property.__contains__, rewrite)


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://", "urn:", "mailto:", "tel:"))
