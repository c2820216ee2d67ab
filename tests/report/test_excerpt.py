"""The text of the lines that findings are on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Syntax
from harvester.rdf.positions import Aim, Page, Place
from harvester.report.excerpt import MOST_CHARACTERS, excerpt, lines_of
from harvester.report.terminal import width_of


def lines_of_file(body: bytes, places: list[Place]) -> dict[tuple[str, int], str]:
    page = Page("k.ttl", lambda: body, Syntax.TURTLE, "file:///k.ttl")
    return lines_of(page, places)


def at(line, column=1, name="k.ttl"):
    return Place(name, line, column, Aim.EXACT)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_counted_as_editors_do(end, encoding):
    """Whatever ends them; a byte order mark is no character."""
    body = end.join(["å", "ä", "ö"]).encode(encoding)
    assert lines_of_file(body, [at(1), at(3)]) == {("k.ttl", 1): "å", ("k.ttl", 3): "ö"}


def test_only_lines_with_findings_of_this_input_are_kept():
    """Line 0 is unknown, a line beyond the end is none."""
    assert lines_of_file(b"a\nb", [at(0), at(9), at(1, name="other.ttl")]) == {}


def test_of_a_very_long_line_the_part_around_the_place_is_kept():
    """And columns still count."""
    line = lines_of_file(b"x" * 5000 + b"HERE" + b"y" * 10**6, [at(1, 5001)])["k.ttl", 1]
    assert line[5000:5004] == "HERE"
    assert len(line) <= 5001 + MOST_CHARACTERS


@given(st.text(max_size=200), st.integers(0, 300), st.integers(20, 120))
def test_an_excerpt_fits_and_its_caret_is_under_it(text, column, width):
    """Whatever the line holds, wide characters and controls too."""
    shown, caret = excerpt(text, column, width)
    assert width_of(shown) <= width
    assert caret.strip() == "^"
    assert len(caret) <= width_of(shown) + 1
