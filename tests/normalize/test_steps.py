import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.normalize import STEPS, iri, language, normalise
from harvester.terms import Literal

S, P = "http://example.org/s", "http://example.org/p"

terms = st.one_of(
    st.text(max_size=20).map(lambda t: "http://example.org/" + t),
    st.text(max_size=20).map(Literal),
    st.builds(lambda v, t: Literal(v, language=t), st.text(max_size=5), st.text(max_size=9)),
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://example.org/a b", "http://example.org/a%20b"),
        (" http://example.org/a\n", "http://example.org/a"),
        ("http://example.org/?q={a|b}", "http://example.org/?q=%7Ba%7Cb%7D"),
        ("http://example.org/?layer[0]=1", "http://example.org/?layer%5B0%5D=1"),
        ("http://[::1]/a[b]", "http://[::1]/a%5Bb%5D"),
        ("http://example.org/50%", "http://example.org/50%25"),
        ("http://example.org/%20å", "http://example.org/%20å"),
        ("http://example.org/<a>", "http://example.org/<a>"),
        ("_:b1", "_:b1"),
    ],
)
def test_an_iri_is_mended(before, after):
    """Forbidden characters are encoded; what is legal or damaged beyond mending stays."""
    assert iri.mend(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SV", "sv"),
        ("sv_SE", "sv-SE"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en-a-BBB-x-AB", "en-a-bbb-x-ab"),
        ("AR--rtl", "ar--rtl"),
        ("svenska språket", "svenska språket"),
    ],
)
def test_a_language_tag_is_mended(before, after):
    """Tags are written as RFC 5646, section 2.1.1, recommends."""
    assert language.mend(before) == after


@given(terms)
def test_every_step_is_idempotent(term):
    """A second pass finds nothing to do, and gives back the very same object."""
    for step in STEPS.values():
        once = step((S, P, term))
        assert step(once) is once or step(once) == once
        assert step(step(once)) == once


def test_each_change_is_recorded():
    """Resource, step, property, before and after."""
    done = normalise(S, [(S, P, Literal(" a ", language="SV"))], list(STEPS.items()))
    assert done.triples == [(S, P, Literal("a", language="sv"))]
    assert [(c.step, c.before, c.after) for c in done.changes] == [
        ("text", '" a "@SV', '"a"@SV'),
        ("language", '"a"@SV', '"a"@sv'),
    ]


def test_triples_that_become_one_are_counted():
    """A repeat made by normalising is merged, not lost."""
    done = normalise(S, [(S, P, Literal("a")), (S, P, Literal("a "))], list(STEPS.items()))
    assert (len(done.triples), done.merged) == (1, 1)
