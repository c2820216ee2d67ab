"""TLS against a certificate authority of the test's own."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from harvester.errors import ConfigError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from tests.fetch.conftest import get, refusal
from tests.servers import FileServer, RawServer, answer, redirect

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
AUTHORITY = trustme.CA()


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    """The test's certificate authority as a file."""
    path = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def fetcher(make_fetcher: Callable[..., Fetcher], ca_file: Path) -> Fetcher:
    """A fetcher that trusts the test's authority."""
    return make_fetcher(ca_file=ca_file, resolver=lambda *_: ["127.0.0.1"])


def server_side(
    *names: str, expired: bool = False, not_after: datetime | None = None
) -> ssl.SSLContext:
    """A server's TLS with a certificate for ``names``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    end = LONG_AGO.replace(year=2002) if expired else not_after
    AUTHORITY.issue_cert(*names, not_before=LONG_AGO, not_after=end).configure_cert(context)
    return context


def test_https_is_verified_against_the_public_authorities_and_ca_file(fetcher: Fetcher) -> None:
    """An authority in ``ca_file`` is trusted beside the public ones; pages share a connection."""
    with FileServer({"/": b"x"}, tls=server_side("exempel.se")) as server:
        url = server.url(host="exempel.se")
        assert get(fetcher, url).size == 1
        assert get(fetcher, url).size == 1
        assert server.connections == 1


@pytest.mark.case("S35")
def test_an_unknown_authority_is_refused(make_fetcher: Callable[..., Fetcher]) -> None:
    """S35: self-signed and private authorities need ``ca_file``; nothing is sent."""
    with FileServer({"/": b"x"}, tls=server_side("127.0.0.1")) as server:
        error = refusal(make_fetcher(), server.url())
        assert server.requests == []
    assert error.event == "tls"
    assert "the certificate is not trusted" in str(error)


@pytest.mark.case("S35")
@pytest.mark.case("F25")
def test_an_expired_certificate_has_its_own_event(fetcher: Fetcher) -> None:
    """S35, F25: the publisher must act, or the clock of this machine is wrong."""
    with FileServer({"/": b"x"}, tls=server_side("exempel.se", expired=True)) as server:
        error = refusal(fetcher, server.url(host="exempel.se"))
    assert error.event == "tls-expired"
    assert "clock" in str(error)


@pytest.mark.case("S35")
def test_a_certificate_for_another_host_is_refused(fetcher: Fetcher) -> None:
    """S35: the name in the URL counts, not the address it leads to."""
    with FileServer({"/": b"x"}, tls=server_side("annan.example")) as server:
        assert refusal(fetcher, server.url(host="exempel.se")).event == "tls-host"


@pytest.mark.case("S35")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_refused(fetcher: Fetcher) -> None:
    """S35: a server that knows no more than TLS 1.1 is not talked to."""
    context = server_side("exempel.se")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with FileServer({"/": b"x"}, tls=context) as server:
        assert refusal(fetcher, server.url(host="exempel.se")).event == "tls"


def test_a_server_that_does_not_speak_tls_is_named_so(fetcher: Fetcher) -> None:
    """https to a port that speaks something else first."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"220 mail.exempel.se ESMTP\r\n")
                peer.recv(4096)

        thread = threading.Thread(target=greet)
        thread.start()
        url = f"https://exempel.se:{listener.getsockname()[1]}/"
        assert refusal(fetcher, url).event == "tls"
        thread.join()


@pytest.mark.case("S35")
def test_a_redirect_from_https_to_http_is_refused(fetcher: Fetcher) -> None:
    """S35: the way back to clear text is a downgrade; the other direction is welcome."""
    with RawServer(b"", tls=server_side("exempel.se")) as safe, RawServer(b"") as plain:
        safe.answers = [redirect(plain.url(host="exempel.se"))]
        error = refusal(fetcher, safe.url(host="exempel.se"))
        assert plain.connections == 0
        assert error.event == "redirect-downgrade"

        safe.answers = [answer(b"x")]
        plain.answers = [redirect(safe.url(host="exempel.se"))]
        assert get(fetcher, plain.url(host="exempel.se")).size == 1


@pytest.mark.case("S35")
def test_a_cut_tls_body_is_truncated(fetcher: Fetcher) -> None:
    """S35: a connection that ends without notice in the middle of a body gives no document."""
    with RawServer(answer(b"half", length=99), tls=server_side("exempel.se")) as server:
        assert refusal(fetcher, server.url(host="exempel.se")).event in ("truncated", "connection")


def test_a_ca_file_without_certificates_is_a_configuration_error(
    bodies: BodyStore, tmp_path: Path
) -> None:
    """Missing or empty: the operator is told before any request."""
    (tmp_path / "empty.pem").write_text("")
    for name in ("absent.pem", "empty.pem"):
        with pytest.raises(ConfigError, match=name):
            Fetcher(bodies, user_agent="x", ca_file=tmp_path / name)


@pytest.mark.case("S27")
def test_the_environment_does_not_choose_whom_to_trust(
    make_fetcher: Callable[..., Fetcher], ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S27: SSL_CERT_FILE adds no authority, and SSLKEYLOGFILE gets no session keys."""
    keys = ca_file.with_name("keys.log")
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    with FileServer({"/": b"x"}, tls=server_side("127.0.0.1")) as server:
        assert refusal(make_fetcher(), server.url()).event == "tls"
        assert get(make_fetcher(ca_file=ca_file), server.url()).size == 1
    assert "SECRET" not in (keys.read_text() if keys.exists() else "")


def test_a_document_knows_when_the_certificate_expires(fetcher: Fetcher) -> None:
    """The first to expire of those on the way; also on a kept connection; none without TLS."""
    soon, later = (datetime.now(UTC).replace(microsecond=0) + timedelta(days=n) for n in (9, 90))
    with (
        FileServer({"/": b"x"}, tls=server_side("exempel.se", not_after=later)) as server,
        FileServer({"/": b"x"}) as plain,
    ):
        url = server.url(host="exempel.se")
        assert [get(fetcher, url).certificate for _ in range(2)] == [later, later]
        assert get(fetcher, plain.url(host="exempel.se")).certificate is None
        with RawServer(redirect(url), tls=server_side("exempel.se", not_after=soon)) as old:
            assert get(fetcher, old.url(host="exempel.se")).certificate == soon
