"""Markup: HTML and doubly escaped characters in texts become plain text.

Only the tags that people write in descriptions, and only in properties that hold text for people.
Paragraphs and items become lines; the address of a link is kept in brackets. ``R&amp;D`` becomes
``R&D``. A text with ``<`` that starts no such tag is left.
"""

import html
import re
from functools import lru_cache
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, FOAF, RDFS, SKOS, VCARD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

TEXTS: Final = frozenset(
    {
        DCTERMS + "title",
        DCTERMS + "description",
        DCTERMS + "alternative",
        DCAT + "keyword",
        FOAF + "name",
        VCARD + "fn",
        RDFS + "label",
        RDFS + "comment",
        SKOS + "prefLabel",
    }
)
_BLOCKS: Final = "p|div|br|ul|ol|li|h[1-6]|table|tr|td|th|tbody|thead|blockquote|hr|pre|section"
_INLINE: Final = "a|b|i|u|em|strong|span|font|sub|sup|small|code|img|abbr"
_TAG: Final = re.compile(rf"<(/?)({_BLOCKS}|{_INLINE})((?:\s[^<>]*)?)/?>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,10});")
_HREF: Final = re.compile(r"""href\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_LINK: Final = re.compile(r"<a(\s[^<>]*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_PASSES: Final = 3


@lru_cache(maxsize=1)
def _blocks() -> re.Pattern[str]:
    return re.compile(_BLOCKS, re.IGNORECASE)


def plain(text: str) -> str:
    """The text without markup and without escapes; the text itself when it has none."""
    for _ in range(_PASSES):
        before = text
        if _TAG.search(text):
            text = _LINK.sub(_link, text)
            text = _TAG.sub(_space, text)
            text = re.sub(r"[ \t\u00a0]*\n[ \t\u00a0]*", "\n", text)
            text = re.sub(r"\n{3,}", "\n\n", text).strip()
        if _ENTITY.search(text):
            text = _ENTITY.sub(_character, text)
        if text == before:
            break
    return text


def _link(match: re.Match[str]) -> str:
    href, shown = _HREF.search(match[1]), match[2]
    if href is None or href[1] in shown:
        return shown
    return f"{shown} ({href[1]})"


def _space(match: re.Match[str]) -> str:
    if not _blocks().fullmatch(match[2]):
        return ""
    if match[2].lower() == "li" and not match[1]:
        return "\n- "
    return "\n"


def _character(match: re.Match[str]) -> str:
    found = html.unescape(match[0])
    return found if len(found) == 1 and (found.isprintable() or found in "\n\u00a0") else match[0]


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a text without its markup."""
    if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, RDF_LANG_STRING):
        return None
    if "<" not in value.value and "&" not in value.value:
        return None
    text = plain(value.value)
    if text == value.value or not text.strip():
        return None
    return Rewrite(((predicate, Literal(text, value.datatype, value.language)),))


STEPS: Final = (ValueStep("markup", TEXTS.__contains__, rewrite),)
