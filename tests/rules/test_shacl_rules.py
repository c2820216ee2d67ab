"""Codes for shapes that bring none: one per constraint component, each with its examples."""

import pytest

from harvester.rules.judge import validate
from harvester.rules.profile import Profile
from harvester.rules.shacl_rules import COMPONENTS, OTHER, component_code
from tests.turtle import graph


def codes(row, triples: str, engine: str) -> set[str]:
    shapes = graph(
        f"ex:Shape a sh:NodeShape ; sh:targetNode ex:a ;"
        f"  sh:property [ sh:path ex:p ; {row.constraint} ] ."
    )
    findings = validate(graph(f"ex:a {triples}"), Profile("own", shapes), engine=engine)
    return {finding.code for finding in findings}


@pytest.mark.parametrize("row", COMPONENTS, ids=lambda row: row.code)
def test_the_examples_do_what_they_say(row):
    """The wrong value breaks the constraint of its component, the right one does not."""
    assert row.code in codes(row, row.wrong, "pyshacl")
    assert codes(row, row.right, "pyshacl") == set()


def test_an_unknown_component_has_a_code_too():
    """Somebody's own constraint component is SH000."""
    assert component_code("https://exempel.se/ns#MyConstraintComponent") == OTHER.code == "SH000"
