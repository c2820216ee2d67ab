"""Every term of a page is judged once, and each statement with a bad one gives a finding.

The terms stay in the graph as published: later stages mend or set aside. Only what cannot be kept
(undecodable bytes, JSON keys without an IRI) leaves it here, counted in the finding.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from harvester.model import Finding
from harvester.rdf.collect import Page
from harvester.rdf.encoding import Transcoded, place
from harvester.rdf.limits import Limits
from harvester.rdf.messages import clip, finding, shown
from harvester.rdf.validity import iri_problems, language_problem, number_problem, text_problem
from harvester.terms import Literal, Term, Triple, is_iri

_CODES = {"too-long": "RD007", "iri-scheme": "RD008", "surrogate": "RD011", "number": "RD014"}
_WORDS = {
    "iri-space": ("den innehåller mellanrum", "it contains white space"),
    "iri-character": ("den innehåller ett otillåtet tecken", "it has a character not allowed"),
    "iri-not-absolute": ("den är inte absolut", "it is not absolute"),
    "iri-percent": ("% följs inte av två hexsiffror", "% is not followed by two hex digits"),
    "iri-host": ("IP-adressen är fel", "its IP address is wrong"),
    "control-character": ("den innehåller styrtecken", "it has control characters"),
}
_PLACED = 100  # each search for a place may read the whole document
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_WINDOW = 1 << 18
_ESCAPE = re.compile(rb"\\[uUbf]")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def examine(page: Page, source: Transcoded, url: str, limits: Limits) -> list[Finding]:
    """Name every statement of a page that has a term no writer may write.

    ``source`` is the document as UTF-8, to tell the line where such a term first stands.
    """
    iris = iri_problems(_doubtful(page, limits), limits)
    tags = {tag for tag in page.tags if language_problem(tag, limits) is not None}
    numbers = {literal for literal in page.numbers if number_problem(literal, limits) is not None}
    texts = may_have_odd_characters(source.body)
    found: Iterable[Finding] = ()
    if iris or tags or numbers or texts:
        walk = _Examination(source.body, iris, tags, numbers, limits)
        found = walk.findings(page, texts=texts)
    oversized = (_oversized(triple, length, limits) for triple, length in page.oversized)
    nested = (finding("RD013", focus, path=path, triples=1) for focus, path in page.nested)
    return capped(chain(found, oversized, nested), url, limits)


def _doubtful(page: Page, limits: Limits) -> Iterable[str]:
    """The IRIs to judge: where the parser was strict, only those that it lets through and we not.

    pyoxigraph holds IRIs against RFC 3987 too, but knows no longest one and no unsafe scheme.
    """
    if not page.strict:
        return page.iris
    longest = limits.iri
    return [
        iri for iri in page.iris if iri[:4] != "http" or len(iri) > longest or iri in page.names
    ]


def may_have_odd_characters(body: bytes) -> bool:
    """Whether some literal could hold a control character: raw, or as an escape."""
    return (
        # A window at a time stays in the cache of the processor, and is no second document.
        any(
            len(window.translate(None, _CONTROLS)) != len(window)
            for start in range(0, len(body), _WINDOW)
            for window in [body[start : start + _WINDOW]]
        )
        # One character is found much faster than two: most documents have no escape at all.
        or (b"\\" in body and _ESCAPE.search(body) is not None)
        or (b"&" in body and b"&#" in body)
        or (b"\xef" in body and b"\xef\xbf" in body)
    )


class _Examination:
    """The second walk over a page, made only where the first saw something wrong."""

    def __init__(
        self,
        body: bytes,
        iris: dict[str, str],
        tags: set[str],
        numbers: set[Literal],
        limits: Limits,
    ) -> None:
        self._body = body
        self._iris = iris
        self._tags = tags
        self._numbers = numbers
        self._limits = limits
        self._lines: dict[str, tuple[int, int]] = {}

    def findings(self, page: Page, *, texts: bool) -> Iterator[Finding]:
        """All findings of a page; texts are searched only where one may hold such characters."""
        iris, tags, numbers = self._iris, self._tags, self._numbers
        odd = _ODD.search
        for subject, properties in page.graph.spo.items():
            if subject in iris:
                yield self._iri(subject, subject, "", subject)
            for predicate, values in properties.items():
                if predicate in iris:
                    yield self._iri(predicate, subject, predicate, predicate)
                for value in values:
                    if type(value) is str:
                        if value in iris:
                            yield self._iri(value, subject, predicate, value)
                    elif (
                        value[2] in tags
                        or value[1] in iris
                        or value in numbers
                        or (texts and odd(value[0]))
                    ):
                        yield from self._literal(value, subject, predicate)

    def _literal(self, term: Term, focus: str, path: str) -> Iterator[Finding]:
        literal = term if isinstance(term, Literal) else Literal(term)
        text = text_problem(literal.value)
        if text is not None:
            match = _ODD.search(literal.value)
            character = f"U+{ord(match[0]):04X}" if match else ""
            code = "RD011" if text == "surrogate" else "RD010"
            yield self._named(code, literal, focus, path, literal.value, character=character)
        if literal.language is not None:
            if language_problem(literal.language, self._limits) is not None:
                yield self._language(literal, focus, path)
        elif literal.datatype in self._iris:
            yield self._iri(literal.datatype, focus, path, literal)
        elif number_problem(literal, self._limits) is not None:
            limits = self._limits
            facts = {"digits": limits.numeric, "exponent": limits.exponent}
            yield self._named("RD014", literal, focus, path, literal.value, **facts)

    def _language(self, literal: Literal, focus: str, path: str) -> Finding:
        tag = literal.language or ""
        better = tag.replace("_", "-")
        known = better != tag and language_problem(better, self._limits) is None
        return self._named(
            "RD009",
            literal,
            focus,
            path,
            tag,
            tag=tag,
            hint_sv=f". Menade du {better}?" if known else "; ange t.ex. sv eller en.",
            hint_en=f". Did you mean {better}?" if known else "; use for example sv or en.",
        )

    def _iri(self, iri: str, focus: str, path: str, value: Term) -> Finding:
        slug = self._iris[iri]
        code = _CODES.get(slug, "RD006")
        sv, en = _WORDS.get(slug, ("", ""))
        return self._named(
            code,
            value,
            focus,
            path,
            iri,
            what_sv=f"{clip(iri)} ({sv})",
            what_en=f"{clip(iri)} ({en})",
            length=len(iri),
            limit=self._limits.iri,
            scheme=iri.partition(":")[0] + ":",
            character="U+D800–DFFF",
        )

    def _named(
        self, code: str, value: Term, focus: str, path: str, text: str, **facts: object
    ) -> Finding:
        line, column = self._place(text)
        return finding(
            code, focus, path=path, value=value, line=line, column=column, triples=0, **facts
        )

    def _place(self, text: str) -> tuple[int, int]:
        """Where a text first stands; 0, 0 where escapes hide it or too many were looked for."""
        if text not in self._lines:
            if len(self._lines) >= _PLACED:
                return 0, 0
            at = self._body.find(text[:200].encode("utf-8", "replace"))
            self._lines[text] = (0, 0) if at < 0 else place(self._body, at)
        return self._lines[text]


def _oversized(triple: Triple, length: int, limits: Limits) -> Finding:
    subject, predicate, value = triple
    text = shown(value)
    start = Literal(clip(text, 80)) if isinstance(value, Literal) else value
    return finding(
        "RD012",
        subject,
        path=predicate,
        value=start,
        length=length,
        limit=limits.literal,
        triples=1,
    )


def set_aside_undecodable(
    page: Page, source: Transcoded, url: str, limits: Limits
) -> list[Finding]:
    """Take out each statement in which a byte could not be decoded; one finding a statement."""
    if not source.marker:
        return []
    found: list[Finding] = []

    def doubtful(triple: Triple) -> bool:
        return any(source.marker in part for part in _parts(triple))

    for subject, predicate, obj in take(page, doubtful):
        text = next(part for part in _parts((subject, predicate, obj)) if source.marker in part)
        at = max(source.body.find(text[:200].encode()), 0)
        nth = source.body.count(source.marker.encode(), 0, at)
        offset = source.undecodable[min(nth, len(source.undecodable) - 1)]
        line, column = place(source.body, source.body.find(source.marker.encode(), at))
        found.append(
            finding(
                "RD003",
                subject.replace(source.marker, "\ufffd"),
                path=predicate.replace(source.marker, "\ufffd"),
                value=_readable(obj, source.marker),
                line=line,
                column=column,
                triples=1,
                offset=offset,
                declared=source.declared,
            )
        )
    if not found:
        # The bytes stand in a comment or in markup: nothing was lost, but it is still a defect.
        line, column = place(source.body, source.body.find(source.marker.encode()))
        found.append(
            finding(
                "RD020",
                url,
                line=line,
                column=column,
                offset=source.undecodable[0],
                declared=source.declared,
            )
        )
    return capped(found, url, limits)


def _parts(triple: Triple) -> Iterator[str]:
    subject, predicate, obj = triple
    yield subject
    yield predicate
    if isinstance(obj, Literal):
        yield from (obj.value, obj.datatype, obj.language or "")
    else:
        yield obj


def _readable(term: Term, marker: str) -> Term:
    if isinstance(term, Literal):
        return term._replace(value=term.value.replace(marker, "\ufffd"))
    return term.replace(marker, "\ufffd")


def set_aside_unmapped_keys(page: Page, url: str) -> list[Finding]:
    """Take out JSON-LD statements whose key has no IRI; one finding a key, with their number."""
    keys = {iri for iri in page.iris if is_iri(iri) and ":" not in iri}
    if not keys:
        return []
    counts = Counter(predicate for _, predicate, _ in take(page, lambda t: t[1] in keys))
    return [finding("RD018", url, key=key, triples=count) for key, count in counts.items()]


def take(page: Page, wanted: Callable[[Triple], bool]) -> list[Triple]:
    """Remove and return the triples that ``wanted`` is true for."""
    taken = [triple for triple in page.graph if wanted(triple)]
    for subject, predicate, obj in taken:
        page.graph.discard(subject, predicate, obj)
    return taken


def capped(found: Iterable[Finding], url: str, limits: Limits) -> list[Finding]:
    """Keep the first findings of each kind; one more says how many others there are."""
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for item in found:
        counts[item.code] += 1
        if counts[item.code] <= limits.repeats:
            kept.append(item)
        else:
            triples[item.code] += item.triples
    kept += [
        finding("RD019", url, kind=code, count=count - limits.repeats, triples=triples[code])
        for code, count in counts.items()
        if count > limits.repeats
    ]
    return kept
