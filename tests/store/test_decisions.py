from harvester.dedupe import Candidate, Decision
from harvester.model import Kind
from harvester.settings import Source
from tests.store.night import BASE, CATALOG_OF_TWO, SOURCE, UUID, dataset, dump

OTHER = Source("annan", "https://example.org/dcat", title="Annan", priority=1)
ONE = f"{BASE}one"
LOST = Decision("annan", ONE, "exempel", ONE, "iri:priority")


def winners(night) -> list[tuple[str, str, str | None]]:
    return [
        (one.source, one.iri, one.from_source)
        for one in night.store.changes(night.run)
        if one.change == "winner"
    ]


def test_every_live_resource_is_a_candidate(night):
    """With its kinds, its parent and, for what the portal compares so, its UUID."""
    night.passes(*CATALOG_OF_TWO)
    found = {one.iri: one for one in night.store.candidates()}
    assert found[ONE] == Candidate("exempel", ONE, (Kind.DATASET,), UUID, f"{BASE}catalog")
    assert found[f"{BASE}org"].identifier == ""
    assert len(found) == 5


def test_decisions_are_kept_and_shown_with_winner_and_loser(night):
    """Whoever looks at either description sees why."""
    night.sources.append(OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one", "Den andra"), source=OTHER)
    night.store.save_decisions(night.run, [LOST])
    assert night.store.decisions() == (LOST,)
    first, second = night.store.show(ONE)
    assert (first.source, first.published, first.decisions) == ("annan", True, (LOST,))
    assert (second.source, second.published, second.decisions) == ("exempel", False, (LOST,))


def test_the_same_decisions_again_change_no_row(night):
    """The next night decides the same: nothing is written."""
    night.sources.append(OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one"), source=OTHER)
    night.store.save_decisions(night.run, [LOST])
    before = dump(night.store)
    night.store.save_decisions(night.run, [LOST])
    assert dump(night.store) == before


def test_a_takeover_is_a_change_and_so_is_its_end(night):
    """Published was ours, then theirs, then ours again; each time the change says whose before."""
    night.sources.append(OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one", "Den andra"), source=OTHER)
    night.store.save_decisions(night.run, [LOST])
    assert winners(night) == [("annan", ONE, "exempel")]
    night.passes(source=OTHER)
    night.store.save_decisions(night.run, [])
    assert winners(night) == [("exempel", ONE, "annan")]


def test_a_newcomer_that_loses_at_once_changes_no_winner(night):
    """What was never published was not taken over."""
    night.sources.append(OTHER)
    night.passes(dataset("one"), source=OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.store.save_decisions(night.run, [LOST])
    assert winners(night) == []


def test_a_swap_is_one_change(night):
    """The order of two sources is turned round: one thing changed hands, told once."""
    night.sources.append(OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one"), source=OTHER)
    night.store.save_decisions(night.run, [LOST])
    night.begin()
    night.store.save_decisions(night.run, [Decision("exempel", ONE, "annan", ONE, "iri:public")])
    assert winners(night) == [("exempel", ONE, "annan")]


def test_what_goes_with_a_losing_dataset_is_told_by_the_dataset(night):
    """Its distributions lose too, but one thing changed hands, not three."""
    night.sources.append(OTHER)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one"), source=OTHER)
    part = Decision("annan", ONE, "exempel", f"{BASE}one/csv", "part:priority")
    night.store.save_decisions(night.run, [LOST, part])
    assert winners(night) == [("annan", ONE, "exempel")]
    assert night.store.decisions() == (LOST, part)


def test_sources_are_mirrored_without_their_secrets(night):
    """Rank and titles are there for the views; a source that left the configuration is marked."""
    night.sources[:] = [SOURCE, OTHER]
    night.passes(*CATALOG_OF_TWO)
    assert [(one.source.id, one.source.rank) for one in night.store.sources()] == [
        ("annan", OTHER.rank), ("exempel", SOURCE.rank),
    ]  # fmt: skip
    night.sources[:] = [OTHER]
    night.passes(source=OTHER)
    assert [(one.source.id, one.configured) for one in night.store.sources()] == [
        ("annan", True), ("exempel", False),
    ]  # fmt: skip
    assert len(night.store.digests("exempel")) == 5
