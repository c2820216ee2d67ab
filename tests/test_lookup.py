import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import UsageError
from harvester.lookup import excerpt, marks_of, read_words, stem, tokens_of, without_marks


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("kartor", "kart"),
        ("karta", "kart"),
        ("kartorna", "kart"),
        ("lekplatserna", "lekplats"),
        ("datamängder", "datamängd"),
        ("parken", "park"),
        ("sjö", "sjö"),
        ("hus", "hus"),
        ("badet", "bade"),  # bad would be three letters, and find badger
        ("2024", "2024"),
    ],
)
def test_a_stem_is_the_word_without_its_longest_ending(word, left):
    """At least four letters are left, since fewer find everything."""
    assert stem(word) == left


def test_words_are_runs_of_letters_and_digits():
    """Quotes, operators, colons and NUL are gaps; a star is one only at the end of a word."""
    words = read_words(['"OR NEAR(x)"', "title:bad*\x00", "-öppna-data", "*"])
    assert [word.tokens for word in words] == [
        ("or",), ("near", "x"), ("title", "bad"), ("öppna", "data"),
    ]  # fmt: skip
    assert [word.prefix for word in words] == [False, False, False, False]
    assert read_words(["Kart*"])[0].starts == "kart"
    assert read_words(["kartor"])[0].starts == "kart"


@pytest.mark.parametrize("nothing", ["", "  ", '"', "* - :", "\x00"])
def test_nothing_to_search_for_is_said(nothing):
    """Rather than finding nothing, or everything."""
    with pytest.raises(UsageError, match="nothing to search for"):
        read_words([nothing])


@pytest.mark.parametrize("much", ["a" * 101, "a b c " + " ".join(f"w{n}" for n in range(30))])
def test_more_than_a_person_types_is_refused(much):
    """A query of a megabyte is no question."""
    with pytest.raises(UsageError, match="too much"):
        read_words([much])


def test_case_composition_and_marks():
    """A letter and its dots are one letter, however they were typed."""
    assert tokens_of("MALMO\u0308") == ("malmö",)
    assert without_marks("Åland é ø") == "aland e ø"


def test_an_excerpt_shows_the_word_in_its_surroundings():
    """Cut at blanks, with an ellipsis where something is left out, the word marked."""
    text = "Kommunens alla " + "viktiga " * 30 + "Badplatser med vatten " + "och annat " * 30
    found = excerpt(text, read_words(["badplats"]), 60)
    assert len(found.text) <= 62
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    ((start, end),) = found.marks
    assert found.text[start:end] == "Badplatser"
    assert excerpt("a\n\n b", read_words(["x"]), 60).text == "a b"


@given(st.text(max_size=200), st.text(min_size=1, max_size=10), st.integers(20, 80))
def test_marks_are_inside_and_in_order(text, word, width):
    """Whatever the text: each mark is a word that was searched for, none overlap."""
    try:
        words = read_words([word])
    except UsageError:
        return
    found = excerpt(text, words, width)
    ends = [place for mark in found.marks for place in mark]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(found.text) for place in ends)
    assert found.marks == marks_of(found.text, words) or "…" in found.text


@given(st.lists(st.text(max_size=20), max_size=5))
def test_reading_words_never_fails_otherwise(texts):
    """There is no syntax to get wrong."""
    try:
        words = read_words(texts)
    except UsageError:
        return
    assert all(token.isprintable() for word in words for token in word.tokens if token.isascii())
