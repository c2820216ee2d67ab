"""The commands, with the flow behind them faked where it is not what is tested."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.cli import compose
from harvester.cli.boundary import run
from harvester.config import load_settings
from harvester.model import Exported, Kind, Outcome, Plan, Run, SourceResult
from harvester.plan_diff import Preview, ResourceChange
from harvester.report.told import source_ended
from harvester.words import Text
from tests.report.test_harvest import source_run

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HELD = Text("hälften saknas", "half is missing")


@pytest.fixture
def config(tmp_path, monkeypatch) -> Path:
    """A working folder with three sources, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    path = tmp_path / "harvester.toml"
    path.write_text(
        "".join(f'[[source]]\nid = "{name}"\nurl = "{name}.ttl"\n' for name in ("a", "b", "c"))
    )
    return path


@pytest.fixture
def night(monkeypatch):
    """A fake night: what it was asked, and the outcomes it is to have."""
    asked: dict[str, object] = {}
    outcomes: dict[str, dict[str, object]] = {}

    def harvest(settings, sources, *, jobs, export, offline, judge, tell):
        asked.update(jobs=jobs, export=export, offline=offline, ids=[s.id for s in sources])
        runs = tuple(source_run(s.id, **outcomes.get(s.id, {})) for s in sources)
        for one in runs:
            tell(source_ended(one))
        exports = (Exported("se", Path("se.rdf"), 5, "ab" * 32),) if export else ()
        ended = Run(1, NOW, 1.5, runs, exports)
        asked["judged"] = judge(ended)
        return ended

    monkeypatch.setattr(compose, "harvest", harvest)
    return asked, outcomes


def test_a_harvest_answers_with_a_table_and_nothing_on_stderr(config, night, capsys):
    """Exit code 0 although there are findings."""
    assert run(["harvest"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()[:5]] == ["Source", "a", "b", "c", "Total"]
    assert "Exported 5 triples to se.rdf (se)" in out
    assert err == ""


def test_quiet_says_nothing_on_success(config, night, capsys):
    """Cron mails only when something is wrong."""
    asked, _ = night
    assert run(["harvest", "--quiet"]) == asked["judged"] == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("changed", "arguments", "code"),
    [
        ({}, [], 0),
        ({}, ["--fail-on", "error"], 1),
        ({"findings": {"warning": 1}}, ["--fail-on", "error"], 0),
        ({"findings": {"warning": 1}}, ["--fail-on", "warning"], 1),
        ({"findings": {"info": 1}}, ["--fail-on", "info"], 1),
        ({"outcome": Outcome.GONE, "error": Text.same("404")}, [], 3),
        ({"outcome": Outcome.GONE, "error": Text.same("404")}, ["--fail-on", "info"], 3),
        ({"outcome": Outcome.HELD, "held": HELD}, [], 4),
    ],
)
def test_exit_codes_of_a_harvest(config, night, capsys, changed, arguments, code):
    """Held wins over failed, failed over findings; findings count only with --fail-on."""
    night[1]["a"] = changed
    assert run(["harvest", "a", *arguments]) == code


