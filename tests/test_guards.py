"""What is held back, and in which words."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.guards import Live, allowed, held, may_be_cut
from harvester.model import Document, Kind, Source, Syntax, Text
from tests.guarding import dataset, of, state

SOURCE = Source("b", "https://exempel.se/dcat")
UUID = "2c4a9a0e-6b0f-4b4e-9d0c-1f0e8f1b2a3c"


def named(count: int, host: str = "exempel.se") -> list[str]:
    return [f"https://{host}/{i}" for i in range(count)]


def live(*iris: str, times_held: int = 0, **more) -> Live:
    titles = {iri: f"Titel {iri.rpartition('/')[2]}" for iri in iris}
    return Live({iri: of(iri) for iri in iris}, titles, times_held, **more)


def why(before: Live, now, *, limit: str = "20%", unproven: bool = False) -> Text | None:
    removes = len(before.digests.keys() - {one.iri for one in now.resources})
    return held(replace(SOURCE, max_removed=limit), before, now, removes=removes, unproven=unproven)


@pytest.mark.case("F15")
def test_a_catalog_without_datasets_is_held():
    """However small it was, and whatever the limit: 0 datasets is never meant."""
    for limit in ("20%", "100%", "9"):
        reason = why(live("https://exempel.se/1"), state(), limit=limit)
        assert reason is not None
        assert reason.en == "The catalog has no datasets any more; it had 1."


@pytest.mark.case("F16")
def test_half_a_catalog_gone_is_held():
    """250 of 500 datasets missing is held, with the numbers in both languages."""
    reason = why(live(*named(500)), state(*named(250)))
    assert reason == Text(
        "250 av 500 datamängder saknas; gränsen är 20%.",
        "250 of 500 datasets are missing; the limit is 20%.",
    )


@pytest.mark.case("F16")
@pytest.mark.parametrize(("left", "is_held"), [(400, False), (399, True)])
def test_a_fifth_may_go_and_no_more(left, is_held):
    """Just under the limit and just over."""
    assert (why(live(*named(500)), state(*named(left))) is not None) is is_held


@pytest.mark.case("F16")
@pytest.mark.parametrize(
    ("limit", "left", "is_held"),
    [("0", 9, True), ("1", 9, False), ("50%", 5, False), ("100%", 1, False), ("3", 6, True)],
)
def test_each_source_has_its_own_limit(limit, left, is_held):
    """max_removed, as a share or as a number, of ten datasets."""
    assert (why(live(*named(10)), state(*named(left)), limit=limit) is not None) is is_held


@pytest.mark.case("F16")
def test_what_is_held_again_and_again_is_said_louder():
    """The third time in a row says so first; it stays held all the same."""
    before = live(*named(500))
    second = why(replace(before, times_held=1), state(*named(250)))
    third = why(replace(before, times_held=2), state(*named(250)))
    assert second is not None
    assert third is not None
    assert "ROW" not in second.en
    assert third.en.startswith("HELD 3 TIMES IN A ROW;")
    assert third.sv.startswith("HÅLLS FÖR 3:e GÅNGEN I RAD;")
    assert second.en in third.en


def test_a_first_harvest_loses_nothing():
    """Nothing is live, so nothing can be lost."""
    assert why(Live(), state(*named(3))) is None
    assert why(Live(), state()) is None


@pytest.mark.case("F17")
def test_a_catalog_that_moved_to_another_host_is_held_with_its_own_reason():
    """All IRIs new, all titles the same: not a deletion of 500, a change of identity."""
    moved = [dataset(iri, f"Titel {n}") for n, iri in enumerate(named(500, "ny.exempel.se"))]
    reason = why(live(*named(500)), state(*moved))
    assert reason is not None
    assert reason.en.startswith("500 of 500 datasets have a new IRI but the same title")


@pytest.mark.case("F17")
def test_a_small_catalog_that_moved_is_held_too():
    """Below the five datasets that may always go; with max_removed 100% it may."""
    moved = state(*[dataset(iri, f"Titel {n}") for n, iri in enumerate(named(3, "ny.exempel.se"))])
    assert why(live(*named(3)), moved) is not None
    assert why(live(*named(3)), moved, limit="100%") is None


@pytest.mark.case("F17")
def test_other_datasets_in_the_place_of_the_old_ones_are_no_change_of_identity():
    """Titles differ: then only the number that is gone counts."""
    others = [dataset(iri, f"Annat {n}") for n, iri in enumerate(named(3, "ny.exempel.se"))]
    assert why(live(*named(3)), state(*others)) is None
    untitled = replace(live(*named(3)), titles=dict.fromkeys(named(3), ""))
    assert why(untitled, state(*named(3, "ny.exempel.se"))) is None


@pytest.mark.case("F20")
def test_fewer_items_than_announced_is_held():
    """totalItems says 540, 500 arrived; a first harvest is held too, since it is not whole."""
    assert why(Live(), state(*named(500), total_items=540)) is not None
    assert why(Live(), state(*named(500), total_items=500)) is None


@pytest.mark.case("F18")
def test_one_resource_gone_is_held_when_the_end_of_the_answer_is_not_proven():
    """An answer that ended with its connection may have been cut off at a line end."""
    before, now = live(*named(500)), state(*named(499))
    assert why(before, now) is None
    reason = why(before, now, unproven=True)
    assert reason is not None
    assert "1 resources are missing" in reason.en
    assert why(before, state(*named(501)), unproven=True) is None


def document(**more) -> Document:
    values = {"url": "u", "final_url": "u", "path": Path("b"), "sha256": "0", "size": 1}
    return Document(**values | {"end_proven": False} | more)


@pytest.mark.case("F18")
@pytest.mark.case("S13")
@pytest.mark.parametrize(
    ("reading", "got", "cut"),
    [
        ({"syntax": Syntax.NTRIPLES}, {}, True),
        ({"syntax": Syntax.TURTLE}, {}, True),
        ({"syntax": Syntax.TURTLE}, {"end_proven": True}, False),
        ({"syntax": Syntax.TURTLE}, {"not_modified": True}, False),
        ({"syntax": Syntax.RDFXML}, {}, False),
        ({"syntax": Syntax.JSONLD}, {"final_url": "v"}, False),
        ({"syntax": Syntax.RDFXML, "repaired": True}, {}, True),
    ],
)
def test_a_parser_that_reached_the_end_proves_it(reading, got, cut):
    """XML and JSON cannot be cut unseen; a body that is as it was was whole then."""
    assert may_be_cut([document(**got)], state(**reading)) is cut


def owned(*iris: str, by: Source, uuid: str = "") -> Live:
    keys = [("iri", iri) for iri in iris]
    keys += [("uuid", f"dataset {uuid}")] if uuid else []
    return Live(owners=dict.fromkeys(keys, (by.id, by.rank)))


@pytest.mark.case("S76")
@pytest.mark.parametrize("uuid", ["", UUID])
def test_an_equal_source_takes_nothing_over_for_the_sake_of_its_id(uuid):
    """The same IRI, or the same UUID under another IRI, in upper case."""
    owner = Source("c", "https://annan.exempel.se/dcat")
    before = owned("https://exempel.se/1", by=owner, uuid=uuid)
    taker = dataset("https://exempel.se/" + ("x" if uuid else "1"), identifier=uuid.upper())
    reason = why(before, state(taker, "https://exempel.se/2"))
    assert reason is not None
    assert reason.en.startswith("1 resources that c publishes are now described here too")


@pytest.mark.case("S76")
@pytest.mark.parametrize(
    "owner",
    [
        Source("a", "https://annan.exempel.se/"),
        Source("c", "https://annan.exempel.se/", aggregator=True),
        Source("c", "https://annan.exempel.se/", sector="private"),
        Source("c", "https://annan.exempel.se/", priority=1),
    ],
)
def test_what_the_operator_has_ranked_needs_no_guard(owner):
    """The owner goes before anyway, or is one that the operator put behind."""
    assert why(owned("https://exempel.se/1", by=owner), state("https://exempel.se/1")) is None


@pytest.mark.case("S76")
def test_what_a_source_has_described_all_along_is_no_takeover():
    """Only what is new or changed is looked at; agents are everyone's to name."""
    owner = Source("c", "https://annan.exempel.se/")
    iri = "https://exempel.se/1"
    before = replace(owned(iri, by=owner), digests={iri: of(iri)})
    assert why(before, state(iri)) is None
    agent = replace(dataset(iri), kinds=(Kind.AGENT,))
    assert why(owned(iri, by=owner), state(agent)) is None


def test_every_reason_is_given():
    """Two guards that object are two sentences."""
    reason = why(live(*named(500)), state(*named(100), total_items=500))
    assert reason is not None
    assert "400 of 500" in reason.en
    assert "announces 500" in reason.en


@pytest.mark.parametrize(
    ("limit", "datasets", "expected"),
    [("20%", 10, 5), ("20%", 500, 100), ("3", 500, 3), ("0", 4, 0), ("100%", 7, 7)],
)
def test_the_limit(limit, datasets, expected):
    """A share never bites below five datasets; a number is meant as it stands."""
    assert allowed(limit, datasets) == expected


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_nothing_big_goes_unseen(before, now):
    """Whatever the catalogs: more than the limit gone is held, and nothing gone is not."""
    names = named(61)
    reason = why(live(*(names[i] for i in before)), state(*(names[i] for i in now)))
    lost = len(before - now)
    if lost > allowed("20%", len(before)) or (before and not now):
        assert reason is not None
    else:
        assert reason is None
