"""Which terms may be written, against pyoxigraph as the second opinion."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.namespaces import XSD
from harvester.rdf.limits import DEFAULT, Limits
from harvester.rdf.validity import iri_problem, iri_problems, language_problem, problem
from harvester.terms import RDF_LANG_STRING, Literal

PIECES = st.lists(
    st.sampled_from(
        [
            *("http:", "//", "/", "?", "#", "a", "å", "%20", "%", "%2", "@", ":", "80", "[", "]"),
            *("[::1]", "[v1.a]", "[1::2::3]", "urn:", "mailto:", " ", "<", ">", '"', "{", "|", "^"),
            *(
                "\\",
                "`",
                "'",
                "(",
                "\ue000",
                "\ufdd0",
                "\ufffe",
                "\x00",
                "\x7f",
                "\u00a0",
                "é",
                "+",
            ),
            *("\U0001f600", "\U000e0001", "\U000e1000", "\U000f0000", "-", ".", "~", "_", "!", "*"),
        ]
    ),
    max_size=12,
).map("".join)


def oxigraph_takes(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


@given(PIECES | st.text(max_size=20).map("http://".__add__) | PIECES.map("http://a".__add__))
def test_iris_are_judged_as_pyoxigraph_judges_them(iri: str) -> None:
    """iri_problem finds nothing exactly where pyoxigraph.NamedNode accepts."""
    assert (iri_problem(iri) is None) == oxigraph_takes(iri)


@given(st.lists(PIECES | PIECES.map("http://a".__add__), max_size=8))
def test_the_quick_check_of_many_agrees_with_the_slow_one(iris: list[str]) -> None:
    """iri_problems of a set is problem of each."""
    assert iri_problems(iris) == {iri: slug for iri in iris if (slug := problem(iri))}


SUBTAGS = st.sampled_from(
    [
        *("sv", "SE", "se", "x", "Latn", "419", "a", "1996", "rozaj", "i", "klingon", "en", "GB"),
        *("oed", "zh", "min", "nan", "b1", "abcdefgh", "abcdefghi", "", "_", "å", "4", "cmn"),
    ]
)


@given(st.lists(SUBTAGS, min_size=1, max_size=5).map("-".join))
def test_language_tags_are_judged_as_pyoxigraph_judges_them(tag: str) -> None:
    """language_problem finds no wrong tag exactly where pyoxigraph.Literal accepts the tag."""
    try:
        ox.Literal("x", language=tag)
        accepted = True
    except ValueError:
        accepted = False
    assert (language_problem(tag) != "language-tag") == accepted


@pytest.mark.parametrize(
    ("iri", "slug"),
    [
        ("http://exempel.se/å?q=1#x", None),
        ("mailto:", None),
        ("urn:isbn:123", None),
        ("http://exempel.se/a b", "iri-space"),
        ("exempel.se/a", "iri-not-absolute"),
        ("", "iri-not-absolute"),
        ("http://exempel.se/{id}", "iri-character"),
        ("http://exempel.se/?l[a]=1", "iri-character"),
        ("http://exempel.se/100%", "iri-percent"),
        ("http://[::g]/", "iri-host"),
        ("http://exempel.se/\ud800", "surrogate"),
        ("http://exempel.se/\x07", "control-character"),
        ("file:///etc/passwd", "iri-scheme"),
        ("JavaScript:alert(1)", "iri-scheme"),
        ("data:text/plain,x", "iri-scheme"),
        ("_:b0", None),
    ],
)
def test_each_defect_of_an_iri_has_a_name(iri: str, slug: str | None) -> None:
    """The slug says what to mend."""
    assert problem(iri) == slug


@pytest.mark.parametrize(
    ("literal", "slug"),
    [
        (Literal("håll\n\t"), None),
        (Literal("x", RDF_LANG_STRING, "sv-SE"), None),
        (Literal("x", RDF_LANG_STRING, "ar--rtl"), None),
        (Literal("x", RDF_LANG_STRING, "sv_SE"), "language-tag"),
        (Literal("x", RDF_LANG_STRING, "ar--up"), "language-tag"),
        (Literal("a\x0bb"), "control-character"),
        (Literal("a\ufffe"), "control-character"),
        (Literal("a\udfff"), "surrogate"),
        (Literal("05", XSD + "integer"), None),
        (Literal("NaN", XSD + "double"), None),
        (Literal("1E400", XSD + "decimal"), None),
        (Literal("1E401", XSD + "decimal"), "number"),
        (Literal("1" * 64, XSD + "integer"), None),
        (Literal("1" * 65, XSD + "integer"), "number"),
        (Literal("1" * 65, XSD + "date"), None),
        (Literal("x", "not absolute"), "iri-not-absolute"),
    ],
)
def test_each_defect_of_a_literal_has_a_name(literal: Literal, slug: str | None) -> None:
    """Text, language tag, number and datatype are all judged."""
    assert problem(literal) == slug


@pytest.mark.case("S53")
def test_lengths_are_limits() -> None:
    """Exactly at the limit is allowed, one more is not."""
    base = "http://e/"
    assert problem(base + "a" * (DEFAULT.iri - len(base))) is None
    assert problem(base + "a" * (DEFAULT.iri - len(base) + 1)) == "too-long"
    tag = "x-" + "-".join(["abcdefgh"] * 4)
    assert problem(Literal("x", RDF_LANG_STRING, tag[:35])) is None
    assert problem(Literal("x", RDF_LANG_STRING, tag + "-abc")) == "too-long"
    limits = Limits(literal=3)
    assert problem(Literal("abc"), limits) is None
    assert problem(Literal("abcd"), limits) == "too-long"
