"""The page: one file, safe whatever is in the data, for everyone, without script too."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from harvester.report.formats import FORMATS
from tests.outside import outside
from tests.report.formats.browser import chromium
from tests.report.sample import DATE, EVERY, RULES, validation, view

MANY = validation(
    *(
        [finding for sample in ("ordinary", "nasty") for finding in EVERY[sample].findings]
        + [DATE] * 30
    ),
    rules=RULES,
)


def page(result, **changes) -> str:
    return "".join(FORMATS["html"](view(result, **changes)))


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag):
        self._open = ""

    def handle_data(self, data):
        if self._open in ("script", "style"):
            self.inside[self._open] = self.inside.get(self._open, "") + data


@pytest.mark.parametrize("sample", EVERY)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_data_becomes_a_tag_or_an_attribute(sample, lang):
    """S66: the tags are the template's own, however hostile the titles."""
    plain = {tag for tag, _ in Tags(page(EVERY["ordinary"], lang=lang)).tags}
    tags = Tags(page(EVERY[sample], lang=lang)).tags
    extra = {"details", "summary"}  # of more than a few findings
    assert {tag for tag, _ in tags} - plain <= extra
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    assert sum(tag == "script" for tag, _ in tags) == 1


def test_only_web_addresses_are_linked():
    """S66: javascript: in the section of someone's own profile is no link."""
    from dataclasses import replace

    rules = {"DS302": replace(RULES["DS302"], section="javascript:alert(1)")}
    hrefs = [
        attrs["href"]
        for _, attrs in Tags(page(validation(DATE, rules=rules))).tags
        if "href" in attrs
    ]
    assert hrefs == ["#findings"]
    links = [attrs for tag, attrs in Tags(page(validation(DATE))).tags if tag == "a"]
    assert all("noopener" in a["rel"] for a in links if a["href"].startswith("http"))


def test_the_policy_lets_in_nothing_but_the_page_itself():
    """CSP: default-src 'none', and the hashes are those of what is there."""
    parsed = Tags(page(MANY))
    policy = next(a["content"] for t, a in parsed.tags if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        digest = hashlib.sha256(parsed.inside[tag].encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert not [a for _, a in parsed.tags if "src" in a or "style" in a]
    assert "url(" not in parsed.inside["style"]
    assert "@import" not in parsed.inside["style"]


@pytest.fixture(scope="module")
def browser():
    with chromium() as made:
        yield made


@pytest.fixture
def written(tmp_path):
    """The page of every kind of finding, in Swedish and in English."""
    for lang in ("sv", "en"):
        (tmp_path / f"{lang}.html").write_text(
            page(MANY, lang=lang), encoding="utf-8", errors="backslashreplace"
        )
    return tmp_path


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("script", [True, False])
def test_a_browser_asks_for_nothing_and_complains_of_nothing(browser, written, lang, script):
    """With script and without."""
    browser.complaints.clear()
    browser.send("Emulation.setScriptExecutionDisabled", value=not script)
    browser.open(written / f"{lang}.html")
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.requests == [(written / f"{lang}.html").as_uri()]
    assert browser.complaints == []
    assert browser.evaluate("document.getElementById('filter').hidden") is not script


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [("sv", "light", 320), ("sv", "dark", 1200), ("en", "light", 1200), ("en", "dark", 320)],
)
def test_axe_has_no_serious_complaint(browser, written, lang, scheme, width):
    """WCAG 2.1 AA, in both schemes, on a phone and a desk."""
    axe = outside("axe.min.js").read_text("utf-8")
    browser.size(width, 900)
    browser.scheme(scheme)
    browser.open(written / f"{lang}.html")
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.evaluate(axe + ";0")
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"])
    found = browser.evaluate(
        f"axe.run(document, {{runOnly: {tags}}})"
        ".then(r => ({bad: r.violations.map(v => [v.impact, v.id, v.nodes[0].html]),"
        " good: r.passes.length}))"
    )
    assert found["bad"] == []
    assert found["good"] > 10
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_the_filter_shows_what_is_asked_for(browser, written):
    """By word and by severity; folded findings that match are unfolded."""
    browser.open(written / "en.html")
    shown = (
        "[...document.querySelectorAll('article.rule')].filter(r => !r.hidden)"
        ".map(r => r.querySelector('.code').textContent + ' ' + r.dataset.severity)"
    )
    change = "document.getElementById('filter').dispatchEvent(new Event('input'))"
    every = browser.evaluate(shown)
    browser.evaluate(f"words.value = 'title missing'; {change}")
    assert browser.evaluate(shown) == ["DS001 error"]
    assert browser.evaluate("document.getElementById('shown').textContent") == "Rules shown: 1"
    browser.evaluate(f"words.value = ''; document.querySelector('[value=error]').click(); {change}")
    assert browser.evaluate(shown) == [rule for rule in every if not rule.endswith("error")]
    browser.evaluate(f"document.querySelector('[value=error]').click(); {change}")
    browser.evaluate(f"words.value = 'octo/team'; {change}")
    assert len(browser.evaluate(shown)) == 1


def test_paper_shows_every_finding(browser, written):
    """What is folded is unfolded before printing; the form is not printed."""
    browser.open(written / "sv.html")
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert browser.evaluate("[...document.querySelectorAll('details')].every(d => d.open)")
    browser.scheme("dark", "print")
    assert browser.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert browser.evaluate("getComputedStyle(document.getElementById('filter')).display") == "none"
    browser.scheme("light")


def test_the_page_says_its_language():
    """So that it is read aloud in the right one."""
    assert '<html lang="sv">' in page(MANY, lang="sv")
    assert re.search(r"<title>The portal ", page(MANY, lang="en"))
