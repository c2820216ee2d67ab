"""The examples page and its pictures are what the program says now; else ``make examples``."""

import re

import pytest

from tests.docs import examples
from tests.docs.examples import FOLDER, ROOT, SIZES, everything, report, shown_in_order
from tests.docs.pictures import picture, plain
from tests.report.formats.browser import chromium

LARGEST = 150_000  # bytes of a picture


def test_page_and_pictures_are_what_the_program_says():
    """Byte for byte; the report's pictures by a hash of the page that they show."""
    outdated = [
        str(path.relative_to(ROOT))
        for path, text in everything().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert outdated == [], "run: make examples"


def test_no_picture_is_left_over_missing_or_large():
    """What the folder holds is what the page shows."""
    page = (FOLDER.parent / "examples.md").read_text("utf-8")
    pictures = {path.name for path in FOLDER.iterdir()} - {"report.sha256"}
    assert pictures == set(re.findall(r"\(examples/([^)]+)\)", page))
    assert all((FOLDER / name).stat().st_size < LARGEST for name in pictures)


def test_every_user_and_both_languages_and_widths_are_there():
    """In Swedish and English, at 80 and 120 columns."""
    names = {path.stem for path in FOLDER.glob("*.svg")}
    for shown in shown_in_order():
        assert {f"{shown.name}-{lang}-{w}" for lang in ("sv", "en") for w in shown.widths} <= names
    assert {w for shown in shown_in_order() for w in shown.widths} == {80, 120}


def test_no_picture_asks_the_network_for_anything():
    """No font, no style sheet, no script: the only address is the name of the format."""
    for path, text in everything().items():
        if path.suffix == ".svg":
            bare = re.sub(r">[^<]*<", "><", text).replace('"http://www.w3.org/2000/svg"', "")
            bare = re.sub(r'aria-label="[^"]*"', "", bare)
            assert not re.search(r"@font-face|url\(|href|http|<script|<style", bare), path


def test_a_terminal_line_goes_on_where_it_ends():
    """No cell stands outside the picture, colours go on over the fold, markup is text."""
    drawn = picture("x", "\x1b[31m" + "å" * 25 + "\x1b[0m <b>&", 20, 'a "title"')
    assert [len(run) for run in re.findall(r">(å+)<", drawn)] == [20, 5]
    assert drawn.count("fill:#ff8f8f") == 2
    assert "\u00a0&lt;b&gt;&amp;" in drawn
    assert plain("\x1b[1;31mx\x1b[0m") == "x"


def test_the_first_line_of_a_validation_is_the_verdict():
    """Whoever looks at the picture first sees what the portal will do."""
    text = everything()[FOLDER / "validate-sv-80.svg"]
    second = re.findall(r"<text[^>]*>([^<]*)<", text)[1]
    assert second.replace("\u00a0", " ").startswith("Portalen kan ta emot filen")


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "width", "scheme"), [("sv", *SIZES[0]), ("en", *SIZES[1])])
def test_the_report_can_be_pictured(tmp_path, lang, width, scheme):
    """In Chromium: nothing asked for, nothing complained of, no sideways scrolling."""
    path = tmp_path / examples.REPORT
    path.write_text(report(lang), "utf-8")
    with chromium() as browser:
        for each in (320, width):
            browser.size(each, 900)
            browser.scheme(scheme)
            browser.open(path)
            sizes = browser.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert sizes[0] == sizes[1]
        assert browser.requests == [path.as_uri()]
        assert browser.complaints == []
        browser.screenshot(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
