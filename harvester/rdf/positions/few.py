"""Where the few nodes stand that are asked about, so that a large document need not be scanned.

One search over the text for what gives a node its IRI. It answers only what is certain: nodes that
can be read by themselves, whatever is around them. Else the whole document is scanned.
"""

import re
from collections.abc import Mapping
from typing import Final

from harvester.namespaces import RDF
from harvester.rdf.positions.context import Context
from harvester.rdf.positions.index import Wanted
from harvester.rdf.positions.xmltags import Entities

# With more nodes, or in a short text, a search beside the scan gains nothing.
_MOST: Final = 1000
_LONG: Final = 50_000
# What can make a node stand beside another, or hide a tag.
_NO_XML: Final = ("Collection", "<!")
_NO_JSON: Final = ('"@json"', "\\u0040")
_ABOUT: Final = re.compile(r"about\s*+=\s*+[\"']([^\"'<]*+)")
_FIRST: Final = re.compile(r'\{\s*+"@id"')
_DESCRIBED: Final = re.compile(r'\{\s*+"@id"\s*+:\s*+"([^"]*+)"\s*+,')
_TOP_CONTEXT: Final = re.compile(r'\s*+\{\s*+"@context"')


def worthwhile(text: str, wanted: Wanted) -> bool:
    """Whether the nodes that are asked about are few, in a long text, and have IRIs."""
    return not wanted.blanks and len(wanted.named) <= _MOST and len(text) >= _LONG


def in_rdfxml(
    text: str,
    root: tuple[int, int],
    namespaces: Mapping[str, str],
    entities: Entities,
    wanted: Wanted,
) -> list[int] | None:
    """Where the wanted node elements start, children of the rdf:RDF whose tag is at ``root``.

    ``None`` where one of them may stand anywhere else.
    """
    start, end = root
    # An rdf:ID gives an IRI with a fragment.
    no = ("ID", *_NO_XML) if any("#" in iri for iri in wanted.named) else _NO_XML
    if any(text.find(sign, end) >= 0 for sign in no):
        return None
    rdf = "|".join(re.escape(prefix) for prefix, iri in namespaces.items() if iri == RDF)
    before = re.compile(rf"[^>]*\s(?:{rdf}):")
    found: list[int] = []
    for match in _ABOUT.finditer(text, end):
        iri = entities.decode(match[1])
        if ":" not in iri:
            return None  # relative: what it is depends on xml:base
        if iri in wanted.named or iri in wanted.subjects:
            at = text.rfind("<", 0, match.start())
            named = before.fullmatch(text, at, match.start())
            if named is None or not _follows_an_element(text, at, start):
                return None
            found.append(at)
    return found


def _follows_an_element(text: str, at: int, root: int) -> bool:
    """Whether the tag before is the root's, or ends an element; nodes do not follow properties."""
    before = at - 1
    while text[before].isspace():
        before -= 1
    tag = text.rfind("<", 0, before)
    ends = text[tag + 1] == "/" or text[before - 1] == "/"
    return text[before] == ">" and (tag == root or ends)


def in_jsonld(
    text: str, context: Context, contexts: list[tuple[int, int]], wanted: Wanted
) -> list[int] | None:
    """Where the wanted node objects start; ``context`` is that of them all.

    ``None`` where one of them may be named in another way, or be read by another context.
    ``contexts`` is where the values of all @context are.
    """
    if len(contexts) > 1 or (contexts and _TOP_CONTEXT.match(text) is None):
        return None
    if any(term.iri == "@id" for term in context.terms.values()):
        return None
    if any(sign in text for sign in _NO_JSON):
        return None
    begin = contexts[0][1] if contexts else 0
    if len(_FIRST.findall(text, begin)) != text.count('"@id"', begin):
        return None
    found: list[int] = []
    for match in _DESCRIBED.finditer(text, begin):
        name = match[1]
        if "\\" in name:
            return None
        iri = name if "://" in name else context.identify(name)
        if iri in wanted.named or iri in wanted.subjects:
            found.append(match.start())
    return found
