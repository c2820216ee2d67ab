"""One RDF document into the graph of its source: sniff, transcode, gate, parse, judge.

    bytes ─► UTF-8 ─► syntax ─► gate ─► page (its own graph) ─► findings ─► the source's graph

The source's graph changes only when the whole document could be read.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from harvester.errors import UnreadableError
from harvester.model import DocumentReading, Finding, Syntax
from harvester.rdf import contexts, gate, links, second_chance
from harvester.rdf.collect import Page
from harvester.rdf.encoding import Transcoded, place, to_utf8
from harvester.rdf.examine import (
    capped,
    examine,
    set_aside_undecodable,
    set_aside_unmapped_keys,
)
from harvester.rdf.graph import Graph
from harvester.rdf.limits import DEFAULT, Limits
from harvester.rdf.messages import clip, finding
from harvester.rdf.parse import parse
from harvester.rdf.sniff import refuse_binary, sniff
from harvester.rdf.tokens import COMMENT, TURTLE_STRING
from harvester.rdf.validity import iri_problem
from harvester.words import Text

_NAMES = {
    Syntax.RDFXML: "RDF/XML",
    Syntax.TURTLE: "Turtle",
    Syntax.NTRIPLES: "N-Triples",
    Syntax.NQUADS: "N-Quads",
    Syntax.TRIG: "TriG",
    Syntax.JSONLD: "JSON-LD",
}
_TURTLES = (Syntax.TURTLE, Syntax.TRIG)
_LINES = (Syntax.NTRIPLES, Syntax.NQUADS)
_ABSOLUTE = rb"(?![A-Za-z][A-Za-z0-9+.\-]*:)"
_RELATIVE = {
    Syntax.RDFXML: re.compile(
        rb"\b[A-Za-z_][\w.\-]{0,60}:(?:about|resource|datatype)\s*=\s*([\"'])("
        + _ABSOLUTE
        + rb"(?:[^&\"'][^\"']*)?)\1"
    ),
    Syntax.TURTLE: re.compile(
        TURTLE_STRING + b"|" + COMMENT + b"|(<)(" + _ABSOLUTE + rb"[^<>\s\"]*)>|<[^<>]*>",
        re.DOTALL,
    ),
    Syntax.JSONLD: re.compile(rb"\"@?id\"\s*:\s*(\")(" + _ABSOLUTE + rb"(?!_:)[^\"]*)\""),
}
_OWN_BASE = (b"xml:base", b"@base", b"BASE ", b"base ")
_WIDER = {Syntax.NTRIPLES: Syntax.NQUADS, Syntax.NQUADS: Syntax.TRIG, Syntax.TURTLE: Syntax.TRIG}
_PLACE = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and|column) \d+: ")
_NO_SCHEME = "No scheme found"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document gave, beside its triples.

    ``reading.statements`` = triples new to the graph + ``reading.duplicates`` + the sum of
    ``triples`` over ``findings``.
    """

    reading: DocumentReading
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A page and how it was won: the first error if it took a second chance, skipped statements."""

    page: Page
    error: SyntaxError | None = None
    skipped: tuple[SyntaxError, ...] = ()
    relative: bool = False


def read_document(body: bytes, *, url: str, graph: Graph, limits: Limits = DEFAULT) -> Reading:
    """Read one document into ``graph``, the graph of its source.

    ``url`` is the address the document came from after redirects: it is the base IRI. Blank nodes
    get labels that are unique in ``graph``. Raises ``UnreadableError`` and leaves ``graph`` as it
    was where the bytes are not RDF that can be read; ``event`` is one of ``not-rdf``, ``html``,
    ``empty``, ``encoding``, ``truncated``, ``syntax``, ``remote-context``, ``xml-entities``,
    ``xml-external``, ``xml-depth``, ``xml-attributes``, ``json-depth``, ``turtle-depth``,
    ``too-many-triples``, ``too-many-blank-nodes``, ``too-many-prefixes``.
    """
    refuse_binary(body, url)
    source = to_utf8(body, url=url, limits=limits)
    syntax = sniff(source.body, url)
    found = list(source.findings)
    if syntax is Syntax.RDFXML:
        source, early = _after_declaration(source, url)
        found += early
    given = graph.blanks
    try:
        parsed = _parse(source.body, syntax, url, graph, limits)
    except UnreadableError as error:
        graph.blanks = given
        raise _located(error, url) from error
    page = parsed.page
    if not page.statements:
        raise UnreadableError(
            "empty",
            Text(
                f"{url} är {_NAMES[syntax]} utan ett enda påstående; publicera katalogen där",
                f"{url} is {_NAMES[syntax]} without a single statement; publish the catalog there",
            ),
            url=url,
        )
    found += _about_parsing(parsed, source, syntax, url, limits)
    found += set_aside_undecodable(page, source, url, limits)
    if syntax is Syntax.JSONLD:
        found += set_aside_unmapped_keys(page, url)
    found += examine(page, source, url, limits)
    next_url, total, paging = links.paging(page.graph, page.iris, url)
    found += paging
    duplicates = page.duplicates + graph.absorb(page.graph)
    reading = DocumentReading(
        url=url,
        syntax=_refined(syntax, page),
        encoding=source.encoding,
        statements=page.statements,
        duplicates=duplicates,
        repaired=parsed.error is not None,
        next_url=next_url,
        total_items=total,
        parts=links.parts(graph),
    )
    return Reading(reading, tuple(replace(item, input=url) for item in found))


def _located(error: UnreadableError, url: str) -> UnreadableError:
    """The same error with the address, for those raised where it is not known."""
    if error.url:
        return error
    return UnreadableError(
        error.event, f"{url}: " + error.text, url=url, line=error.line, column=error.column
    )


def _refined(syntax: Syntax, page: Page) -> Syntax:
    if page.graphs and syntax is Syntax.TURTLE:
        return Syntax.TRIG
    if page.graphs and syntax is Syntax.NTRIPLES:
        return Syntax.NQUADS
    return syntax


def _after_declaration(source: Transcoded, url: str) -> tuple[Transcoded, list[Finding]]:
    """Blank out an XML declaration that is not first, which some parsers refuse."""
    early = re.match(rb"\s+(<\?xml[^>]*\?>)", source.body)
    if early is None:
        return source, []
    line, column = place(source.body, early.start(1))
    blank = b" " * (early.end(1) - early.start(1))
    body = source.body[: early.start(1)] + blank + source.body[early.end(1) :]
    return replace(source, body=body), [finding("RD017", url, line=line, column=column)]


def _parse(body: bytes, syntax: Syntax, url: str, graph: Graph, limits: Limits) -> _Parsed:
    base = url if iri_problem(url, limits) is None else None
    if syntax is Syntax.JSONLD:
        return _parse_json(body, url, base, graph, limits)
    if syntax is Syntax.RDFXML:
        gate.check_xml(body, url, limits)
    elif syntax in _TURTLES:
        gate.check_turtle(body, url, limits)
    first: SyntaxError | None = None
    # Without a base, strict parsing also tells whether there are relative IRIs.
    for address, lenient in ((None, False), (base, False), (base, True)):
        try:
            page = parse(body, syntax, base=address, lenient=lenient, labels=graph, limits=limits)
        except SyntaxError as error:
            latest = error
            if first is None or _NO_SCHEME in first.msg:
                first = error
            continue
        relative = address is not None and (lenient or first is not None)
        return _Parsed(page, first if lenient else None, relative=relative)
    return _second_chance(body, syntax, url, base, graph, limits, latest)


def _second_chance(
    body: bytes,
    syntax: Syntax,
    url: str,
    base: str | None,
    graph: Graph,
    limits: Limits,
    first: SyntaxError,
) -> _Parsed:
    if second_chance.is_truncated(first, body):
        raise _unreadable("truncated", first, syntax, url)
    wider = _WIDER.get(syntax)
    if wider is not None and (syntax is Syntax.NTRIPLES or b"{" in body):
        with suppress(UnreadableError):  # then the first error tells more
            return _parse(body, wider, url, graph, limits)
    if syntax in _TURTLES:
        mended = second_chance.mend_language_tags(body)
        if mended is not None:
            body = mended
            try:
                page = parse(body, syntax, base=base, lenient=True, labels=graph, limits=limits)
            except SyntaxError as error:
                if second_chance.is_truncated(error, body):
                    raise _unreadable("truncated", error, syntax, url) from error
            else:
                return _Parsed(second_chance.restore_languages(page), first, relative=True)
        gate.check_turtle(body, url, limits, exact=True)
        if len(re.findall(rb"(?i)\bprefix\b", body)) > limits.prefixes:
            raise _unreadable("syntax", first, syntax, url)
    other = second_chance.with_rdflib(body, syntax, base=base, labels=graph, limits=limits)
    if other is not None and other.statements:
        return _Parsed(second_chance.restore_languages(other), first, relative=True)
    if syntax is Syntax.RDFXML:
        raise _xml_syntax(body, first, url)
    page, errors = second_chance.skipping(body, syntax, base=base, labels=graph, limits=limits)
    cut = next((e for e in errors if second_chance.is_truncated(e, body)), None)
    if cut is not None:
        raise _unreadable("truncated", cut, syntax, url)
    # More than a few bad statements: the document is something else, or broken throughout.
    if not page.statements or len(errors) > max(10, page.statements // 10):
        raise _unreadable("syntax", first, syntax, url)
    return _Parsed(second_chance.restore_languages(page), first, tuple(errors), relative=True)


def _parse_json(body: bytes, url: str, base: str | None, graph: Graph, limits: Limits) -> _Parsed:
    gate.check_json(body, url, limits)
    inlined = contexts.inline_contexts(body, url)
    options = {"base": base, "lenient": True, "labels": graph, "limits": limits}
    try:
        # Lenient from the start: strict JSON-LD drops a node with a bad IRI without a word.
        page = parse(inlined, Syntax.JSONLD, **options)  # type: ignore[arg-type]
    except SyntaxError as error:
        first = error
    else:
        return _Parsed(page, relative=True)
    document = contexts.load(body, url)
    mended, marker = second_chance.mend_surrogates(document, body)
    try:
        page = parse(mended, Syntax.JSONLD, **options)  # type: ignore[arg-type]
    except SyntaxError:
        other = second_chance.with_rdflib(
            mended, Syntax.JSONLD, base=base, labels=graph, limits=limits
        )
        if other is None or not other.statements:
            raise _unreadable("syntax", first, Syntax.JSONLD, url) from first
        page = other
    if marker:
        page = second_chance.restore_surrogates(page, marker)
    return _Parsed(page, first, relative=True)


def _words(error: SyntaxError) -> str:
    """What a parser said, without the place that is told beside it."""
    return _PLACE.sub("", error.msg)


def _unreadable(event: str, error: SyntaxError, syntax: Syntax, url: str) -> UnreadableError:
    line, column = error.lineno or 0, error.offset or 0
    where = Text("", "")
    if line:
        where = Text(f" på rad {line}, kolumn {column}", f" at line {line}, column {column}")
    name = _NAMES[syntax]
    what = Text(f"är inte giltig {name}", f"is not valid {name}")
    advice = Text("rätta felet", "correct it")
    if event == "truncated":
        what = Text("tar slut för tidigt", "breaks off too early")
        advice = Text("publicera hela filen", "publish the whole file")
    return UnreadableError(
        event,
        f"{url} " + what + where + f": {clip(_words(error))}; " + advice,
        url=url,
        line=line,
        column=column,
    )


def _xml_syntax(body: bytes, error: SyntaxError, url: str) -> UnreadableError:
    """The words of lxml where the XML itself is broken, because only they have a line."""
    from lxml import etree

    try:
        etree.fromstring(body, etree.XMLParser(no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as broken:
        return gate.xml_error(broken, url)
    return _unreadable("syntax", error, Syntax.RDFXML, url)


def _about_parsing(
    parsed: _Parsed, source: Transcoded, syntax: Syntax, url: str, limits: Limits
) -> list[Finding]:
    found: list[Finding] = []
    error = parsed.error
    if error is not None:
        found.append(
            finding(
                "RD001",
                url,
                line=error.lineno or 0,
                column=error.offset or 0,
                syntax=_NAMES[syntax],
                error=_words(error),
            )
        )
    found += capped(
        (
            finding("RD016", url, line=e.lineno or 0, column=e.offset or 0, error=_words(e))
            for e in parsed.skipped
        ),
        url,
        limits,
    )
    graphs = parsed.page.graphs
    if graphs:
        found.append(finding("RD004", url, count=len(graphs), example=next(iter(graphs))))
    # A document with a base of its own has said what its short IRIs mean.
    based = error is not None and any(word in source.body for word in _OWN_BASE)
    if parsed.relative and not based:
        found += _relative(source.body, syntax, url)
    return found


def _relative(body: bytes, syntax: Syntax, url: str) -> list[Finding]:
    """One finding for all relative IRIs of a document, with their number and the first ones."""
    if syntax in _LINES:
        return []  # there a relative IRI is an error, and named as one
    pattern = _RELATIVE[Syntax.TURTLE if syntax in _TURTLES else syntax]
    matches = [match for match in pattern.finditer(body) if match[2] is not None]
    if not matches:
        return []
    line, column = place(body, matches[0].start())
    examples = dict.fromkeys(match[2].decode("utf-8", "replace") for match in matches)
    example = ", ".join(f"<{text}>" for text in list(examples)[:3])
    return [
        finding(
            "RD005", url, line=line, column=column, count=len(matches), example=example, base=url
        )
    ]
