"""A finding keeps its name when lines move, and no two have the same."""

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harvester.rdf.graph import Graph
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import marks
from tests.report.sample import DATE, MISSING, hostile


def names(*findings):
    """The fingerprints of findings about an empty graph."""
    return fingerprints(marks(Graph(), findings, "k.ttl"))


def test_lines_may_move_and_messages_change():
    """Only code, focus, path, value and ordinal count; test_baseline.py tries each of them."""
    moved = replace(DATE, line=99, column=1, title="x", input="other.ttl", message=MISSING.message)
    assert names(DATE) == names(moved)


def test_the_recipe_is_as_baselines_have_it():
    """Baselines are kept for years: the hash of a JSON array, as its words say."""
    (mark,) = marks(Graph(), [DATE], "k.ttl")
    for ordinal, name in enumerate(fingerprints([mark, mark])):
        text = json.dumps([mark.code, mark.focus, mark.path, mark.value, ordinal])
        assert name == hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


@given(st.lists(st.sampled_from([DATE, MISSING, *hostile()]), max_size=30))
def test_no_two_are_alike(findings):
    """GitLab shows only the first of two with the same; equal findings differ by ordinal."""
    made = names(*findings)
    assert len(set(made)) == len(findings)
    assert all(len(name) == 32 for name in made)
