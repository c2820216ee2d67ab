"""Text for terminals: harmless, measured, in columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.report.terminal import _NARROW, Column, _cells, cut, table, visible, width_of


@pytest.mark.case("S69")
@pytest.mark.case("S70")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("line\nforged: error", r"line\x0aforged: error"),
        ("\u202eevil", r"\u202eevil"),
        ("\x9b2J", r"\x9b2J"),
        ("\ud800", r"\ud800"),
        ("[link=http://x]Å[/link]", "[link=http://x]Å[/link]"),
    ],
)
def test_control_characters_are_shown_not_sent(text, shown):
    """S69, S70: what data says can neither steer the terminal nor forge a line."""
    assert visible(text) == shown


@pytest.mark.case("D11")
@given(st.text())
def test_nothing_visible_can_steer_a_terminal(text):
    """Whatever the text, one line of printable characters comes out."""
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in visible(text))


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_cut_text_fits(text, width):
    """Wide and combining characters are counted in cells."""
    assert width_of(cut(visible(text), width)) <= width


def test_widths_count_cells():
    """CJK fills two cells, a combining ring none."""
    assert [width_of(text) for text in ("abc", "åäö", "日本", "a\u030a")] == [3, 3, 4, 1]


@given(st.lists(st.tuples(st.text(max_size=80), st.integers(0, 10**6)), max_size=8))
def test_a_table_with_a_column_that_gives_way_fits_its_width(rows):
    """No line is wider than the terminal."""
    lines = table(
        [Column("Title", narrowest=8), Column("Count", numeric=True)],
        [[title, str(count)] for title, count in rows],
        40,
    )
    assert all(width_of(line) <= 40 for line in lines)


def test_columns_are_aligned_and_cut_with_an_ellipsis():
    """Names to the left, numbers to the right."""
    columns = [Column("Source", narrowest=8), Column("Docs", numeric=True)]
    assert table(columns, [["exempelstads-kommun", "1"], ["b", "200"]], 16) == [
        "Source      Docs",
        "exempelst…     1",
        "b            200",
    ]


def test_what_is_taken_for_narrow_at_a_glance_is_narrow():
    """The quick answer for European texts is that of the slow question for each character."""
    narrow = [char for char in map(chr, range(0x11000)) if _NARROW.fullmatch(char)]
    assert {"å", "–", "…"} <= set(narrow)
    assert all(_cells(char) == 1 for char in narrow)
