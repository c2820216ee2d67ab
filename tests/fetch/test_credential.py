"""What was fetched with one key says nothing of what another key is shown."""

from dataclasses import replace

import pytest

from harvester.fetch.credential import credential_of
from harvester.model import Outcome
from harvester.settings import Source
from harvester.words import Secret
from tests.nights import World, catalog, rows
from tests.servers import Answer, RawServer, Request, answer

KEYED = Source("a", "https://exempel.se/", headers={"X-Key": Secret("one")})


def test_a_fingerprint_tells_headers_apart_and_gives_none_away():
    """Names in any case; the same key of another source looks different."""
    same = replace(KEYED, headers={"x-key": Secret("one")})
    others = [
        replace(KEYED, headers={"X-Key": Secret("two")}),
        replace(KEYED, headers={"X-Other": Secret("one")}),
        replace(KEYED, headers={"X-Key": Secret("one"), "Accept-Language": Secret("sv")}),
        replace(KEYED, id="b"),
    ]
    assert credential_of(same) == credential_of(KEYED)
    assert len({credential_of(one) for one in [KEYED, *others]}) == 5
    assert "one" not in credential_of(KEYED)
    assert credential_of(Source("a", "https://exempel.se/")) == ""


class Keyed(RawServer):
    """Shows each key another catalog under one ETag, as a careless server does."""

    def answer(self, request: Request, number: int) -> Answer:
        """304 to who sends the ETag, whatever the key."""
        if "if-none-match" in request.headers:
            return answer(b"", 304)
        name = request.headers.get("x-key", "open")
        headers = {"Content-Type": "text/turtle", "ETag": '"same"'}
        return answer(catalog("a", range(len(name)), words=name), 200, headers)


@pytest.mark.case("S31")
def test_validators_are_not_used_with_another_credential(tmp_path):
    """A new key, or none: all is asked for anew; with the key of last time a 304 is taken."""
    with Keyed(b"") as server:
        world = World.of(tmp_path, server, "a")

        def night(key: str | None) -> tuple[Outcome, bool, int]:
            headers = {"X-Key": Secret(key)} if key else {}
            world.sources = tuple(
                replace(one, headers=headers, max_removed="100%") for one in world.sources
            )
            (one,) = world.night().sources
            return one.outcome, "if-none-match" in server.requests[-1].headers, one.datasets

        assert night("abc") == (Outcome.OK, False, 3)
        assert night("abc") == (Outcome.UNCHANGED, True, 3)
        assert night("abcdef") == (Outcome.OK, False, 6)
        assert night("abcdef") == (Outcome.UNCHANGED, True, 6)
        assert night(None) == (Outcome.OK, False, 4)
        assert night("abc") == (Outcome.OK, False, 3)
    kept = rows(world.settings.store, "SELECT credential FROM source")[0][0]
    assert len(kept) == 32
