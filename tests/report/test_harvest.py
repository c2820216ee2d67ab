"""The harvest's table and its JSON object."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harvester.model import Exported, Outcome, Run, SourceRun
from harvester.report.harvest import (
    harvest_json,
    harvest_table,
    outcome_lines,
    postponed_lines,
    problems,
    verdict_lines,
)
from harvester.report.terminal import width_of
from harvester.upkeep import Postponed, Pruned, Rejudged
from harvester.words import Text


def source_run(name: str, outcome: Outcome = Outcome.OK, **changes) -> SourceRun:
    values = {
        "run": 7,
        "id": name,
        "outcome": outcome,
        "complete": True,
        "not_modified": False,
        "documents": 3,
        "bytes": 12345,
        "resources": {"added": 2, "changed": 1, "unchanged": 40, "missing": 0, "removed": 4},
        "datasets": 17,
        "findings": {"error": 5, "warning": 6, "info": 7},
        "held": None,
        "event": "",
        "error": None,
        "seconds": 1.2345,
    }
    return SourceRun(**(values | changes))


HELD = Text("hälften saknas", "half is missing")
RUN = Run(
    run=7,
    started=datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
    seconds=4.56,
    sources=(
        source_run("exempelstad"),
        source_run("en-kalla-med-ett-mycket-langt-namn-som-inte-far-plats-pa-raden"),
        source_run("held", Outcome.HELD, held=HELD),
        source_run("gone", Outcome.GONE, error=Text.same("HTTP 404 from https://exempel.se/")),
    ),
    exports=(Exported("se", Path("export/se.rdf"), 1234, "ab" * 32),),
)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal(lang, width):
    """Long names are cut, numbers never."""
    lines = harvest_table(RUN, lang, width)
    assert max(map(width_of, lines)) <= width
    assert "…" in lines[2] or width > 100
    assert lines[5].split()[-1] == "4.6"


def test_the_last_row_adds_up():
    """Documents, datasets and findings are summed; seconds are those of the run."""
    total = harvest_table(RUN, "en", 80)[5].split()
    assert total == ["Total", "12", "68", "8", "4", "160", "16", "0", "20", "24", "28", "4.6"]


def test_the_json_object_is_the_contract():
    """Exactly the fields of the command-line contract."""
    found = harvest_json(RUN, "sv")
    assert list(found) == [
        "run",
        "started",
        "seconds",
        "sources",
        "export",
        "rejudged",
        "health",
        "postponed",
        "export_held",
        "pruned",
    ]
    assert found["started"] == "2026-11-22T03:00:00+00:00"
    assert found["sources"][2] == {
        "id": "held",
        "outcome": "held",
        "complete": True,
        "not_modified": False,
        "documents": 3,
        "bytes": 12345,
        "resources": {"added": 2, "changed": 1, "unchanged": 40, "missing": 0, "removed": 4},
        "datasets": 17,
        "findings": {"error": 5, "warning": 6, "info": 7},
        "held": "hälften saknas",
        "error": None,
        "seconds": 1.234,
        "normalised": {},
    }
    assert found["export"] == [
        {
            "target": "se",
            "path": "export/se.rdf",
            "triples": 1234,
            "sha256": "ab" * 32,
            "unchanged": False,
            "left_out": {},
            "restated": {},
        }
    ]


def test_each_problem_is_one_line_with_its_reason():
    """Held and failed sources, and how many."""
    assert problems(RUN, "en") == [
        "held: held: half is missing",
        "gone: gone: HTTP 404 from https://exempel.se/",
    ]
    assert outcome_lines(RUN.sources, "sv") == [
        "1 av 4 källor misslyckades; deras senaste goda data ligger kvar (kod 3)",
        "1 av 4 källor hålls inne av ett skydd; senaste goda data ligger kvar."
        " Se: harvester plan KÄLLA; släpp igenom: harvester accept KÄLLA (kod 4)",
    ]


def test_who_had_to_wait_is_named_with_the_last_try():
    """One line each, in the reader's time zone; ISO 8601 for programs."""
    since = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    run = replace(RUN, postponed=(Postponed("b", since), Postponed("c", None)))
    said = postponed_lines(run, timedelta(hours=2), "en")
    when = f"{since.astimezone():%Y-%m-%d %H:%M}"
    assert said == [
        f"b: not started: the time of the run (2h) was over; last harvested {when};"
        " the next run begins with it",
        "c: not started: the time of the run (2h) was over; last harvested never;"
        " the next run begins with it",
    ]
    assert harvest_json(run, "sv")["postponed"] == [
        {"id": "b", "since": "2026-11-20T03:00:00+00:00"},
        {"id": "c", "since": None},
    ]


@pytest.mark.case("F34")
def test_what_new_rules_changed_is_a_table():
    """Before and after, for people and for programs; more errors are a line of their own."""
    before, after = {"error": 0, "warning": 2, "info": 0}, {"error": 12, "warning": 1, "info": 0}
    run = replace(RUN, rejudged=(Rejudged("a", before, after), Rejudged("b", after, before)))
    lines = harvest_table(run, "en", 80)
    assert lines[-4] == "New rules change the verdict on 2 sources, whose documents are as before:"
    assert lines[-2].split() == ["a", "0", "→", "12", "2", "→", "1", "0", "→", "0"]
    assert verdict_lines(run, "en") == ["1 sources have more errors by new rules alone: a"]
    assert verdict_lines(RUN, "en") == []
    assert harvest_json(run, "en")["rejudged"][0] == {"id": "a", "before": before, "after": after}


def test_what_was_pruned_is_said_only_when_something_was():
    """One line after the table."""
    told = "Pruned: 3 log rows, 0 changes, 2 documents (1024 bytes)."
    assert not any("Pruned" in line for line in harvest_table(RUN, "en", 80))
    assert harvest_table(replace(RUN, pruned=Pruned(3, 0, 2, 1024)), "en", 80)[-1] == told
