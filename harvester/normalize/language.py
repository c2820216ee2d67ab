"""Languages: tags of texts as BCP 47 recommends, dcterms:language as an IRI of the EU table.

``SV`` becomes ``sv``, ``sv_SE`` becomes ``sv-SE``, ``zh-hant-tw`` becomes ``zh-Hant-TW`` (RFC 5646,
section 2.1.1). A tag that is still not well-formed is left alone. A language may be an ISO 639
code, an IRI of Lexvo or the Library of Congress, or a name. ``se`` is left alone: it is the code of
Northern Sami, and often written for Swedish.
"""

import re
from functools import lru_cache
from typing import Final

from harvester.namespaces import DCTERMS
from harvester.normalize.step import Rewrite, TermStep, ValueStep
from harvester.normalize.tables import Known, fold, languages
from harvester.terms import Literal, Term

LANGUAGE: Final = DCTERMS + "language"
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*(?:--(?:ltr|rtl))?\Z")


def mend_tag(term: Term) -> Term:
    """Mend the language tag of a literal."""
    if not isinstance(term, Literal) or term.language is None:
        return term
    return Literal(term.value, term.datatype, mend(term.language))


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


def _suspects(term: Term) -> bool:
    tag = term.language if isinstance(term, Literal) else None
    return tag is not None and mend(tag) != tag


def lookup(value: Term) -> Known | None:
    """The EU language that a value of dcterms:language names."""
    if isinstance(value, str):
        return languages().get(fold(value))
    text = fold(value.value)
    if text == "se":
        return None
    known = languages().get(text)
    if known is None and _TAG.match(tag := text.replace("_", "-")):
        known = languages().get(tag.partition("-")[0]) if len(tag) > 3 else None
    return known


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a language by its IRI."""
    known = lookup(value)
    if known is None or known.value == value:
        return None
    return Rewrite(((predicate, known.value),), known.certainty)


STEPS: Final = (
    TermStep("language", literals=True, suspects=_suspects, mend=mend_tag),
    ValueStep("language", LANGUAGE.__eq__, rewrite),
)
