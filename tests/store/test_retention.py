"""What is pruned, and what stays however old it is."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from harvester.fetch.bodies import BodyStore
from harvester.model import Outcome, Plan, SourceResult
from harvester.settings import Retention
from harvester.store.store import Store
from harvester.upkeep import Pruned
from harvester.words import Text
from tests.store.night import NOW, SOURCE, Night, dataset, document, dump

LONG = Retention(timedelta(days=10), timedelta(days=5))
LIVE = ("resource", "dataset", "document", "finding", "decision", "source", "normalisation")


def served(number: int):
    return (document(body=f"night {number}"),)


def prune(night: Night, policy: Retention = LONG) -> Pruned:
    return night.store.prune(policy, now=night.now)


def numbers(night: Night, table: str) -> list[int]:
    rows = night.store._db.execute(f"SELECT DISTINCT run FROM {table} ORDER BY run")
    return [row[0] for row in rows]


def drift(night: Night, nights: int) -> None:
    """Each night another dataset beside one that stays as it is."""
    for number in range(nights):
        night.passes(
            dataset("one"), dataset(f"new{night.run}", f"Ny {number}"), documents=served(night.run)
        )


def hold(night: Night, body: str) -> None:
    night.begin()
    plan = Plan(removed=("https://exempel.se/one",), held=Text("Krympt.", "Shrunken."))
    documents = (document(body=body),)
    night.apply(SourceResult(SOURCE, Outcome.HELD, documents=documents, complete=True, plan=plan))
    night.end(4)


def fail(night: Night) -> None:
    night.begin()
    night.apply(
        SourceResult(
            SOURCE, Outcome.UNREACHABLE, event="timeout", error=Text("inget svar", "no answer")
        )
    )
    night.end(3)


def test_nothing_young_is_pruned(night):
    """Within the policy the store stays as it is, to the row."""
    drift(night, 8)
    before = dump(night.store)
    assert prune(night, Retention()) == Pruned()
    assert dump(night.store) == before


def test_old_runs_go_and_what_is_live_stays(night):
    """The log keeps the policy's days; no row about live data differs."""
    drift(night, 30)
    before = {name: rows for name, rows in dump(night.store).items() if name in LIVE}
    pruned = prune(night)
    assert {name: rows for name, rows in dump(night.store).items() if name in LIVE} == before
    assert numbers(night, "source_run") == list(range(19, 31))
    assert numbers(night, "change") == list(range(19, 31))
    assert (pruned.runs, pruned.changes) == (18, 18 * 2)
    assert night.store.check().problems == ()


def test_runs_that_something_points_to_stay(night):
    """The first sightings of what is live, and of what left lately, outlive the log."""
    drift(night, 30)
    prune(night)
    assert numbers(night, "run") == [1, *range(18, 31)]
    (view,) = night.store.show("https://exempel.se/one")
    assert view.first_seen is not None


def test_the_number_of_a_pruned_run_is_not_used_again(night):
    """Runs are ordered by number for ever."""
    drift(night, 3)
    night.now += timedelta(days=400)
    prune(night)
    assert night.begin() == 4


def test_old_tombstones_go(night):
    """What left long ago and returns is new; what left lately keeps its first sighting."""
    drift(night, 30)
    prune(night)
    left = night.store._db.execute("SELECT min(removed), count(*) FROM tombstone").fetchone()
    assert left == (19, 12)


@pytest.mark.case("F23")
def test_a_source_that_failed_for_years_keeps_its_last_good_night(night):
    """Status says the same before and after but for tries, which it counts in the log."""
    drift(night, 2)
    for _ in range(40):
        fail(night)
    before = night.store.status()
    assert prune(night).runs > 20
    after = night.store.status()
    assert after[0].tries < before[0].tries
    assert [replace(one, tries=0) for one in after] == [replace(one, tries=0) for one in before]
    assert numbers(night, "source_run")[:3] == [2, 3, 31]


