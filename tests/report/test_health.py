"""How the sources fare, in lines and for programs."""

import re
from dataclasses import replace
from datetime import timedelta

from harvester.model import Outcome
from harvester.report.harvest import attention_lines, harvest_json
from harvester.report.health import (
    failing_lines,
    health_json,
    health_lines,
    health_of,
    since,
    unwell,
)
from harvester.report.moments import clock
from harvester.upkeep import Good, Health
from tests.report.test_harvest import RUN
from tests.report.test_status import NOW, OLD, status

SHRINKING = tuple(Good("ok", count, 1.0) for count in (100, 95, 91, 88))
SLOW = tuple(Good("ok", 12, seconds) for seconds in (2.0, 3.0, 2.0, 3.0, 2.0, 40.4))
SOON = NOW + timedelta(days=12, hours=1)


def test_each_thing_is_one_line():
    """What is well is not mentioned."""
    found = [
        status("a"),
        status("b", Outcome.GONE, failing_since=OLD, tries=3, error="HTTP 404"),
        status("c", lately=SHRINKING, certificate=SOON),
        status("d", lately=SLOW, certificate=NOW - timedelta(days=1)),
        status("e", certificate=NOW + timedelta(days=90)),
        status("left", configured=False, tries=9),
    ]
    needs = unwell(found, NOW)
    assert [one.id for one in needs] == ["b", "c", "d"]
    assert failing_lines(needs, {"b": "HTTP\x1b 404"}, "en") == [
        rf"b: no good answer since {clock(OLD, 'en')} (3 tries): HTTP\x1b 404"
    ]
    assert health_lines(needs, "en", NOW) == [
        "c: shrinks: 100 datasets became 88 step by step; ask the publisher",
        f"c: the server's certificate expires in 12 days ({clock(SOON, 'en')});"
        " the publisher must renew it",
        "d: slow: 40 s, where 2.0 s is usual",
        f"d: the server's certificate expired {clock(NOW - timedelta(days=1), 'en')};"
        " the publisher must renew it",
    ]
    assert all(re.match("[cd]: ", line) for line in health_lines(needs, "sv", NOW))


def test_a_source_that_fails_is_not_called_slow_too():
    """Its seconds are of a time when it was good."""
    assert health_of(status("a", Outcome.GONE, tries=1, lately=SLOW), NOW).slow is None
    assert health_of(status("a", lately=SLOW), NOW).slow == (40.4, 2.0)


def test_programs_get_the_same():
    """What is well is null."""
    assert set(health_json(Health("a"), NOW).values()) == {None, 0}
    assert health_json(health_of(status("a", lately=SHRINKING, certificate=SOON), NOW), NOW) == {
        "failing_since": None,
        "tries": 0,
        "shrinking": {"before": 100, "after": 88},
        "slow": None,
        "certificate_expires": "2026-12-04T04:00:00+00:00",
        "certificate_days": 12,
    }


def test_the_summary_of_a_run_has_it_all():
    """Since when, on the line of who failed again; a line for each other thing."""
    health = (
        Health("gone", failing_since=OLD, tries=3),
        Health("held", tries=1, failing_since=NOW),
        Health("exempelstad", shrunk=(9, 5), certificate=SOON),
    )
    run = replace(RUN, started=NOW, health=health)
    lines = attention_lines(run, timedelta(hours=2), "en")
    assert lines[:2] == [
        "held: held: half is missing",
        f"gone: gone since {clock(OLD, 'en')} (3 tries): HTTP 404 from https://exempel.se/",
    ]
    assert [line.split(" ")[1] for line in lines[2:4]] == ["shrinks:", "the"]
    assert harvest_json(run, "en")["health"]["gone"]["tries"] == 3


def test_one_try_is_no_tries() -> None:
    """A source that failed once, in both languages."""
    once = Health("a", tries=1, failing_since=NOW)
    assert since(once, "en").endswith("(one try)")
    assert since(once, "sv").endswith("(ett försök)")
