import gzip
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from harvester.errors import ConfigError, DiskFullError, FetchError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.fetch.limits import Limits
from harvester.model import Validators
from tests.fetch.conftest import QUICK, get, refusal, source_of
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


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(fetcher: Fetcher, sleeps: list[float], status: int) -> None:
    """Two more attempts, with growing pauses."""
    with RawServer([answer(status=status), answer(status=status), answer(TURTLE)]) as server:
        assert get(fetcher, server.url()).status == 200
        assert len(server.requests) == 3
    assert sleeps == [0.01, 0.02]


def test_a_server_that_stays_busy_is_left_alone(fetcher: Fetcher) -> None:
    """After three attempts the error says so."""
    with RawServer(answer(status=503)) as server:
        assert refusal(fetcher, server.url()).event == "http-503"
        assert len(server.requests) == 3


def test_pauses_are_spread(make_fetcher: Callable[..., Fetcher], sleeps: list[float]) -> None:
    """Jitter adds up to half, so that many harvesters do not return as one."""
    with RawServer([answer(status=503), answer(TURTLE)]) as server:
        get(make_fetcher(jitter=lambda: 1.0), server.url())
    assert sleeps == [0.015]


@pytest.mark.case("S33")
def test_retry_after_is_honoured_up_to_its_cap(
    make_fetcher: Callable[..., Fetcher], sleeps: list[float]
) -> None:
    """S33: a minute is waited, an hour or the year 9999 is for the next run, nonsense is ours."""

    def busy(value: str) -> bytes:
        headers = {"Retry-After": value, "Date": "Wed, 21 Oct 2015 07:28:00 GMT"}
        return answer(status=503, headers=headers)

    fetcher = make_fetcher(limits=replace(QUICK, total=300))
    for value, wait in (("60", 60.0), ("-5", 0.01), ("later", 0.01)):
        sleeps.clear()
        with RawServer([busy(value), answer(TURTLE)]) as server:
            get(fetcher, server.url())
        assert sleeps == [wait]
    for value in ("61", "999999", "Fri, 31 Dec 9999 23:59:59 GMT"):
        sleeps.clear()
        with RawServer([busy(value), answer(TURTLE)]) as server:
            error = refusal(fetcher, server.url())
        assert (error.event, sleeps) == ("http-503", [])
        assert "asks for a pause of" in str(error)


def test_no_pause_is_begun_that_outlives_the_request(
    make_fetcher: Callable[..., Fetcher], sleeps: list[float]
) -> None:
    """The whole request has one deadline, pauses included."""
    fetcher = make_fetcher(limits=replace(QUICK, total=30))
    with RawServer(answer(status=503, headers={"Retry-After": "31"})) as server:
        assert refusal(fetcher, server.url()).event == "http-503"
    assert sleeps == []


def test_a_failed_connection_is_tried_again(fetcher: Fetcher, sleeps: list[float]) -> None:
    """A server that hangs up or resets before it answers gets another chance."""
    with RawServer([b"", Peer.reset, answer(TURTLE)]) as server:
        assert get(fetcher, server.url()).status == 200
        assert server.connections == 3
    assert len(sleeps) == 2


def test_a_refused_connection_says_so(fetcher: Fetcher, sleeps: list[float]) -> None:
    """Nobody listens: the message names the address and the reason."""
    with RawServer(b"") as server:
        url = server.url()
    error = refusal(fetcher, url)
    assert error.event == "connection"
    assert str(error) == f"{url}: no connection: Connection refused"
    assert len(sleeps) == 2


def test_pages_of_one_host_share_a_connection(fetcher: Fetcher) -> None:
    """Three pages cost one handshake."""
    pages = {f"/{n}": b"page %d" % n for n in range(3)}
    with FileServer(pages) as server:
        for path in pages:
            get(fetcher, server.url(path))
        assert server.connections == 1


