"""Lines and columns, and the text of a line."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.positions import Lines


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


@given(st.integers(0, 9000), st.lists(st.integers(0, 9000), max_size=30))
def test_a_long_text_has_the_lines_that_splitting_gives(last: int, ends: list[int]) -> None:
    """Lines that are longer than what is counted at once, and many in one of it."""
    text = "".join("\n" if at in ends or at % 5000 < 9 else "x" for at in range(last))
    lines, split = Lines(text), text.split("\n")
    if "\n" in text:
        assert len(lines) == len(split)
        assert [lines.line(number) for number in range(1, len(split) + 1)] == split
    fresh = Lines(text)
    for offset in (*ends, last):
        before = text[:offset]
        place = before.count("\n") + 1, min(offset, last) - (before.rfind("\n") + 1) + 1
        assert fresh.place(min(offset, last)) == place
