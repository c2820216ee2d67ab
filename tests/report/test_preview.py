import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import Kind, Outcome, Plan, SourceResult
from harvester.plan_diff import Preview, PropertyChange, ResourceChange, WinnerChange
from harvester.report.preview import preview_json, preview_lines
from harvester.report.preview_markdown import MOST_CHARACTERS, code, preview_markdown
from harvester.settings import Source
from harvester.words import Text

SOURCE = Source("a", "https://exempel.se/dcat")
TITLE = PropertyChange("dcterms:title", ('"Luft"@sv',), ('"Luften"@sv',))


def preview(*changes: ResourceChange, held: Text | None = None) -> Preview:
    plan = Plan(
        *(tuple(c.iri for c in changes if c.change == kind) for kind in ("added", "changed")),
        tuple(c.iri for c in changes if c.change == "removed"),
        3,
        held,
    )
    outcome = Outcome.HELD if held else Outcome.OK
    winners = (WinnerChange("https://exempel.se/1", "b", "a", "iri:priority"),)
    return Preview(((SourceResult(SOURCE, outcome, plan=plan), changes),), winners)


def changed(*properties: PropertyChange, title: str = "Luften") -> ResourceChange:
    return ResourceChange("changed", "https://exempel.se/1", Kind.DATASET, title, properties)


def test_each_property_shows_what_it_was_and_becomes():
    """From and to, what came, what went; then who wins."""
    gone = PropertyChange("dcterms:issued", ('"2020"',), ())
    came = PropertyChange("dcat:keyword", (), ('"luft"', '"miljö"'))
    held = Text("hälften saknas", "half is missing")
    assert preview_lines(preview(changed(came, gone, TITLE), held=held), "en", 90) == [
        "a: held: 0 added, 1 changed, 0 removed, 3 unchanged",
        "  ! half is missing",
        "  ~ https://exempel.se/1  Luften",
        '      dcat:keyword: + "luft", "miljö"',
        '      dcterms:issued: - "2020"',
        '      dcterms:title: "Luft"@sv → "Luften"@sv',
        "https://exempel.se/1 would be published from a, not b (iri:priority)",
    ]


def test_a_change_that_no_property_shows_is_told():
    """Nothing changed is never said of something that changed."""
    assert (
        "only how its unnamed parts hang together" in preview_lines(preview(changed()), "en", 80)[2]
    )
    assert "unnamed" in "\n".join(preview_markdown(preview(changed()), "en"))


def test_json_has_everything():
    """Every property of every change, in full."""
    answer = preview_json(preview(changed(TITLE)), "en")
    assert answer["sources"][0]["changes"] == [
        {
            "change": "changed",
            "iri": "https://exempel.se/1",
            "kind": "dataset",
            "title": "Luften",
            "properties": [
                {"property": "dcterms:title", "before": ['"Luft"@sv'], "after": ['"Luften"@sv']}
            ],
            "normalisations": [],
        }
    ]
    assert answer["winners"] == [
        {"iri": "https://exempel.se/1", "from": "b", "to": "a", "reason": "iri:priority"}
    ]


def test_markdown_is_a_table_and_a_list():
    """What a reviewer sees under a pull request."""
    assert preview_markdown(preview(changed(TITLE)), "en") == [
        "## What a harvest would change",
        "",
        "| Source | Outcome | added | changed | removed | unchanged |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        "| a | ok | 0 | 1 | 0 | 3 |",
        "",
        "`https://exempel.se/1` would be published from a, not b (`iri:priority`)",
        "",
        "### a",
        "",
        "- **changed** dataset `Luften` `https://exempel.se/1`",
        '  - `dcterms:title`: `"Luft"@sv` → `"Luften"@sv`',
    ]


@pytest.mark.case("S71")
@given(st.text())
def test_nothing_leaves_its_code_span(text):
    """Whatever backticks, line ends, HTML or @names a source writes (CommonMark, section 6.1)."""
    span = code(text)
    opening = re.match("`+", span)
    assert opening is not None
    inside = span[len(opening[0]) : -len(opening[0])]
    assert span.endswith(opening[0])
    assert opening[0] not in re.findall("`+", inside)
    assert not re.search("[\x00-\x1f\x7f]", span)


@pytest.mark.case("S71")
def test_hostile_titles_stay_text():
    """No HTML, no mention, no new heading."""
    title = "</td><img src=x>\n# @team ``` ${{ secrets }}\n::add-mask::x"
    lines = preview_markdown(preview(changed(TITLE, title=title)), "en")
    assert not any(line.startswith(("#", "::")) and "team" in line for line in lines)
    line = next(line for line in lines if "@team" in line)
    assert "```` </td><img src=x>" in line


def test_markdown_never_grows_beyond_what_github_takes():
    """What does not fit is counted."""
    changes = [
        ResourceChange("added", f"https://exempel.se/{n}", Kind.DATASET, "x" * 100)
        for n in range(2000)
    ]
    lines = preview_markdown(preview(*changes), "en")
    assert len("\n".join(lines)) < MOST_CHARACTERS + 200
    listed = sum(line.startswith("- ") for line in lines)
    assert lines[-1] == f"… and {2000 - listed} more; --json shows all"
