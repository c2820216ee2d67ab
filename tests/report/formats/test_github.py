"""GitHub's annotations: within the limits, escaped, the rest in the summary."""

import re
from dataclasses import replace

import pytest

from harvester.model import Severity
from harvester.report.formats import FORMATS
from harvester.report.formats.github import SUMMARY_BYTES, summary
from tests.report.formats.readers import read_md, shown
from tests.report.sample import DATE, EVERY, HOSTILE, ORDINARY, UNREAD, validation, view

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:\r\n]*,?)*)::([^\r\n]*)")


def lines(result, **changes) -> list[str]:
    return "".join(FORMATS["github"](view(result, **changes))).splitlines()


def test_an_annotation_is_on_the_line_with_a_title():
    """File, line and column; the rule as title; the dataset in the message."""
    found = lines(ORDINARY, lang="sv")
    assert found[1] == (
        "::warning file=k.ttl,line=3,col=5,title=DS302%3A Datamängd%3A fel datum::"
        "Badplatser: Fel datum. (dcterms:modified · https://exempel.se/d)"
    )
    assert found[0].startswith("::error file=k.ttl,title=DS001")


@pytest.mark.parametrize(("count", "most"), [(3, None), (40, None), (40, 20), (9, None), (10, 4)])
def test_never_more_than_ten_of_each_and_the_rest_is_counted(count, most):
    """GitHub drops what is more without a word."""
    findings = [
        replace(DATE, severity=severity, focus=f"https://exempel.se/{n}")
        for severity in Severity
        for n in range(count)
    ]
    found = [COMMAND.fullmatch(line) for line in lines(validation(*findings), most=most)]
    kinds = [match[1] for match in found]
    assert max(kinds.count(kind) for kind in ("error", "warning", "notice")) <= 10
    last = found[-1][3]
    left = int(last.split()[0]) if "more findings" in last else 0
    assert len(found) - bool(left) + left == 3 * count
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)


def test_no_title_can_give_a_command():
    """S71: a line end in a title would start a line of its own, and so a command."""
    found = lines(EVERY["nasty"])
    assert all(COMMAND.fullmatch(line) for line in found)
    text = "\n".join(found)
    assert "\n::add-mask" not in text
    assert "%250A::error::forged" in text


def test_an_unreadable_input_is_an_error_on_its_line():
    """Also when nothing else can be said."""
    (line,) = lines(UNREAD)
    assert line.startswith("::error file=x.rdf,line=3,col=1::x.rdf:3:1: not")


def test_the_summary_holds_every_finding():
    """Those with annotations too."""
    findings = [replace(DATE, focus=f"https://exempel.se/{n}") for n in range(50)]
    text = "".join(summary(view(validation(*findings))))
    assert read_md(text) == {shown(f) for f in findings}


@pytest.mark.parametrize("room", [SUMMARY_BYTES, 20_000, 3_000, 200])
def test_the_summary_stays_within_its_room_and_counts_what_does_not_fit(room):
    """1 MiB a step (GitHub); other steps may have written some of it."""
    findings = [replace(DATE, focus=f"https://exempel.se/{n}/{'å' * 90}") for n in range(9000)]
    text = "".join(summary(view(validation(*findings)), room))
    assert len(text.encode()) <= room
    left = int(re.search(r"(\d+) more findings do not fit", text)[1])
    assert left + len(read_md(text)) == 9000


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_summary_is_markup_or_a_mention(text):
    """S71: data stands in code; outside code there is no HTML, link, image or mention."""
    found = "".join(summary(view(validation(replace(DATE, title=text, focus=text)))))
    for line in found.splitlines():
        bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line).replace("\\", "")
        assert not re.search(r"<|@\w|://|!\[|\]\(", bare), line
