"""Terms of vocabularies: the profile knows them by one IRI, and others write a variant of it."""

from functools import lru_cache

from harvester.fix.change import Surroundings
from harvester.rules.portal.values import HTTP_ONLY
from harvester.terms import Triple


def fix(triple: Triple, around: Surroundings) -> Triple:
    """Write a term as the profile's vocabularies have it: http, no slash at the end."""
    subject, predicate, value = triple
    if type(value) is not str or not value.startswith(("http://", "https://")):
        return triple
    known = around.vocabulary
    if value in known:
        return triple
    for right in _variants(value):
        if right in known or (right[4:] == value[5:] and value.startswith(HTTP_ONLY)):
            return subject, predicate, right
    return triple


@lru_cache(maxsize=65_536)
def _variants(value: str) -> tuple[str, ...]:
    """The same address as it may be meant: http, without and with a slash at its end."""
    plain = "http://" + value.partition("://")[2].removeprefix("www.")
    bare = plain.rstrip("/")
    return tuple(right for right in (plain, bare, bare + "/") if right != value)
