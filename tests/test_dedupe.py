"""The duplicate rule of the national portal, and what makes it safe."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.dedupe import UUID, Candidate, Decision, Decisions, choose
from harvester.model import Kind
from harvester.settings import Source

NUMBER = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
OTHER_NUMBER = "9b2e0c1a-0000-4000-8000-000000000001"

SOURCES = (
    Source("valda", "https://valda.exempel.se/", priority=5),
    Source("staden", "https://staden.exempel.se/"),
    Source("trafik", "https://trafik.exempel.se/"),
    Source("bolag", "https://bolag.exempel.se/", sector="private"),
    Source("samlare", "https://samlare.exempel.se/", aggregator=True),
)
RANKS = {source.id: source.rank for source in SOURCES}


def dataset(source: str, iri: str, identifier: str = "") -> Candidate:
    return Candidate(source, iri, (Kind.DATASET,), identifier, f"https://{source}/catalog")


def part(source: str, iri: str, parent: str, kind: Kind = Kind.DISTRIBUTION) -> Candidate:
    return Candidate(source, iri, (kind,), "", parent)


def reasons(result: Decisions) -> dict[tuple[str, str], str]:
    return {(one.loser_source, one.loser_iri): one.reason for one in result.decisions}


@pytest.mark.parametrize(
    ("winner", "loser", "reason"),
    [
        ("valda", "staden", "iri:priority"),
        ("staden", "bolag", "iri:public"),
        ("bolag", "samlare", "iri:single-publisher"),
        ("staden", "trafik", "iri:id"),
    ],
)
def test_the_source_of_the_first_rank_wins(winner: str, loser: str, reason: str) -> None:
    """Prioritised, then public, then private, aggregators last, ties by id; the reason is named."""
    result = choose([dataset(loser, "urn:x:1"), dataset(winner, "urn:x:1")], RANKS)
    assert result.winners == {(winner, "urn:x:1")}
    assert result.decisions == (Decision(winner, "urn:x:1", loser, "urn:x:1", reason),)


def test_the_lowest_priority_number_wins() -> None:
    """Among individually prioritised catalogs the lowest number comes first."""
    ranks = {f"s{n}": Source(f"s{n}", "https://s", priority=n).rank for n in (1, 2)}
    result = choose([dataset("s2", "urn:x:1"), dataset("s1", "urn:x:1")], ranks)
    assert reasons(result) == {("s2", "urn:x:1"): "iri:priority"}


def test_a_uuid_joins_datasets_of_different_iris() -> None:
    """A UUID-shaped identifier is the key whatever the IRIs and the case of its digits."""
    result = choose(
        [dataset("bolag", "urn:b:1", NUMBER.upper()), dataset("staden", "urn:a:1", NUMBER)], RANKS
    )
    assert result.decisions == (Decision("staden", "urn:a:1", "bolag", "urn:b:1", "uuid:public"),)


@pytest.mark.parametrize("identifier", ["", "42", NUMBER[:-1], f"urn:uuid:{NUMBER}", NUMBER + "\n"])
def test_other_identifiers_are_no_key(identifier: str) -> None:
    """Only what the portal's pattern matches from start to end joins two datasets."""
    result = choose(
        [dataset("bolag", "urn:b:1", identifier), dataset("staden", "urn:a:1", identifier)], RANKS
    )
    assert len(result.winners) == 2


def test_an_identifier_used_twice_in_one_source_is_no_duplicate() -> None:
    """Both datasets stay; and a third one elsewhere loses against the first of them."""
    result = choose(
        [
            dataset("staden", "urn:a:2", NUMBER),
            dataset("staden", "urn:a:1", NUMBER),
            dataset("bolag", "urn:b:1", NUMBER),
        ],
        RANKS,
    )
    assert result.winners == {("staden", "urn:a:1"), ("staden", "urn:a:2")}
    assert [one.winner_iri for one in result.decisions] == ["urn:a:1"]


def test_a_dataset_and_a_service_with_one_uuid_are_two_things() -> None:
    """The key is per class."""
    service = Candidate("bolag", "urn:b:1", (Kind.DATA_SERVICE,), NUMBER, None)
    assert len(choose([dataset("staden", "urn:a:1", NUMBER), service], RANKS).winners) == 2


def test_what_a_losing_dataset_contains_goes_with_it() -> None:
    """Its distributions, and what those contain, are not published beside the winner's."""
    result = choose(
        [
            dataset("staden", "urn:a:1", NUMBER),
            part("staden", "urn:a:1/d", "urn:a:1"),
            dataset("bolag", "urn:b:1", NUMBER),
            part("bolag", "urn:b:1/d", "urn:b:1"),
            part("bolag", "urn:b:1/d/licence", "urn:b:1/d", Kind.AGENT),
        ],
        RANKS,
    )
    assert result.winners == {("staden", "urn:a:1"), ("staden", "urn:a:1/d")}
    assert reasons(result)["bolag", "urn:b:1/d/licence"] == "part:public"


