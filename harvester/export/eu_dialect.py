"""Puts one description after the other into Europe's words, and remembers what they name.

Most triples pass after one look at their property, and most of the rest after one at property and
value: what these two become is worked out once (``eu_value.py``).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from harvester.export.concepts import is_term
from harvester.export.eu_lines import LineDialect
from harvester.export.eu_single import settle
from harvester.export.eu_table import (
    CONCEPT,
    FREE,
    GEOMETRY,
    RANGES,
    SINGLE,
    TITLES,
)
from harvester.export.eu_takes import Takes, takes_of
from harvester.export.eu_value import Said, say
from harvester.model import LeftOut
from harvester.namespaces import RDF_TYPE, SKOS
from harvester.rdf.lines import lines_of
from harvester.rdf.write import Description
from harvester.terms import Literal, Term, Triple, term_to_ntriples

LOSSES: Final = frozenset({"own-terms", "unusable", "one-value", "vocabulary"})
_REMEMBERED: Final = 1 << 15
_NOTHING: Final[frozenset[str]] = frozenset()


_ANYTHING, _TEXTS, _TEXT, _IRIS = Takes.ANYTHING, Takes.TEXTS, Takes.TEXT, Takes.IRIS


class Dialect:
    """Europe's words. ``described`` maps what has a description of its own to the classes it says.

    ``late`` are the classes that these must have and have not been given: those named after
    their description was written, or whose description is not published.
    """

    def __init__(self, described: Mapping[str, frozenset[str]]) -> None:
        self.late: dict[str, set[str]] = {}
        self._described = described
        self._named: dict[str, frozenset[str]] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._takes: dict[str, Takes] = {}
        self._said: dict[tuple[str, Term], Said | None] = {}
        self._restated: Counter[str] = Counter()
        self._restated_in: Counter[str] = Counter()
        self._lost: dict[tuple[str, str], int] = {}
        self._in_lines = LineDialect(self.name)

    def translate(self, description: Description) -> Description:
        """Return the description in Europe's words, without repeats; maybe without triples.

        The triples of a subject and a property follow one another, as they do in the store.
        """
        iri = description.iri
        if is_term(iri):  # described from the vocabulary itself, once
            self._lost[iri, "vocabulary"] = len(description.triples)
            return description._replace(triples=())
        reasons: defaultdict[str, int] = defaultdict(int)
        lines = lines_of(description.triples)
        if lines is not None and iri not in self.late:
            better = self._in_lines.translate(lines, reasons)
            if better is not None and iri not in self.late:  # it may have named itself
                self._count(iri, reasons)
                return description if better is lines else description._replace(triples=better)
            reasons.clear()
        out, differs = self._triples(description.triples, reasons)
        late = self.late.pop(iri, None)
        if late:
            late -= {str(o) for s, p, o in out if p == RDF_TYPE and s == iri}
            out += [(iri, RDF_TYPE, cls) for cls in sorted(late)]
            differs = differs or bool(late)
        names = entitled(out)
        if names:
            out += names
            reasons["name"] = len(names)
        if not differs and not names:
            return description
        self._count(iri, reasons)
        return Description(iri, list(dict.fromkeys(out)), description.graph)

    def _count(self, iri: str, reasons: Mapping[str, int]) -> None:
        """Take down what was said otherwise in a description, or left out."""
        for reason, count in reasons.items():
            if reason in LOSSES:
                self._lost[iri, reason] = count
            else:
                self._restated[reason] += count
                self._restated_in[reason] += 1

    def _triples(
        self, triples: Sequence[Triple], reasons: defaultdict[str, int]
    ) -> tuple[list[Triple], bool]:
        """The triples in Europe's words, and whether any differs."""
        out: list[Triple] = []
        blanks: dict[tuple[str, str], None] = {}
        named: list[tuple[str, str]] = []
        crowded: dict[tuple[str, str], None] = {}
        settled: list[tuple[str, Term]] = []
        differs = False
        takes, remembered = self._takes, self._said
        last_subject = last_predicate = ""
        for triple in triples:
            subject, predicate, obj = triple
            easy = takes.get(predicate)
            if easy is None:
                easy = takes[predicate] = takes_of(predicate)
            if easy is _ANYTHING or (easy is _IRIS if type(obj) is str else easy is _TEXTS):
                out.append(triple)
                continue
            if predicate == last_predicate and subject == last_subject and predicate in SINGLE:
                crowded[subject, predicate] = None
            last_subject, last_predicate = subject, predicate
            if type(obj) is str:
                if obj[:2] == "_:":
                    out.append(triple)
                    if RANGES.get(predicate):
                        blanks[obj, RANGES[predicate]] = None
                    continue
            elif easy is _TEXT:
                out.append(triple)
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
            value, cls, name, reason, path = said
            if reason:
                reasons[reason] += 1
            if name:
                out += as_thing(triple, said)
                differs = True
                continue
            if value is not None:
                out.append((subject, path or predicate, value))
                if cls and isinstance(value, str):
                    named.append((value, cls))
                if predicate == RDF_TYPE:
                    out.append(triple)
            if value == obj and not reason:
                settled.append(key)
            else:
                differs = True
        if crowded:
            out = settle(out, crowded, reasons)
            named, blanks = asked_of(out)
            differs = True
        else:  # what is named now, and has nothing else to it, needs no second look
            remembered.update(dict.fromkeys(settled))
        for iri, cls in named:
            self.name(iri, cls)
        if blanks:
            told = {(s, obj) for s, predicate, obj in out if predicate == RDF_TYPE}
            types: list[Triple] = [(n, RDF_TYPE, cls) for n, cls in blanks if (n, cls) not in told]
            out += types
            differs = differs or bool(types)
        return out, differs

    def name(self, iri: str, cls: str) -> None:
        """Take down that ``iri`` is to be of the class."""
        if cls in self._described.get(iri, _NOTHING):
            return
        classes = self._named.get(iri, _NOTHING)
        if cls in classes:
            return
        more = classes | {cls}
        self._named[iri] = self._sets.setdefault(more, more)
        if iri in self._described:
            self.late.setdefault(iri, set()).add(cls)

    def undescribed(self) -> Iterator[tuple[str, set[str]]]:
        """What was named and nobody describes, with the classes that can be said of it."""
        for iri, classes in self._named.items():
            if iri not in self._described:
                sayable = {cls for cls in classes if is_sayable(iri, cls)}
                if sayable:
                    yield iri, sayable

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


