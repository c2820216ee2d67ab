"""What httpx and httpcore do by themselves: the reasons for this room, on record.

Each test states a weakness as it is today. One that fails means that an upgrade has cured it:
then see whether the guard against it is still needed, and turn the test round.
"""

import gzip
import logging

import httpcore
import httpx
import pytest

from harvester.fetch.limits import MIB
from tests.servers import FileServer, RawServer, answer, redirect

GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.case("S1")
def test_httpx_unpacks_a_chunk_without_a_bound() -> None:
    """S1: 32 MiB come out as single chunks that no loop can refuse in time."""
    with (
        RawServer(answer(gzip.compress(bytes(32 * MIB)), headers=GZIP)) as server,
        httpx.Client() as client,
        client.stream("GET", server.url()) as response,
    ):
        assert max(map(len, response.iter_bytes())) > 8 * MIB


@pytest.mark.case("S2")
def test_httpx_unpacks_brotli_in_one_chunk() -> None:
    """S2: the same for brotli, which httpx asks for as soon as the package is there."""
    brotli = pytest.importorskip("brotli", reason="only where the brotli package is installed")
    packed = brotli.compress(bytes(32 * MIB), quality=5)
    with (
        RawServer(answer(packed, headers={"Content-Encoding": "br"})) as server,
        httpx.Client() as client,
        client.stream("GET", server.url()) as response,
    ):
        assert len(packed) < 1000
        assert max(map(len, response.iter_bytes())) == 32 * MIB


@pytest.mark.case("S3")
def test_httpx_unpacks_zstd_without_a_bound() -> None:
    """S3: the same for zstd."""
    zstandard = pytest.importorskip("zstandard", reason="only where zstandard is installed")
    packed = zstandard.ZstdCompressor().compress(bytes(32 * MIB))
    with (
        RawServer(answer(packed, headers={"Content-Encoding": "zstd"})) as server,
        httpx.Client() as client,
        client.stream("GET", server.url()) as response,
    ):
        assert max(map(len, response.iter_bytes())) > 8 * MIB


@pytest.mark.case("S4")
def test_httpx_unpacks_stacked_codings() -> None:
    """S4: three layers or more, as many as the header names."""
    packed = gzip.compress(gzip.compress(gzip.compress(bytes(8 * MIB))))
    with RawServer(answer(packed, headers={"Content-Encoding": "gzip, gzip, gzip"})) as server:
        assert len(httpx.get(server.url()).content) == 8 * MIB


@pytest.mark.case("S5")
def test_httpx_reads_the_body_of_a_redirect() -> None:
    """S5: even in ``stream``, a redirect that is followed is read and unpacked whole."""
    packed = gzip.compress(bytes(8 * MIB))
    hop = answer(packed, 302, {"Location": "/there", **GZIP})
    with (
        RawServer([hop, answer(b"x")]) as server,
        httpx.Client(follow_redirects=True) as client,
        client.stream("GET", server.url()) as response,
    ):
        assert len(response.history[0].content) == 8 * MIB


@pytest.mark.case("S7")
@pytest.mark.case("S8")
def test_httpx_accepts_a_cut_gzip_body() -> None:
    """S7, S8: half of the bytes, or all but the trailer, are 200 OK."""
    packed = gzip.compress(bytes(range(256)) * 400)
    for cut in (packed[: len(packed) // 2], packed[:-8]):
        with RawServer(answer(cut, headers=GZIP)) as server:
            assert httpx.get(server.url()).status_code == 200


@pytest.mark.case("S9")
def test_httpx_drops_the_second_gzip_member() -> None:
    """S9: what was two members is half a document, without an error."""
    packed = gzip.compress(b"one") + gzip.compress(b"two")
    with RawServer(answer(packed, headers=GZIP)) as server:
        assert httpx.get(server.url()).content == b"one"


@pytest.mark.case("S12")
def test_httpx_hands_on_an_unknown_coding() -> None:
    """S12: the packed bytes are taken for the document."""
    with RawServer(answer(b"\x01\x02", headers={"Content-Encoding": "xyz"})) as server:
        assert httpx.get(server.url()).content == b"\x01\x02"


@pytest.mark.case("S27")
def test_httpx_takes_a_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """S27: the address check of a client would be the proxy's to make."""
    with RawServer(answer(b"proxied")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert httpx.get("http://exempel.invalid/").content == b"proxied"


@pytest.mark.case("S29")
def test_httpx_sends_a_key_on_to_another_origin() -> None:
    """S29: Authorization is dropped by a redirect elsewhere, other secret headers are not."""
    with FileServer({"/": b"x"}) as other, RawServer(redirect(other.url())) as home:
        headers = {"Authorization": "Bearer canary", "X-Api-Key": "canary"}
        httpx.get(home.url(), headers=headers, follow_redirects=True)
        assert other.requests[0].headers["x-api-key"] == "canary"
        assert "authorization" not in other.requests[0].headers


@pytest.mark.case("S30")
def test_httpx_keeps_cookies() -> None:
    """S30: a client's jar carries a cookie from one request to the next."""
    with (
        RawServer(answer(b"x", headers={"Set-Cookie": "session=1"}), keep_alive=True) as server,
        httpx.Client() as client,
    ):
        client.get(server.url("/a"))
        client.get(server.url("/b"))
        assert server.requests[1].headers["cookie"] == "session=1"


@pytest.mark.case("S32")
def test_httpx_logs_the_whole_url(caplog: pytest.LogCaptureFixture) -> None:
    """S32: a key in the query is in the log at level INFO."""
    caplog.set_level(logging.INFO)
    with FileServer({"/": b"x"}) as server:
        httpx.get(server.url("/?token=canary"))
    assert "token=canary" in caplog.text


@pytest.mark.case("S14")
def test_httpcore_takes_planted_bytes_for_the_next_answer() -> None:
    """S14: what follows an answer on a kept connection answers the next request, whoever asks."""
    planted = answer(b"mine") + answer(b"planted")
    with (
        RawServer([planted, answer(b"yours")], keep_alive=True) as server,
        httpcore.ConnectionPool() as pool,
    ):
        pool.request("GET", server.url("/1"))
        assert pool.request("GET", server.url("/2")).content == b"planted"
