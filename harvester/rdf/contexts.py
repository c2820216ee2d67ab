"""JSON-LD contexts: the ones shipped here, and the rule that no other is ever fetched.

A remote @context lets whoever serves it rewrite the catalog, and lets the catalog send us to any
address (security-cases S59). The shipped ones are our own, compact, and cover what DCAT-AP
publishers write; keys they do not know are named in a finding.
"""

import json
import math
import re
from typing import Final

from harvester.errors import UnreadableError
from harvester.namespaces import DCAT, DCTERMS, FOAF, PREFIXES, SCHEMA, SKOS, VCARD, XSD
from harvester.words import Text

_REFERRED = re.compile(rb'"@context"\s*+:\s*+[^{]')
_ESCAPED_LETTER = re.compile(rb"\\u00[46]")  # a key may be written as escapes

_LINKS = (
    (DCAT, "dataset catalog service record distribution contactPoint theme themeTaxonomy "
     "landingPage accessURL downloadURL accessService endpointURL endpointDescription "
     "servesDataset mediaType compressFormat packageFormat qualifiedRelation inSeries prev "
     "first last temporalResolution hadRole resource"),
    (DCTERMS, "publisher creator license rights accessRights conformsTo language spatial "
     "temporal accrualPeriodicity isPartOf hasPart isVersionOf hasVersion isReferencedBy "
     "references relation source provenance type"),
    (FOAF, "homepage page mbox primaryTopic"),
    (VCARD, "hasEmail hasTelephone hasURL hasAddress"),
)  # fmt: skip
_TEXTS = (
    (DCAT, "keyword version byteSize startDate endDate bbox centroid spatialResolutionInMeters"),
    (DCTERMS, "title description identifier issued modified format alternative"),
    (FOAF, "name"),
    (VCARD, "fn"),
    (SKOS, "prefLabel altLabel notation"),
)
_CLASSES = (
    (DCAT, "Catalog Dataset DatasetSeries Distribution DataService CatalogRecord Relationship"),
    (DCTERMS, "PeriodOfTime Location LicenseDocument RightsStatement Standard ProvenanceStatement"),
    (FOAF, "Agent Organization Person Document"),
    (VCARD, "Kind Individual Group"),
    (SKOS, "Concept ConceptScheme"),
)


def _dcat() -> dict[str, object]:
    context: dict[str, object] = {**PREFIXES, "dct": DCTERMS, "id": "@id", "type": "@type"}
    for namespace, names in _TEXTS + _CLASSES:
        context |= {name: namespace + name for name in names.split()}
    for namespace, names in _LINKS:
        context |= {
            name: {"@id": namespace + name, "@type": "@id"}
            for name in names.split()
            if name != "type"
        }
    return context | {"xsd": XSD}


DCAT_CONTEXT: Final = _dcat()
SCHEMA_CONTEXT: Final[dict[str, object]] = {
    "@vocab": SCHEMA,
    "schema": SCHEMA,
    "id": "@id",
    "type": "@type",
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
    "license": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "dateModified": {"@type": "Date"},
    "datePublished": {"@type": "Date"},
}
_SHIPPED = (
    (
        re.compile(
            r"https?://(?:www\.)?w3\.org/ns/dcat(?:2|3)?(?:\.jsonld|#)?"
            r"|https?://semiceu\.github\.io/DCAT-AP/.*\.jsonld"
            r"|https?://data\.europa\.eu/r5r/?.*"
        ),
        DCAT_CONTEXT,
    ),
    (
        re.compile(
            r"https?://(?:www\.)?schema\.org(?:/|/docs/jsonldcontext\.jsonl?d?|/.*\.jsonld)?"
        ),
        SCHEMA_CONTEXT,
    ),
)


def inline_contexts(body: bytes, url: str) -> bytes:
    """Replace references to shipped contexts by the contexts themselves.

    Raises ``UnreadableError``: ``remote-context`` for any other reference, ``syntax`` where the
    document refers to one and is not valid JSON.
    """
    if (
        b'"@import"' not in body
        and _REFERRED.search(body) is None
        and (b"\\" not in body or _ESCAPED_LETTER.search(body) is None)
    ):
        return body
    return json.dumps(load(body, url), ensure_ascii=True).encode()


def load(body: bytes, url: str) -> object:
    """Parse JSON tolerantly, with every context inlined; a repeated key is refused.

    Raises ``UnreadableError``: ``remote-context``, ``syntax``, ``truncated``.
    """
    text = body.decode("utf-8", "surrogatepass")
    try:
        document = json.loads(
            text,
            strict=False,
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_float=_double,
            parse_constant=_typed_double,
        )
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        raise UnreadableError(
            "truncated" if cut else "syntax",
            Text(
                f"{url} är inte giltig JSON på rad {error.lineno}, kolumn {error.colno}: ",
                f"{url} is not valid JSON at line {error.lineno}, column {error.colno}: ",
            )
            + f"{error.msg}; "
            + (
                Text("publicera hela filen", "publish the whole file")
                if cut
                else Text("rätta felet", "correct it")
            ),
            url=url,
            line=error.lineno,
            column=error.colno,
        ) from error
    except _RepeatedKeyError as error:
        raise UnreadableError(
            "syntax",
            Text(
                f"{url} anger nyckeln {error.args[0]!r} två gånger i ett JSON-objekt; "
                "lägg värdena i en lista",
                f"{url} states the key {error.args[0]!r} twice in one JSON object; "
                "put the values in an array",
            ),
            url=url,
        ) from error
    return _walk(document, url)


class _RepeatedKeyError(ValueError):
    """A JSON object has a key twice: a parser that keeps one of them loses data silently."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedKeyError(next(name for name in names if names.count(name) > 1))
    return members


def _integer(text: str) -> object:
    # Python refuses to convert very long digit strings; JSON-LD would round them to a double.
    return int(text) if len(text) <= 18 else {"@value": text, "@type": XSD + "integer"}


def _double(text: str) -> object:
    number = float(text)
    return number if math.isfinite(number) else _typed_double(text)


def _typed_double(text: str) -> object:
    return {"@value": text.replace("Infinity", "INF"), "@type": XSD + "double"}


def _walk(node: object, url: str) -> object:
    if isinstance(node, dict):
        return {
            key: _context(value, url) if key == "@context" else _walk(value, url)
            for key, value in node.items()
            if not _is_import(key, value, url)
        }
    if isinstance(node, list):
        return [_walk(item, url) for item in node]
    return node


def _is_import(key: str, value: object, url: str) -> bool:
    if key == "@import":
        raise _remote(value, url)
    return False


def _context(value: object, url: str) -> object:
    if isinstance(value, str):
        for pattern, context in _SHIPPED:
            if pattern.fullmatch(value):
                return context
        raise _remote(value, url)
    if isinstance(value, list):
        return [_context(item, url) for item in value]
    return _walk(value, url)


def _remote(address: object, url: str) -> UnreadableError:
    return UnreadableError(
        "remote-context",
        Text(
            f"{url} hänvisar till JSON-LD-kontexten {address}, som inte hämtas; "
            "skriv in kontexten i dokumentet",
            f"{url} refers to the JSON-LD context {address}, which is not fetched; "
            "write the context into the document",
        ),
        url=url,
    )
