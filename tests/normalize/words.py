"""Turtle in, canonical N-Triples out: what the steps make of a few triples."""

from harvester.normalize import STEPS, Normalised, Normaliser, make_normaliser
from harvester.rdf.canonical import canonical_ntriples
from harvester.settings import Recipe
from harvester.terms import Literal, Triple, term_to_ntriples
from tests.turtle import EX, graph

A, B = EX + "a", EX + "b"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {
        "": EX,
        "mt": "https://www.iana.org/assignments/media-types/",
        "ft": _AUTHORITY + "file-type/",
        "freq": _AUTHORITY + "frequency/",
        "lang": _AUTHORITY + "language/",
        "thm": _AUTHORITY + "data-theme/",
        "ar": _AUTHORITY + "access-right/",
        "av": _AUTHORITY + "planned-availability/",
        "ds": _AUTHORITY + "distribution-status/",
    }.items()
)


def triples(turtle: str) -> list[Triple]:
    return list(graph(PREFIXES + turtle))


def every_step(*names: str) -> Normaliser:
    return make_normaliser(Recipe(names or tuple(STEPS)))


def normalised(turtle: str, *steps: str) -> Normalised:
    """What ``steps`` (all of them without names) make of the resource ``:a``."""
    return every_step(*steps).normalise(A, triples(turtle))


def check(before: str, after: str) -> None:
    """``before`` becomes ``after``, whatever its blank nodes are called, and then rests."""
    given = triples(before)
    done = every_step().normalise(A, given)
    assert canonical(done.triples) == canonical(triples(after))
    assert every_step().normalise(A, done.triples).changes == ()
    assert unexplained(given, done) == []


def canonical(found: list[Triple]) -> list[str]:
    return canonical_ntriples(A, found).splitlines()


def unexplained(before: list[Triple], done: Normalised) -> list[Triple]:
    """The triples that are gone, or new, and stand in no change."""
    told = {(c.path, c.before) for c in done.changes} | {(c.path, c.after) for c in done.changes}
    shown = {text for _, text in told}
    moved = {text for path, text in told if not path}
    old, new = set(before), set(done.triples)
    return [
        (subject, predicate, obj)
        for subject, predicate, obj in (old - new) | (new - old)
        if term_to_ntriples(subject) not in moved
        and not {
            term_to_ntriples(obj),
            f"<{predicate}> {term_to_ntriples(obj)}",
        }
        & shown
    ]


def written(key: str) -> Literal:
    """A folded key as a publisher writes it."""
    host, slash, _ = key.partition("/")
    is_address = bool(slash) and "." in host and " " not in host
    return Literal(f"https://{key}" if is_address else key.title())
