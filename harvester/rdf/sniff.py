"""Which RDF syntax a document is in, seen from its bytes and never from its name or media type.

What is not RDF is recognised and named, because "200 OK" with a login page, an API's JSON answer
or an XML fault would otherwise be read as an empty or tiny catalog.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

from harvester.errors import UnreadableError
from harvester.model import Syntax
from harvester.rdf.tokens import COMMENT, TURTLE_STRING

_MAGIC = (
    (b"\x1f\x8b", "gzip", "a gzip file; it has to be unpacked, or served with Content-Encoding"),
    (b"PK\x03\x04", "zip", "a zip archive (or an Excel or Word file); publish the RDF file itself"),
    (b"PK\x05\x06", "zip", "an empty zip archive; publish the RDF file itself"),
    (b"BZh", "bzip2", "a bzip2 file; publish the RDF file itself"),
    (b"\xfd7zXZ\x00", "xz", "an xz file; publish the RDF file itself"),
    (b"\x28\xb5\x2f\xfd", "zstd", "a zstd file; publish the RDF file itself"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7-Zip archive; publish the RDF file itself"),
    (b"%PDF-", "pdf", "a PDF document; publish RDF"),
    (b"\x89PNG", "png", "a picture; publish RDF"),
    (b"\xff\xd8\xff", "jpeg", "a picture; publish RDF"),
    (b"GIF8", "gif", "a picture; publish RDF"),
    (b"SQLite format 3\x00", "sqlite", "an SQLite database; publish RDF"),
)
_XML_ROOTS = {
    "GetRecordsResponse": 'a CSW answer; configure the source with type = "csw"',
    "GetRecordByIdResponse": 'a CSW answer; configure the source with type = "csw"',
    "Capabilities": 'the capabilities of a geodata service; use type = "csw" and its address',
    "OAI-PMH": 'an OAI-PMH answer; configure the source with type = "oai-pmh"',
    "MD_Metadata": "an ISO 19139 record, not RDF",
    "ExceptionReport": "a service's error report",
    "Envelope": "a SOAP answer, not RDF",
    "Fault": "a service's error report",
    "Error": "a service's error report",
    "error": "a service's error report",
    "rss": "an RSS feed, not RDF",
    "feed": "an Atom feed, not RDF",
    "urlset": "a site map, not RDF",
    "sitemapindex": "a site map, not RDF",
    "svg": "an SVG picture, not RDF",
    "sparql": "a SPARQL result; ask with CONSTRUCT instead of SELECT",
}
_RDF_NAMESPACE = rb"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NOT_BLANK = re.compile(rb"[^\0\t\n\r ]")
_LEAD = re.compile(rb"\s*(?:#[^\r\n]*\s*)*")
_XML_LEAD = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->"
    rb"|<!DOCTYPE(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*'|\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\])*>)*",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    rb"<(?:(?P<prefix>[A-Za-z_][\w.\-]*):)?(?P<name>[A-Za-z_\x80-\xff][\w.\-\x80-\xff]*)"
    rb"(?P<attributes>(?:\s+[^<>\"'\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>"
)
_START_TAG = re.compile(rb"<[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?\s")
_HTML = re.compile(
    rb"<!DOCTYPE\s+html|<(?:[a-z]+:)?(?:html|head|body|title|meta|script|div|p|h1|center)[\s/>]",
    re.IGNORECASE,
)
_LINE = re.compile(
    rb"(?:<[^<>\"{}|^`\\\x00-\x20]*(?:\\u[^>\s]*)?>|_:\S+)[ \t]*<[^<>\s]*>[ \t]*"
    rb"(?:<[^<>\s]*>|_:[^\s<]+|\"[^\"\\\r\n]*+(?:\\.[^\"\\\r\n]*+)*+\""
    rb"(?:@[\w\-]+|\^\^<[^<>\s]*>)?)[ \t]*"
    rb"(?P<graph><[^<>\s]*>|_:[^\s<]+)?[ \t]*\.[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)"
)
_TURTLE = re.compile(
    rb"@(?:prefix|base|version)\b|(?:prefix|base|version|graph)\s|<[^<>\"{}|^`\x00-\x20]*>|_:"
    rb"|\[|\(|\{|[A-Za-z][\w.\-]*:[\w%.\-]*\s+(?:a|<|[A-Za-z][\w.\-]*:)",
    re.IGNORECASE,
)
_TRIG = re.compile(rb"\{|\bGRAPH\b", re.IGNORECASE)
_SKIPPED = re.compile(TURTLE_STRING + b"|" + COMMENT + rb"|<[^<>\s]*>|(?P<open>\{)", re.DOTALL)
_JSON_TOKEN = re.compile(
    rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)\s*(:?)|([\[{])|([\]}])', re.DOTALL
)
_JSON_WORD = re.compile(rb"\s*(?:null|true|false)")
_HEAD = 262_144
_ADVICE = "; correct the address so that it gives the catalog as RDF"


def refuse_binary(body: bytes, url: str) -> None:
    """Raise ``UnreadableError`` for archives, pictures and other files that are no text."""
    for magic, event, what in _MAGIC:
        if body.startswith(magic):
            raise UnreadableError("not-rdf", f"{url} is {what} ({event})", url=url)
    if _NOT_BLANK.search(body) is None:
        raise UnreadableError(
            "empty", f"{url} is empty; publish the catalog there or correct the address", url=url
        )


def sniff(body: bytes, url: str = "") -> Syntax:
    """Recognise the syntax of a UTF-8 document.

    Raises ``UnreadableError``: ``empty``, ``html`` or ``not-rdf``, saying what it is instead.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    start = _LEAD.match(body).end()  # type: ignore[union-attr]  # matches the empty string too
    head = body[start : start + 1]
    if not head:
        raise UnreadableError("empty", f"{url} has no data; publish the catalog there", url=url)
    if head == b"<" and _looks_like_xml(body, start):
        return _sniff_xml(body, start, url)
    if head in b'"-0123456789' or _is_json(body, start):
        return _sniff_json(body, start, url)
    if _LINE.match(body, start):
        return _sniff_lines(body, start)
    if _TURTLE.match(body, start):
        return Syntax.TRIG if _has_graph_block(body) else Syntax.TURTLE
    text = body[start : start + 60].decode("utf-8", "replace").split("\n")[0].strip()
    return _refuse(url, f"text that is no RDF syntax (it starts with {text!r})")


