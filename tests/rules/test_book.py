"""The rule book: every code is explained completely, in both languages."""

import pyoxigraph as ox
import pytest

from harvester.errors import UsageError
from harvester.profile import load_profile, profile_names
from harvester.rules.annotations import CODE
from harvester.rules.book import find_rule, rule_book
from harvester.rules.explain import render_book, render_rule, to_rdfxml
from harvester.rules.rule import Rule
from tests.turtle import graph

BOOK = rule_book(*(load_profile(name) for name in profile_names()))
RULES = list(BOOK.values())
by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@by_code
def test_every_rule_is_complete(rule: Rule):
    """Title, why and fix in Swedish and English, a section, and an example."""
    assert CODE.fullmatch(rule.code)
    for text in (rule.title, rule.why, rule.fix):
        assert text.sv.strip()
        assert text.en.strip()
    for text in (rule.why, rule.fix):
        assert text.sv != text.en
        assert text.sv.rstrip().endswith((".", ">"))
        assert text.en.rstrip().endswith((".", ">"))
    assert rule.section.startswith("https://")
    assert bool(rule.wrong) == bool(rule.right)
    assert rule.wrong or rule.example


@by_code
def test_examples_are_turtle_and_the_same_in_rdfxml(rule: Rule):
    """The RDF/XML form has the triples of the Turtle form and is the same on every run."""
    for turtle in filter(None, (rule.wrong, rule.right)):
        xml = to_rdfxml(turtle)
        assert xml == to_rdfxml(turtle)
        read = ox.Dataset(
            quad for quad in ox.parse(f'<?xml version="1.0"?>{xml}', ox.RdfFormat.RDF_XML)
        )
        assert len(read) == len(graph(turtle))


@by_code
def test_every_rule_can_be_rendered(rule: Rule):
    """The text shows code and both examples, in the language that was asked for."""
    for lang in ("sv", "en"):
        text = render_rule(rule, lang)
        assert text.startswith(rule.code)
        assert rule.section in text
        assert text.count("(RDF/XML)") == (2 if rule.wrong else 0)


def test_codes_come_in_order():
    """The book reads alphabetically."""
    assert list(BOOK) == sorted(BOOK)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_the_whole_book_has_every_code(lang, form):
    """Both forms list every rule and link to it."""
    text = render_book(RULES, lang, form)
    anchor = "## {}" if form == "md" else '<section id="{}">'
    assert all(anchor.format(rule.code) in text for rule in RULES)


def test_the_html_has_no_script_and_escapes_examples():
    """Examples are XML and Turtle full of angle brackets; none reaches the page as markup."""
    text = render_book(RULES, "sv", "html")
    assert "<script" not in text
    assert "<rdf:RDF" not in text


def test_codes_are_found_in_any_case_and_slips_are_answered():
    """`explain pt002` works; an unknown code names the nearest ones."""
    assert find_rule(BOOK, "pt002").code == "PT002"
    with pytest.raises(UsageError, match="PT002"):
        find_rule(BOOK, "PT0002")


def test_the_reading_room_and_the_book_know_the_same_codes():
    """Every finding of reading is explained, with the severity it has."""
    messages = pytest.importorskip("harvester.rdf.messages").MESSAGES
    assert {code: rule.severity for code, rule in BOOK.items() if code.startswith("RD")} == {
        code: severity for code, (severity, _) in messages.items()
    }
