"""IRIs: characters that RFC 3987 forbids are percent-encoded, wherever the IRI stands."""

from functools import lru_cache

from harvester.fix.change import Surroundings
from harvester.normalize import iri
from harvester.rdf.validity import iri_problem
from harvester.terms import Term, Triple


def fix(triple: Triple, _: Surroundings) -> Triple:
    """Encode the subject and the object; an IRI that stays invalid is left alone."""
    subject, predicate, value = triple
    new_subject = mend(subject)
    new_value: Term = mend(value) if type(value) is str else value
    if new_subject == subject and new_value == value:
        return triple
    return new_subject, predicate, new_value


@lru_cache(maxsize=65_536)
def mend(text: str) -> str:
    """Return the encoded IRI when ``text`` is invalid and its encoding is valid."""
    if text[:2] == "_:" or iri_problem(text) is None:
        return text
    encoded = iri.mend(text)
    return encoded if iri_problem(encoded) is None else text