def test_a_kept_connection_that_the_server_closed_is_replaced(fetcher: Fetcher) -> None:
    """A server that says keep-alive and hangs up costs nothing but a new connection."""
    with RawServer(answer(b"x")) as server:
        get(fetcher, server.url())
        time.sleep(0.05)
        get(fetcher, server.url())
        assert server.connections == 2


def test_sources_are_fetched_side_by_side(make_fetcher: Callable[..., Fetcher]) -> None:
    """Eight slow hosts take hardly longer than one."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.1"])
    with FileServer({"/": b"x"}, delay=0.2) as server:
        begun = time.monotonic()
        threads = [
            threading.Thread(target=get, args=(fetcher, server.url(host=f"host{n}.example")))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - begun < 0.8
        assert len(server.requests) == 8


def test_one_host_is_called_on_by_two_at_most(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """Politeness: however many sources live on a host, two requests run there at once."""
    now, most = [0], [0]
    lock = threading.Lock()

    def count(peer: Peer) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        peer.wait(0.05)
        with lock:
            now[0] -= 1
        peer.send(answer(b"x"))

    fetcher = make_fetcher()
    with RawServer(count) as server:
        url = server.url()
        threads = [threading.Thread(target=get, args=(fetcher, url)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 6
    assert most[0] == 2


def test_calls_on_a_public_host_are_spaced(
    make_fetcher: Callable[..., Fetcher], sleeps: list[float]
) -> None:
    """Four requests a second; a host that the operator lists as private is not spaced."""

    def resolver(host: str, port: int) -> list[str]:
        return [] if host.endswith(".invalid") else ["127.0.0.1"]

    limits = replace(QUICK, host_interval=0.25)
    fetcher = make_fetcher(limits=limits, monotonic=lambda: 100.0, resolver=resolver)
    url = "http://exempel.invalid/"
    for _ in range(3):
        refusal(fetcher, url, source_of(url, allow_private=()))
    assert [pause for pause in sleeps if pause >= 0.25] == [0.25, 0.5]
    sleeps.clear()
    with FileServer({"/": b"x"}) as server:
        get(fetcher, server.url())
        get(fetcher, server.url())
    assert sleeps == []


def test_the_wait_for_a_turn_does_not_count_against_the_request(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """A source behind a busy host is not timed out for the others' sake."""
    fetcher = make_fetcher(limits=replace(QUICK, per_host=1, total=0.4))
    with FileServer({"/": b"x"}, delay=0.25) as server:
        url = server.url()
        threads = [threading.Thread(target=get, args=(fetcher, url)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 3
        assert get(fetcher, url).status == 200


@pytest.mark.case("F2")
def test_closing_wakes_the_threads_that_wait(make_fetcher: Callable[..., Fetcher]) -> None:
    """F2: a run that is stopped does not wait for a slow server or a pause."""
    fetcher = make_fetcher(limits=Limits(), sleep=None)
    found: list[str] = []

    def fetch(url: str) -> None:
        try:
            get(fetcher, url)
        except FetchError as error:
            found.append(error.event)

    stuck = RawServer(lambda peer: peer.wait(20))
    half = RawServer(lambda peer: (peer.send(answer(b"x", length=9)), peer.wait(20)))
    busy = RawServer(answer(status=503, headers={"Retry-After": "50"}))
    with stuck, half, busy:
        threads = [
            threading.Thread(target=fetch, args=(server.url(),)) for server in (stuck, half, busy)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        begun = time.monotonic()
        fetcher.close()
        for thread in threads:
            thread.join(5)
        assert time.monotonic() - begun < 2
    assert found == ["interrupted"] * 3


def test_a_full_disk_is_our_trouble_and_not_the_sources(
    fetcher: Fetcher, bodies: BodyStore
) -> None:
    """DiskFullError ends the run; it must not look like a source that failed."""
    bodies.folder.parent.mkdir(exist_ok=True)
    bodies.folder.write_text("a file is in the way")
    with FileServer({"/": b"x"}) as server, pytest.raises(DiskFullError):
        get(fetcher, server.url())
