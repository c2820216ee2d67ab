"""Known findings stay known when lines move, statements are reordered and labels change."""

import json
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.errors import ConfigError
from harvester.model import Finding, Severity
from harvester.namespaces import DCAT, DCTERMS, FOAF
from harvester.rdf.graph import Graph
from harvester.rules.baseline import Baseline, read_baseline, write_baseline
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import marks
from harvester.rules.ignores import Ignore
from harvester.rules.suppress import suppress
from harvester.terms import Literal, Term, is_blank
from harvester.words import Text
from tests.turtle import EX, graph

TODAY = date(2026, 11, 22)
CATALOG = """
ex:d a dcat:Dataset ; dcat:distribution ex:x, ex:y ;
  dcat:contactPoint [ vcard:fn "A" ], [ vcard:fn "B" ] ;
  dcterms:creator [ foaf:name "C" ; org:memberOf [ foaf:name "D" ] ] .
ex:x a dcat:Distribution . ex:y a dcat:Distribution .
[] a dcat:Dataset ; dcterms:title "E" .
[] a dcat:Dataset ; dcterms:title "F" .
"""


def finding(focus: str, code: str = "DS001", path: str = "", value: Term | None = None) -> Finding:
    return Finding(code, Severity.ERROR, focus, Text("fel", "wrong"), path=path, value=value)


def everything(g: Graph) -> list[Finding]:
    """One finding on every subject, and one for every blank node as a value."""
    found = [finding(subject) for subject in g.spo]
    found += [finding(s, "DS002", p, o) for s, p, o in g if is_blank(o)]
    return found


def names(g: Graph) -> list[str]:
    found = everything(g)
    return fingerprints(marks(g, found, "k.ttl"))


def renamed(g: Graph, chance: random.Random) -> Graph:
    """The same graph with other labels, its triples in another order."""
    blanks = sorted({str(term) for s, _, o in g for term in (s, o) if is_blank(term)})
    labels = dict(zip(blanks, chance.sample(range(len(blanks)), len(blanks)), strict=True))

    def other(term: Term) -> Term:
        return f"_:r{labels[str(term)]}" if is_blank(term) else term

    triples = [(str(other(s)), p, other(o)) for s, p, o in g]
    chance.shuffle(triples)
    return Graph(triples)


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_fingerprints_do_not_depend_on_labels_or_order(chance):
    """The same set, whatever the reader calls blank nodes and however the file is sorted."""
    g = graph(CATALOG)
    assert sorted(names(renamed(g, chance))) == sorted(names(g))


def test_no_two_findings_share_a_fingerprint():
    """An ordinal tells equal ones apart; inputs given twice have twice as many."""
    g = graph(CATALOG)
    found = everything(g)
    twice = marks(g, found, "a.ttl") + marks(g, found, "b.ttl")
    assert len(set(fingerprints(twice))) == 2 * len(found)
    assert set(names(g)) < set(fingerprints(twice))


def test_each_part_of_a_finding_counts():
    """Another code, focus, path or value is another finding."""
    variants = [
        finding(EX + "d"),
        finding(EX + "d", "DS002"),
        finding(EX + "e"),
        finding(EX + "d", path=DCTERMS + "title"),
        finding(EX + "d", value=Literal("x")),
        finding(EX + "d", value=EX + "x"),
    ]
    assert len({fingerprints(marks(Graph(), [one], ""))[0] for one in variants}) == 6


def test_mending_a_blank_node_in_one_place_does_not_make_its_other_findings_new():
    """What an IRI owns is named by the way from there, not by its content."""
    before, after = (
        graph(f"ex:d a dcat:Dataset ; dcat:contactPoint [ {inside} ] .")
        for inside in ('vcard:fn "A"', 'vcard:fn "A" ; vcard:hasEmail <mailto:a@exempel.se>')
    )
    first, second = (
        fingerprints(marks(g, [finding(str(g.value(EX + "d", DCAT + "contactPoint")))], ""))
        for g in (before, after)
    )
    assert first == second