def _refuse(url: str, what: str, event: str = "not-rdf") -> NoReturn:
    raise UnreadableError(
        event,
        f"{url} is {what}{'' if ';' in what else _ADVICE}",
        url=url,
        line=1,
        column=1,
    )


def _looks_like_xml(body: bytes, start: int) -> bool:
    if body[start + 1 : start + 2] in (b"?", b"!"):
        return True
    if _HTML.match(body, start):
        return True
    tag = _TAG.match(body, start)
    if tag is None:
        # A cut or broken start tag; an IRI in angle brackets has no space in it.
        return _START_TAG.match(body, start) is not None
    if tag["prefix"] is not None:
        return b"xmlns" in tag["attributes"]
    return (
        bool(tag["attributes"]) or b"</" + tag["name"] + b">" in body or body[tag.end() - 2] == 47
    )


def _sniff_xml(body: bytes, start: int, url: str) -> Syntax:
    lead = _XML_LEAD.match(body, start)
    root = lead.end() if lead else start
    if re.match(rb"<!DOCTYPE\s+html", body[start:root].lstrip(), re.IGNORECASE) or re.search(
        rb"<!DOCTYPE\s+html", body[start:root], re.IGNORECASE
    ):
        _refuse(url, "a web page (HTML), not RDF", "html")
    if root >= len(body):
        raise UnreadableError("empty", f"{url} is XML without any element", url=url)
    if body[root : root + 2] == b"<!":
        # The document type was not closed as expected; the gate says what is wrong with it.
        return Syntax.RDFXML
    tag = _TAG.match(body, root)
    name = tag["name"].decode("utf-8", "replace") if tag else ""
    if name == "RDF":
        return Syntax.RDFXML
    if _HTML.match(body, root):
        _refuse(url, "a web page (HTML), not RDF", "html")
    if tag is None:
        if re.match(rb"<(?:[A-Za-z_][\w.\-]*:)?RDF\s", body[root : root + 80]):
            return Syntax.RDFXML
        _refuse(url, "XML that breaks off or is damaged in its first element")
    if name in _XML_ROOTS:
        _refuse(url, _XML_ROOTS[name])
    if _RDF_NAMESPACE in tag["attributes"] and tag["prefix"] is not None:
        return Syntax.RDFXML  # one node element as root (RDF/XML, section 7.2.9)
    _refuse(url, f"XML of another kind (its root element is {name})")


