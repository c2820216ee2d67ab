"""What a document must not do to a parser: entity bombs, external entities, bottomless nesting.

Native parsers abort or overflow the stack on these, which nothing can catch (security-cases S39,
S40, S41, S45 to S49), so the bytes are measured before any parser sees them.
"""

import re
from io import BytesIO
from itertools import accumulate

from harvester.errors import UnreadableError
from harvester.rdf.encoding import place
from harvester.rdf.limits import Limits
from harvester.rdf.tokens import COMMENT, TURTLE_STRING
from harvester.words import Text

_STRETCH = 4096
_WINDOW = 1 << 18
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(?P<close></[^>]*>)"
    rb"|(?P<open><[^!?/<>\"'\s][^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+>)|<",
    re.DOTALL,
)
_PROLOGUE = re.compile(rb"\s*(?:<\?[^<>]*\?>)?")
_ATTRIBUTE = re.compile(rb"=\s*(?:\"[^\"]*\"|'[^']*')")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s", re.IGNORECASE)
_SUBSET = re.compile(
    rb"<!DOCTYPE\s+[^\s\[>]+\s*(?P<external>SYSTEM|PUBLIC)?[^\[>]*"
    rb"(?:\[(?P<subset>(?:<!--.*?(?:-->|\Z)|\"[^\"]*\"|'[^']*'|[^\]\"'])*+)\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(
    rb"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s\"'%&;]+)\s+"
    rb"(?:(?P<external>SYSTEM|PUBLIC)\b|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE,
)
_REFERENCE = re.compile(rb"&([^\s&;#][^\s&;]*);")
_JSON = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TURTLE = re.compile(
    TURTLE_STRING + b"|" + COMMENT + rb"|<[^<>\s\"{}|^`]*>|(?P<open>[\[(])|(?P<close>[\])])",
    re.DOTALL,
)
_ALWAYS_ALLOWED = 1 << 20


def check_xml(body: bytes, url: str, limits: Limits) -> None:
    """Refuse RDF/XML that would hurt a parser, or that breaks off before its end.

    Raises ``UnreadableError``: ``xml-external``, ``xml-entities``, ``xml-depth``,
    ``xml-attributes``, ``truncated``, ``syntax``.
    """
    doctype = _DOCTYPE.search(body)
    if doctype is not None:
        _check_entities(body, doctype.start(), url, limits)
        _check_with_lxml(body, url, limits)
        return
    depth = 0 if _is_shallow(body, limits) else _exact_depth(body, url, limits)
    if depth > 0:
        line, column = place(body, len(body))
        raise UnreadableError(
            "truncated",
            Text(
                f"{url} tar slut på rad {line} med {depth} element ännu öppna; "
                "publicera hela filen",
                f"{url} breaks off at line {line} with {depth} elements still open; "
                "publish the whole file",
            ),
            url=url,
            line=line,
            column=column,
        )


