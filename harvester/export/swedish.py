"""Sweden's words: what the store says in Europe's words, DCAT-AP-SE 3.0.1 wants otherwise.

One thing differs. The store has a file type of the EU table in dcterms:format and a media type in
dcat:mediaType; the Swedish profile knows dcterms:format alone, and in it a media type as a text
(``text/csv``, ``text/csv+zip`` for a packed one). dcat:mediaType and dcat:packageFormat stay: what
the profile does not know is passed on to Europe (DCAT-AP-SE, docs/harvesting.md). A file type that
no media type stands for stays too, since a text in its place would be an error.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from harvester.namespaces import DCAT, RDF_TYPE
from harvester.normalize.format import FORMAT, MEDIA_TYPE, PACKAGE, as_text, meaning
from harvester.rdf.lines import Lines, lines_of
from harvester.rdf.ntriples import parse_line
from harvester.terms import Literal, Term, Triple, triple_to_ntriples

_ABOUT_FORMATS: Final = frozenset({FORMAT, MEDIA_TYPE})
_SEEN: Final = frozenset({FORMAT, MEDIA_TYPE, PACKAGE, RDF_TYPE})
_DISTRIBUTION: Final = DCAT + "Distribution"
# The same as they stand in a line.
_FORMAT_NAMES: Final = tuple(f" <{name}> " for name in sorted(_ABOUT_FORMATS))
_SEEN_NAMES: Final = tuple(f" <{name}> " for name in sorted(_SEEN))
_NODE: Final = "_:this"


def in_swedish(triples: Sequence[Triple]) -> Sequence[Triple]:
    """The triples of one description in Sweden's words; the same object where nothing differs."""
    lines = lines_of(triples)
    if lines is not None:
        said_in_lines = _lines_in_swedish(lines)
        if said_in_lines is not None:
            return said_in_lines
    if not any(predicate in _ABOUT_FORMATS for _, predicate, _ in triples):
        return triples
    said: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, obj in triples:
        if predicate in _SEEN:
            said.setdefault(subject, {}).setdefault(predicate, []).append(obj)
    written: dict[Triple, None] = {}
    for triple in triples:
        written.update(dict.fromkeys(_instead(triple, said.get(triple[0], {}))))
    return list(written)


def _instead(triple: Triple, said: dict[str, list[Term]]) -> Sequence[Triple]:
    """What is said instead of a triple; ``said`` is what its subject says of formats."""
    subject, predicate, obj = triple
    if predicate == FORMAT and isinstance(obj, str):
        text = _text(obj, *_beside(said))
        return [(subject, FORMAT, Literal(text)) if text else triple]
    if predicate == MEDIA_TYPE and _lacks_format(said):
        text = _text(None, *_beside(said))
        if text:
            return [(subject, FORMAT, Literal(text)), triple]
    return [triple]


def _lines_in_swedish(lines: Lines) -> Lines | None:
    """The same of lines, unread; ``None`` where more than one node speaks of formats."""
    text = lines.text
    formats = sum(map(text.count, _FORMAT_NAMES))
    if not formats:
        return lines
    told = lines.lines
    start = told[0].partition(" ")[0]
    heads = tuple([start + name for name in _SEEN_NAMES])
    about = [line for line in told if line.startswith(heads)]
    at = len(start) + 1
    if formats != sum(map("".join(about).count, _FORMAT_NAMES)):
        return None
    better = _reworded(tuple([line[at:] for line in about]))
    for end, instead in better.items():
        text = text.replace(f"{start} {end}\n", "".join(f"{start} {line}\n" for line in instead))
    return Lines(text) if better else lines


@lru_cache(maxsize=4096)
def _reworded(about: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """What a node says of formats, as the ends of lines -> what it says instead, where it does.

    What it says instead is never itself to be replaced.
    """
    said: dict[str, list[Term]] = {}
    triples = [parse_line(f"{_NODE} {end}") for end in about]
    for _, predicate, obj in triples:
        said.setdefault(predicate, []).append(obj)
    found: dict[str, tuple[str, ...]] = {}
    for end, triple in zip(about, triples, strict=True):
        instead = _instead(triple, said)
        if instead != [triple]:
            lines = [triple_to_ntriples(one) for one in instead]
            found[end] = tuple(line.removeprefix(f"{_NODE} ") for line in lines)
    return found


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
