"""The text for a terminal: verdict first, then what to mend first, readable at any width."""

from dataclasses import replace

import pytest

from harvester.report.formats import FORMATS
from harvester.report.terminal import width_of
from harvester.report.validation import Unread
from harvester.words import Text
from tests.report.sample import DATE, EVERY, MISSING, ORDINARY, RULES, TIP, validation, view


def lines(result, **changes) -> list[str]:
    return "".join(FORMATS["text"](view(result, **changes))).splitlines()


def test_the_report_as_a_person_sees_it():
    """The whole of it, in Swedish, at 80 columns."""
    assert lines(ORDINARY, lang="sv") == [
        "Portalen kan ta emot filen, men uppgifter saknas eller är fel.",
        "1 fel, 1 varning, 1 tips (dcat-ap-se-3.0.1)",
        "k.ttl: turtle, 10 tripplar, 2 datamängder, 1 distribution",
        "",
        "Åtgärda i den här ordningen, det som påverkar mest först:",
        "",
        "DS001 fel: Datamängd: titel saknas",
        "  1 av 540 datamängder",
        "    k.ttl  _:b0",
        "  Gör så här: Lägg till dcterms:title.",
        "",
        "DS302 varning: Datamängd: fel datum",
        "  1 av 540 datamängder",
        "  Fel datum.",
        "    k.ttl:3:5  Badplatser",
        '      3 | dcterms:modified "i våras"^^xsd:date ;',
        "        | ^",
        '  Gör så här: Skriv "2024-01-01"^^xsd:date.',
        "",
        "DS999 tips",
        "  1 ställe",
        "  Tips.",
        "    k.ttl  https://exempel.se/e",
        "",
        "harvester explain DS001 förklarar en regel, med fel och rätt exempel.",
    ]


def test_of_many_the_first_of_different_datasets_are_shown_and_the_rest_counted():
    """Three samples of one dataset would say less."""
    findings = [replace(DATE, focus=f"f{n}", title=f"T{n // 5}", line=n + 1) for n in range(20)]
    found = lines(validation(*findings, lines={}))
    assert [line.split()[-1] for line in found if line.startswith("    k.ttl")] == [
        "T0",
        "T1",
        "T2",
    ]
    assert "    … and 17 more; --full shows all" in found
    full = lines(validation(*findings, lines={}), full=True)
    assert sum(line.startswith("    k.ttl") for line in full) == 20


def test_full_names_property_and_resource_of_every_finding():
    """Exactly, so that they can be looked up."""
    assert "      dcterms:modified · https://exempel.se/d" in lines(ORDINARY, full=True)
    assert "      dcterms:title · _:b0" in lines(ORDINARY, full=True)


def test_concise_is_one_line_for_each_finding():
    """As compilers write them, so that editors can jump there."""
    found = lines(ORDINARY, concise=True)
    assert (
        "k.ttl:3:5: DS302 warning: Wrong date. [dcterms:modified · https://exempel.se/d]" in found
    )
    assert sum(line.startswith("k.ttl") for line in found) == 4


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("sample", ["ordinary", "nasty", "clean"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_line_is_wider_than_the_terminal_unless_one_word_is(width, sample, lang):
    """Titles and excerpts are cut with an ellipsis, words such as IRIs are not."""
    for line in lines(EVERY[sample], width=width, lang=lang):
        assert width_of(line) <= width or " " not in line.strip(), line


def test_a_long_title_is_cut_with_an_ellipsis():
    """The place before it never is."""
    found = lines(validation(replace(DATE, title="Badplats " * 40), lines={}), width=60)
    (line,) = [line for line in found if "Badplats" in line]
    assert line.startswith("    k.ttl:3:5  Badplats")
    assert line.endswith("…")


@pytest.mark.case("S69")
@pytest.mark.parametrize(
    "changes", [{"full": True}, {"concise": True}, {"full": True, "colour": True}]
)
def test_no_data_can_steer_the_terminal(changes):
    """S69: escape sequences of data are shown; only our own colours are sent."""
    text = "\n".join(lines(EVERY["nasty"], **changes))
    for style in ("0", "1", "2", "31;1", "32;1", "33;1", "36;1"):
        text = text.replace(f"\x1b[{style}m", "")
    assert not {char for char in text if ord(char) < 32 and char != "\n"}
    assert not set(text) & set("\x7f\x9f\u202e\u2066\ud800")
    assert r"\x1b]0;pwned" in text
    assert "[/foo]" in text


def test_colour_changes_nothing_but_colour():
    """Without its escape sequences the text is the same."""
    import re

    for sample in EVERY.values():
        coloured = "\n".join(lines(sample, colour=True))
        assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == "\n".join(lines(sample))


def test_the_excerpt_is_cut_around_its_column():
    """A minified file is one long line; the caret stands under the place."""
    text = "x" * 300 + "HERE" + "y" * 300
    result = validation(replace(DATE, column=301), lines={("k.ttl", 3): text})
    for width in (40, 80, 120):
        found = lines(result, width=width)
        (number,) = [n for n, line in enumerate(found) if "HERE" in line]
        assert found[number + 1].index("^") == found[number].index("HERE")


def test_a_column_beyond_the_line_is_no_excerpt():
    """The value is shown instead."""
    found = lines(validation(replace(DATE, column=999)))
    assert '      "i våras"^^<http://www.w3.org/2001/XMLSchema#date>' in found


def test_what_is_hidden_or_suppressed_is_counted():
    """Nothing is left out without a word."""
    assert "2 more not shown (--max-findings)" in lines(ORDINARY, most=1)
    assert "1 ignored, not counted: known since 2024" in lines(EVERY["suppressed"])


def test_advice_is_said_once():
    """A message that ends with the advice gives way to it; other messages stay."""
    (message,) = [line for line in lines(validation(MISSING)) if "dcterms:title." in line]
    assert message == "  How to fix: Add dcterms:title."
    mixed = [MISSING, replace(MISSING, focus="_:b1", message=TIP.message)]
    assert "      Tip." in lines(validation(*mixed, rules=RULES))


def test_what_could_not_be_read_is_said_with_its_reason_and_nothing_is_counted():
    """No findings of a file that was not read are not 0 errors; of others that were, they are."""
    reason = Text("k.ttl tar slut för tidigt på rad 3", "k.ttl breaks off too early at line 3")
    unread = (Unread("k.ttl", reason, 3, 1),)
    alone = lines(replace(validation(), unread=unread, inputs=(), verdict="rejected"), lang="sv")
    assert alone[1] == "Kunde inte läsas: k.ttl tar slut för tidigt på rad 3"
    assert not any("0 fel" in line for line in alone)
    both = lines(replace(validation(), unread=unread, verdict="rejected"))
    assert both[1].startswith("Could not be read: k.ttl breaks off")
    assert both[2].startswith("0 errors")
