"""Documents that pyoxigraph refuses but that carry data: other ways to read them, all offline.

What these give is always marked as repaired, and its terms are judged like any other's.
"""

import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf.collect import Page, collect, over
from harvester.rdf.graph import Graph
from harvester.rdf.limits import NUMERIC, Limits
from harvester.rdf.parse import FORMATS
from harvester.rdf.tokens import COMMENT, TURTLE_STRING
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple

_RDFLIB = {Syntax.RDFXML: "xml", Syntax.TURTLE: "turtle", Syntax.JSONLD: "json-ld"}
_LANGUAGE = "urn:x-harvester:language:"
_TAGGED = re.compile(
    b"(?P<text>" + TURTLE_STRING + rb")(?:@(?P<tag>[A-Za-z0-9_\-]+))?"
    rb"|<[^<>\s\"{}|^`]*>|" + COMMENT,
    re.DOTALL,
)
_END = re.compile(r"[Uu]nexpected end")


def is_truncated(error: SyntaxError, body: bytes) -> bool:
    """Whether a parser stopped because the document ends too early."""
    if _END.search(error.msg):
        return True
    last = body.rfind(b"\n") + 1
    return (
        error.lineno is not None
        and bool(body[last:].strip())
        and error.lineno == body.count(b"\n") + 1
        and not body.rstrip().endswith((b".", b"}", b">"))
    )


def mend_language_tags(body: bytes) -> bytes | None:
    """Turtle in which each tag with an underscore is a datatype instead; ``None`` if it has none.

    The grammar ends a tag at the underscore and refuses what follows. :func:`restore_languages`
    turns the datatypes back, so that the graph says what the publisher wrote.
    """
    changed = False

    def rewrite(match: re.Match[bytes]) -> bytes:
        nonlocal changed
        tag = match["tag"]
        if tag is None or b"_" not in tag:
            return match[0]
        changed = True
        return match["text"] + b"^^<" + _LANGUAGE.encode() + tag + b">"

    mended = _TAGGED.sub(rewrite, body)
    return mended if changed else None


def restore_languages(page: Page) -> Page:
    """Undo :func:`mend_language_tags` in what was read."""

    def restore(term: Term) -> Term:
        if isinstance(term, Literal) and term.datatype.startswith(_LANGUAGE):
            tag = term.datatype.removeprefix(_LANGUAGE)
            return Literal(term.value, RDF_LANG_STRING, page.tags[tag])
        return term

    _rewrite(page, restore)
    for name in [iri for iri in page.iris if iri.startswith(_LANGUAGE)]:
        del page.iris[name]
    return page


def mend_surrogates(document: object, body: bytes) -> tuple[bytes, str]:
    """JSON again as bytes, with a marker character and four hex digits for each half character."""
    marker = next(c for c in map(chr, range(0xF0000, 0xFFFFE)) if c.encode() not in body)
    text = json.dumps(document, ensure_ascii=False)
    mended = re.sub("[\ud800-\udfff]", lambda match: f"{marker}{ord(match[0]):04x}", text)
    return mended.encode(), marker if mended != text else ""


def restore_surrogates(page: Page, marker: str) -> Page:
    """Undo :func:`mend_surrogates` in what was read."""
    marked = re.compile(re.escape(marker) + "([0-9a-f]{4})")

    def text(value: str) -> str:
        return marked.sub(lambda match: chr(int(match[1], 16)), value)

    def restore(term: Term) -> Term:
        if isinstance(term, Literal):
            return term._replace(value=text(term.value))
        return text(term)

    _rewrite(page, restore)
    for old in [iri for iri in page.iris if marker in iri]:
        new = text(old)
        del page.iris[old]
        page.iris[new] = (new,)
    return page


def _rewrite(page: Page, change: Any) -> None:
    old = page.graph
    page.graph = Graph()
    for subject, predicate, obj in old:
        new = change(subject), change(predicate), change(obj)
        if not page.graph.add(*new):
            page.duplicates += 1


