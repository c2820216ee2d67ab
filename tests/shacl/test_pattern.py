import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.shacl.pattern import _Automaton, compile_pattern
from harvester.shacl.regex import parse


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "expected"),
    [
        ("b", "", "abc", True),
        ("^b", "", "abc", False),
        ("c$", "", "abc", True),
        ("c$", "", "abc\n", False),
        ("^b$", "m", "a\nb\nc", True),
        ("a.c", "", "a\nc", False),
        ("a.c", "s", "a\nc", True),
        ("ABC", "i", "xabcx", True),
        ("a b", "x", "ab", True),
        ("a.c", "q", "abc", False),
        ("a.c", "q", "a.c", True),
        (r"^\p{Lu}\p{Ll}+$", "", "Åre", True),
        (r"^\P{Lu}", "", "Åre", False),
        ("^[a-z-[aeiou]]+$", "", "xyz", True),
        ("^[a-z-[aeiou]]+$", "", "xyza", False),
        (r"^\i\c*$", "", "a:b-c", True),
        (r"^\d{4}-\d{2}$", "", "2020-01", True),
        (r"^(https?|ftp)://[^\s/]+(/.*)?$", "", "https://exempel.se/a", True),
        ("^(a|b)*c{2,}$", "", "ababccc", True),
        ("x{0}y", "", "y", True),
        ("", "", "", True),
        ("(|a)b", "", "b", True),
        (r"[\]\-x]", "", "-", True),
        ("[^a-c]", "", "abc", False),
    ],
)
def test_a_pattern_means_what_xpath_says(
    pattern: str, flags: str, text: str, expected: bool
) -> None:
    """XPath F&O 5.6.1; whichever of the two matchers is used."""
    assert compile_pattern(pattern, flags)(text) is expected
    automaton = _Automaton(parse(pattern, flags), multiline="m" in flags)
    assert automaton.search(text) is expected


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "ends inside a group"),
        ("a)", "unbalanced"),
        ("*a", "nothing to repeat"),
        ("a{3,1}", "backwards"),
        ("[z-a]", "backwards"),
        ("[a", "ends inside a set"),
        (r"(a)\1", "back-reference"),
        ("(?=a)", "not XPath"),
        (r"\p{Nonsense}", "not XPath"),
        ("(a{1,99}){1,99}", "too large"),
        ("((((" * 50 + "a" + "))))" * 50, "nested"),
    ],
)
def test_what_is_no_pattern_is_refused_with_a_reason(pattern: str, why: str) -> None:
    """The reason reaches the user as the text of a ConfigError."""
    with pytest.raises(ValueError, match=why):
        compile_pattern(pattern)


@pytest.mark.case("S78")
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(a+)+$", "a" * 50_000 + "!"),
        ("(a|aa)+$", "a" * 50_000 + "!"),
        ("^(.*a){12}$", "a" * 5_000 + "!"),
        (r"\s+$", " " * 50_000 + "x"),
        ("^.*.*.*.*=$", "x" * 50_000),
    ],
)
def test_no_pattern_takes_more_than_linear_time(pattern: str, text: str) -> None:
    """Security case S78: a backtracking matcher needs longer than the universe for these."""
    start = time.process_time()
    assert compile_pattern(pattern)(text) is False
    assert time.process_time() - start < 5


PIECES = st.sampled_from(["a", "b", ".", "a*", "b+", "a?", "(a|b)", "[ab]*", "(ab){1,2}", "^", "$"])


@given(st.lists(PIECES, max_size=6).map("".join), st.text("ab\n", max_size=8))
def test_both_matchers_agree_with_each_other(pattern: str, text: str) -> None:
    """Random patterns on random texts, with Python's own matcher as the judge."""
    theirs = pattern.replace("$", r"\Z").replace(".", r"[^\n\r]")
    expected = re.search(theirs, text) is not None
    assert compile_pattern(pattern)(text) is expected
    assert _Automaton(parse(pattern), multiline=False).search(text) is expected
