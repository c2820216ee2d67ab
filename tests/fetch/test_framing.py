"""Answers that are cut, endless, slow or malformed: raw bytes on a socket, small limits."""

import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import repeat

import pytest

from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.fetch.limits import KIB
from tests.fetch.conftest import QUICK, get, refusal, source_of
from tests.servers import CHUNKED_HEAD, FileServer, Peer, RawServer, answer, chunk

OK = b"HTTP/1.1 200 OK\r\n"


def drip(head: bytes, pieces: Iterable[bytes], every: float = 0.0) -> Callable[[Peer], object]:
    """An answer that sends ``head`` and then pieces, with pauses."""

    def send(peer: Peer) -> None:
        peer.send(head)
        peer.drip(pieces, every)

    return send


@pytest.mark.case("S13")
def test_a_body_that_ends_with_the_connection_is_kept_but_not_proven(fetcher: Fetcher) -> None:
    """S13: nothing tells whether it was cut, and the document says so for the guards to judge."""
    with RawServer(answer(b"<a> <b> <c> .\n", length=None)) as server:
        document = get(fetcher, server.url())
    assert document.path.read_bytes() == b"<a> <b> <c> .\n"
    assert not document.end_proven


@pytest.mark.case("S14")
@pytest.mark.parametrize(
    ("data", "event"),
    [
        (answer(b"short", length=50), "truncated"),
        (CHUNKED_HEAD + chunk(b"one") + b"ff\r\ncut", "truncated"),
        (CHUNKED_HEAD + chunk(b"one"), "truncated"),
        (CHUNKED_HEAD + b"zz\r\n", "protocol"),
        (CHUNKED_HEAD + b"-1\r\n", "protocol"),
        (OK + b"Content-Length: -5\r\n\r\nhello", "protocol"),
        (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "protocol"),
        (OK + b"Content-Length: five\r\n\r\nhello", "protocol"),
        (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "protocol"),
        (b"<html>HTTP/0.9</html>\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "protocol"),
        (b"HTTP/1.1 20\r\n\r\n", "protocol"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "connection"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "protocol"),
    ],
)
def test_a_badly_framed_answer_is_refused(
    fetcher: Fetcher, bodies: BodyStore, data: bytes, event: str
) -> None:
    """S14: lengths that lie, cut chunks, HTTP/0.9 and other protocols; nothing of it is kept."""
    with RawServer(data) as server:
        assert refusal(fetcher, server.url()).event == event
    assert list(bodies.digests()) == []


def test_a_connection_that_breaks_in_the_body_is_refused(fetcher: Fetcher) -> None:
    """A TCP reset after the head: there is no half document, and no second attempt."""

    def break_off(peer: Peer) -> None:
        peer.send(answer(b"half", length=50))
        peer.wait(0.1)
        peer.reset()

    with RawServer(break_off) as server:
        assert refusal(fetcher, server.url()).event == "connection"
        assert len(server.requests) == 1


@pytest.mark.case("S15")
def test_endless_chunks_end_at_the_wire_limit(fetcher: Fetcher) -> None:
    """S15: a body without end is dropped, and the server notices."""
    sent: list[int] = []

    def pour(peer: Peer) -> None:
        peer.send(CHUNKED_HEAD)
        sent.append(peer.drip(repeat(chunk(bytes(64 * KIB)))))

    with RawServer(pour) as server:
        assert refusal(fetcher, server.url()).event == "too-large-wire"
    time.sleep(0.1)
    assert sent
    assert sent[0] * 64 * KIB < 20 * QUICK.wire


@pytest.mark.case("S16")
def test_a_body_of_tiny_chunks_is_read_in_fair_time(fetcher: Fetcher, bodies: BodyStore) -> None:
    """S16: 20 000 chunks of one byte are one body and one write."""
    data = CHUNKED_HEAD + chunk(b"x") * 20_000 + chunk(b"")
    with RawServer(data) as server:
        begun = time.process_time()
        assert get(fetcher, server.url()).size == 20_000
        assert time.process_time() - begun < 3


@pytest.mark.case("S17")
def test_a_body_that_drips_is_too_slow(fetcher: Fetcher) -> None:
    """S17: bytes keep coming, so no idle time-out ends it, but the rate does."""
    with RawServer(drip(answer(length=1000), repeat(b"x"), 0.05)) as server:
        begun = time.monotonic()
        error = refusal(fetcher, server.url())
        assert time.monotonic() - begun < 2
    assert error.event == "too-slow"
    assert "slower than 1024 bytes a second" in str(error)


@pytest.mark.case("S17")
def test_a_body_that_is_slow_but_fast_enough_is_read(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """S17: just over the rate, through several windows."""
    fetcher = make_fetcher(limits=replace(QUICK, slow_window=0.2, slow_rate=1000))
    pieces = [bytes(500)] * 8
    with RawServer(drip(answer(length=4000), pieces, 0.1)) as server:
        assert get(fetcher, server.url()).size == 4000


def test_a_body_that_stops_is_a_timeout(fetcher: Fetcher) -> None:
    """Half a body and then silence: the idle limit ends it, and the message says where."""
    with RawServer(drip(answer(b"half", length=1000), [b"x"], 5)) as server:
        error = refusal(fetcher, server.url())
    assert error.event == "timeout"
    assert "nothing came for 0.5 s in the middle of the body" in str(error)
    assert error.status == 200


def test_a_server_that_never_answers_is_a_timeout(fetcher: Fetcher, sleeps: list[float]) -> None:
    """Silence after the request: one wait, not three."""
    with RawServer(lambda peer: peer.wait(5)) as server:
        error = refusal(fetcher, server.url())
        assert len(server.requests) == 1
    assert (error.event, sleeps) == ("timeout", [])
    assert "no answer within 0.5 s" in str(error)


def test_the_whole_request_has_an_end(make_fetcher: Callable[..., Fetcher]) -> None:
    """A body that is fast enough at every moment still ends at the total limit."""
    fetcher = make_fetcher(limits=replace(QUICK, total=0.5, slow_rate=1))
    with RawServer(drip(CHUNKED_HEAD, repeat(chunk(b"x")), 0.02)) as server:
        error = refusal(fetcher, server.url())
    assert error.event == "timeout"
    assert "over 0.5 s in all" in str(error)


def test_a_host_that_swallows_packets_is_a_timeout(make_fetcher: Callable[..., Fetcher]) -> None:
    """A listener that never accepts and whose queue is full does not answer the handshake."""
    fetcher = make_fetcher(limits=replace(QUICK, connect=0.3))
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        host, port = full.getsockname()
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex((host, port))
        url = f"http://127.0.0.1:{port}/"
        error = refusal(fetcher, url)
        for filler in fillers:
            filler.close()
    assert error.event == "timeout"
    assert "no connection within 0.3 s" in str(error)


@pytest.mark.case("S18")
@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b""])
def test_a_head_that_drips_is_a_timeout(fetcher: Fetcher, head: bytes) -> None:
    """S18: each byte comes in time, the head as a whole does not."""
    with RawServer(drip(head, repeat(b"H"), 0.05)) as server:
        begun = time.monotonic()
        assert refusal(fetcher, server.url()).event == "timeout"
        assert time.monotonic() - begun < 2


