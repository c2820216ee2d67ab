import pytest

from harvester.model import DocumentReading, Kind, Resource, SourceState, Syntax
from harvester.plan import allowed, plan


def state(*iris: str, total_items: int | None = None) -> SourceState:
    return SourceState(
        resources=tuple(Resource(iri, (Kind.DATASET,), "d" + iri[-1], "", 0) for iri in iris),
        findings=(),
        normalisations=(),
        readings=(DocumentReading("u", Syntax.TURTLE, "utf-8", 0, 0, total_items=total_items),),
        statements=0,
        duplicates=0,
    )


def named(count: int) -> list[str]:
    return [f"http://example.org/{i}" for i in range(count)]


def test_the_three_kinds_of_change():
    """Added, changed and removed come from comparing digests."""
    live = {"a": "da", "b": "old", "c": "dc"}
    found = plan(live, live.keys(), state("a", "b", "d"), "20%")
    assert (found.added, found.changed, found.removed, found.unchanged) == (
        ("d",),
        ("b",),
        ("c",),
        1,
    )
    assert found.held is None


def test_half_a_catalog_gone_is_held():
    """F16: 250 of 500 datasets missing is held, with the numbers in both languages."""
    live = dict.fromkeys(named(500), "x")
    found = plan(live, live.keys(), state(*named(250)), "20%")
    assert found.held is not None
    assert "250" in found.held.sv
    assert "250" in found.held.en


def test_a_catalog_without_datasets_is_held():
    """F15: a valid catalog with no datasets, where there were some, is held even if small."""
    assert plan({"a": "x"}, {"a"}, state(), "20%").held is not None


def test_a_first_harvest_is_never_held():
    """Nothing is live, so nothing can be lost."""
    assert plan({}, set(), state(*named(3)), "20%").held is None


def test_fewer_items_than_announced_is_held():
    """F20: totalItems says 540, 500 arrived."""
    assert plan({}, set(), state(*named(500), total_items=540), "20%").held is not None
    assert plan({}, set(), state(*named(500), total_items=500), "20%").held is None


@pytest.mark.parametrize(
    ("limit", "datasets", "expected"),
    [("20%", 10, 5), ("20%", 500, 100), ("3", 500, 3), ("0", 4, 0), ("100%", 7, 7)],
)
def test_the_limit(limit, datasets, expected):
    """A share never bites below five datasets; a number is meant as it stands."""
    assert allowed(limit, datasets) == expected
