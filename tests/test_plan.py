from harvester.guards import Live
from harvester.model import Source
from harvester.plan import plan
from tests.guarding import of, state

SOURCE = Source("a", "https://exempel.se/dcat")


def test_the_three_kinds_of_change():
    """Added, changed and removed come from comparing digests."""
    live = Live({"a": of("a"), "b": "old", "c": of("c")})
    found = plan(SOURCE, live, state("a", "b", "d"))
    assert (found.added, found.changed, found.removed, found.unchanged) == (
        ("d",),
        ("b",),
        ("c",),
        1,
    )
    assert found.held is None


def test_a_plan_says_what_holds_it_back():
    """The counts are there as well: what would happen if an operator said yes."""
    live = Live({"a": of("a")}, titles={"a": "Luft"})
    found = plan(SOURCE, live, state())
    assert found.removed == ("a",)
    assert found.held is not None
