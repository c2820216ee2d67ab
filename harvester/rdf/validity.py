"""Which terms an RDF writer may write: RFC 3987 for IRIs, BCP 47 for language tags, XML for text.

The checks are our own, because a lenient parser lets anything through and ``problem`` must hold
whichever parser read the term. They agree with ``pyoxigraph.NamedNode`` and ``Literal`` (tested).
"""

import ipaddress
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from harvester.rdf.limits import DEFAULT, NUMERIC, Limits
from harvester.terms import Literal, Term, Triple

# RFC 3987, section 2.2. Private-use characters are allowed in the query only.
_UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr((plane << 16) + (0x1000 if plane == 14 else 0))}-{chr((plane << 16) + 0xFFFD)}"
    for plane in range(1, 15)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_NAME = r"A-Za-z0-9\-._~!$&'()*+,;=" + _UCS
_PERCENT = "%[0-9A-Fa-f]{2}"


def _run(characters: str) -> str:
    return f"(?:[{characters}]++|{_PERCENT})*+"


@cache
def _iri_pattern() -> re.Pattern[str]:
    """All that RFC 3987 allows: made when first asked, since it takes 12 ms to compile."""
    return re.compile(
        r"[A-Za-z][A-Za-z0-9+.\-]*+:"
        rf"(?://(?:{_run(_NAME + ':')}@)?(?:\[(?P<ip>[^\[\]/?#@]*)\]|{_run(_NAME)})"
        r"(?P<port>:[0-9]*)?"
        rf"(?:/{_run(_NAME + ':@/')})?"
        rf"|(?!//){_run(_NAME + ':@/')})"
        rf"(?:\?{_run(_NAME + ':@/?' + _PRIVATE)})?(?:#{_run(_NAME + ':@/?')})?"
    )


# What nearly all IRIs look like: a quick yes, so that only the others are taken apart.
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.\-]++(?::[0-9]*+)?(?:/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*+)?"
    r"(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*+)?(?:#[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*+)?"
    r"|mailto:[A-Za-z0-9.\-_+]++@[A-Za-z0-9.\-]++|tel:[0-9+.()\-]++"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_SPACE = re.compile(r"\s")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IP_FUTURE = re.compile(r"v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]+)\Z")

# RFC 5646, section 2.1: well-formed, not necessarily registered.
_LANGUAGE = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-bok|no-nyn"
    r"|zh-(?:guoyu|hakka|min|min-nan|xiang))",
    re.IGNORECASE | re.ASCII,
)

# Addresses that mean something only on the publisher's own machine, or run code in a reader's.
UNSAFE_SCHEMES: Final = ("file:", "javascript:", "data:", "vbscript:")


def iri_problem(iri: str, limits: Limits = DEFAULT) -> str | None:
    """Name what is wrong with an IRI, or ``None``: it is absolute and RFC 3987 allows it.

    Slugs: ``iri-not-absolute``, ``iri-space``, ``iri-character``, ``iri-percent``, ``iri-host``,
    ``surrogate``, ``control-character``, ``too-long``.
    """
    if _PLAIN.fullmatch(iri) is not None:
        return "too-long" if len(iri) > limits.iri else None
    match = _iri_pattern().fullmatch(iri)
    if match is not None:
        if len(iri) > limits.iri:
            return "too-long"
        address = match["ip"]
        return None if address is None or _is_ip(address) else "iri-host"
    return _iri_fault(iri)


def _iri_fault(iri: str) -> str:
    if _SURROGATE.search(iri):
        return "surrogate"
    if _CONTROL.search(iri):
        return "control-character"
    if _SCHEME.match(iri) is None:
        return "iri-not-absolute"
    if _SPACE.search(iri):
        return "iri-space"
    if _BAD_PERCENT.search(iri):
        return "iri-percent"
    return "iri-character"


def _is_ip(text: str) -> bool:
    if _IP_FUTURE.fullmatch(text):
        return True
    if "%" in text:
        return False
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def iri_problems(iris: Iterable[str], limits: Limits = DEFAULT) -> dict[str, str]:
    """The IRIs among ``iris`` that have a :func:`problem`, with its name."""
    plain = _PLAIN.fullmatch
    longest = limits.iri
    suspects = [iri for iri in iris if plain(iri) is None or len(iri) > longest]
    return {iri: slug for iri in suspects if (slug := problem(iri, limits)) is not None}


def language_problem(tag: str, limits: Limits = DEFAULT) -> str | None:
    """Name what is wrong with a language tag (``language-tag``, ``too-long``), or ``None``."""
    if len(tag) > 4 * limits.language_tag:
        return "too-long"
    language = tag.removesuffix("--ltr").removesuffix("--rtl")
    if _LANGUAGE.fullmatch(language) is None:
        return "language-tag"
    return "too-long" if len(tag) > limits.language_tag else None


def text_problem(text: str) -> str | None:
    """Name the first thing in a literal's text that XML or UTF-8 cannot carry, or ``None``."""
    if _CONTROL.search(text):
        return "control-character"
    return "surrogate" if _SURROGATE.search(text) else None


def number_problem(literal: Literal, limits: Limits = DEFAULT) -> str | None:
    """Name a number that would cost unbounded memory to compute with (``number``), or ``None``."""
    if literal.datatype not in NUMERIC:
        return None
    if len(literal.value) > limits.numeric:
        return "number"
    exponent = _EXPONENT.search(literal.value)
    return "number" if exponent and abs(int(exponent[1])) > limits.exponent else None


def problem(term: Term, limits: Limits = DEFAULT) -> str | None:
    """Name why a term must not be written as it is (a short slug), or ``None`` when it may be."""
    return Problems(limits).of(term)


class Problems:
    """The :func:`problem` of many terms: what repeats (IRIs, datatypes, tags) is judged once."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._nodes = _Nodes(limits)
        self._languages: dict[str, str | None] = {}
        self._datatypes: dict[str, str | None] = {}

    def of_triple(self, triple: Triple) -> str | None:
        """The first problem of a triple's terms, or ``None``."""
        subject, predicate, obj = triple
        nodes = self._nodes
        return nodes[subject] or nodes[predicate] or self.of(obj)

    def of(self, term: Term) -> str | None:
        """The problem of one term, or ``None``."""
        if isinstance(term, str):
            return self._nodes[term]
        value, datatype, language = term
        if len(value) > self._limits.literal:
            return "too-long"
        # What is printable has no control characters: nearly all texts of one line.
        if not value.isprintable() and (fault := text_problem(value)) is not None:
            return fault
        if language is not None:
            if language not in self._languages:
                self._languages[language] = language_problem(language, self._limits)
            return self._languages[language]
        if datatype not in self._datatypes:
            self._datatypes[datatype] = iri_problem(datatype, self._limits)
        fault = self._datatypes[datatype]
        if datatype in NUMERIC:
            return number_problem(term, self._limits) or fault
        return fault


class _Nodes(dict[str, str | None]):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def __missing__(self, node: str) -> str | None:
        fault = None if node[:2] == "_:" else iri_problem(node, self._limits)
        if fault is None and node[:4] != "http" and node[:11].lower().startswith(UNSAFE_SCHEMES):
            fault = "iri-scheme"
        self[node] = fault
        return fault
