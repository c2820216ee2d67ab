"""Lines and columns, and the excerpt that shows one."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.positions import Lines, excerpt


def test_a_line_ends_at_a_line_feed() -> None:
    """As git and GitHub count; a carriage return counts only where there is no line feed."""
    assert Lines("a\r\nb\rc\n").place(6) == (2, 4)
    assert Lines("a\rb\rc").place(4) == (3, 1)
    assert Lines("a\r\nb").line(1) == "a"
    assert Lines("").place(0) == (1, 1)


@given(st.text(st.sampled_from("ab\n\r"), max_size=20), st.integers(0, 20))
def test_place_and_offset_are_each_other_backwards(text: str, offset: int) -> None:
    """Every offset has one line and column, and the other way round."""
    offset = min(offset, len(text))
    lines = Lines(text)
    assert lines.offset(*lines.place(offset)) == offset


def test_a_caret_stands_under_the_place() -> None:
    """Tabs are one cell, wide characters two, marks on letters none."""
    lines = Lines('\ta "数e\u0301x" .')
    shown = excerpt(lines, 1, lines.text.index("x") + 1)
    assert shown.rows() == (' a "数e\u0301x" .', " " * 7 + "^")


def test_control_characters_are_shown_and_do_nothing() -> None:
    """Escape sequences and marks that turn text around become pictures."""
    assert excerpt(Lines("a\x1b[31m\u202eb\x7f"), 1, 1).text == "a␛[31m\ufffdb␡"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    st.integers(-5, 400),
    st.integers(12, 60),
)
def test_an_excerpt_is_never_wider_than_asked(text: str, column: int, width: int) -> None:
    """The caret is on the line shown, and no character of it moves a terminal's cursor."""
    shown = excerpt(Lines(text), 1, column, width=width)
    cells = sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in shown.text
    )
    assert cells <= width
    assert 0 <= shown.caret <= width
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in shown.text)


def test_a_clipped_line_keeps_the_place_in_sight() -> None:
    """A line of megabytes, such as minified JSON, is cut on both sides."""
    shown = excerpt(Lines("a" * 5000 + "X" + "b" * 5000), 1, 5001, width=40)
    assert len(shown.text) == 40
    assert shown.text[shown.caret] == "X"
    assert (shown.text[0], shown.text[-1]) == ("…", "…")
