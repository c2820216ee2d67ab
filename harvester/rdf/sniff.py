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
from harvester.words import Text

_PUBLISH_RDF = Text("; publicera RDF", "; publish RDF")
_PUBLISH_FILE = Text("; publicera själva RDF-filen", "; publish the RDF file itself")
_PICTURE = Text("en bild", "a picture") + _PUBLISH_RDF
_MAGIC = (
    (
        b"\x1f\x8b",
        "gzip",
        Text(
            "en gzip-fil; den ska packas upp, eller skickas med Content-Encoding",
            "a gzip file; it has to be unpacked, or served with Content-Encoding",
        ),
    ),
    (
        b"PK\x03\x04",
        "zip",
        Text(
            "ett zip-arkiv (eller en Excel- eller Word-fil)",
            "a zip archive (or an Excel or Word file)",
        )
        + _PUBLISH_FILE,
    ),
    (b"PK\x05\x06", "zip", Text("ett tomt zip-arkiv", "an empty zip archive") + _PUBLISH_FILE),
    (b"BZh", "bzip2", Text("en bzip2-fil", "a bzip2 file") + _PUBLISH_FILE),
    (b"\xfd7zXZ\x00", "xz", Text("en xz-fil", "an xz file") + _PUBLISH_FILE),
    (b"\x28\xb5\x2f\xfd", "zstd", Text("en zstd-fil", "a zstd file") + _PUBLISH_FILE),
    (b"7z\xbc\xaf\x27\x1c", "7z", Text("ett 7-Zip-arkiv", "a 7-Zip archive") + _PUBLISH_FILE),
    (b"%PDF-", "pdf", Text("ett PDF-dokument", "a PDF document") + _PUBLISH_RDF),
    (b"\x89PNG", "png", _PICTURE),
    (b"\xff\xd8\xff", "jpeg", _PICTURE),
    (b"GIF8", "gif", _PICTURE),
    (
        b"SQLite format 3\x00",
        "sqlite",
        Text("en SQLite-databas", "an SQLite database") + _PUBLISH_RDF,
    ),
)
_NOT_RDF = Text(", inte RDF", ", not RDF")
_CSW = Text("ett CSW-svar; ange källans type = ", "a CSW answer; configure the source with type = ")
_FAULT = Text("en tjänsts felmeddelande", "a service's error report")
_XML_ROOTS = {
    "GetRecordsResponse": _CSW + '"csw"',
    "GetRecordByIdResponse": _CSW + '"csw"',
    "Capabilities": Text(
        'en geodatatjänsts beskrivning; använd type = "csw" och dess adress',
        'the capabilities of a geodata service; use type = "csw" and its address',
    ),
    "OAI-PMH": Text(
        'ett OAI-PMH-svar; ange källans type = "oai-pmh"',
        'an OAI-PMH answer; configure the source with type = "oai-pmh"',
    ),
    "MD_Metadata": Text("en ISO 19139-post", "an ISO 19139 record") + _NOT_RDF,
    "ExceptionReport": _FAULT,
    "Envelope": Text("ett SOAP-svar", "a SOAP answer") + _NOT_RDF,
    "Fault": _FAULT,
    "Error": _FAULT,
    "error": _FAULT,
    "rss": Text("ett RSS-flöde", "an RSS feed") + _NOT_RDF,
    "feed": Text("ett Atom-flöde", "an Atom feed") + _NOT_RDF,
    "urlset": Text("en webbplatskarta", "a site map") + _NOT_RDF,
    "sitemapindex": Text("en webbplatskarta", "a site map") + _NOT_RDF,
    "svg": Text("en SVG-bild", "an SVG picture") + _NOT_RDF,
    "sparql": Text(
        "ett SPARQL-resultat; fråga med CONSTRUCT i stället för SELECT",
        "a SPARQL result; ask with CONSTRUCT instead of SELECT",
    ),
}
_WEB_PAGE = Text("en webbsida (HTML)", "a web page (HTML)") + _NOT_RDF
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
_ADVICE = Text(
    "; rätta adressen så att den ger katalogen som RDF",
    "; correct the address so that it gives the catalog as RDF",
)
_PUBLISH = Text("; publicera katalogen där", "; publish the catalog there")


