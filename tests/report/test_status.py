"""How sources stand, over time: status, history, one resource."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from harvester.model import Outcome
from harvester.report.history import history_json, history_lines
from harvester.report.moments import hours
from harvester.report.status import (
    state_of,
    status_json,
    status_problems,
    status_table,
)
from harvester.report.terminal import width_of
from harvester.words import Text
from tests.report.test_harvest import source_run

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def status(name: str, outcome: Outcome | None = Outcome.OK, **changes) -> SimpleNamespace:
    """A fake of ``harvester.store.views.SourceStatus``."""
    values = {
        "id": name,
        "title": f"{name} kommun",
        "url": "https://exempel.se/",
        "configured": True,
        "outcome": outcome,
        "complete": True,
        "event": "",
        "error": None,
        "held": None,
        "run": 3,
        "last_good": NOW,
        "last_try": NOW,
        "failing_since": None,
        "tries": 0,
        "certificate": None,
        "lately": (),
        "datasets": 12,
        "resources": 40,
        "findings": {"error": 1, "warning": 0, "info": 0},
        "last_changed": NOW,
        "last_change": {"added": 3, "changed": 0, "removed": 1},
    }
    return SimpleNamespace(**(values | changes))


OLD = NOW - timedelta(hours=49)
LIMIT = timedelta(hours=48)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (status("a"), "ok"),
        (status("a", None, last_good=None, last_try=None), "new"),
        (status("a", Outcome.GONE), "failing"),
        (status("a", Outcome.HELD, held=Text("x", "y")), "held"),
        (status("a", last_good=OLD), "stale"),
        (status("a", last_good=OLD, configured=False), "ok"),
        (status("a", Outcome.GONE, last_good=None), "stale"),
    ],
)
def test_one_word_says_how_a_source_stands(found, state):
    """Stale before held before failing; a source that left the configuration is never stale."""
    assert state_of(found, NOW, LIMIT) == state


def test_without_a_limit_nothing_is_stale():
    """``status`` alone never ends with 1."""
    assert state_of(status("a", last_good=OLD), NOW, None) == "ok"
    assert status_problems([status("a", last_good=OLD)], "en", now=NOW, stale=None) == []


def test_stale_sources_are_named_with_the_reason():
    """One line each, for cron."""
    found = [
        status("a"),
        status("b", Outcome.GONE, last_good=None, error=Text("borta", "HTTP 404")),
    ]
    assert status_problems(found, "en", now=NOW, stale=LIMIT) == [
        "b: no good answer since never; the limit is 48h: HTTP 404"
    ]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_table_fits_eighty_columns(lang):
    """Whatever the names are."""
    found = [status("a" * 50), status("b", last_change={})]
    lines = status_table(found, lang, 80, now=NOW, stale=LIMIT)
    assert max(map(width_of, lines)) <= 80
    assert "+3 -1" in lines[1]


def test_an_empty_store_says_what_to_do():
    """Not an empty table."""
    assert status_table([], "en", 80, now=NOW, stale=None) == [
        "Nothing harvested yet; run: harvester harvest"
    ]


def test_json_has_times_with_their_offset():
    """And the state that the table shows."""
    (found,) = status_json([status("a")], "en", now=NOW, stale=None)["sources"]
    assert found["last_good"] == "2026-11-22T03:00:00+00:00"
    assert (found["state"], found["outcome"], found["datasets"]) == ("ok", "ok", 12)


@pytest.mark.parametrize(
    ("span", "text"),
    [({"hours": 48}, "48h"), ({"days": 7}, "7d"), ({"minutes": 90}, "90m"), ({"days": 1}, "24h")],
)
def test_spans_are_written_as_people_type_them(span, text):
    """Days from four on."""
    assert hours(timedelta(**span)) == text


def entries() -> list[SimpleNamespace]:
    """Fakes of ``harvester.store.views.HistoryEntry``."""
    changes = tuple(
        SimpleNamespace(
            iri=f"https://exempel.se/{n}", change="added", kind="dataset", from_source=None
        )
        for n in range(12)
    )
    return [
        SimpleNamespace(at=NOW, source_run=source_run("a"), changes=changes),
        SimpleNamespace(
            at=OLD,
            source_run=source_run(
                "a", Outcome.GONE, error=Text.same("HTTP 404\x1b[2J"), resources={}
            ),
            changes=(),
        ),
    ]


def test_history_shows_the_first_changes_and_counts_the_rest():
    """Nothing is left out without being counted, and nothing steers the terminal."""
    lines = history_lines("a", entries(), "en", 80)
    assert lines[0].endswith("ok: +2 ~1 -4; 17 datasets")
    assert lines[1] == "  + dataset https://exempel.se/0"
    assert lines[11] == "  … and 2 more; --json shows all"
    assert lines[12].endswith(r"gone: HTTP 404\x1b[2J; 17 datasets")
    assert len(history_json("a", entries(), "en")["runs"][0]["changes"]) == 12


def test_a_source_without_runs_says_so():
    """Not an empty answer."""
    assert history_lines("a", [], "sv", 80) == ["a har inte skördats ännu"]


def test_uptime_is_the_share_of_tries_that_gave_an_answer():
    """29 of 30 is 96 %, never rounded up; a source that was never tried has none."""
    statuses = [status("a"), status("b")]
    found = status_json(statuses, "en", now=NOW, stale=None, uptime={"a": (30, 29)})["sources"]
    assert [source["uptime_30d"] for source in found] == [0.9667, None]
    lines = status_table(statuses, "en", 120, now=NOW, stale=None, uptime={"a": (30, 29)})
    assert "96%" in lines[1]
