"""Markdown: a verdict, and tables in which data is code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from harvester.report.formats import FORMATS
from harvester.report.formats.md import code, prose
from harvester.report.terminal import visible
from tests.report.sample import EVERY, ORDINARY, UNREAD, view


def text(result, **changes) -> str:
    return "".join(FORMATS["md"](view(result, **changes)))


def test_the_verdict_is_the_heading_and_rules_come_by_effect():
    """As in the text."""
    lines = text(ORDINARY, lang="sv").splitlines()
    assert lines[0] == "## Portalen kan ta emot filen, men uppgifter saknas eller är fel."
    heads = [line for line in lines if line.startswith("### ")]
    assert [head.split()[1] for head in heads] == ["DS001", "DS302", "DS999"]


def test_advice_can_be_copied():
    """A quoted value with its language tag is code, unchanged."""
    assert prose('Skriv "Kommun"@sv, t.ex. <http://e/> här.') == (
        'Skriv `"Kommun"@sv`, t.ex. `<http://e/>` här.'
    )


@pytest.mark.parametrize("value", ["a|b", "`", "``x``", " x ", "a`b``c"])
def test_code_keeps_its_text_in_a_table(value):
    """A fence longer than any run of backticks in it; bars escaped, as GitHub reads tables."""
    written = code(value)
    fence = re.match("`+", written)[0]
    inner = written[len(fence) : -len(fence)]
    assert fence not in re.findall("`+", inner)
    assert value.replace("|", "\\|") in inner


@given(st.text(alphabet=st.sampled_from('ab `"<>@|[]()!*_#\\~:/.w\n\x1b&')))
def test_no_prose_is_markup(value):
    """Read by a Markdown parser it is plain text and code, and together they say the same."""
    tokens = MarkdownIt("commonmark").parse("x " + prose(value) + " x")
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert {token.type for token in inline.children} <= {"text", "code_inline"}
    assert "".join(t.content for t in inline.children).split() == f"x {visible(value)} x".split()
    plain = "".join(t.content for t in inline.children if t.type == "text")
    assert not re.search(r"@|://|www\.", plain)


def test_unreadable_input_and_hidden_findings_are_told():
    """Nothing is left out without a word."""
    assert "Could not be read: x.rdf:3:1" in text(UNREAD)
    assert "2 more not shown" in text(ORDINARY, most=1)
    assert "No findings." in text(EVERY["clean"])
