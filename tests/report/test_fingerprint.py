"""A finding keeps its name when lines move, and no two have the same."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harvester.report.fingerprint import fingerprints
from harvester.terms import Literal
from tests.report.sample import DATE, MISSING, hostile


def test_lines_may_move_and_messages_change():
    """Only code, focus, path, value and ordinal count."""
    moved = replace(DATE, line=99, column=1, title="x", input="other.ttl", message=MISSING.message)
    assert fingerprints([DATE]) == fingerprints([moved])


def test_what_is_wrong_with_what_makes_the_name():
    """Another code, focus, path, value or datatype is another finding."""
    others = [
        replace(DATE, code="DS303"),
        replace(DATE, focus="https://exempel.se/e"),
        replace(DATE, path="https://exempel.se/p"),
        replace(DATE, value=Literal("i våras")),
        replace(DATE, value=None),
    ]
    assert len(set(fingerprints([DATE, *others]))) == 6


def test_a_blank_node_is_known_by_what_owns_it():
    """Its label changes when a line above it does."""
    relabelled = replace(MISSING, focus="_:b7")
    assert fingerprints([MISSING]) == fingerprints([relabelled])
    assert fingerprints([MISSING]) != fingerprints([replace(MISSING, resource="https://e/2")])
    lost = replace(MISSING, resource="_:b0")
    assert fingerprints([lost]) == fingerprints([replace(lost, focus="_:b1", resource="_:b1")])


@given(st.lists(st.sampled_from([DATE, MISSING, *hostile()]), max_size=30))
def test_no_two_are_alike(findings):
    """GitLab shows only the first of two with the same; equal findings differ by ordinal."""
    made = fingerprints(findings)
    assert len(set(made)) == len(findings)
    assert all(len(mark) == 64 for mark in made)
