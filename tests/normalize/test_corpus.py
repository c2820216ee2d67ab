from collections import Counter

import pytest

from harvester.profile import load_profile
from harvester.rules.judge import validate
from tests.normalize.measure import BEGIN, END, PAGE, files, graphs, report

SMALL = 200_000  # bytes
# schema:startDate "1996-03" was an error there, dcat:startDate "1996-03" is one here
# a name under another property was no name of an agent
MOVED = {"DS364": "DS362", "DS363": "DS361", "AG701": "AG001"}


@pytest.mark.parametrize("profile", ["dcat-ap-se", "dcat-ap"])
def test_normalising_makes_no_error(corpus, profile):
    """No resource of the corpus has an error that it had not as published."""
    loaded = load_profile(profile)
    seen = 0
    worse: list[tuple[str, str, int]] = []
    for path in files(corpus):
        if path.stat().st_size > SMALL:
            continue
        found = graphs(path)
        if found is None:
            continue
        seen += 1
        before, after = (
            Counter(
                (MOVED.get(f.code, f.code))
                for f in validate(graph, loaded)
                if f.severity == "error"
                # what could not be written at all brings its own errors with it
                and (f.focus[:2] == "_:" or f.focus in found[0].spo)
            )
            for graph in found[:2]
        )
        worse += [(path.name, code, n) for code, n in (after - before).items()]
    assert seen > 15
    assert worse == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_page_says_what_is_measured(corpus):
    """The tables of docs/normalising.md are those of this corpus and this program."""
    page = PAGE.read_text("utf-8")
    written = page[page.index(BEGIN) : page.index(END) + len(END)]
    assert written == report(corpus)