def test_held_wins_over_failed_and_each_has_its_line(config, night, capsys):
    """One line per problem on stderr, then how many."""
    night[1].update(
        a={"outcome": Outcome.UNREACHABLE, "error": Text("inget svar", "no answer")},
        b={"outcome": Outcome.HELD, "held": HELD},
    )
    assert run(["harvest", "--quiet"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "harvester: a: unreachable: no answer",
        "harvester: b: held: half is missing",
        "harvester: 1 of 3 sources failed; their last good data stays (exit 3)",
        "harvester: 1 of 3 sources are held back by a guard; their last good data stays."
        " Look: harvester plan SOURCE; let through: harvester accept SOURCE (exit 4)",
    ]


def test_options_reach_the_night(config, night, capsys):
    """Names of sources in any order, jobs, no export, offline."""
    assert run(["harvest", "c", "a", "--jobs", "3", "--no-export", "--offline", "--json"]) == 0
    asked = {"jobs": 3, "export": False, "offline": True, "ids": ["a", "c"], "judged": 0}
    assert night[0] == asked
    answer = json.loads(capsys.readouterr().out)
    assert [source["id"] for source in answer["sources"]] == ["a", "c"]
    assert answer["export"] == []


def test_an_unknown_source_names_the_nearest(config, night, capsys):
    """And nothing is harvested."""
    assert run(["harvest", "aa"]) == 2
    assert 'has no source "aa"; did you mean "a"?' in capsys.readouterr().err
    assert night[0] == {}


def test_a_plan_shows_counts_and_the_first_names(config, monkeypatch, capsys):
    """Nothing is left out without being counted."""
    source = load_settings(config, environ={}).sources[0]
    added = tuple(f"https://exempel.se/{n}" for n in range(7))
    result = SourceResult(source, Outcome.OK, plan=Plan(added, (), ("https://x/1",), 3))
    changes = [ResourceChange("added", iri, Kind.DATASET, "") for iri in added]
    changes.append(ResourceChange("removed", "https://x/1", Kind.DATASET, "Luft"))
    found = Preview(((result, tuple(changes)),))
    monkeypatch.setattr(compose, "plan", lambda *_, **__: found)
    assert run(["plan", "a"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a: ok: 7 added, 0 changed, 1 removed, 3 unchanged",
        *(f"  + https://exempel.se/{n}" for n in range(5)),
        "  + … and 2 more; --json shows all",
        "  - https://x/1  Luft",
    ]
    run(["plan", "a", "--json"])
    assert json.loads(capsys.readouterr().out)["sources"][0]["added"] == list(added)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"outcome": Outcome.OK}, 0),
        ({"outcome": Outcome.GONE, "error": Text.same("404")}, 3),
        ({"outcome": Outcome.HELD, "plan": Plan(held=HELD)}, 4),
    ],
)
def test_exit_codes_of_a_plan(config, monkeypatch, capsys, result, code):
    """As those of the harvest that it foretells."""
    source = load_settings(config, environ={}).sources[0]
    results = (SourceResult(source, **result),)
    found = Preview(((results[0], ()),))
    monkeypatch.setattr(compose, "plan", lambda *_, **__: found)
    monkeypatch.setattr(compose, "check_sources", lambda *_, **__: results)
    assert run(["plan"]) == code
    assert run(["sources", "check"]) == code


def test_init_writes_a_configuration_that_runs_as_it_is(tmp_path, monkeypatch, capsys):
    """In the user's language; never over what is there."""
    monkeypatch.chdir(tmp_path)
    for lang in ("sv", "en"):
        assert run(["init", lang, "--lang", lang]) == 0
        assert f"cd {lang} && harvester harvest" in capsys.readouterr().out
        settings = load_settings(tmp_path / lang / "harvester.toml", environ={})
        assert [Path(source.url).is_file() for source in settings.sources] == [True]
        assert run(["init", lang]) == 2
    swedish, english = (tmp_path / x / "harvester.toml" for x in ("sv", "en"))
    assert load_settings(swedish, environ={}).sources[0].id == "exempelstad"
    assert "Konfiguration" in swedish.read_text()
    assert "configuration" in english.read_text()


def test_sources_are_listed_added_and_removed(config, capsys):
    """The file keeps its comments; the list shows what it has."""
    config.write_text("# mine\n\n" + config.read_text())
    assert (
        run(["sources", "add", "d", "https://exempel.se/d", "--title", "Dê", "--priority", "0"])
        == 0
    )
    assert run(["sources", "remove", "a"]) == 0
    capsys.readouterr()
    assert run(["sources", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["sources"]
    assert [(source["id"], source["priority"]) for source in found] == [
        ("b", None),
        ("c", None),
        ("d", 0),
    ]
    assert run(["sources", "list"]) == 0
    assert "https://exempel.se/d" in capsys.readouterr().out
    assert config.read_text().startswith("# mine\n")
    assert run(["sources", "add", "d", "x"]) == 2


def test_no_secret_is_listed(config, monkeypatch, capsys):
    """Not its value, not where it comes from."""
    monkeypatch.setenv("HARVESTER_KEY", "canary")
    with config.open("a") as file:
        file.write('headers = { X-Api-Key = { env = "HARVESTER_KEY" } }\n')
    assert run(["sources", "list", "--json"]) == 0
    assert run(["doctor", "--json"]) in (0, 2, 70)
    assert "canary" not in "".join(capsys.readouterr())


def test_export_without_a_place_says_where_to_give_one(config, capsys):
    """Exit code 2 before anything is opened."""
    assert run(["export"]) == 2
    assert "say where with -o FILE" in capsys.readouterr().err


def test_the_language_of_the_file_holds_when_no_other_is_asked_for(config, night, capsys):
    """Flag, then file, then locale."""
    config.write_text('[harvester]\nlang = "sv"\n' + config.read_text())
    run(["harvest"])
    assert capsys.readouterr().out.startswith("Källa")
    run(["harvest", "--lang", "en"])
    assert capsys.readouterr().out.startswith("Source")
