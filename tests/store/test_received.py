from dataclasses import replace

import pytest

from harvester.model import Outcome, SourceResult, Text
from tests.store.night import CATALOG, CATALOG_OF_TWO, SOURCE, Night, document

HELD = Text("hälften saknas", "half is missing")


def path(sha256: str):
    return document().path.with_name(sha256)


def ends(night: Night, outcome: Outcome, *documents) -> int:
    """A run in which the source ends so, having served these documents."""
    run = night.begin()
    night.apply(SourceResult(SOURCE, outcome, documents=documents))
    night.end()
    return run


def test_what_a_run_received_comes_back_as_it_was(night):
    """Every field that reading or a later conditional request depends on."""
    night.begin()
    served = replace(document(), end_proven=False, media_type="text/turtle", etag='"1"')
    night.apply(night.result(*CATALOG_OF_TWO, documents=(served,)))
    (found,) = night.store.received(night.run, path)["exempel"]
    assert found == replace(served, path=path(served.sha256), seconds=0.0)


def test_an_unchanged_run_received_what_its_last_good_one_did(night):
    """Without writing a row of its own."""
    night.passes(*CATALOG_OF_TWO)
    first = night.store.received(night.run, path)
    unchanged = ends(night, Outcome.UNCHANGED, document())
    ends(night, Outcome.UNREADABLE, replace(document(), sha256="f" * 64))
    assert night.store.received(unchanged, path) == first
    count = night.store._db.execute("SELECT count(*) FROM run_document").fetchone()
    assert count == (2,)


def test_a_run_that_never_was_is_none(night):
    """That is not the same as one in which nothing was served."""
    run = ends(night, Outcome.UNREACHABLE)
    assert night.store.received(run, path) == {}
    assert night.store.received(run + 1, path) is None


@pytest.mark.case("F16")
def test_the_newest_held_state_is_kept_until_a_good_one_comes(night):
    """Failures in between leave it where it is; a good answer makes it history."""
    night.passes(*CATALOG_OF_TWO)
    assert (night.store.held("exempel", path), night.store.times_held("exempel")) == ((), 0)
    ends(night, Outcome.HELD, replace(document(), sha256="1" * 64))
    ends(night, Outcome.HELD, replace(document(), sha256="2" * 64))
    ends(night, Outcome.UNREACHABLE)
    (held,) = night.store.held("exempel", path)
    assert (held.sha256, night.store.times_held("exempel")) == ("2" * 64, 2)
    night.passes(CATALOG)
    assert (night.store.held("exempel", path), night.store.times_held("exempel")) == ((), 0)


def test_no_credentials_are_kept(night):
    """An address may hold a user and a password; the log does not."""
    served = replace(
        document(), url="https://me:canary@exempel.se/", final_url="https://a:canary@b/"
    )
    ends(night, Outcome.HELD, served)
    assert "canary" not in repr(night.store.held("exempel", path))
