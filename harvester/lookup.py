"""What a person's search words mean, and where they stand in a text.

Words are compared without regard to case. Letters are letters first: ``ö`` is not ``o`` in
Swedish, so ``malmö`` is found before ``malmo``; but since not every keyboard has it, and names
travel, a word without its dots is found as well. Inflection is tolerated by the endings of Swedish
nouns and adjectives, taken off before the start of a word is compared: ``kartor`` finds
``karta``. That needs no dictionary and finds too much rather than too little; what was
written exactly so comes first.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from harvester.errors import UsageError
from harvester.words import Text

ELLIPSIS: Final = "…"
_MOST_WORDS: Final = 32
_LONGEST_WORD: Final = 100
_SHORTEST_STEM: Final = 4
# Plural and definite endings of nouns, and what adjectives agree by (Svenska Akademiens
# språklära, 2003, noun declensions 1-6); the longest that leaves a stem is taken off.
_ENDINGS: Final = (
    *("ornas", "arnas", "ernas"),
    *("orna", "arna", "erna"),
    *("ens", "ets", "ena"),
    *("or", "ar", "er", "en", "et", "na", "an"),
    *("a", "e", "n", "s", "t"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search: its tokens (several for ``öppna-data``), and how it is compared.

    ``starts`` is what the last token is to start with: itself for ``kart*``, else its stem;
    ``prefix`` says that the person asked for all that starts so.
    """

    tokens: tuple[str, ...]
    starts: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text, and where in it (start, end) the words of a search stand."""

    text: str
    marks: tuple[tuple[int, int], ...]


def read_words(texts: Iterable[str]) -> tuple[Word, ...]:
    """Read what a person typed; nothing in it is syntax but a ``*`` at the end of a word.

    Raises ``UsageError`` when there is no letter or digit in it, or more than a person types.
    """
    words: list[Word] = []
    for text in " ".join(texts).split():
        tokens = tokens_of(text)
        if tokens:
            prefix = text.endswith("*")
            last = tokens[-1]
            words.append(Word(tokens, last if prefix else stem(last), prefix))
    if not words:
        raise UsageError(
            Text(
                "inget att söka efter: ange ett ord med en bokstav eller siffra i",
                "nothing to search for: give a word with a letter or a digit in it",
            )
        )
    if len(words) > _MOST_WORDS or any(len(t) > _LONGEST_WORD for w in words for t in w.tokens):
        raise UsageError(
            Text(
                f"för mycket att söka efter: högst {_MOST_WORDS} ord med {_LONGEST_WORD} bokstäver",
                f"too much to search for: at most {_MOST_WORDS} words of {_LONGEST_WORD} letters",
            )
        )
    return tuple(dict.fromkeys(words))


def tokens_of(text: str) -> tuple[str, ...]:
    """The runs of letters and digits in a text, in lower case, composed (NFC)."""
    found = "".join(
        char if _in_word(char) else " " for char in unicodedata.normalize("NFC", text).lower()
    )
    return tuple(found.split())


def stem(token: str) -> str:
    """The word without an ending, where at least four letters are left."""
    for ending in _ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= _SHORTEST_STEM:
            return token.removesuffix(ending)
    return token


def without_marks(text: str) -> str:
    """The text in lower case, each letter without dots, rings and accents."""
    return "".join(map(_plain, text))


def excerpt(text: str, words: Sequence[Word], width: int) -> Excerpt:
    """About ``width`` characters of the text around the first word that was searched for.

    Blanks are single, also for line ends. An ellipsis stands where something is left out; the
    marks count in what is given back.
    """
    text = " ".join(text.split())
    found = marks_of(text, words)
    if len(text) <= width:
        return Excerpt(text, found)
    start = max(0, found[0][0] - width // 3) if found else 0
    start = min(start, len(text) - width)
    if start:  # at the start of a word, where one is near
        blank = text.find(" ", start, start + 20)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + width)
    if end < len(text):
        blank = text.rfind(" ", max(start, end - 20), end)
        end = blank if blank >= 0 else end
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    kept = tuple((a + shift, b + shift) for a, b in found if start <= a and b <= end)
    return Excerpt(before + text[start:end] + after, kept)


def marks_of(text: str, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Where words that were searched for stand, in order, none overlapping."""
    starts = tuple({without_marks(start) for word in words for start in _starts(word)})
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if not _in_word(text[place]):
            place += 1
            continue
        end = place
        while end < len(text) and _in_word(text[end]):
            end += 1
        if without_marks(text[place:end]).startswith(starts):
            found.append((place, end))
        place = end
    return tuple(found)


def _starts(word: Word) -> tuple[str, ...]:
    return (*word.tokens[:-1], word.starts)


def _in_word(char: str) -> bool:
    # As SQLite's unicode61 cuts: letters, numbers and private use, with the marks on them.
    return unicodedata.category(char)[0] in "LNM" or unicodedata.category(char) == "Co"


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    parts = unicodedata.normalize("NFD", char.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
