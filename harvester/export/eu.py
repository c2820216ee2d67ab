"""What is published for data.europa.eu: the Swedish selection in the words of DCAT-AP 3.0.1.

Each property has the kind, the class and the number of values that SEMIC's shapes ask for, as far
as the source gave the facts (tables: ``eu_table.py``; single values: ``eu_value.py``). Terms of
vocabularies are described once, at the end of the file (``concepts.py``). All translations of a
text stay, and so do properties that DCAT-AP does not know, but for those of the editor that wrote
them. The catalogs of all sources are flattened into the national one, if there is one.

Why something is said otherwise: ``licence`` ``format`` ``term`` ``text-as-iri`` ``text-as-thing``
``text-as-keyword`` ``iri-as-text`` ``datatype`` ``name``; why it is left out: ``own-terms``
``unusable`` ``one-value`` ``vocabulary`` (a source's own words about a term of an EU vocabulary),
and the reasons of ``harvester.export.se``.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from harvester.export.concepts import describe, is_term
from harvester.export.eu_single import settle
from harvester.export.eu_table import (
    CONCEPT,
    FREE,
    GEOMETRY,
    RANGES,
    SINGLE,
    SUPERCLASSES,
    TITLES,
)
from harvester.export.eu_value import Said, is_silent, say
from harvester.export.se import Selection
from harvester.model import LeftOut
from harvester.namespaces import RDF_TYPE, SKOS
from harvester.rdf.write import Description
from harvester.terms import Literal, Term, Triple, term_to_ntriples

_REMEMBERED: Final = 100_000
_VOCABULARY: Final = "urn:harvester:vocabulary"
LOSSES: Final = frozenset({"own-terms", "unusable", "one-value", "vocabulary"})


class Europe(Selection):
    """The published descriptions in Europe's words; iterate once, then read ``left_out``."""

    flat = True

    def __iter__(self) -> Iterator[Description]:
        """Yield what is published, one description at a time, and then the terms it names."""
        described = frozenset(key[1] for key in self._entries)
        dialect = _Dialect(described)
        for description in super().__iter__():
            translated = dialect.translate(description)
            if translated.triples:
                yield translated
        sources = sorted({key[0] for key in self._entries})
        for iri in described & dialect.open.keys():
            if not is_term(iri):
                self._drop_said(iri, dialect.open[iri], sources)
        for iri, triples in describe(dialect.open):
            yield Description(iri, triples, _VOCABULARY)
        self.left_out += dialect.left_out()

    def _worded(self, triples: Sequence[Triple]) -> Sequence[Triple]:
        return triples  # said by the dialect, which also knows of what

    def _drop_said(self, iri: str, classes: set[str], sources: Sequence[str]) -> None:
        """Forget the classes that the published description of ``iri`` says, or that it must."""
        keys = [(source, iri) for source in sources if self.published((source, iri))]
        if not keys:
            classes.intersection_update({cls for cls in classes if is_sayable(iri, cls)})
        for key in keys:
            for subject, predicate, obj in self._read(self._entries[key]):
                if subject == iri and predicate == RDF_TYPE and isinstance(obj, str):
                    classes -= {obj, SUPERCLASSES.get(obj, obj)}


