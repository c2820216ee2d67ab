"""What a search found: the title in the reader's language, where it is, why it was found."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from harvester.lookup import Excerpt, Word, excerpt
from harvester.report.terminal import visible
from harvester.report.texts import say

if TYPE_CHECKING:
    from harvester.store.views import SearchHit, SearchHits

SCHEMA: Final = "harvester/search/1"
_SNIPPET: Final = 160  # characters for programs; a terminal's line decides for people
_BOLD: Final = ("\x1b[1m", "\x1b[0m")
_PLAIN: Final = ("*", "*")


def search_lines(
    found: "SearchHits", words: Sequence[Word], lang: str, width: int, *, colour: bool
) -> Iterator[str]:
    """Three lines a hit, best first, and how many there are; words in bold, else in asterisks."""
    if not found.hits:
        yield say("search.nothing", lang)
        return
    around = _BOLD if colour else _PLAIN
    for hit in found.hits:
        title = _marked(_title(hit, lang), words, width * 2)
        kinds = ", ".join(say(f"kind.{kind}", lang) for kind in hit.kinds)
        yield f"{_show(title, around)}  [{kinds}]"
        place = say("search.place", lang, iri=visible(hit.iri), source=visible(hit.source))
        yield "  " + place + ("" if hit.published else say("search.lost", lang))
        snippet = _snippet(hit, words, max(20, width - 4))
        if snippet.text:
            yield "  " + _show(snippet, around)
    shown = len(found.hits)
    yield ""
    yield say("search.all" if shown == found.total else "search.some", lang,
              shown=shown, total=found.total)  # fmt: skip


def search_json(found: "SearchHits", words: Sequence[Word], lang: str) -> dict[str, Any]:
    """The same for programs; ``marks`` are (start, end) in the characters of ``snippet``."""
    return {
        "schema": SCHEMA,
        "words": [" ".join(word.tokens) + ("*" if word.prefix else "") for word in words],
        "total": found.total,
        "hits": [_hit(hit, words, lang) for hit in found.hits],
    }


def _hit(hit: "SearchHit", words: Sequence[Word], lang: str) -> dict[str, Any]:
    snippet = _snippet(hit, words, _SNIPPET)
    return {
        "iri": hit.iri,
        "source": hit.source,
        "source_title": hit.source_title,
        "classes": [str(kind) for kind in hit.kinds],
        "title": _title(hit, lang) or None,
        "published": hit.published,
        "match": hit.match,
        "snippet": snippet.text,
        "marks": [list(mark) for mark in snippet.marks],
    }


def _title(hit: "SearchHit", lang: str) -> str:
    return hit.titles.get(lang) or hit.titles.get("") or hit.iri


def _snippet(hit: "SearchHit", words: Sequence[Word], width: int) -> Excerpt:
    """Of the description or the keywords, whichever has a word; else how the description begins."""
    keywords = ", ".join(hit.keyword.split("\n"))
    texts = [_marked(text, words, width) for text in (hit.description, keywords)]
    return next((one for one in texts if one.marks), texts[0])


def _marked(text: str, words: Sequence[Word], width: int) -> Excerpt:
    return excerpt(visible(" ".join(text.split())), words, width)


def _show(piece: Excerpt, around: tuple[str, str]) -> str:
    text = piece.text
    for start, end in reversed(piece.marks):
        text = text[:start] + around[0] + text[start:end] + around[1] + text[end:]
    return text
