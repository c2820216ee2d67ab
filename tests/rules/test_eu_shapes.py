"""DCAT-AP 3.0.1 and DCAT-AP HVD 3.0.0: every rule has examples that do what they say.

An example shows one property; what else its resources need is filled in from the right examples
of the other rules, which together describe one complete catalog.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from harvester.namespaces import RDF_TYPE, SH
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rules.annotations import HV, text_of
from harvester.rules.book import shape_rules
from harvester.rules.judge import validate
from harvester.rules.profile import Profile
from harvester.rules.rule import Rule
from harvester.terms import Term
from tests.turtle import graph

EU, HVD = load_profile("dcat-ap"), load_profile("dcat-ap-hvd")
RULES = {profile: sorted(shape_rules(profile), key=lambda rule: rule.code) for profile in (EU, HVD)}
EACH = [
    *(pytest.param(EU, rule, id=rule.code) for rule in RULES[EU]),
    *(pytest.param(HVD, rule, id=rule.code) for rule in RULES[HVD] if "-hvd-" in rule.shape),
]


def path_of(rule: Rule) -> str:
    return text_of(HVD.shapes, rule.shape, SH + "path")


def codes(data: Graph, profile: Profile) -> set[str]:
    return {finding.code for finding in validate(data, profile)}


@cache
def needed() -> dict[str, dict[str, Term]]:
    """Per class, a value for each property that some rule wants at least once."""
    found: dict[str, dict[str, Term]] = {}
    for rule in RULES[EU] + RULES[HVD]:
        if text_of(HVD.shapes, rule.shape, SH + "minCount"):
            right = graph(rule.right)
            subject = next(iter(right.spo))
            cls = str(right.value(subject, RDF_TYPE))
            value = right.value(subject, path_of(rule))
            assert value is not None
            found.setdefault(cls, {}).setdefault(path_of(rule), value)
    return found


def completed(data: Graph, without: tuple[str, str] = ("", "")) -> Graph:
    """``data`` with what its resources need, but for one property of one resource."""
    whole = Graph(data)
    for triple in graph(*(rule.right for rule in RULES[EU] + RULES[HVD])):
        if triple[:2] != without:
            whole.add(*triple)
    for subject in [*whole.spo]:
        for cls in [*whole.types(subject)]:
            for path, value in needed().get(str(cls), {}).items():
                if (subject, path) != without and not whole.objects(subject, path):
                    whole.add(subject, path, value)
    return whole


def doubles(data: Graph) -> Iterator[tuple[str, str, Term]]:
    """The description of what an example has twice: ex:a-2 is such a thing as ex:a."""
    whole = completed(Graph())
    for _, _, value in data:
        if isinstance(value, str) and value.endswith("-2"):
            for _, path, other in whole.triples_of(value.removesuffix("-2")):
                yield value, path, other


@pytest.mark.parametrize("profile", [EU, HVD], ids=lambda profile: profile.id)
def test_the_right_examples_together_break_no_rule(profile: Profile):
    """A complete catalog conforms, recommendations and vocabulary classes among them."""
    assert codes(completed(Graph()), profile) == set()


@pytest.mark.parametrize(("profile", "rule"), EACH)
def test_the_wrong_example_gives_exactly_its_code(profile: Profile, rule: Rule):
    """And the codes that the shape itself says come with it."""
    wrong = graph(rule.wrong)
    subject = next(iter(wrong.spo))
    data = completed(wrong, without=(subject, path_of(rule)))
    for triple in doubles(wrong):
        data.add(*triple)
    also = {str(value.value) for value in profile.shapes.objects(rule.shape, HV + "also")}
    assert codes(data, profile) == {rule.code} | also


def test_codes_stand_for_one_shape_each():
    """No code is used twice in the European profiles."""
    for rules in RULES.values():
        assert len({rule.code for rule in rules}) == len(rules)
