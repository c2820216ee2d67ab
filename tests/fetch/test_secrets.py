"""Canary values in headers and URLs appear on the wire to their origin, and nowhere else."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.errors import FetchError
from harvester.fetch.fetcher import Fetcher
from harvester.model import Document
from harvester.settings import Source
from tests.fetch.conftest import refusal, source_of
from tests.servers import FileServer, Peer, RawServer, answer, redirect

CANARY = "c4n4ry-s3cr3t"


def shown(error: FetchError) -> str:
    """All that a log or a traceback could show of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + error.url


@pytest.mark.case("S32")
@pytest.mark.parametrize(
    "reply",
    [
        answer(status=404),
        answer(status=503),
        answer(b"short", length=99),
        b"rubbish\r\n\r\n",
        redirect(f"/login?back=/&x={CANARY}#{CANARY}", 302),
        redirect(f"ftp://exempel.se/{CANARY}"),
        redirect(f"http://me:{CANARY}@exempel.se/"),
        redirect(f"http://10.0.0.1/?api_key={CANARY}"),
        Peer.reset,
        answer(status=200, headers={"X-Echo": CANARY, "Content-Encoding": CANARY}),
    ],
)
def test_no_error_and_no_log_shows_a_secret(
    fetcher: Fetcher,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    reply: bytes,
) -> None:
    """S32: header, query and echoed secrets stay out of message, traceback, log and output."""
    caplog.set_level(logging.INFO)
    with RawServer(reply) as server:
        url = server.url(f"/catalog?token={CANARY}")
        error = refusal(fetcher, url, source_of(url, headers={"Authorization": f"Bearer {CANARY}"}))
        assert CANARY in server.requests[0].raw.decode()
    assert CANARY not in shown(error) + caplog.text + "".join(capfd.readouterr())


@pytest.mark.case("S32")
def test_a_document_shows_no_secret_of_its_source(fetcher: Fetcher) -> None:
    """S32: what goes to the store and becomes the base IRI is clean, the redirects too."""
    with RawServer(b"") as server:
        server.answers = [redirect(f"/there?token={CANARY}&echo={CANARY}"), answer(b"x")]
        url = server.url(f"/?token={CANARY}")
        document: Document = fetcher.get(source_of(url, headers={"X-Key": "other-canary"}), url)
    assert CANARY not in repr(document)
    assert document.final_url == server.url("/there?token=***&echo=***")


@pytest.mark.case("S32")
def test_a_header_that_cannot_be_sent_is_refused_without_showing_it(fetcher: Fetcher) -> None:
    """S32: h11's own text would show the whole value."""
    with FileServer({"/": b"x"}) as server:
        for value in (f"{CANARY}\r\nX: y", f"{CANARY}\x00"):
            source = source_of(server.url(), headers={"X-Key": value})
            error = refusal(fetcher, server.url(), source)
            assert error.event == "bad-header"
            assert CANARY not in shown(error)
        assert server.requests == []


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "Accept-Encoding"])
def test_a_header_that_frames_the_request_cannot_be_configured(fetcher: Fetcher, name: str) -> None:
    """Request smuggling and unbounded codings do not come in by configuration."""
    source = source_of("http://127.0.0.1:9/", headers={name: CANARY})
    error = refusal(fetcher, source.url, source)
    assert error.event == "bad-header"
    assert CANARY not in shown(error)


def test_a_source_may_replace_accept(fetcher: Fetcher) -> None:
    """Some servers know one syntax only and choke on a list."""
    with FileServer({"/": b"x"}) as server:
        source = source_of(server.url(), headers={"accept": "text/turtle"})
        fetcher.get(source, server.url())
        assert server.requests[0].headers["accept"] == "text/turtle"


@pytest.mark.case("S32")
def test_credentials_in_the_url_are_refused_with_the_way_out(fetcher: Fetcher) -> None:
    """S32: nothing is sent, and the message says where credentials belong."""
    with RawServer(b"") as server:
        url = server.url().replace("://", f"://me:{CANARY}@")
        error = refusal(fetcher, url, Source(id="x", url=url))
        assert server.connections == 0
    assert error.event == "credentials-in-url"
    assert "`headers`" in str(error)
    assert CANARY not in shown(error)


@pytest.mark.case("S32")
def test_secrets_do_not_reach_the_body_store(
    make_fetcher: Callable[..., Fetcher], tmp_path: Path
) -> None:
    """S32: neither the name nor the content of a kept file tells of a key."""
    with FileServer({"/": b"x"}) as server:
        source = source_of(server.url(), headers={"X-Key": CANARY})
        make_fetcher().get(source, server.url())
    for path in tmp_path.rglob("*"):
        assert CANARY not in str(path)
        assert path.is_dir() or CANARY.encode() not in path.read_bytes()