class _Dialect:
    """Puts one description after the other into Europe's words, and remembers what they name.

    ``described`` are the IRIs that have a description of their own somewhere in the store;
    ``open`` the classes that named IRIs must have and are not said to have yet.
    """

    def __init__(self, described: frozenset[str]) -> None:
        self.open: dict[str, set[str]] = {}
        self._described = described
        self._wished: dict[str, set[str]] = {}
        self._silent: dict[str, bool] = {}
        self._said: dict[tuple[str, Term], Said | None] = {}
        self._restated: Counter[str] = Counter()
        self._restated_in: Counter[str] = Counter()
        self._lost: dict[tuple[str, str], int] = {}

    def translate(self, description: Description) -> Description:
        """Return the description in Europe's words, without repeats."""
        iri = description.iri
        if is_term(iri):  # described from the vocabulary itself, once
            self._lost[iri, "vocabulary"] = len(description.triples)
            return description._replace(triples=())
        reasons: Counter[str] = Counter()
        out = dict.fromkeys(self._triples(description.triples, reasons))
        for cls in sorted(self.open.pop(iri, ())):
            out[iri, RDF_TYPE, cls] = None
        for triple in entitled(out):
            out[triple] = None
            reasons["name"] += 1
        for reason, count in reasons.items():
            if reason in LOSSES:
                self._lost[iri, reason] = count
            else:
                self._restated[reason] += count
                self._restated_in[reason] += 1
        return Description(iri, list(out), description.graph)

    def _triples(self, triples: Sequence[Triple], reasons: Counter[str]) -> Sequence[Triple]:
        out: list[Triple] = []
        blanks: dict[tuple[str, str], None] = {}
        named: dict[tuple[str, str], None] = {}
        several: Counter[tuple[str, str]] = Counter()
        silent, remembered = self._silent, self._said
        for triple in triples:
            subject, predicate, obj = triple
            quiet = silent.get(predicate)
            if quiet is None:
                quiet = silent[predicate] = is_silent(predicate)
            if quiet:
                out.append(triple)
                continue
            if predicate in SINGLE:
                several[subject, predicate] += 1
            if type(obj) is str and obj[:2] == "_:":
                out.append(triple)
                if RANGES.get(predicate):
                    blanks[obj, RANGES[predicate]] = None
                continue
            key = (predicate, obj)
            try:
                said = remembered[key]
            except KeyError:
                if len(remembered) >= _REMEMBERED:
                    remembered.clear()
                said = remembered[key] = say(predicate, obj)
            if said is None:
                out.append(triple)
                continue
            if said.reason:
                reasons[said.reason] += 1
            if said.name:
                out += as_thing(triple, said)
            elif said.value is not None:
                out.append((subject, said.path or predicate, said.value))
                if said.cls and isinstance(said.value, str):
                    named[said.value, said.cls] = None
                if predicate == RDF_TYPE:
                    out.append(triple)
        crowded = [key for key, count in several.items() if count > 1]
        if crowded:
            out = settle(out, crowded, reasons)
            named, blanks = asked_of(out)
        for iri, cls in named:
            self._wish(iri, cls)
        if blanks:
            told = {(s, obj) for s, predicate, obj in out if predicate == RDF_TYPE}
            out += [(node, RDF_TYPE, cls) for node, cls in blanks if (node, cls) not in told]
        return out

    def _wish(self, iri: str, cls: str) -> None:
        """Take down that ``iri`` is to be of the class, where that can be said of it."""
        wished = self._wished.get(iri)
        if wished is None:
            wished = self._wished[iri] = set()
        elif cls in wished:
            return
        wished.add(cls)
        if iri in self._described or is_sayable(iri, cls):
            self.open.setdefault(iri, set()).add(cls)

    def left_out(self) -> list[LeftOut]:
        """What was left out, by resource; what was said otherwise, by reason."""
        lost = [LeftOut(iri, reason, count) for (iri, reason), count in self._lost.items()]
        return lost + [
            LeftOut("", reason, count, self._restated_in[reason])
            for reason, count in self._restated.items()
        ]


def as_thing(triple: Triple, said: Said) -> list[Triple]:
    """A text as a nameless thing of the class that the property asks for.

    Its label is made of what it says, so that it is the same every night; the forms of one
    geometry (WKT, GML) are said of one thing.
    """
    subject, predicate, obj = triple
    content = "" if said.cls == GEOMETRY else term_to_ntriples(obj)
    text = f"{subject} {predicate} {content}".encode("utf-8", "surrogatepass")
    node = f"_:eu{hashlib.blake2b(text, digest_size=12).hexdigest()}"
    cls: list[Triple] = [(node, RDF_TYPE, said.cls)] if said.cls else []
    return [(subject, predicate, node), *cls, (node, said.name, obj)]


def entitled(triples: Collection[Triple]) -> list[Triple]:
    """The names that things of a class must have, where they have them by another property."""
    things = [(s, TITLES[str(o)]) for s, p, o in triples if p == RDF_TYPE and o in TITLES]
    if not things:
        return []
    said = {(subject, predicate) for subject, predicate, _ in triples}
    found: list[Triple] = []
    for thing, (name, others) in things:
        if (thing, name) in said:
            continue
        other = next((other for other in others if (thing, other) in said), "")
        found += [
            (s, name, o)
            for s, p, o in triples
            if s == thing and p == other and isinstance(o, Literal)
        ]
    return found


def asked_of(
    triples: Iterable[Triple],
) -> tuple[dict[tuple[str, str], None], dict[tuple[str, str], None]]:
    """The (value, class) that the properties of a description ask for: IRIs, and blank nodes."""
    named: dict[tuple[str, str], None] = {}
    blanks: dict[tuple[str, str], None] = {}
    for _, predicate, obj in triples:
        cls = RANGES.get(predicate)
        if cls and isinstance(obj, str):
            (blanks if obj[:2] == "_:" else named)[obj, cls] = None
    return named, blanks


def is_sayable(iri: str, cls: str) -> bool:
    """Whether an IRI that nobody describes can be said to be of the class, owing nothing more."""
    return cls in FREE or (cls in (CONCEPT, SKOS + "ConceptScheme") and is_term(iri))