def test_a_blank_dataset_is_known_by_its_title():
    """Two datasets without IRIs are not one."""
    g = graph(CATALOG)
    blanks = [s for s in g.instances(DCAT + "Dataset") if is_blank(s)]
    found = marks(g, [finding(blank) for blank in blanks], "")
    assert len({mark.focus for mark in found}) == 2
    assert not any("_:" in mark.focus for mark in found)


def test_marks_know_resource_and_datasets():
    """A distribution is part of its dataset, a nested blank node of what owns it."""
    g = graph(CATALOG)
    creator = str(g.value(EX + "d", DCTERMS + "creator"))
    member = str(g.value(creator, "http://www.w3.org/ns/org#memberOf"))
    x, inner = marks(g, [finding(EX + "x"), finding(member, path=FOAF + "name")], "")
    assert (x.resource, x.datasets) == (EX + "x", {EX + "d"})
    assert (inner.resource, inner.datasets) == (EX + "d", {EX + "d"})
    assert inner.focus.startswith(f"{EX}d /<{DCTERMS}creator>/")


def text_of(g: Graph, found: list[Finding]) -> str:
    return write_baseline(found, marks(g, found, ""), "dcat-ap-se-3.0.1")


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.data())
def test_what_is_written_is_known_and_nothing_else(chance, data):
    """A round trip over any part of the findings, in any order and with any labels."""
    g = graph(CATALOG)
    found = [f for f in everything(g) if not is_blank(f.focus) or f.code == "DS001"]
    some = data.draw(st.sets(st.sampled_from(range(len(found)))))
    known = [found[number] for number in some]
    baseline = read_baseline(text_of(g, known), "b.json")
    order = chance.sample(range(len(found)), len(found))
    mixed = [found[number] for number in order]
    kept = judged(g, mixed, baseline=baseline)
    assert len(kept.suppressed) == len(some)
    assert len(kept.counted) == len(found) - len(some)
    assert kept.stale == ()


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_file_is_the_same_whatever_the_order(chance):
    """So that it diffs well."""
    g = graph(CATALOG)
    other = renamed(g, chance)
    assert text_of(other, everything(other)) == text_of(g, everything(g))


def test_the_file_is_for_people_too():
    """Grouped by rule with counts, one line a finding."""
    g = graph(CATALOG)
    text = text_of(g, [finding(EX + "y"), finding(EX + "x", path=DCTERMS + "title")])
    document = json.loads(text)
    [rule] = document["rules"]
    assert (document["count"], rule["code"], rule["title"], rule["count"]) == (
        2,
        "DS001",
        "wrong",
        2,
    )
    assert list(rule["known"].values()) == [f"{EX}x dcterms:title", f"{EX}y"]


def test_a_hint_is_short_and_any_value_can_be_written():
    """Even a lone surrogate, and a text of a megabyte."""
    long = finding(EX + "d", value=Literal("\ud800" + "x" * 1_000_000))
    assert len(text_of(Graph(), [long])) < 1000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a baseline"),
        ("{}", "not a baseline"),
        ('{"schema": 1}', "not a baseline"),
        ('{"schema": "harvester/validate/1"}', "not a baseline"),
        ('{"schema": "harvester/baseline/2"}', "version 2"),
        ('{"schema": "harvester/baseline/1"}', "damaged"),
        ('{"schema": "harvester/baseline/1", "rules": [1]}', "damaged"),
        ('{"schema": "harvester/baseline/1", "rules": [{"code": "A", "known": ["x"]}]}', "damaged"),
        (
            '{"schema": "harvester/baseline/1", "rules": [{"code": 1, "known": {"'
            + "a" * 32
            + '": ""}}]}',
            "damaged",
        ),
    ],
)
def test_another_file_is_refused_with_what_to_do(text, says):
    """One line that names the file."""
    with pytest.raises(ConfigError, match=says) as caught:
        read_baseline(text, "b.json")
    assert str(caught.value).startswith("b.json")
    assert "--write-baseline" in str(caught.value)
    assert "\n" not in str(caught.value)


