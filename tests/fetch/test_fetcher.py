import gzip

import pytest

from harvester.errors import ConfigError, DiskFullError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.model import Validators
from tests.fetch.conftest import get, refusal
from tests.servers import File, FileServer, Peer, RawServer, answer

TURTLE = b"<https://exempel.se/1> a <http://www.w3.org/ns/dcat#Catalog> ."


def test_a_document_lies_on_disk_with_what_the_server_said(fetcher: Fetcher) -> None:
    """Body, media type, charset and validators come back; the body is kept as it came."""
    file = File(TURTLE, "text/turtle; charset=UTF-8", etag='"1"', modified=1_000_000_000)
    with FileServer({"/catalog": file}) as server:
        document = get(fetcher, server.url("/catalog"))
        assert document.url == document.final_url == server.url("/catalog")
    assert document.path.read_bytes() == TURTLE
    assert (document.status, document.size) == (200, len(TURTLE))
    assert (document.media_type, document.charset) == ("text/turtle", "utf-8")
    assert document.etag == '"1"'
    assert document.last_modified == "Sun, 09 Sep 2001 01:46:40 GMT"
    assert document.end_proven
    assert not document.not_modified


def test_the_request_says_who_we_are_and_what_we_read(fetcher: Fetcher) -> None:
    """User-Agent, Accept with every RDF syntax, gzip and nothing else; no cookie, no referrer."""
    with FileServer({"/": b"x"}) as server:
        get(fetcher, server.url())
        headers = server.requests[0].headers
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert headers["user-agent"] == "harvester-test (+https://exempel.se/om)"
    assert headers["accept-encoding"] == "gzip, identity"
    for media_type in ("rdf+xml", "ld+json", "n-triples", "n-quads", "trig", "xml"):
        assert f"application/{media_type}" in headers["accept"]
    assert "text/turtle" in headers["accept"]


def test_a_user_agent_that_says_nothing_is_a_configuration_error(bodies: BodyStore) -> None:
    """The operator is told before any request is made."""
    for text in ("", "  ", "a\r\nX: y", "näsa"):
        with pytest.raises(ConfigError, match="user_agent"):
            Fetcher(bodies, user_agent=text)


def test_a_gzip_answer_is_kept_unpacked(fetcher: Fetcher) -> None:
    """The digest is of the unpacked bytes, so a server's own packing changes nothing."""
    packed = answer(gzip.compress(TURTLE, mtime=1), headers={"Content-Encoding": "gzip"})
    again = answer(gzip.compress(TURTLE, mtime=2), headers={"Content-Encoding": "x-gzip"})
    with RawServer([packed, again]) as server:
        first = get(fetcher, server.url())
        second = get(fetcher, server.url(), Validators(sha256=first.sha256))
    assert first.path.read_bytes() == TURTLE
    assert second.not_modified


def test_the_second_night_asks_conditionally_and_gets_304(fetcher: Fetcher) -> None:
    """Validators are sent back; 304 gives the kept body as an unmodified document."""
    file = File(TURTLE, "text/turtle", modified=1_000_000_000)
    with FileServer({"/": file}) as server:
        first = get(fetcher, server.url())
        known = Validators(first.etag, first.last_modified, first.sha256)
        second = get(fetcher, server.url(), known)
        assert server.requests[1].headers["if-none-match"] == first.etag
        assert server.requests[1].headers["if-modified-since"] == first.last_modified
    assert (second.status, second.not_modified) == (304, True)
    assert (second.path, second.sha256, second.size) == (first.path, first.sha256, first.size)
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)


def test_a_304_without_validators_keeps_the_old_ones(fetcher: Fetcher) -> None:
    """RFC 9110, section 15.4.5: what a 304 leaves out has not changed."""
    with RawServer([answer(TURTLE), answer(status=304, length=None)]) as server:
        first = get(fetcher, server.url())
        second = get(fetcher, server.url(), Validators('"1"', None, first.sha256))
    assert (second.status, second.etag) == (304, '"1"')


@pytest.mark.case("F21")
def test_nothing_is_asked_conditionally_about_a_body_that_is_gone(fetcher: Fetcher) -> None:
    """F21: validators whose body is not kept are not sent, so no 304 can come for them."""
    with FileServer({"/": File(TURTLE, etag='"1"')}) as server:
        document = get(fetcher, server.url(), Validators('"1"', None, "0" * 64))
        assert "if-none-match" not in server.requests[0].headers
    assert (document.status, document.not_modified) == (200, False)


@pytest.mark.case("F21")
def test_a_body_that_vanishes_while_we_ask_is_fetched_whole(
    fetcher: Fetcher, bodies: BodyStore
) -> None:
    """F21: 304 for a body that is no longer there leads to a full fetch."""
    kept = bodies.write([TURTLE]).sha256

    def forget(peer: Peer) -> None:
        bodies.remove(kept)
        peer.send(answer(status=304, length=None))

    with RawServer([forget, answer(TURTLE)]) as server:
        document = get(fetcher, server.url(), Validators('"1"', None, kept))
        assert "if-none-match" not in server.requests[1].headers
    assert document.path.read_bytes() == TURTLE


@pytest.mark.case("F21")
def test_an_unasked_304_is_an_error(fetcher: Fetcher) -> None:
    """F21: a server that says "unchanged" to an unconditional request gave no document."""
    with RawServer(answer(status=304, length=None)) as server:
        assert refusal(fetcher, server.url()).event == "http-304"


@pytest.mark.case("F21")
def test_an_equal_body_is_not_modified_whatever_the_validators_say(fetcher: Fetcher) -> None:
    """F21: the hash decides, for servers without ETag as for those whose ETag changes nightly."""
    with FileServer({"/": File(TURTLE, etag='"monday"')}) as server:
        first = get(fetcher, server.url())
        server.files["/"] = File(TURTLE, etag='"tuesday"')
        second = get(fetcher, server.url(), Validators(first.etag, None, first.sha256))
        server.files["/"] = File(TURTLE + b"\n", etag='"wednesday"')
        third = get(fetcher, server.url(), Validators(second.etag, None, second.sha256))
    assert (second.status, second.not_modified, second.etag) == (200, True, '"tuesday"')
    assert not third.not_modified


@pytest.mark.case("F22")
@pytest.mark.parametrize(
    "status", [204, 206, 300, 400, 401, 403, 404, 406, 410, 451, 500, 599, 999]
)
def test_each_status_has_its_own_event(fetcher: Fetcher, status: int) -> None:
    """F22: ``http-<status>``, with the status on the error; such answers are not tried again."""
    with RawServer(answer(b"no", status)) as server:
        error = refusal(fetcher, server.url())
        assert len(server.requests) == 1
        assert str(error).startswith(f"{server.url()}: the server answered {status}")
    assert (error.event, error.status) == (f"http-{status}", status)


def test_a_full_disk_is_our_trouble_and_not_the_sources(
    fetcher: Fetcher, bodies: BodyStore
) -> None:
    """DiskFullError ends the run; it must not look like a source that failed."""
    bodies.folder.parent.mkdir(exist_ok=True)
    bodies.folder.write_text("a file is in the way")
    with FileServer({"/": b"x"}) as server, pytest.raises(DiskFullError):
        get(fetcher, server.url())