def entitled(triples: Sequence[Triple]) -> list[Triple]:
    """The names that things of a class must have, where they have them by another property."""
    found: list[Triple] = []
    for thing, predicate, cls in triples:
        if predicate != RDF_TYPE or cls not in TITLES:
            continue
        name, others = TITLES[str(cls)]
        if any(p == name and s == thing for s, p, _ in triples):
            continue
        said = {p for s, p, o in triples if s == thing and isinstance(o, Literal)}
        other = next((other for other in others if other in said), "")
        found += [
            (s, name, o)
            for s, p, o in triples
            if s == thing and p == other and isinstance(o, Literal)
        ]
    return found


def asked_of(
    triples: Iterable[Triple],
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], None]]:
    """The (value, class) that the properties of a description ask for: IRIs, and blank nodes."""
    named: list[tuple[str, str]] = []
    blanks: dict[tuple[str, str], None] = {}
    for _, predicate, obj in triples:
        cls = RANGES.get(predicate)
        if cls and isinstance(obj, str):
            if obj[:2] == "_:":
                blanks[obj, cls] = None
            else:
                named.append((obj, cls))
    return named, blanks


def is_sayable(iri: str, cls: str) -> bool:
    """Whether an IRI that nobody describes can be said to be of the class, owing nothing more."""
    return cls in FREE or (cls in (CONCEPT, SKOS + "ConceptScheme") and is_term(iri))