@pytest.mark.case("S19")
def test_endless_interim_answers_are_refused(fetcher: Fetcher) -> None:
    """S19: after ten 103 Early Hints nobody waits for the eleventh."""
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    with RawServer(drip(b"", repeat(hint), 0.005)) as server:
        assert refusal(fetcher, server.url()).event == "too-many-1xx"


@pytest.mark.case("S19")
def test_a_few_interim_answers_are_passed_over(fetcher: Fetcher) -> None:
    """S19: 100 and 103 before the real answer are legal HTTP."""
    hints = b"HTTP/1.1 100 Continue\r\n\r\n" + b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5
    with RawServer(drip(hints, [answer(b"HTTP/1.1 100 x\n" * 50)])) as server:
        assert get(fetcher, server.url()).status == 200


@pytest.mark.case("S20")
@pytest.mark.parametrize(
    "lines",
    [b"X: y\r\n" * 200_000, b"X: " + b"y" * 5_000_000 + b"\r\n", b"X: y\r\n" * 201],
    ids=["200000 lines", "5 MB line", "201 lines"],
)
def test_a_huge_head_is_refused(fetcher: Fetcher, lines: bytes) -> None:
    """S20: 64 KiB or 200 fields, whichever is reached first."""
    data = OK + lines + b"\r\n"
    with RawServer(lambda peer: peer.send(data)) as server:
        assert refusal(fetcher, server.url()).event == "headers-too-large"


