"""Sweden's words: what the store says in Europe's words, DCAT-AP-SE 3.0.1 wants otherwise.

One thing differs. The store has a file type of the EU table in dcterms:format and a media type in
dcat:mediaType; the Swedish profile knows dcterms:format alone, and in it a media type as a text
(``text/csv``, ``text/csv+zip`` for a packed one). dcat:mediaType and dcat:packageFormat stay: what
the profile does not know is passed on to Europe (DCAT-AP-SE, docs/harvesting.md). A file type that
no media type stands for stays too, since a text in its place would be an error.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from harvester.namespaces import DCAT, RDF_TYPE
from harvester.normalize.format import FORMAT, MEDIA_TYPE, PACKAGE, as_text, meaning
from harvester.terms import Literal, Term, Triple

_ABOUT_FORMATS: Final = frozenset({FORMAT, MEDIA_TYPE})
_SEEN: Final = frozenset({FORMAT, MEDIA_TYPE, PACKAGE, RDF_TYPE})
_DISTRIBUTION: Final = DCAT + "Distribution"


def in_swedish(triples: Sequence[Triple]) -> Sequence[Triple]:
    """The triples of one description in Sweden's words; the same object where nothing differs."""
    if not any(predicate in _ABOUT_FORMATS for _, predicate, _ in triples):
        return triples
    said: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, obj in triples:
        if predicate in _SEEN:
            said.setdefault(subject, {}).setdefault(predicate, []).append(obj)
    written: dict[Triple, None] = {}
    for triple in triples:
        subject, predicate, obj = triple
        if predicate == FORMAT and isinstance(obj, str):
            text = _text(obj, *_beside(said[subject]))
            triple = (subject, FORMAT, Literal(text)) if text else triple
        elif predicate == MEDIA_TYPE and _lacks_format(said[subject]):
            text = _text(None, *_beside(said[subject]))
            if text:
                written[subject, FORMAT, Literal(text)] = None
        written[triple] = None
    return list(written)


def _beside(said: dict[str, list[Term]]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    return tuple(said.get(MEDIA_TYPE, ())), tuple(said.get(PACKAGE, ()))


def _lacks_format(said: dict[str, list[Term]]) -> bool:
    return FORMAT not in said and _DISTRIBUTION in said.get(RDF_TYPE, ())


@lru_cache(maxsize=4096)
def _text(declared: Term | None, media: tuple[Term, ...], packages: tuple[Term, ...]) -> str:
    """The media type of one value of dcterms:format, or of a description that has none."""
    if declared is None:
        return as_text((), media, packages)
    means = meaning(declared)
    if means is None:
        return ""
    same = tuple(one for one in media if (m := meaning(one)) and m.file_type == means.file_type)
    return as_text((declared,), same, packages)