def test_a_distribution_that_went_with_its_dataset_claims_nothing() -> None:
    """A third source's description of the same distribution is then published."""
    result = choose(
        [
            dataset("valda", "urn:x:1"),
            dataset("staden", "urn:x:1"),
            part("staden", "urn:d", "urn:x:1"),
            dataset("bolag", "urn:b:1"),
            part("bolag", "urn:d", "urn:b:1"),
        ],
        RANKS,
    )
    assert ("bolag", "urn:d") in result.winners


def test_a_losing_catalog_does_not_take_its_datasets_along() -> None:
    """Datasets, series and services stand alone: each has a key of its own."""
    catalogs = [
        Candidate(source, "urn:c", (Kind.CATALOG,), "", None) for source in ("staden", "bolag")
    ]
    one = Candidate("bolag", "urn:b:1", (Kind.DATASET,), "", "urn:c")
    assert choose([*catalogs, one], RANKS).winners == {("staden", "urn:c"), ("bolag", "urn:b:1")}


@pytest.mark.case("D6")
@pytest.mark.case("S76")
def test_a_source_cannot_take_over_by_mentioning() -> None:
    """A better ranked source that merely says something about a dataset does not push it out."""
    mention = Candidate("valda", "urn:b:1", (Kind.OTHER,), "", None)
    result = choose([mention, dataset("bolag", "urn:b:1")], RANKS)
    assert result.winners == {("bolag", "urn:b:1")}
    assert reasons(result) == {("valda", "urn:b:1"): "iri:typed"}


@pytest.mark.case("D6")
@pytest.mark.case("S76")
def test_a_copied_uuid_does_not_win_by_itself() -> None:
    """A lower ranked source with a copy of another's UUID loses, and the decision names both."""
    result = choose(
        [dataset("samlare", "urn:s", NUMBER), dataset("staden", "urn:a", NUMBER)], RANKS
    )
    assert result.decisions == (
        Decision("staden", "urn:a", "samlare", "urn:s", "uuid:single-publisher"),
    )


def test_concepts_and_licences_have_one_source() -> None:
    """Things outside the profile are decided by IRI and rank like all others."""
    pair = [Candidate(source, "urn:l", (Kind.OTHER,), "", None) for source in ("trafik", "staden")]
    assert choose(pair, RANKS).winners == {("staden", "urn:l")}


candidates = st.lists(
    st.builds(
        Candidate,
        st.sampled_from([source.id for source in SOURCES]),
        st.sampled_from([f"urn:x:{n}" for n in range(6)]),
        st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=2).map(tuple),
        st.sampled_from(["", "42", NUMBER, OTHER_NUMBER]),
        st.none() | st.sampled_from([f"urn:x:{n}" for n in range(6)]),
    ),
    max_size=25,
    unique_by=lambda candidate: (candidate.source, candidate.iri),
)


@given(st.data())
def test_the_order_of_the_candidates_is_immaterial(data: st.DataObject) -> None:
    """Any order gives the same decisions."""
    given_order = data.draw(candidates)
    assert choose(given_order, RANKS) == choose(data.draw(st.permutations(given_order)), RANKS)


@given(candidates)
def test_each_candidate_wins_or_has_one_decision(given_candidates: list[Candidate]) -> None:
    """Nothing gets lost, and whoever loses, loses against something that is published."""
    result = choose(given_candidates, RANKS)
    losers = [(one.loser_source, one.loser_iri) for one in result.decisions]
    assert sorted([*losers, *result.winners]) == sorted((c.source, c.iri) for c in given_candidates)
    assert {(one.winner_source, one.winner_iri) for one in result.decisions} <= result.winners
    assert all(one.winner_source != one.loser_source for one in result.decisions)


@given(candidates)
def test_each_key_has_one_source(given_candidates: list[Candidate]) -> None:
    """Each IRI has exactly one published description unless all went with a dataset; each UUID one
    source at most."""
    result = choose(given_candidates, RANKS)
    winners = [c for c in given_candidates if (c.source, c.iri) in result.winners]
    assert len({c.iri for c in winners}) == len(winners)
    held: dict[tuple[bool, str], str] = {}
    for one in winners:
        datasets = {Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE}.intersection(one.kinds)
        if datasets and UUID.fullmatch(one.identifier):
            key = (Kind.DATA_SERVICE in one.kinds, one.identifier)
            assert held.setdefault(key, one.source) == one.source
    gone = {one.loser_iri for one in result.decisions if one.reason.startswith(("part:", "uuid:"))}
    assert {c.iri for c in given_candidates} - gone <= {c.iri for c in winners}


@given(candidates)
def test_choosing_among_the_winners_changes_nothing(given_candidates: list[Candidate]) -> None:
    """The rule is idempotent."""
    winners = choose(given_candidates, RANKS).winners
    again = choose([c for c in given_candidates if (c.source, c.iri) in winners], RANKS)
    assert again == Decisions(winners, ())


def test_the_documented_order_of_sources() -> None:
    """SOURCES above stand in the order that the portal documents."""
    assert all(first.rank < second.rank for first, second in pairwise(SOURCES))
