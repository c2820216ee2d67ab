"""What a feed must say next, whatever it has said and whatever is published."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.export import feed_log
from harvester.export.feed_log import Activity, Verb, plan, state_of
from harvester.model import Kind

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
KEEP = timedelta(days=3)

KINDS = dict(enumerate(Kind))
states = st.dictionaries(st.integers(0, 7), st.sampled_from(["1", "2", "3"]), max_size=8).map(
    lambda state: {f"https://exempel.se/{n}": (KINDS[n], digest) for n, digest in state.items()}
)
nights = st.lists(st.tuples(states, st.integers(-2, 5)), min_size=1, max_size=12)


class Feed:
    """A feed in memory: what is published of it each night, and one who has followed it."""

    def __init__(self) -> None:
        self.fragments: dict[str, tuple[Activity, ...]] = {}
        self.said: list[Activity] = []

    def night(self, state: dict[str, tuple[Kind, str]], now: datetime) -> list[Activity]:
        planned = plan(self.fragments, state, now=now, keep=KEEP)
        if planned is None:
            return []
        kept = {name: self.fragments[name] for name in planned.kept}
        written = [*planned.rewritten, *planned.new]
        self.fragments = kept | {f"{one[0].published} {len(one)}": one for one in written}
        self.fragments = dict(sorted(self.fragments.items(), key=lambda item: item[1][0]))
        new = [one for activities in planned.new for one in activities]
        self.said += new
        return new

    @property
    def published(self) -> list[Activity]:
        return [one for activities in self.fragments.values() for one in activities]


def digests(activities: list[Activity]) -> dict[str, str]:
    return {iri: one.digest for iri, one in state_of(activities).items()}


@settings(max_examples=300, deadline=None)
@given(nights)
def test_whoever_follows_has_the_state(story: list[tuple[dict, int]]) -> None:
    """From empty, and night by night; the clock may go back, retention may have bitten."""
    feed, now = Feed(), NOW
    for state, days in story:
        now += timedelta(days=days)
        before = digests(feed.said)
        new = feed.night(state, now)
        meant = {iri: digest for iri, (_, digest) in state.items()}
        assert digests(feed.published) == digests(feed.said) == meant
        assert len({one.iri for one in new}) == len(new)
        assert {one.iri for one in new} == {
            iri for iri in before | meant if before.get(iri) != meant.get(iri)
        }
        times = [one.published for one in feed.published]
        assert times == sorted(set(times))
        assert not new or new[0].published > max(
            [one.published for one in feed.said[: -len(new)]], default=""
        )


@settings(max_examples=200, deadline=None)
@given(nights)
def test_retention(story: list[tuple[dict, int]]) -> None:
    """All that is young stays; of what is old, no more than twice the last words and the young."""
    feed, now = Feed(), NOW
    for state, days in story:
        now += timedelta(days=days)
        if not feed.night(state, now):
            continue
        newest = datetime.fromisoformat(feed.said[-1].published)
        horizon = feed_log.moment_text(newest - KEEP)
        young = [one for one in feed.said if one.published > horizon]
        assert set(young) <= set(feed.published)
        old = [one for one in feed.published if one not in young]
        last = state_of(feed.said).values()
        assert sum(one in last for one in old) * 2 >= len(old) - feed_log.FULL


def test_a_thing_is_told_of_after_what_it_refers_to() -> None:
    """And taken away before it (DCAT-AP Feeds, types of entities)."""
    feed = Feed()
    things = {f"https://exempel.se/{kind}": (kind, "1") for kind in Kind}
    told = [one.kind for one in feed.night(things, NOW)]
    assert told.index(Kind.AGENT) < told.index(Kind.DISTRIBUTION)
    assert told.index(Kind.DISTRIBUTION) < told.index(Kind.DATASET) < told.index(Kind.CATALOG)
    gone = feed.night({}, NOW)
    assert [one.kind for one in gone] == told[::-1]
    assert {one.verb for one in gone} == {Verb.DELETE}


def test_many_small_fragments_become_few(monkeypatch) -> None:
    """A few changes a night make no feed of thousands of files."""
    monkeypatch.setattr(feed_log, "_FRAGMENTS_TO_SPARE", 5)
    feed, state = Feed(), {}
    for number in range(40):
        state[f"https://exempel.se/{number}"] = (Kind.DATASET, "1")
        feed.night(state, NOW + timedelta(days=number))
    assert len(feed.fragments) <= 5 + 3 + 2
    assert digests(feed.published) == dict.fromkeys(state, "1")