def _is_json(body: bytes, start: int) -> bool:
    after = body[start + 1 : start + 1025].lstrip()[:1]
    match body[start : start + 1]:
        case b"{":
            return after in (b'"', b"}", b"") or after == b"'"
        case b"[":
            if after == b"]":
                end = body.index(b"]", start) + 1
                return not body[end : end + 1024].strip()
            return after in b'{["-0123456789' or _JSON_WORD.match(body, start + 1) is not None
    return re.match(rb"(?:null|true|false)\s*\Z", body[start : start + 16]) is not None


def top_level_keys(body: bytes, start: int = 0) -> Iterator[bytes]:
    """The keys of the JSON object a document is, or of the objects in the array it is."""
    depth = 0
    level = 2 if body[start : start + 1] == b"[" else 1
    for token in _JSON_TOKEN.finditer(body, start):
        if token[3]:
            depth += 1
        elif token[4]:
            depth -= 1
        elif token[2] and depth == level:
            yield token[1]


def _sniff_json(body: bytes, start: int, url: str) -> Syntax:
    seen: list[str] = []
    for key in top_level_keys(body, start):
        if key.startswith(b"@") or b"://" in key or key == b"\\u0040context":
            return Syntax.JSONLD
        if len(seen) < 6:
            seen.append(key.decode("utf-8", "replace"))
    if not seen and re.fullmatch(
        rb"(?:\[[\s\[\]{},]*\]|\{\s*\}|null)\s*", body[start : start + 1024]
    ):
        raise UnreadableError("empty", f"{url} is JSON without any data in it", url=url)
    if {"success", "result"} <= set(seen):
        _refuse(url, "a CKAN API answer; use the catalog's DCAT address (catalog.rdf)")
    if "dataset" in seen and "conformsTo" in seen:
        _refuse(url, "a DCAT-US data.json file, which is JSON and not RDF")
    if {"error", "errors", "message", "detail", "status"} & set(seen):
        _refuse(url, f"a JSON error answer (keys: {', '.join(seen)})")
    keys = f" (keys: {', '.join(seen)})" if seen else ""
    _refuse(url, f"JSON without @context{keys}, which is not JSON-LD")


def _sniff_lines(body: bytes, start: int) -> Syntax:
    """N-Triples or N-Quads, unless a line in the first part says that it is Turtle after all."""
    quads = False
    head = body[start : start + _HEAD]
    whole = len(head) < _HEAD
    lines = head.splitlines()
    for line in lines if whole else lines[:-1]:
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            # A damaged line of N-Triples still ends in a full stop and starts with a subject.
            if re.match(rb"<[^<>]*>\s*<|_:\S+\s*<", text) and not re.search(rb"[;,\[\]]$", text):
                continue
            return Syntax.TRIG if _has_graph_block(body) else Syntax.TURTLE
        quads = quads or match["graph"] is not None
    return Syntax.NQUADS if quads else Syntax.NTRIPLES


def _has_graph_block(body: bytes) -> bool:
    head = body[:_HEAD]
    if _TRIG.search(head) is None:
        return False
    return any(token["open"] for token in _SKIPPED.finditer(head))
