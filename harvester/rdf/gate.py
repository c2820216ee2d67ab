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

_WINDOW = 4 << 20
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(?P<close></[^>]*>)"
    rb"|(?P<open><[^!?/<>\"'\s][^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+>)|<",
    re.DOTALL,
)
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
    depth = _fast_depth(body, limits)
    if depth is None:
        depth = _exact_depth(body, url, limits)
    if depth > 0:
        line, column = place(body, len(body))
        raise UnreadableError(
            "truncated",
            f"{url} breaks off at line {line} with {depth} elements still open; "
            "publish the whole file",
            url=url,
            line=line,
            column=column,
        )


def _fast_depth(body: bytes, limits: Limits) -> int | None:
    """Depth at the end, counted tag by tag; ``None`` where only a careful reading is exact.

    Exact while every ``<`` has one ``>`` before the next ``<``: then no tag ends inside quotes,
    and no comment or CDATA section holds a tag.
    """
    depth = 0
    start = body.find(b"<")
    size = len(body)
    longest = limits.xml_attributes * 4
    deepest = limits.xml_depth
    while 0 <= start < size:
        end = size if size - start <= _WINDOW else body.rfind(b"<", start + 1, start + _WINDOW)
        if end < 0:
            return None
        for piece in body[start + 1 : end].split(b"<"):
            if piece.count(b">") != 1:
                return None
            first = piece[0]
            if first == 47:  # /
                depth -= 1
            elif first == 33:  # !
                if not (piece.startswith(b"!--") and b"-->" in piece):
                    return None
            elif first != 63:  # ?
                close = piece.find(b">")
                if piece[close - 1] != 47:
                    depth += 1
                    if depth > deepest:
                        return None  # the careful reading says where
                if close > longest and piece.count(b"=") > limits.xml_attributes:
                    return None
        start = end
    return depth


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
            f"{url} has an element with {count} attributes at line {line}; "
            f"at most {limits.xml_attributes} are read",
            url=url,
            line=line,
            column=column,
        )


def _too_deep(body: bytes, offset: int, url: str, limit: int, event: str) -> None:
    line, column = place(body, offset)
    raise UnreadableError(
        event,
        f"{url} is nested more than {limit} levels deep at line {line}; flatten it",
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
            f"{url} has a DOCTYPE at line {line} that does not end; remove it",
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
            f"{url} refers to an external DTD or entity at line {line}, which is never fetched; "
            "write the values out",
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
            f"{url} has entities (line {line}) that expand to {total} bytes from {len(body)}; "
            "write the values out",
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
        f"{url} is not well-formed XML: {text}; correct it and check it with xmllint",
        url=url,
        line=line,
        column=max(column, 0),
    )


def check_json(body: bytes, url: str, limits: Limits) -> None:
    """Refuse JSON nested deeper than ``limits.json_depth`` (``json-depth``)."""
    # What stands outside the strings: every other piece between quotes, once escapes are gone.
    plain = body.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in body else body
    brackets = b"".join(plain.split(b'"')[::2]).translate(None, _NO_JSON_BRACKETS)
    steps = (1 if bracket in b"[{" else -1 for bracket in brackets)
    if max(accumulate(steps), default=0) <= limits.json_depth:
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


_NO_JSON_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]()"))
