"""Language tags: written as BCP 47 recommends (RFC 5646, section 2.1.1).

``SV`` becomes ``sv``, ``sv_SE`` becomes ``sv-SE``, ``zh-hant-tw`` becomes ``zh-Hant-TW``. A tag
that is still not well-formed is left alone.
"""

import re
from functools import lru_cache
from typing import Final

from harvester.terms import Literal, Triple

_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*(?:--(?:ltr|rtl))?\Z")


def step(triple: Triple) -> Triple:
    """Mend the language tag of a literal."""
    obj = triple[2]
    if type(obj) is not Literal or obj.language is None:
        return triple
    tag = mend(obj.language)
    if tag == obj.language:
        return triple
    return triple[0], triple[1], Literal(obj.value, obj.datatype, tag)


@lru_cache(maxsize=1024)
def mend(tag: str) -> str:
    """Return the tag in its recommended form, or unchanged when it is no language tag."""
    candidate = tag.strip().replace("_", "-")
    if not _TAG.match(candidate):
        return tag
    subtags, sep, direction = candidate.partition("--")
    first, *rest = subtags.split("-")
    return "-".join([first.lower(), *_recommended_case(rest)]) + sep + direction


def _recommended_case(subtags: list[str]) -> list[str]:
    cased: list[str] = []
    after_singleton = False
    for subtag in subtags:
        if after_singleton or len(subtag) not in (2, 4) or not subtag.isalpha():
            cased.append(subtag.lower())
        else:
            cased.append(subtag.upper() if len(subtag) == 2 else subtag.title())
        after_singleton = after_singleton or len(subtag) == 1
    return cased
