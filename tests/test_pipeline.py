"""The time of a run: who is first, who has to wait, and what the log says of it."""

import json
import signal
import ssl
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from harvester.cli.choices import FailOn
from harvester.cli.commands.harvest import exit_code
from harvester.errors import EXIT_SOURCES_FAILED, DiskFullError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import Outcome, Run
from harvester.pipeline import harvest
from harvester.settings import Budget, Source
from harvester.store import Store
from harvester.upkeep import Health
from harvester.words import Text
from tests.commands import run as command
from tests.nights import NOW, World, catalog, rows, turtle
from tests.servers import LOOPBACK, FileServer, Request

AMPLE = Budget()


class Ticking:
    """A monotonic clock that goes on by a step whenever a document is fetched."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        return self.now


def night(
    world: World,
    *,
    step: float = 0.0,
    limits: Budget = AMPLE,
    only: Sequence[str] = (),
    ca_file: Path | None = None,
    **more: Callable[[Run], int],
) -> Run:
    """One night in which every source costs ``step`` seconds, one source at a time."""
    clock = Ticking(step)
    world.now += timedelta(days=1)
    settings = replace(world.settings, limits=limits)

    class Costly(Fetcher):
        def get(self, *args, **kwargs):
            clock.now += clock.step
            return super().get(*args, **kwargs)

    with (
        Store.open(settings.store, create=True) as store,
        Costly(BodyStore(settings.bodies), user_agent="test", ca_file=ca_file) as fetcher,
    ):
        return harvest(
            settings,
            store,
            fetcher,
            sources=[s for s in settings.sources if not only or s.id in only],
            now=lambda: world.now,
            jobs=1,
            monotonic=clock,
            **more,
        )


@pytest.fixture
def world(tmp_path: Path):
    with FileServer({}) as server:
        world = World.of(tmp_path, server, *"abcde")
        world.serve({name: catalog(name, range(3)) for name in "abcde"})
        yield world


def tried(run: Run) -> str:
    return "".join(one.id for one in run.sources)


@pytest.mark.case("F26")
def test_a_run_that_is_out_of_time_starts_no_more_and_the_next_begins_with_those(world):
    """Two of five a night: everyone has a turn before anyone has a second one."""
    limits = Budget(run=timedelta(seconds=15))
    runs = [night(world, step=10.0, limits=limits) for _ in range(5)]
    assert [tried(run) for run in runs] == ["ab", "cd", "ae", "bc", "ad"]
    waited = {one.id: one.since for one in runs[2].postponed}
    assert waited == {
        "b": NOW + timedelta(days=1),
        "c": NOW + timedelta(days=2),
        "d": NOW + timedelta(days=2),
    }
    assert {one.since for one in runs[0].postponed} == {None}


@pytest.mark.case("F26")
def test_who_had_to_wait_is_left_as_it_was(world):
    """Its data stays live and published, nothing is logged of it, and the run ends with 3."""
    night(world)
    with Store.open(world.settings.store) as store:
        before = store.digests("e")
    world.serve({name: catalog(name, range(4)) for name in "abcde"})
    run = night(world, step=10.0, limits=Budget(run=timedelta(seconds=5)))
    assert tried(run) == "a"
    assert exit_code(run, (), FailOn.NEVER) == EXIT_SOURCES_FAILED
    with Store.open(world.settings.store) as store:
        assert store.digests("e") == before
        assert [entry.source_run.run for entry in store.history("e")] == [1]
    assert b"https://e.exempel.se/2" in world.export()


@pytest.mark.case("F26")
def test_a_night_with_time_enough_keeps_the_order_of_the_configuration(world):
    """Who was left out by name yesterday is first today; the report keeps the file's order."""
    asked: list[str] = []

    class Listening(FileServer):
        def answer(self, request: Request, number: int):
            asked.append(request.target[1])
            return super().answer(request, number)

    with Listening({}) as server:
        world = World.of(world.folder, server, *"abcde")
        world.serve({name: catalog(name, range(3)) for name in "abcde"})
        night(world)
        night(world, only="ab")
        run = night(world)
    assert "".join(asked) == "abcde" + "ab" + "cdeab"
    assert tried(run) == "abcde"


