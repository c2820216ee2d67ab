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