def _is_shallow(body: bytes, limits: Limits) -> bool:
    """Whether counting alone shows that all elements are closed and none is over a limit.

    Counts are exact while ``<`` and ``>`` alternate: then no tag ends inside quotes, and no comment
    holds one. A comment or an instruction counts as an element left open, which asks for a careful
    reading. A stretch of a few kilobytes with few tags and few equals signs cannot hold a depth or
    an element over the limits, whatever their order.
    """
    brackets = body.translate(None, _NO_TAG_ENDS)
    if brackets != b"<>" * (len(brackets) // 2):
        return False
    depth = 0
    start = _PROLOGUE.match(body).end()  # type: ignore[union-attr]  # matches the empty string too
    while start < len(body):
        end = body.find(b"<", start + _STRETCH)
        stretch = body[start:] if end < 0 else body[start:end]
        closing = stretch.count(b"</")
        opening = stretch.count(b"<") - closing - stretch.count(b"/>")
        if depth + opening > limits.xml_depth or stretch.count(b"=") > limits.xml_attributes:
            return False
        depth += opening - closing
        start += len(stretch)
    return depth == 0


def _exact_depth(body: bytes, url: str, limits: Limits) -> int:
    depth = 0
    for tag in _TAG.finditer(body):
        if tag["close"]:
            depth -= 1
        elif tag["open"]:
            text = tag["open"]
            if text[-2] != 47:
                depth += 1
                if depth > limits.xml_depth:
                    _too_deep(body, tag.start(), url, limits.xml_depth, "xml-depth")
            if len(text) > limits.xml_attributes * 4:
                _check_attributes(len(_ATTRIBUTE.findall(text)), body, tag.start(), url, limits)
        elif tag[0] == b"<":
            return max(depth, 1)  # a tag, comment or section that never ends
    return depth


def _check_attributes(count: int, body: bytes, offset: int, url: str, limits: Limits) -> None:
    if count > limits.xml_attributes:
        line, column = place(body, offset)
        raise UnreadableError(
            "xml-attributes",
            Text(
                f"{url} har ett element med {count} attribut på rad {line}; högst "
                f"{limits.xml_attributes} läses",
                f"{url} has an element with {count} attributes at line {line}; "
                f"at most {limits.xml_attributes} are read",
            ),
            url=url,
            line=line,
            column=column,
        )


def _too_deep(body: bytes, offset: int, url: str, limit: int, event: str) -> None:
    line, column = place(body, offset)
    raise UnreadableError(
        event,
        Text(
            f"{url} är nästlat i mer än {limit} nivåer på rad {line}; gör det plattare",
            f"{url} is nested more than {limit} levels deep at line {line}; flatten it",
        ),
        url=url,
        line=line,
        column=column,
    )


def _check_entities(body: bytes, start: int, url: str, limits: Limits) -> None:
    """Compute what the document's entities expand to, without expanding them."""
    subset = _SUBSET.match(body, start)
    line, column = place(body, start)
    if subset is None:
        raise UnreadableError(
            "truncated" if b"]" not in body[start:] and b">" not in body[start:] else "syntax",
            Text(
                f"{url} har en DOCTYPE på rad {line} som inte tar slut; ta bort den",
                f"{url} has a DOCTYPE at line {line} that does not end; remove it",
            ),
            url=url,
            line=line,
            column=column,
        )
    declared = list(_ENTITY.finditer(subset["subset"] or b""))
    if (
        subset["external"]
        or any(entity["external"] or entity["parameter"] for entity in declared)
        or (subset["subset"] or b"").upper().count(b"<!ENTITY") != len(declared)
    ):
        raise UnreadableError(
            "xml-external",
            Text(
                f"{url} hänvisar till en extern DTD eller entitet på rad {line}, och en sådan "
                "hämtas aldrig; skriv ut värdena",
                f"{url} refers to an external DTD or entity at line {line}, which is never "
                "fetched; write the values out",
            ),
            url=url,
            line=line,
            column=column,
        )
    sizes: dict[bytes, int] = {}
    # An entity may only use those declared before it: a parser that reads in one pass agrees.
    for entity in declared:
        value = entity["double"] if entity["double"] is not None else entity["single"]
        inner = sum(sizes.get(name, 0) for name in _REFERENCE.findall(value))
        sizes.setdefault(entity["name"], len(value) + inner)
    total = sum(sizes.values())
    if total <= limits.xml_entities:
        total += sum(sizes.get(name, 0) for name in _REFERENCE.findall(body, subset.end()))
    allowed = min(limits.xml_entities + len(body), limits.xml_entity_ratio * len(body))
    if total > max(allowed, _ALWAYS_ALLOWED):
        raise UnreadableError(
            "xml-entities",
            Text(
                f"{url} har entiteter (rad {line}) som växer till {total} byte ur {len(body)}; "
                "skriv ut värdena",
                f"{url} has entities (line {line}) that expand to {total} bytes from "
                f"{len(body)}; write the values out",
            ),
            url=url,
            line=line,
            column=column,
        )


def _check_with_lxml(body: bytes, url: str, limits: Limits) -> None:
    from lxml import etree  # 20 ms that documents without a DOCTYPE need not pay

    depth = 0
    try:
        events = etree.iterparse(
            BytesIO(body),
            events=("start", "end"),
            load_dtd=False,
            no_network=True,
            resolve_entities=True,
            huge_tree=False,
        )
        for event, element in events:
            if event == "end":
                depth -= 1
                element.clear()
                continue
            depth += 1
            if depth > limits.xml_depth:
                _too_deep(body, 0, url, limits.xml_depth, "xml-depth")
            count = len(element.attrib)
            if count > limits.xml_attributes:
                _check_attributes(count, body, 0, url, limits)
    except etree.XMLSyntaxError as error:
        raise xml_error(error, url) from error


def xml_error(error: Exception, url: str) -> UnreadableError:
    """The error for XML that lxml refuses, with its place."""
    text = str(getattr(error, "msg", None) or error)
    line, column = getattr(error, "position", None) or (0, 0)
    event = "syntax"
    if "amplification" in text or "entity reference loop" in text or "loop" in text:
        event = "xml-entities"
    elif "Premature end" in text or "EndTag: '</' not found" in text:
        event = "truncated"
    return UnreadableError(
        event,
        Text(
            f"{url} är inte välformad XML: {text}; rätta den och pröva med xmllint",
            f"{url} is not well-formed XML: {text}; correct it and check it with xmllint",
        ),
        url=url,
        line=line,
        column=max(column, 0),
    )


def check_json(body: bytes, url: str, limits: Limits) -> None:
    """Refuse JSON nested deeper than ``limits.json_depth`` (``json-depth``)."""
    if _json_depth(body, limits.json_depth) <= limits.json_depth:
        return
    depth = 0
    for token in _JSON.finditer(body):
        if token["open"]:
            depth += 1
            if depth > limits.json_depth:
                _too_deep(body, token.start(), url, limits.json_depth, "json-depth")
        elif token["close"]:
            depth -= 1
    _too_deep(body, 0, url, limits.json_depth, "json-depth")


def _json_depth(body: bytes, limit: int) -> int:
    """How deep brackets nest, or more: exact where they match up to ``limit``."""
    brackets = _json_brackets(body)
    for depth in range(limit + 1):
        inner = brackets.replace(b"[]", b"")
        if len(inner) == len(brackets):
            steps = (1 if bracket in b"[" else -1 for bracket in inner)
            return depth + max(accumulate(steps), default=0)
        brackets = inner
    return limit + 1


def _json_brackets(body: bytes) -> bytes:
    """The brackets outside strings: in every other piece between quotes, once escapes are gone."""
    found: list[bytes] = []
    inside = start = 0
    while start < len(body):
        end = min(start + _WINDOW, len(body))
        while end < len(body) and body[end - 1] == 92:
            end += 1
        window = body[start:end]
        if b"\\" in window:
            window = window.replace(b"\\\\", b"").replace(b'\\"', b"")
        pieces = window.split(b'"')
        found.append(b"".join(pieces[inside::2]).translate(None, _NO_JSON_BRACKETS))
        inside = (inside + len(pieces) - 1) % 2
        start = end
    return b"".join(found).translate(_ONE_KIND)


def check_turtle(body: bytes, url: str, limits: Limits, *, exact: bool = False) -> None:
    """Refuse Turtle nested deeper than ``limits.turtle_depth`` (``turtle-depth``).

    Brackets in texts are told from real ones only when the plain count is suspicious or ``exact``
    is asked for: pyoxigraph reads any depth, rdflib does not.
    """
    brackets = body.translate(None, _NO_BRACKETS)
    if len(brackets) <= limits.turtle_depth:
        return
    steps = (1 if bracket in b"[(" else -1 for bracket in brackets)
    if not exact and max(accumulate(steps)) <= limits.turtle_depth:
        return
    depth = 0
    for token in _TURTLE.finditer(body):
        if token["open"]:
            depth += 1
            if depth > limits.turtle_depth:
                _too_deep(body, token.start(), url, limits.turtle_depth, "turtle-depth")
        elif token["close"]:
            depth -= 1


_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NO_TAG_ENDS = bytes(set(range(256)) - set(b"<>"))
_NO_JSON_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]()"))
