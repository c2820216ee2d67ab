import json

import pytest

from harvester.cli.boundary import run
from tests.looking import harvested, here

__all__ = ["harvested", "here"]


def test_hits_are_three_lines_and_a_count(here, capsys):
    """Title in the reader's language, address and source, the words marked in their place."""
    assert run(["search", "lekplats", "--class", "dataset", "--lang", "sv"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "*Lekplatser*  [datamängd]",
        "  https://exempelstad.exempel.se/data/lekplatser  från stad",
        "  *Lekplatser* med läge, utrustning och tillgänglighet. Playgrounds with…",
        "",
        "Alla 1 träffar visas.",
    ]
    assert err == ""
    run(["search", "lekplats", "--class", "dataset", "--lang", "en"])
    assert capsys.readouterr().out.startswith("Playgrounds  [dataset]\n")


def test_a_terminal_gets_bold_words(here, capsys, monkeypatch):
    """Colour by the same rules as validate."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["search", "lekplats"])
    assert "\x1b[1mLekplatser\x1b[0m med läge" in capsys.readouterr().out


def test_json_has_all_of_it_for_programs(here, capsys):
    """Marks count in the characters of the snippet."""
    assert run(["search", "badplatsernas", "--json", "--limit", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["words"]) == ("harvester/search/1", ["badplatsernas"])
    assert found["total"] > len(found["hits"]) == 1
    (hit,) = found["hits"]
    assert (hit["source"], hit["classes"], hit["match"]) == ("stad", ["dataset"], "inflected")
    ((start, end),) = hit["marks"]
    assert hit["snippet"][start:end] == "badplatser"


def test_what_is_not_shown_is_counted(here, capsys):
    """And the option that shows more is named."""
    assert run(["search", "e*", "--limit", "2"]) == 0
    assert "2 of " in capsys.readouterr().out.splitlines()[-1]


def test_hostile_titles_steer_no_terminal(here, capsys):
    """Control characters are shown, not sent."""
    assert run(["search", "calc"]) == 0
    out = capsys.readouterr().out
    assert "\\u202esnurr" in out
    assert "\u202e" not in out


def test_nothing_found_is_no_error(here, capsys):
    """Exit code 0, and what to try."""
    assert run(["search", "finnsinte"]) == 0
    assert "Nothing found" in capsys.readouterr().out
    assert run(["search", "finnsinte", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", '"'], 2, "nothing to search for"),
        (["search", "x", "--source", "stda"], 2, 'no source "stda"; did you mean "stad"'),
        (["search", "x", "--class", "table"], 2, "--class"),
        (["search", "x", "--store", "nowhere.db"], 10, "no store here"),
        (["search"], 2, "WORD"),
    ],
)
def test_exit_codes(here, capsys, arguments, code, says):
    """2 for the command line, 10 for the store, each with one line."""
    assert run(arguments) == code
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_help_is_in_both_languages_and_fits(here, capsys):
    """80 columns."""
    for lang, word in (("sv", "Sök ord"), ("en", "Search titles")):
        assert run(["search", "--help", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert word in out
        assert max(map(len, out.splitlines())) <= 80