def refuse_binary(body: bytes, url: str) -> None:
    """Raise ``UnreadableError`` for archives, pictures and other files that are no text."""
    for magic, event, what in _MAGIC:
        if body.startswith(magic):
            raise UnreadableError("not-rdf", _is(url, what + f" ({event})"), url=url)
    if _NOT_BLANK.search(body) is None:
        raise UnreadableError(
            "empty",
            _is(
                url,
                Text(
                    "tomt; publicera katalogen där eller rätta adressen",
                    "empty; publish the catalog there or correct the address",
                ),
            ),
            url=url,
        )


def sniff(body: bytes, url: str = "") -> Syntax:
    """Recognise the syntax of a UTF-8 document.

    Raises ``UnreadableError``: ``empty``, ``html`` or ``not-rdf``, saying what it is instead.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")
    start = _LEAD.match(body).end()  # type: ignore[union-attr]  # matches the empty string too
    head = body[start : start + 1]
    if not head:
        what = Text(f"{url} har inga data", f"{url} has no data") + _PUBLISH
        raise UnreadableError("empty", what, url=url)
    if head == b"<" and _looks_like_xml(body, start):
        return _sniff_xml(body, start, url)
    if head in b'"-0123456789' or _is_json(body, start):
        return _sniff_json(body, start, url)
    if _LINE.match(body, start):
        return _sniff_lines(body, start)
    if _TURTLE.match(body, start):
        return Syntax.TRIG if _has_graph_block(body) else Syntax.TURTLE
    text = body[start : start + 60].decode("utf-8", "replace").split("\n")[0].strip()
    return _refuse(
        url,
        Text(
            f"text som inte är någon RDF-syntax (den börjar med {text!r})",
            f"text that is no RDF syntax (it starts with {text!r})",
        ),
    )


def _is(url: str, what: Text) -> Text:
    return Text(f"{url} är ", f"{url} is ") + what


def _refuse(url: str, what: Text, event: str = "not-rdf") -> NoReturn:
    raise UnreadableError(
        event,
        _is(url, what if ";" in what.en else what + _ADVICE),
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
        _refuse(url, _WEB_PAGE, "html")
    if root >= len(body):
        what = Text("XML utan något element", "XML without any element") + _PUBLISH
        raise UnreadableError("empty", _is(url, what), url=url)
    if body[root : root + 2] == b"<!":
        # The document type was not closed as expected; the gate says what is wrong with it.
        return Syntax.RDFXML
    tag = _TAG.match(body, root)
    name = tag["name"].decode("utf-8", "replace") if tag else ""
    if name == "RDF":
        return Syntax.RDFXML
    if _HTML.match(body, root):
        _refuse(url, _WEB_PAGE, "html")
    if tag is None:
        if re.match(rb"<(?:[A-Za-z_][\w.\-]*:)?RDF\s", body[root : root + 80]):
            return Syntax.RDFXML
        _refuse(
            url,
            Text(
                "XML som är avklippt eller skadad i sitt första element",
                "XML that breaks off or is damaged in its first element",
            ),
        )
    if name in _XML_ROOTS:
        _refuse(url, _XML_ROOTS[name])
    if _RDF_NAMESPACE in tag["attributes"] and tag["prefix"] is not None:
        return Syntax.RDFXML  # one node element as root (RDF/XML, section 7.2.9)
    _refuse(
        url,
        Text(
            f"XML av ett annat slag (rotelementet heter {name})",
            f"XML of another kind (its root element is {name})",
        ),
    )


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
        what = Text("JSON utan några data i", "JSON without any data in it") + _PUBLISH
        raise UnreadableError("empty", _is(url, what), url=url)
    if {"success", "result"} <= set(seen):
        _refuse(
            url,
            Text(
                "ett svar från CKAN:s API; använd katalogens DCAT-adress (catalog.rdf)",
                "a CKAN API answer; use the catalog's DCAT address (catalog.rdf)",
            ),
        )
    if "dataset" in seen and "conformsTo" in seen:
        _refuse(
            url,
            Text(
                "en data.json-fil (DCAT-US), som är JSON och inte RDF",
                "a DCAT-US data.json file, which is JSON and not RDF",
            ),
        )
    if {"error", "errors", "message", "detail", "status"} & set(seen):
        _refuse(url, Text("ett felmeddelande i JSON", "a JSON error answer") + _keys(seen))
    _refuse(
        url,
        Text("JSON utan @context", "JSON without @context")
        + (_keys(seen) if seen else "")
        + Text(", vilket inte är JSON-LD", ", which is not JSON-LD"),
    )


def _keys(seen: list[str]) -> Text:
    listed = ", ".join(seen)
    return Text(f" (nycklar: {listed})", f" (keys: {listed})")


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