@pytest.mark.case("F16")
def test_what_is_held_can_be_accepted_however_old(night, tmp_path):
    """The newest held state keeps its documents, and the count of held nights stays."""
    drift(night, 2)
    for number in range(3):
        hold(night, f"held {number}")
    for _ in range(40):
        fail(night)
    path = BodyStore(tmp_path).path
    before = night.store.held(SOURCE.id, path), night.store.times_held(SOURCE.id)
    prune(night)
    assert before[0]
    assert (night.store.held(SOURCE.id, path), night.store.times_held(SOURCE.id)) == before
    assert document(body="held 2").sha256 in night.store.bodies()
    assert document(body="held 0").sha256 not in night.store.bodies()


def test_a_young_run_can_be_replayed_though_its_documents_are_old(night, tmp_path):
    """An unchanged night served what the last ok one did, which is kept for it."""
    drift(night, 2)
    for _ in range(30):
        night.begin()
        night.apply(SourceResult(SOURCE, Outcome.UNCHANGED, complete=True))
        night.end()
    path = BodyStore(tmp_path).path
    before = night.store.received(night.run, path)
    prune(night)
    assert before
    assert night.store.received(night.run, path) == before


def test_live_bodies_are_always_referred_to(night):
    """Whatever was pruned, a live document's body may not go."""
    drift(night, 30)
    night.now += timedelta(days=1000)
    prune(night)
    live = {row[0] for row in night.store._db.execute("SELECT sha256 FROM document")}
    assert live
    assert live <= night.store.bodies()
    assert len(night.store.bodies()) < 30


def test_every_table_that_names_a_body_counts(night):
    """A table that a later version adds is asked too."""
    night.store._db.execute("CREATE TABLE later (sha256 TEXT)")
    night.store._db.execute("INSERT INTO later VALUES ('ab')")
    assert "ab" in night.store.bodies()


@pytest.mark.case("F25")
def test_one_night_with_the_clock_ten_years_ahead_prunes_nothing(night):
    """The run before it says how late it can be."""
    drift(night, 8)
    night.now += timedelta(days=3650)
    night.begin()
    night.end()
    assert prune(night) == Pruned()


@pytest.mark.case("F25")
def test_one_night_in_1970_takes_no_other_with_it(night):
    """Rows are judged one by one, not by where the wrong one stands."""
    drift(night, 4)
    right = night.now
    night.now = NOW.replace(year=1970)
    drift(night, 1)
    night.now = right
    drift(night, 4)
    prune(night)
    assert numbers(night, "source_run") == [1, 2, 3, 4, 6, 7, 8, 9]


@pytest.mark.case("F1")
def test_pruning_is_all_or_nothing(night, monkeypatch):
    """A fault in the middle leaves every row."""
    from harvester.store import retention

    drift(night, 30)
    before = dump(night.store)

    def fault(db: object) -> list[tuple[str, str]]:
        raise KeyboardInterrupt

    monkeypatch.setattr(retention, "_pointing_to_runs", fault)
    with pytest.raises(KeyboardInterrupt):
        prune(night)
    assert dump(night.store) == before


def test_bodies_that_nothing_names_go_when_they_are_old(tmp_path):
    """Kept: what is named, and what is young, which another command may be reading."""
    bodies = BodyStore(tmp_path)
    named, old, young = (bodies.write([text]) for text in (b"named", b"old", b"young"))
    for body in (named, old):
        os.utime(body.path, (0, 0))
    assert bodies.prune({named.sha256}, NOW.replace(year=2000)) == (1, 3)
    assert list(bodies.digests()) == sorted([named.sha256, young.sha256])


@pytest.mark.parametrize("pruned", [True, False])
def test_the_size_of_the_store_follows_the_policy_not_the_nights(path, pruned):
    """Pages that pruning frees are used again; without it the store grows."""
    sizes = []
    with Store.open(path, create=True) as store:
        night = Night(store, [SOURCE])
        for number in range(60):
            fresh = [dataset(f"new{number}-{one}", "Ny") for one in range(20)]
            night.passes(*fresh, documents=served(number))
            if pruned:
                prune(night)
            sizes.append(store._db.execute("PRAGMA page_count").fetchone()[0])
    assert (sizes[-1] < sizes[20] * 1.1) is pruned