@pytest.mark.case("F26")
def test_a_source_that_takes_too_long_fails_and_keeps_what_it_has(tmp_path):
    """Its own time is judged before each page, from the first on."""
    page = (
        "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
        "<> a hydra:PagedCollection ; hydra:nextPage <{next}> .\n"
    )
    with FileServer({}) as server:
        world = World.of(tmp_path, server, "a")
        world.serve({"a": catalog("a", range(3))})
        night(world)
        pages = {
            f"a{n or ''}": catalog("a", [n]) + page.format(next=f"/a{n + 1}.ttl").encode()
            for n in range(9)
        }
        world.serve(pages | {"a9": catalog("a", [9])})
        run = night(world, step=4.0, limits=Budget(source=timedelta(seconds=10)))
    assert [(one.outcome, one.event) for one in run.sources] == [
        (Outcome.UNREACHABLE, "source-time")
    ]
    assert "[limits] source" in run.sources[0].error.en
    assert b"https://a.exempel.se/2" in world.export()


def test_the_log_has_the_exit_code_of_the_command(world):
    """That of the judge, which the command line is; the run that it judges is complete."""
    seen: list[Run] = []
    run = night(world, judge=lambda ended: seen.append(ended) or 3)
    assert seen[0].sources == run.sources
    assert rows(world.settings.store, "SELECT state, exit_code FROM run") == [("finished", 3)]


@pytest.mark.parametrize(
    ("error", "code"),
    [(DiskFullError(Text.same("full")), 12), (KeyboardInterrupt(), 130), (OSError(), 70)],
)
def test_a_run_that_an_error_ends_is_logged_as_interrupted(world, monkeypatch, error, code):
    """With the code that the command ends with."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("harvester.pipeline.publish_all", refuse)
    with pytest.raises(type(error)):
        night(world)
    found = rows(world.settings.store, "SELECT state, exit_code, finished NOTNULL FROM run")
    assert found == [("interrupted", code, 1)]


def test_a_run_names_who_is_not_well(world, tmp_path):
    """Tries in a row, a loss in steps, a certificate that ends: by the log, at the end of a run."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    world.now = begun = datetime.now(UTC).replace(microsecond=0)
    end = begun + timedelta(days=16)
    authority.issue_cert("127.0.0.1", not_after=end).configure_cert(context)
    with FileServer({"/": turtle(catalog("tls", [1]))}, tls=context) as secure:
        world.sources = (
            *world.sources,
            Source("tls", secure.url(), allow_private=(LOOPBACK,)),
        )
        for count in (9, 8, 7, 6):
            world.serve({"a": catalog("a", range(count))})
            del world.server.files["/b.ttl"]
            run = night(world, ca_file=tmp_path / "ca.pem")
            world.serve({"b": catalog("b", range(3))})
    assert run.health == (
        Health("a", shrunk=(9, 6)),
        Health("b", failing_since=begun + timedelta(days=1), tries=4),
        Health("tls", certificate=end),
    )
    world.write_config()
    said = json.loads(command(world.folder, "status", "--json").stdout)["sources"]
    found = {one["id"]: one["health"] for one in said}
    assert found["a"]["shrinking"] == {"before": 9, "after": 6}
    assert found["b"]["tries"] == 4
    lines = command(world.folder, "status", "--lang", "en").stdout.splitlines()
    assert [line.split(": ")[0] for line in lines[-3:]] == ["b", "a", "tls"]


@pytest.mark.case("F1")
def test_a_run_cut_short_before_it_decided_takes_nothing_over(world, monkeypatch):
    """A copy that was stored and not yet decided about is nobody's publication."""
    world.sources = world.sources[:2]
    world.serve({"a": catalog("a", range(3)), "b": catalog("b", range(3))})
    night(world)
    world.serve({"b": catalog("b", range(3)) + catalog("a", [1], words="kopia")})
    with monkeypatch.context() as patch:
        patch.setattr("harvester.pipeline.decide", lambda *_: signal.raise_signal(signal.SIGINT))
        with pytest.raises(KeyboardInterrupt):
            night(world)
    world.serve({"a": catalog("a", range(3), words="ny")})
    assert [one.outcome for one in night(world).sources] == [Outcome.OK, Outcome.UNCHANGED]
