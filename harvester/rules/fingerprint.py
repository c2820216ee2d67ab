"""A name for each finding that stays when lines move: a hash of what is wrong with what."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted

from harvester.rules.identity import Mark


def fingerprints(found: Iterable[Mark]) -> list[str]:
    """Give each finding 32 hex digits, no two alike: in baselines and reports the same.

    The first 128 bits of the sha256 of a JSON array of code, focus, path, value and an ordinal
    that tells apart those where all four are equal; so the set of all does not depend on order.
    """
    seen: Counter[tuple[str, str, str, str]] = Counter()
    made: list[str] = []
    for mark in found:
        key = (mark.code, mark.focus, mark.path, mark.value)
        text = f"[{', '.join(map(quoted, key))}, {seen[key]}]"
        seen[key] += 1
        made.append(sha256(text.encode("ascii")).hexdigest()[:32])
    return made
