"""The web site as a browser and a stranger meet it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from harvester.cli.boundary import run
from tests.commands import run as start
from tests.looking import harvested, here
from tests.report.formats.browser import chromium

__all__ = ["harvested", "here"]
WIDTHS = (320, 1200)
PAGES = {
    f"{folder}{page}.html"
    for folder in ("", "en/")
    for page in ("index", "rules", "source/berg", "source/stad", "source/hostile")
}


class Tags(HTMLParser):
    """Every tag with its attributes, ids, links and visible text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def site(harvested) -> Path:
    """The site of the examples, for a day after the harvest."""
    config = str(harvested / "harvester.toml")
    place = harvested / "site"
    arguments = ["report", str(place), "--as-of", "2030-01-01", "--config", config, "--quiet"]
    assert run(arguments) == 0
    return place


def test_there_is_a_page_for_each_source_in_both_languages(site):
    """And nothing else."""
    assert {str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()} == PAGES
    for path in PAGES:
        lang = "en" if path.startswith("en/") else "sv"
        assert f'<html lang="{lang}">' in (site / path).read_text("utf-8")


def test_every_link_leads_somewhere(site):
    """To a page and a place in it; outside only http(s), and without telling who links."""
    for path in PAGES:
        for tag, attrs in Tags(site / path).tags:
            href = attrs.get("href")
            if href is None:
                continue
            target = urlsplit(urljoin(f"file://{site}/{path}", href))
            if target.scheme in ("http", "https"):
                assert "noreferrer" in (attrs["rel"] or "")
                continue
            assert tag == "a"
            page = Tags(Path(target.path))
            assert not target.fragment or target.fragment in page.values("id"), href


@pytest.mark.case("S66")
def test_no_data_becomes_a_tag_or_an_attribute(site):
    """Hostile titles, also of a source, are text; there is no script at all."""
    for path in PAGES:
        found = Tags(site / path)
        tags = {tag for tag, _ in found.tags}
        assert not tags & {"script", "img", "b"} - {"b"}
        assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
        policy = next(a["content"] for _, a in found.tags if a.get("http-equiv"))
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "script-src" not in policy
    hostile = Tags(site / "source" / "hostile.html")
    assert "<b>Fientlig</b>" in hostile.text
    assert "<img src=x onerror=alert(1)>" in hostile.text


def test_a_source_has_its_state_findings_quality_and_changes(site):
    """With links to what each rule says; a file's place on our disk is not told."""
    text = Tags(site / "en" / "source" / "berg.html").text
    for piece in ("stale", "DS003", "How to fix", "Findability", "What changed", "added dataset"):
        assert piece in text, piece
    assert str(site.parent) not in text
    assert "exempelberg.ttl" in text
    swedish = Tags(site / "source" / "berg.html").text
    for piece in ("gammal", "Gör så här", "Upptäckbarhet", "Vad som ändrats", "ny datamängd"):
        assert piece in swedish, piece


def test_the_overview_counts_all_sources(site):
    """Totals are the sums of the rows."""
    text = (site / "en" / "index.html").read_text("utf-8")
    rows = re.findall(r"<td class=\"number\">(\d+)</td>\s*<td class=\"number\">(\d+)</td>", text)
    assert len(rows) >= 3
    total = re.search(r"<b>(\d+)</b> datasets", text)
    assert total is not None
    assert int(total[1]) == 8
    assert "<b>3</b> sources" in text


def test_the_same_store_and_day_give_the_same_bytes(site):
    """Whatever the time zone and the hashes are."""
    before = {path: (site / path).read_bytes() for path in PAGES}
    done = start(
        site.parent, "report", "again", "--as-of", "2030-01-01", TZ="Asia/Tokyo", PYTHONHASHSEED="7"
    )
    assert done.returncode == 0, done.stderr
    assert {path: (site.parent / "again" / path).read_bytes() for path in PAGES} == before


def test_what_is_said_and_exit_codes(here, site, capsys):
    """0 and where to look; 2 for a folder or a date that cannot be; 10 without a store."""
    assert run(["report", "site", "--as-of", "2030-01-01"]) == 0
    assert capsys.readouterr().out == f"Wrote 10 pages; open {site}/index.html\n"
    assert run(["report", "site", "--as-of", "2030-01-01", "--json", "--lang", "sv"]) == 0
    assert '"pages": 10' in capsys.readouterr().out
    (here / "mine").mkdir(exist_ok=True)
    (here / "mine" / "notes.txt").write_text("mine")
    for arguments, code in (
        (["mine"], 2), (["x", "--as-of", "soon"], 2), (["x", "--store", "none.db"], 10), ([], 2),
    ):  # fmt: skip
        assert run(["report", *arguments]) == code
        assert capsys.readouterr().err.count("\n") == 1
    assert (here / "mine" / "notes.txt").exists()


def test_help_is_in_both_languages_and_fits(here, capsys):
    """80 columns."""
    for lang, word in (("sv", "Skriv en statisk webbplats"), ("en", "Write a static web site")):
        assert run(["report", "--help", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert word in out
        assert max(map(len, out.splitlines())) <= 80


@pytest.fixture(scope="module")
def browser():
    with chromium() as made:
        yield made


@pytest.mark.parametrize("path", ["index.html", "en/source/hostile.html", "rules.html"])
def test_a_browser_asks_for_nothing_and_nothing_sticks_out(browser, site, path):
    """On a phone and a desk: one request, no complaint, no sideways scrolling."""
    for width in WIDTHS:
        browser.requests.clear()
        browser.complaints.clear()
        browser.size(width, 900)
        browser.open(site / path)
        assert browser.requests == [(site / path).as_uri()]
        assert browser.complaints == []
        assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_is_black_on_white(browser, site):
    """Also where the screen is dark."""
    browser.open(site / "index.html")
    browser.scheme("dark", "print")
    assert browser.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    browser.scheme("dark")
    assert browser.evaluate("getComputedStyle(document.documentElement).color") != "rgb(0, 0, 0)"
    browser.scheme("light")
