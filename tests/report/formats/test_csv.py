"""CSV: a row for each finding, and no cell that a spreadsheet would compute."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.report.formats import FORMATS
from harvester.report.formats.csv import COLUMNS, cell
from tests.report.sample import EVERY, HOSTILE, ORDINARY, view


def rows(result, **changes):
    text = "".join(FORMATS["csv"](view(result, **changes)))
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_row_is_a_finding():
    """The columns are the fields of the JSON object; unknown places are empty."""
    head, first, second, _ = rows(ORDINARY, lang="sv")
    assert tuple(head) == COLUMNS
    assert dict(zip(head, first, strict=True))["message"] == "Fel datum."
    assert dict(zip(head, second, strict=True))["line"] == ""


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "  =1", "\uff1d1", "\uff20x"])
def test_a_formula_gets_an_apostrophe(text):
    """S68: Excel, LibreOffice and Sheets take such a cell for a formula."""
    assert cell(text) == f"'{text}"


def test_hostile_titles_stay_in_their_cell():
    """S68: every row has every column, and none starts like a formula."""
    found = rows(EVERY["nasty"])
    assert len(found) == len(HOSTILE) + 1
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert not [value for row in found for value in row if value.lstrip()[:1] in set("=+-@")]


@given(st.text())
def test_every_text_is_one_safe_cell(text):
    """Read back, it is one cell on one line that is no formula."""
    (row,) = csv.reader(io.StringIO(cell(text) + "\r\n", newline=""), strict=True)
    assert len(row) <= 1
    assert not "".join(row).lstrip().startswith(("=", "+", "-", "@"))
