"""Every text is there in Swedish and in English, and every text that is asked for exists."""

import ast
import re
import string
from pathlib import Path

import pytest

from harvester.cli.help import HELP
from harvester.model import Outcome, Severity
from harvester.report.texts import TEXTS, say

PACKAGE = Path(__file__).parents[2] / "harvester"


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_something_about_the_same_values(key):
    """No text is empty, and both have the same places to fill in."""
    text = TEXTS[key]
    assert text.sv
    assert text.en
    assert names(text.sv) == names(text.en)


@pytest.mark.parametrize("key", HELP)
def test_help_is_there_in_both_languages(key):
    """And short enough for a line of help."""
    assert 0 < len(HELP[key].sv) <= 80
    assert 0 < len(HELP[key].en) <= 80


def choices(key: ast.expr) -> list[ast.expr]:
    """The expressions that a key may be: both branches of a condition."""
    return [key] if not isinstance(key, ast.IfExp) else [*choices(key.body), *choices(key.orelse)]


def asked_for() -> tuple[set[str], set[str]]:
    """Keys that the code asks for as they stand, and as patterns of f-strings."""
    plain: set[str] = set()
    patterns: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = ast.unparse(node.func)
            if name != "say" and not name.endswith(".say"):
                continue
            for key in choices(node.args[0]):
                if isinstance(key, ast.JoinedStr):
                    parts = (
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                        for part in key.values
                    )
                    patterns.add("".join(parts))
                elif isinstance(key, ast.Constant):
                    plain.add(str(key.value))
    for path in (PACKAGE / "data").rglob("*.j2"):
        calls = re.findall(r'say\("([^"]+)"( ~ )?', path.read_text(encoding="utf-8"))
        plain |= {key for key, more in calls if not more}
        patterns |= {re.escape(key) + ".+" for key, more in calls if more}
    return plain, patterns


def test_every_text_that_is_asked_for_exists_and_every_text_is_asked_for():
    """No key is misspelt and none is left over."""
    plain, patterns = asked_for()
    assert plain - set(TEXTS) == set()
    unused = {
        key
        for key in TEXTS
        if key not in plain and not any(re.fullmatch(pattern, key) for pattern in patterns)
    }
    assert unused == set()


def test_every_outcome_and_severity_has_a_word():
    """A new state cannot be forgotten."""
    for outcome in Outcome:
        assert say(f"outcome.{outcome}", "sv")
    for severity in Severity:
        assert say(f"severity.{severity}", "en")
