"""Language tags: separators, ISO 639-2 codes that have a shorter one, and ``se`` for Swedish.

RFC 5646, section 2.2.1: the shortest code of a language is its tag, so ``swe`` is ``sv``. ``se``
is Northern Sami, and stays unless the catalog itself shows that it means Swedish: no text tagged
``se`` in it has a letter that only Sami has, and one of them has two Swedish function words.
"""

import re
from functools import lru_cache
from typing import Final

from harvester.fix.change import Surroundings
from harvester.normalize import language
from harvester.rdf.validity import language_problem
from harvester.terms import Literal, Triple

# Names of a language, never of a country: those are a guess ("gb" may be English or Welsh).
CODES: Final = {
    "swe": "sv",
    "swedish": "sv",
    "svenska": "sv",
    "eng": "en",
    "english": "en",
    "engelska": "en",
}
_SAMI: Final = frozenset("ÁáČčĐđŊŋŠšŦŧŽž")
_SWEDISH_WORDS: Final = """
och för av som är på till med den det ett en från eller om vid inte har kan samt över alla där
detta denna sina under mellan
"""
_SWEDISH: Final = frozenset(_SWEDISH_WORDS.split())
_WORD: Final = re.compile(r"\w+")


def fix(triple: Triple, around: Surroundings) -> Triple:
    """Mend the language tag of a text; a text that exists in the right language too is left."""
    subject, predicate, value = triple
    if not isinstance(value, Literal) or value.language is None:
        return triple
    tag = value.language
    right = mend(tag)
    if tag.lower() == "se" and says_swedish(tuple(around.texts_in_se)):
        right = "sv"
    if right == tag or language_problem(right) is not None:
        return triple
    if any(
        isinstance(other, Literal) and (other.language or "").lower() == right.lower()
        for other in around.graph.objects(subject, predicate)
    ):
        return triple
    return subject, predicate, Literal(value.value, value.datatype, right)


@lru_cache(maxsize=1024)
def mend(tag: str) -> str:
    """Return the tag in its proper form: ``sv_SE`` is ``sv-SE``, ``swe`` is ``sv``."""
    proper = language.mend(tag)
    main, sep, rest = proper.partition("-")
    return CODES.get(main.lower(), main) + sep + rest


@lru_cache(maxsize=8)
def says_swedish(texts: tuple[Literal, ...]) -> bool:
    """Whether texts tagged ``se`` are certainly Swedish, taken together."""
    if any(not _SAMI.isdisjoint(text.value) for text in texts):
        return False
    return any(len(_SWEDISH.intersection(_WORD.findall(text.value.lower()))) >= 2 for text in texts)
