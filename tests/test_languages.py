"""Every text that a user can see is there in Swedish and in English, and says the same in both."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from harvester import errors
from harvester.cli import boundary
from harvester.words import NotUnderstoodError, Text
from tests.commands import run

PACKAGE = Path(errors.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
OURS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.HarvesterError)
} | {"TemporaryError", "DecodingError", "NotUnderstoodError"}
# Words that are the same in both languages, or names; each is looked at before it is added here.
SAME = {
    "", "Dimension", "Distr", "Format", "Profil", "data.europa.eu", "dataportal.se",
    "distribution", "format", "organisation", "status", "tips", "version", "{count} distribution",
}  # fmt: skip
LANGUAGES = {"sv", "en", "swedish", "english"}
SWEDISH = re.compile("[åäöÅÄÖ]")
ENGLISH_ONLY = re.compile(r"\b(?:the|is|not|cannot|must|which|with|of|and|there)\b")


def texts() -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Where each ``Text(sv, en)`` of the program stands, and its two sides."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Text":
                continue
            sides = [*node.args, *(k.value for k in node.keywords)]
            if len(sides) == 2:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", sides[0], sides[1]


TEXTS = list(texts())


def names(side: ast.expr) -> set[str]:
    """The values that a text shows: ``what`` for ``{what.sv}`` and ``{what_sv}`` too."""
    shown: set[str] = set(re.findall(r"\{(\w+)\}", words(side)))
    for part in ast.walk(side):
        if isinstance(part, ast.FormattedValue):
            called = {id(n.func) for n in ast.walk(part) if isinstance(n, ast.Call)}
            shown |= {
                name.id
                for name in ast.walk(part)
                if isinstance(name, ast.Name) and id(name) not in called and name.id.islower()
                if not name.id.startswith("_")
            }
    return {re.sub("_(?:sv|en)$", "", name) for name in shown} - LANGUAGES


def words(side: ast.expr) -> str:
    """The fixed words of a text."""
    return "".join(
        part.value
        for part in ast.walk(side)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_there_are_texts():
    """Without any the next tests would say nothing."""
    assert len(TEXTS) > 700


def test_both_sides_of_a_text_show_the_same_values():
    """What is named in one language is named in the other."""
    different = {place: (names(sv), names(en)) for place, sv, en in TEXTS if names(sv) != names(en)}
    assert different == {}


def test_no_text_is_left_in_one_language():
    """The sides differ, no English one has Swedish letters, no Swedish one English words."""
    wrong = []
    for place, sv, en in TEXTS:
        swedish, english = words(sv), words(en)
        if swedish == english and re.search("[A-Za-z]{4}", english) and english not in SAME:
            wrong.append((place, english))
        if SWEDISH.search(english.replace("å, ä and ö", "")) or ENGLISH_ONLY.search(
            re.sub(r"`.*?`|--\S+", "", swedish)
        ):
            wrong.append((place, swedish, english))
    assert wrong == []


def test_every_error_takes_a_text_and_no_plain_words():
    """The type checker holds every raise site to it; this test, that it is asked to."""
    for name in OURS & set(vars(errors)):
        hints = get_type_hints(vars(errors)[name].__init__)
        assert hints["text"] is Text, name
    assert get_type_hints(NotUnderstoodError.__init__)["text"] is Text


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_raise_site_gives_a_plain_text(path):
    """No error of ours is made of a string; a slug may be the first argument only."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        if called not in OURS:
            continue
        first, *others = [*node.args, *(k.value for k in node.keywords if k.arg == "text")]
        alone = called not in {
            "SourceError", "FetchError", "UnreadableError", "TemporaryError", "DecodingError",
        }  # fmt: skip
        if any(
            isinstance(one, ast.Constant | ast.JoinedStr) for one in ([first] if alone else others)
        ):
            wrong.append(f"{node.lineno}: {ast.unparse(node)}")
    assert wrong == []


def test_nothing_at_the_edge_prints_the_english_text_of_an_error():
    """``str(error)`` is for logs; a user is shown ``error.text`` in a language."""
    for path in sorted((PACKAGE / "cli").rglob("*.py")):
        if path.name in {"crash.py", "boundary.py"}:
            continue
        assert "str(error)" not in path.read_text("utf-8"), path
    assert "error.text.in_language(lang)" in inspect.getsource(boundary)


@pytest.mark.parametrize(
    ("arguments", "sv", "en"),
    [
        (["validate"], "INPUT saknas", "INPUT is missing"),
        (["valdate"], "menade du validate?", "did you mean validate?"),
        (["sources"], "ange vad som ska göras", "say what to do"),
        (["validate", "x", "--nix"], "flaggan --nix finns inte", "no option --nix"),
        (["--nix"], "flaggan --nix finns inte", "no option --nix"),
        (["accept", "a", "b"], "b är för mycket", "b is too much"),
        (["history", "a", "--last"], "--last behöver ett värde", "--last needs a value"),
        (["explain", "--all=3"], "--all tar inget värde", "--all takes no value"),
        (["plan", "--jobs", "x"], "--jobs ska vara ett heltal", "--jobs must be a whole number"),
        (["plan", "--jobs", "0"], "--jobs ska vara minst 1", "--jobs must be at least 1"),
        (["plan", "--jobs", "99"], "--jobs får vara högst 64", "--jobs may be at most 64"),
        (["validate", "x", "--fail-on", "y"], '"y" är inte en av error', '"y" is not one of error'),
        (["explain", "XX999"], "ingen regel har koden", "no rule has the code"),
        (["validate", "x.rdf", "-o", "jsn"], 'menade du "json"?', 'did you mean "json"?'),
        (["validate", "x", "--as-of", "i dag"], "är inget datum", "is not a date"),
        (["validate", "x", "--profile", "dcat-app"], 'menade du "dcat-ap"?', 'mean "dcat-ap"?'),
        (["validate", "x", "--baseline", "nix"], "filen finns inte", "no such file"),
        (["validate", "nix.rdf"], "nix.rdf: filen finns inte", "nix.rdf: there is no such file"),
        (["status", "--stale", "snart"], "är ingen tidsrymd", "is not a span of time"),
        (["harvest"], "filen finns inte; skriv en med", "no such file; write one with"),
        (["export", "-o", "x.pdf"], "filen finns inte", "no such file"),
    ],
)
def test_what_a_user_meets_is_in_the_users_language(tmp_path, arguments, sv, en):
    """Ours and Typer's complaints alike, as the program says them."""
    for lang, expected in (("sv", sv), ("en", en)):
        done = run(tmp_path, *arguments, HARVESTER_LANG=lang)
        assert expected in done.stderr, done.stderr
        assert done.returncode in (2, 5)
        assert len(done.stderr.splitlines()) == 1
