import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.namespaces import XSD
from harvester.shacl.order import compare, value_of
from harvester.shacl.xsd import LEXICAL
from harvester.terms import Literal

GOOD = """
integer 0 -1 +7 007 | decimal 1.0 .5 5. -0 | double 1 1e5 -1.5E-3 INF -INF NaN | boolean true 0
date 2020-02-29 2020-01-31Z 2020-01-31+14:00 -0044-03-15 12020-01-01
dateTime 2020-01-31T00:00:00 2020-01-31T24:00:00 2020-01-31T23:59:59.123456789-05:00
dateTimeStamp 2020-01-31T00:00:00Z | time 12:00:00 24:00:00.0 12:00:00.5Z
gYear 2020 -0001 12020Z | gYearMonth 2020-01 | gMonth --12 | gMonthDay --02-29 | gDay ---31
duration P1D -P1Y2M3DT4H5M6.7S PT0.1S | yearMonthDuration P1Y2M | dayTimeDuration P1DT1H
hexBinary 0a AB | base64Binary YWJj YWI= YQ== | language sv en-GB | NCName abc | Name a:b
byte 127 -128 | unsignedByte 255 | nonNegativeInteger 0 | positiveInteger 1 | negativeInteger -1
unsignedLong 18446744073709551615 | NMTOKEN 1a
"""
BAD = """
integer 1.0 1e5 5_0 ٣ | decimal 1e5 . INF | double 1e +NaN 0x1 | boolean TRUE yes | gDay ---32
date 2021-13-45 2021-02-29 20210101 2021-1-1 2020-01-31+15:00 02020-01-01 0x20-01-01
dateTime 2020-01-31 2020-01-31T25:00:00 2020-01-31T24:00:01 2020-01-31T12:00 2020-02-30T00:00:00
dateTimeStamp 2020-01-31T00:00:00 | time 1:00:00 12:00 | gMonthDay --02-30 | gYear 20 02020
duration P 1D PT P1W P1S -P | yearMonthDuration P1D | dayTimeDuration P1Y P1M
hexBinary a zz | base64Binary YWJ Y=== | language e_n toolonglanguage | NCName a:b 1a | Name 1a
byte 128 -129 | unsignedByte 256 -1 | nonNegativeInteger -1 | positiveInteger 0
unsignedLong 18446744073709551616
"""


def _forms(table: str) -> list[tuple[str, str]]:
    lines = table.strip().replace("\n", " | ").split("|")
    return [(name, form) for name, *forms in map(str.split, lines) for form in forms]


@pytest.mark.parametrize(("name", "form"), _forms(GOOD))
def test_a_form_of_the_lexical_space_is_accepted(name: str, form: str) -> None:
    """Examples of XML Schema Part 2."""
    assert LEXICAL[XSD + name](form)


@pytest.mark.parametrize(("name", "form"), _forms(BAD))
def test_a_form_outside_the_lexical_space_is_refused(name: str, form: str) -> None:
    """Real data has most of these."""
    assert not LEXICAL[XSD + name](form)


@given(st.text(max_size=20), st.sampled_from(sorted(LEXICAL)))
def test_no_text_makes_a_check_raise(text: str, datatype: str) -> None:
    """Texts are an enemy's; neither the check nor the value may fail on them."""
    LEXICAL[datatype](text)
    value_of(Literal(text, datatype))


@given(st.datetimes(), st.datetimes())
def test_moments_are_in_the_order_of_the_calendar(a: object, b: object) -> None:
    """Order is that of Python's own datetimes."""
    left, right = (
        value_of(Literal(f"{moment.isoformat()}Z", XSD + "dateTime")) for moment in (a, b)
    )
    assert compare(left, right) == (a > b) - (a < b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2020-01-01T12:00:00Z", "2020-01-01T13:00:00+01:00", 0),
        ("2020-01-01T12:00:00", "2020-01-01T12:00:00Z", None),
        ("2020-01-01T12:00:00", "2020-01-03T12:00:00Z", -1),
        ("2020-01-03T12:00:00Z", "2020-01-01T12:00:00", 1),
    ],
)
def test_without_a_zone_only_days_apart_can_be_compared(
    a: str, b: str, expected: int | None
) -> None:
    """XML Schema Part 2, 3.3.7: within 14 hours the order is not determined."""
    assert compare(*(value_of(Literal(text, XSD + "dateTime")) for text in (a, b))) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("P1M", "P30D", None), ("P1M", "P32D", -1), ("P1Y", "P12M", 0), ("PT36H", "P1D", 1)],
)
def test_a_month_has_no_fixed_number_of_days(a: str, b: str, expected: int | None) -> None:
    """XML Schema Part 2, 3.3.6.2."""
    assert compare(*(value_of(Literal(text, XSD + "duration")) for text in (a, b))) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Literal("1", XSD + "integer"), Literal("1")),
        (Literal("x", XSD + "integer"), Literal("1", XSD + "integer")),
        (Literal("NaN", XSD + "double"), Literal("1", XSD + "integer")),
        ("http://example.org/", Literal("1", XSD + "integer")),
        (Literal("2020-01-01", XSD + "date"), Literal("2020-01-01T00:00:00", XSD + "dateTime")),
    ],
)
def test_values_of_different_kinds_cannot_be_compared(a: str | Literal, b: Literal) -> None:
    """SPARQL's < has no meaning for them, so a constraint on order is violated."""
    assert compare(value_of(a), value_of(b)) is None


def test_a_number_of_any_length_is_within_bounds_or_not() -> None:
    """Zeros in front do not count; Python itself reads no more than 4,300 digits."""
    assert LEXICAL[XSD + "byte"]("0" * 5000 + "7")
    assert LEXICAL[XSD + "nonNegativeInteger"]("9" * 5000)
    assert LEXICAL[XSD + "nonNegativeInteger"]("-" + "0" * 5000)
    assert not LEXICAL[XSD + "unsignedLong"]("9" * 5000)
    assert not LEXICAL[XSD + "nonNegativeInteger"]("-" + "9" * 5000)


def test_numbers_of_all_types_are_compared_by_value() -> None:
    """An integer with more digits than Python cares to read is a number too."""
    small, large = value_of(Literal("1.5E0", XSD + "double")), Literal("9" * 5000, XSD + "integer")
    assert compare(small, value_of(Literal("2", XSD + "integer"))) == -1
    assert compare(small, value_of(large)) == -1