def with_rdflib(
    body: bytes, syntax: Syntax, *, base: str | None, labels: Graph, limits: Limits
) -> Page | None:
    """Read a document with rdflib; ``None`` when rdflib refuses it too, or does not know it.

    The caller has made sure that it refers to no remote context, entity or deep nesting. No
    literal is converted to a Python value: that takes gigabytes for some (security-cases, 1).
    """
    if syntax not in _RDFLIB or len(body) > limits.second_chance:
        return None
    import rdflib

    statements: list[tuple[Any, Any, Any]] = []

    class Listed(rdflib.Graph):
        """Takes statements as they come, so that repeats are counted and order is kept."""

        def add(self, triple: Any) -> "Listed":
            statements.append(triple)
            if len(statements) > limits.triples:
                raise over("triples", limits.triples)
            return self

    with _plain_literals():
        try:
            Listed().parse(io.BytesIO(body), format=_RDFLIB[syntax], publicID=base)
        except UnreadableError:
            raise
        except Exception:  # noqa: BLE001  # rdflib lets out whatever its parts raise
            return None
    return _page(statements, labels, limits)


@contextmanager
def _plain_literals() -> Iterator[None]:
    """Let rdflib work without normalising, value conversion or log lines, restored afterwards."""
    import rdflib

    conversions = rdflib.term._toPythonMapping  # noqa: SLF001  # there is no public switch
    saved = dict(conversions)
    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    log = logging.getLogger("rdflib")
    silent, log.disabled = log.disabled, True
    terms = logging.getLogger("rdflib.term")
    silent_terms, terms.disabled = terms.disabled, True
    conversions.clear()
    try:
        yield
    finally:
        conversions.update(saved)
        rdflib.NORMALIZE_LITERALS = normalize
        log.disabled = silent
        terms.disabled = silent_terms


def _page(statements: list[tuple[Any, Any, Any]], labels: Graph, limits: Limits) -> Page:
    import rdflib

    page = Page(statements=len(statements))
    blanks: dict[str, str] = {}

    def node(term: Any) -> str:
        text = str(term)
        if isinstance(term, rdflib.BNode):
            if text not in blanks:
                if len(blanks) >= limits.blank_nodes:
                    raise over("blank nodes", limits.blank_nodes)
                blanks[text] = labels.new_blank()
            return blanks[text]
        return page.iris[text][0]

    def value(term: Any) -> Term:
        if not isinstance(term, rdflib.Literal):
            return node(term)
        if term.language:
            return Literal(str(term), RDF_LANG_STRING, page.tags[term.language])
        if term.datatype is None:
            return Literal(str(term), XSD_STRING)
        literal = Literal(str(term), node(term.datatype))
        if literal.datatype in NUMERIC:
            page.numbers.add(literal)
        return literal

    for triple in statements:
        read: Triple = (node(triple[0]), node(triple[1]), value(triple[2]))
        if isinstance(read[2], Literal) and len(read[2].value) > limits.literal:
            page.oversized.append((read, len(read[2].value)))
        elif not page.graph.add(*read):
            page.duplicates += 1
    return page


def skipping(
    body: bytes, syntax: Syntax, *, base: str | None, labels: Graph, limits: Limits
) -> tuple[Page, list[SyntaxError]]:
    """Read Turtle and its kin statement by statement, leaving out those that cannot be read.

    Returns what was read and the error of each statement that was left out.
    """
    errors: list[SyntaxError] = []
    quads = _readable_quads(body, syntax, base, errors, limits)
    page = collect(quads, labels.new_blank, limits, named=True)
    return page, errors


def _readable_quads(
    body: bytes, syntax: Syntax, base: str | None, errors: list[SyntaxError], limits: Limits
) -> Iterator[ox.Quad]:
    parser = ox.parse(body, FORMATS[syntax], base_iri=base, lenient=True)
    held: ox.Quad | None = None
    for _ in range(limits.triples + limits.repeats):
        try:
            quad = next(parser)
        except StopIteration:
            break
        except SyntaxError as error:
            errors.append(error)
            # A literal whose tag the error cut short must not be taken for what was written.
            if held is not None and isinstance(held.object, ox.Literal) and held.object.language:
                held = None
            continue
        if held is not None:
            yield held
        held = quad
    else:
        raise over("triples", limits.triples)
    if held is not None:
        yield held