@pytest.mark.case("S20")
def test_a_head_just_under_the_limits_is_read(fetcher: Fetcher) -> None:
    """S20: 199 fields and Content-Length are 200."""
    head = OK + b"X: y\r\n" * 199 + b"Content-Length: 2\r\n\r\n"
    with RawServer(head + b"hi") as server:
        assert get(fetcher, server.url()).size == 2


@pytest.mark.case("S5")
@pytest.mark.parametrize("status", [302, 404, 500])
def test_the_body_of_a_redirect_or_error_is_never_read(fetcher: Fetcher, status: int) -> None:
    """S5: at most what came with the head is taken; the connection is dropped."""
    sent: list[int] = []

    def pour(peer: Peer) -> None:
        head = answer(b"", status, {"Location": "/there", "Content-Encoding": "gzip"}, length=10**9)
        peer.send(head)
        sent.append(peer.drip([bytes(64 * KIB)] * 1000))

    with RawServer([pour, answer(b"x")]) as server:
        if status == 302:
            assert get(fetcher, server.url()).size == 1
            assert server.connections == 2
        else:
            assert refusal(fetcher, server.url()).event == f"http-{status}"
    time.sleep(0.1)
    # The kernel's buffers on both sides hold a few MiB that nobody reads.
    assert sent
    assert sent[0] * 64 * KIB < 16_000_000


@pytest.mark.case("S1")
@pytest.mark.case("S7")
@pytest.mark.parametrize(
    ("coding", "body", "event"),
    [
        ("br", b"\x1b", "encoding"),
        ("gzip, gzip, gzip", b"\x1f\x8b", "encoding-stack"),
        ("gzip", b"no gzip", "encoding"),
        ("gzip", b"\x1f\x8b\x08\x00", "truncated"),
        ("", b"PK\x03\x04 zip", "archive"),
    ],
)
def test_a_packing_that_is_refused_says_so_on_one_line(
    fetcher: Fetcher, coding: str, body: bytes, event: str
) -> None:
    """S1-S12 over the wire: what the decoders find becomes a FetchError with URL and status."""
    with RawServer(answer(body, headers={"Content-Encoding": coding})) as server:
        error = refusal(fetcher, server.url())
        assert str(error).startswith(server.url() + ": the ") or event == "archive"
    assert (error.event, error.status) == (event, 200)


@pytest.mark.case("S14")
def test_an_answer_planted_by_one_source_is_not_given_to_another(fetcher: Fetcher) -> None:
    """S14: bytes after the end of an answer stay with the source whose server sent them.

    httpcore keeps them and takes them for the answer to the next request on that connection, so
    a connection serves one source alone, also where two sources live on one host.
    """
    planted = answer(b"mine") + answer(b"planted")
    with RawServer([planted, answer(b"yours")], keep_alive=True) as server:
        mine = replace(source_of(server.url()), id="mine")
        yours = replace(source_of(server.url()), id="yours")
        assert fetcher.get(mine, server.url("/1")).path.read_bytes() == b"mine"
        assert fetcher.get(yours, server.url("/2")).path.read_bytes() == b"yours"
        assert server.connections == 2


def test_one_failing_source_stops_no_other(fetcher: Fetcher) -> None:
    """After every kind of failure the fetcher still fetches."""
    with RawServer(b"rubbish\r\n\r\n") as bad, FileServer({"/": b"x"}) as good:
        refusal(fetcher, bad.url())
        assert fetcher.get(source_of(good.url()), good.url()).size == 1
