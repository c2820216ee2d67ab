"""Patience and manners: second attempts, pauses, turns at a host, connections that are kept."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from harvester.errors import FetchError
from harvester.fetch.fetcher import Fetcher
from harvester.fetch.limits import Limits
from harvester.model import Document
from tests.fetch.conftest import QUICK, get, refusal, source_of
from tests.servers import FileServer, Peer, RawServer, answer

TURTLE = b"<https://exempel.se/1> a <http://www.w3.org/ns/dcat#Catalog> ."


def side_by_side(fetcher: Fetcher, urls: list[str]) -> list[Document]:
    """Fetch each URL in a thread of its own; raises what any of them raised."""
    with ThreadPoolExecutor(len(urls)) as pool:
        return list(pool.map(lambda url: get(fetcher, url), urls))


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


def test_idle_connections_of_finished_sources_are_closed(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """Three hundred sources do not leave three hundred sockets open until the end of the night."""
    fetcher = make_fetcher(limits=replace(QUICK, keep_alive=0.05))
    with FileServer({"/": b"x"}) as first, FileServer({"/": b"x"}) as second:
        get(fetcher, first.url())
        time.sleep(0.1)
        get(fetcher, second.url())
        assert len(fetcher._transport._idle) == 1


def test_a_kept_connection_that_the_server_closed_is_replaced(fetcher: Fetcher) -> None:
    """A server that says keep-alive and hangs up costs nothing but a new connection."""
    with RawServer(answer(b"x")) as server:
        get(fetcher, server.url())
        time.sleep(0.05)
        get(fetcher, server.url())
        assert server.connections == 2


@pytest.mark.case("F26")
def test_sources_are_fetched_side_by_side(make_fetcher: Callable[..., Fetcher]) -> None:
    """Eight slow hosts take hardly longer than one."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.1"])
    with FileServer({"/": b"x"}, delay=0.2) as server:
        begun = time.monotonic()
        side_by_side(fetcher, [server.url(host=f"host{n}.example") for n in range(8)])
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
        side_by_side(fetcher, [server.url()] * 6)
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
    fetcher = make_fetcher(limits=replace(QUICK, per_host=1, first_byte=2.0, total=0.8))
    with FileServer({"/": b"x"}, delay=0.3) as server:
        begun = time.monotonic()
        assert len(side_by_side(fetcher, [server.url()] * 4)) == 4
        assert time.monotonic() - begun > 0.8


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
