"""Every numbered case is proven by a test that names it, or has a reason."""

import ast

from tests.docs.cases import NOTES, TESTS, cases, marks, proofs

COUNTS = {"S": 86, "F": 35, "D": 13}


def test_every_case_is_listed_once_and_in_order():
    """S1 to S86, F1 to F35, D1 to D13."""
    assert list(cases()) == [
        f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)
    ]


def test_every_case_is_proven_or_explained():
    """Neither is a hole."""
    found = proofs()
    assert [case for case in cases() if case not in found and case not in NOTES] == []


def test_no_test_names_a_case_that_is_not_listed():
    """A slip in a number would leave a case unproven."""
    assert set(proofs()) | set(NOTES) <= set(cases())


def test_every_mark_is_collected():
    """A mark on a class, a module or a parameter would be missed: there is none."""
    for path in TESTS.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        decorators = {id(one) for node in functions for one in node.decorator_list}
        stray = [mark.lineno for mark in marks(tree) if id(mark) not in decorators]
        assert stray == [], path
