from dataclasses import replace
from datetime import timedelta

import pytest

from harvester.model import Outcome, SourceResult
from harvester.words import Text
from tests.store.night import BASE, CATALOG, CATALOG_OF_TWO, NOW, SOURCE, document, finding


def fails(night, outcome=Outcome.UNREACHABLE, **more):
    night.begin()
    night.apply(
        SourceResult(
            SOURCE, outcome, event="timeout", error=Text("inget svar", "no answer"), **more
        )
    )
    night.end(3)


def test_a_source_never_tried_has_no_times(night):
    """It is listed all the same."""
    night.begin()
    (one,) = night.store.status()
    assert (one.outcome, one.last_good, one.last_try, one.failing_since) == (None,) * 4


@pytest.mark.case("F23")
def test_status_tells_since_when_a_source_fails(night):
    """Last good and failing since are by run, and what is live is still counted."""
    night.passes(*CATALOG_OF_TWO, findings=[finding()])
    good = night.now
    fails(night)
    since = night.now
    fails(night, Outcome.GONE)
    (one,) = night.store.status()
    assert (one.last_good, one.failing_since, one.last_try) == (good, since, night.now)
    assert (one.outcome, one.error) == (Outcome.GONE, Text("inget svar", "no answer"))
    assert (one.datasets, one.resources, one.findings["error"]) == (2, 5, 1)
    assert (one.last_changed, one.last_change["added"]) == (good, 5)
    night.passes(*CATALOG_OF_TWO)
    (one,) = night.store.status()
    assert one.failing_since is None
    assert (one.last_good, one.last_changed) == (night.now, good)


@pytest.mark.case("F25")
def test_a_clock_that_jumps_back_does_not_reorder_the_nights(night):
    """Runs are ordered by number; wall time is only shown."""
    night.passes(*CATALOG_OF_TWO)
    night.now = NOW - timedelta(days=20_000)
    fails(night)
    (one,) = night.store.status()
    assert one.outcome is Outcome.UNREACHABLE
    assert one.failing_since == night.now < one.last_good
    assert [entry.source_run.run for entry in night.store.history("exempel")] == [2, 1]


def test_history_gives_each_run_as_it_was_reported_with_what_it_changed(night):
    """The stored log is the reported one, newest first."""
    night.passes(*CATALOG_OF_TWO)
    fails(night)
    night.passes(CATALOG)
    entries = night.store.history("exempel")
    assert [entry.source_run for entry in reversed(entries)] == night.entries
    assert [len(entry.changes) for entry in entries] == [4, 0, 5]
    assert night.store.history("exempel", last=1) == entries[:1]
    assert night.store.history("okänd") == ()


def test_show_gives_parent_and_children(night):
    """A dataset knows its catalog and its distributions."""
    night.passes(*CATALOG_OF_TWO)
    (shown,) = night.store.show(f"{BASE}one")
    assert shown.parent == f"{BASE}catalog"
    assert shown.children == (f"{BASE}one/csv",)
    assert shown.ntriples == CATALOG_OF_TWO[1].ntriples
    assert night.store.show(f"{BASE}nothing") == ()


def test_resources_stream_in_the_order_of_their_iris(night):
    """Whatever the order they were stored in, of one source or of all."""
    night.passes(*reversed(CATALOG_OF_TWO))
    assert [one.iri for one in night.store.resources()] == sorted(r.iri for r in CATALOG_OF_TWO)
    first = next(night.store.resources())
    assert (first.source, first.ntriples) == ("exempel", CATALOG.ntriples)
    assert (first.kinds, first.digest, first.parent) == (CATALOG.kinds, CATALOG.digest, None)
    assert list(night.store.resources("annan")) == []


@pytest.mark.case("S74")
def test_sql_in_an_iri_is_an_iri(night):
    """Values are bound, never pasted."""
    odd = replace(CATALOG, iri="https://exempel.se/'; DROP TABLE resource; --%_")
    night.passes(CATALOG, replace(odd, parent="' OR 1=1 --"))
    assert len(night.store.show(odd.iri)) == 1
    assert night.store.show("https://exempel.se/%") == ()
    assert len(night.store.digests("exempel")) == 2


def test_uptime_counts_tries_and_answers_since_a_time(night):
    """Answers are ok, unchanged and held; what was before the time does not count."""
    fails(night)
    night.passes(*CATALOG_OF_TWO)
    since = night.now
    fails(night)
    fails(night)
    assert night.store.uptime(since) == {SOURCE.id: (3, 1)}
    assert night.store.uptime(night.now + timedelta(days=1)) == {}


def test_status_counts_tries_and_knows_the_runs_before(night):
    """Tries since the last good run; good runs oldest first; the newest certificate."""
    night.passes(*CATALOG_OF_TWO, documents=(document(certificate=NOW),))
    night.passes(CATALOG, documents=(document(body="y", certificate=NOW + timedelta(days=9)),))
    fails(night)
    fails(night, Outcome.HELD)
    (one,) = night.store.status()
    assert one.tries == 2
    assert one.certificate == NOW + timedelta(days=9)
    assert [(good.outcome, good.datasets) for good in one.lately] == [("ok", 2), ("ok", 0)]
    night.passes(*CATALOG_OF_TWO, documents=(document(),))
    (one,) = night.store.status()
    assert (one.tries, one.certificate) == (0, None)
    assert [entry.source_run for entry in reversed(night.store.history("exempel"))] == night.entries


def test_the_last_try_of_each_source_is_by_number(night):
    """Whatever its clock said; a source never tried has none."""
    night.passes(*CATALOG_OF_TWO)
    night.now = NOW - timedelta(days=20_000)
    fails(night)
    assert night.store.last_tries() == {SOURCE.id: (2, night.now)}