def judged(g, found, *, ignores=(), baseline=None, source=""):
    return suppress(
        found,
        marks(g, found, "k.ttl"),
        ignores=ignores,
        baseline=baseline,
        today=TODAY,
        source_of=lambda _: source,
    )


def test_what_is_mended_is_reported_as_stale():
    """One of two equal findings is gone: the other stays known."""
    g = graph(CATALOG)
    two = [finding(EX + "d"), finding(EX + "d")]
    baseline = read_baseline(text_of(g, two), "b.json")
    kept = judged(g, two[:1], baseline=baseline)
    assert kept.counted == ()
    assert [text.en for text in kept.stale] == [
        "b.json: known findings that are gone: 1; write the file anew with --write-baseline"
    ]


def ignore(code: str = "DS001", **values: object) -> Ignore:
    return Ignore(place="harvester.toml:1", code=code, reason="because", **values)


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (ignore(), True),
        (ignore("DS*"), True),
        (ignore("*"), True),
        (ignore("DI*"), False),
        (ignore("DS0"), False),
        (ignore(focus=EX + "x"), True),
        (ignore(focus=EX + "*"), True),
        (ignore(focus="*exempel*x"), True),
        (ignore(focus=EX + "y"), False),
        (ignore(dataset=EX + "d"), True),
        (ignore(dataset=EX + "x"), False),
        (ignore(source="orebro"), True),
        (ignore(source="umea"), False),
        (ignore(until=TODAY), True),
        (ignore(until=date(2026, 11, 21)), False),
    ],
)
def test_an_ignore_matches_all_that_it_names(one, fits):
    """Code, focus, dataset, source and day; only * is special."""
    kept = judged(graph(CATALOG), [finding(EX + "x")], ignores=[one], source="orebro")
    assert bool(kept.suppressed) is fits
    if fits:
        assert (kept.suppressed[0].by, kept.suppressed[0].reason) == ("ignore", "because")


def test_iris_with_special_characters_are_matched_as_they_are():
    """? and [ are common in addresses; stars in a row cost no time."""
    focus = "https://exempel.se/?a=[1]&b=" + "a" * 5000
    for pattern in ("https://exempel.se/?a=[1]*", "*[1]&b=a*"):
        assert judged(Graph(), [finding(focus)], ignores=[ignore(focus=pattern)]).suppressed
    assert not judged(
        Graph(), [finding(focus)], ignores=[ignore(focus="*a" * 100 + "b")]
    ).suppressed


def test_the_parts_of_a_pattern_do_not_overlap():
    """ab*ba needs four letters."""
    assert not judged(Graph(), [finding("aba")], ignores=[ignore(focus="ab*ba")]).suppressed
    assert judged(Graph(), [finding("abba")], ignores=[ignore(focus="ab*ba")]).suppressed


def test_stale_ignores_are_reported():
    """Expired ones, and those that match nothing; not those of a source that is not here."""
    ignores = [
        ignore(until=date(2026, 1, 1)),
        ignore("SV001"),
        ignore("SV002", source="umea"),
        ignore(),
    ]
    kept = judged(graph(CATALOG), [finding(EX + "x")], ignores=ignores, source="orebro")
    assert [text.en for text in kept.stale] == [
        "harvester.toml:1: the ignore of DS001 ended on 2026-01-01; mend the fault or renew it",
        "harvester.toml:1: the ignore of SV001 matches nothing; remove it",
    ]


def test_an_ignored_finding_is_not_remembered():
    """Else removing the ignore would hide it again."""
    g = graph(CATALOG)
    found = [finding(EX + "x"), finding(EX + "y", "DI001")]
    kept = judged(g, found, ignores=[ignore()], baseline=Baseline("b", {}))
    assert (kept.counted, kept.remembered) == ((1,), (1,))
