"""The guarded transport: one request over one checked connection, no library error escapes.

It is an ``httpx.BaseTransport`` and is used without ``httpx.Client``: the client keeps a cookie
jar, writes each URL to the log, unpacks bodies without a bound and reads proxies from the
environment. Connections are kept for the next page, but never shared between sources: one source
must not use an address that only another may, and bytes that follow an answer would be taken for
the answer to the next request, whoever makes it.

httpcore writes the headers of answers, and so the ``Location`` of a redirect, to its own logger at
level DEBUG; nothing that we send is in there but the host. Leave the logger ``httpcore`` at INFO.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias

import httpcore
import httpx

from harvester.errors import FetchError, reason_of
from harvester.fetch.addresses import Network
from harvester.fetch.connect import GuardedBackend, Resolver
from harvester.fetch.exchange import Exchange, Phase
from harvester.fetch.limits import Limits
from harvester.fetch.urls import origin
from harvester.words import Text

_Key: TypeAlias = tuple[str, tuple[str, str, int], tuple[Network, ...]]
_HTTPCORE_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)
# OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED, ..._CERT_NOT_YET_VALID and ..._HOSTNAME_MISMATCH.
_EXPIRED, _NOT_YET, _WRONG_HOST = 10, 9, 62


class _Line:
    """One connection and the key it was opened for."""

    def __init__(self, key: _Key, backend: GuardedBackend, connection: httpcore.HTTPConnection):
        self.key = key
        self.backend = backend
        self.connection = connection

    def serve(self, exchange: Exchange) -> None:
        """Let ``exchange`` measure this connection from now on."""
        self.backend.exchange = exchange
        if self.backend.stream is not None:
            self.backend.stream.exchange = exchange

    @property
    def certificate(self) -> datetime | None:
        """When the server's certificate expires."""
        return None if self.backend.stream is None else self.backend.stream.certificate

    def close(self) -> None:
        """Close the socket, also when it broke before httpcore took charge of it."""
        self.connection.close()
        if self.backend.stream is not None:
            self.backend.stream.close()


class _BodyStream(httpx.SyncByteStream):
    """The wire body; closing it keeps the connection if the answer was read to its end."""

    def __init__(
        self, response: httpcore.Response, line: _Line, release: Callable[[_Line], None]
    ) -> None:
        self._response = response
        self._line = line
        self._release = release

    def __iter__(self) -> Iterator[bytes]:
        with mapped_errors(self._line.backend.exchange):
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
        self._release(self._line)


class GuardedTransport(httpx.BaseTransport):
    """Sends requests whose extensions name ``source``, ``networks`` and ``exchange``.

    ``trust`` makes the TLS context when the first https address is met: reading all certificate
    authorities takes longer than a fetch from a server nearby. Thread-safe.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        resolver: Resolver,
        trust: Callable[[], ssl.SSLContext],
    ) -> None:
        self._limits = limits
        self._resolver = resolver
        self._trust = trust
        self._ssl_context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self._idle: list[_Line] = []
        self._busy: set[_Line] = set()
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``; the body of the answer is not yet read. Raises FetchError."""
        exchange: Exchange = request.extensions["exchange"]
        source: str = request.extensions["source"]
        networks: tuple[Network, ...] = request.extensions["networks"]
        line = self._take((source, origin(request.url), networks), exchange)
        try:
            with mapped_errors(exchange):
                response = line.connection.handle_request(_core_request(request, exchange))
            if len(response.headers) > self._limits.header_fields:
                raise exchange.headers_too_large()
        except BaseException:
            line.close()
            self._release(line)
            raise
        exchange.answered(response.status)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_BodyStream(response, line, self._release),
            extensions={"certificate": line.certificate},
        )

    def close(self) -> None:
        """Close what is idle and wake the threads that wait for an answer; they raise.

        A connection that is just being opened ends by itself, within `Limits.connect`.
        """
        with self._lock:
            self._closed = True
            busy = list(self._busy)
            idle = list(self._idle)
            self._idle.clear()
        for line in idle:
            line.close()
        for line in busy:
            if line.backend.stream is not None:
                line.backend.stream.abort()

    def _take(self, key: _Key, exchange: Exchange) -> _Line:
        with self._lock:
            if self._closed:
                raise exchange.error(
                    "interrupted", Text("hämtningen avslutas", "the fetcher is closed")
                )
            # Also those of sources that are done: nobody else would close them before the end.
            expired = [line for line in self._idle if line.connection.has_expired()]
            for old in expired:
                self._idle.remove(old)
            line = next((line for line in self._idle if line.key == key), None)
            if line is not None:
                self._idle.remove(line)
            else:
                line = self._open(key, exchange)
            self._busy.add(line)
        for old in expired:
            old.close()
        line.serve(exchange)
        return line

    def _open(self, key: _Key, exchange: Exchange) -> _Line:
        _, (scheme, host, port), networks = key
        backend = GuardedBackend(exchange, networks, self._resolver)
        if scheme == "https" and self._ssl_context is None:
            self._ssl_context = self._trust()
        connection = httpcore.HTTPConnection(
            httpcore.Origin(scheme.encode(), host.encode(), port),
            ssl_context=self._ssl_context,
            keepalive_expiry=self._limits.keep_alive,
            network_backend=backend,
        )
        return _Line(key, backend, connection)

    def _release(self, line: _Line) -> None:
        with self._lock:
            self._busy.discard(line)
            if line.connection.is_idle() and not self._closed:
                self._idle.append(line)
                return
        line.close()


def _core_request(request: httpx.Request, exchange: Exchange) -> httpcore.Request:
    def trace(name: str, _: object) -> None:
        if name == "http11.send_request_headers.started":
            exchange.sent()

    return httpcore.Request(
        request.method,
        httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        extensions={"trace": trace},
    )


@contextmanager
def mapped_errors(exchange: Exchange) -> Iterator[None]:
    """Turn every error of httpcore into a FetchError without its cause, which can hold secrets."""
    try:
        yield
    except _HTTPCORE_ERRORS as error:
        raise fetch_error(error, exchange) from None


def fetch_error(error: Exception, exchange: Exchange) -> FetchError:
    """Say in our words what httpcore's ``error`` means for ``exchange``."""
    if isinstance(error, httpcore.TimeoutException):
        return exchange.timed_out()
    if isinstance(error, httpcore.LocalProtocolError):
        return exchange.error(
            "bad-header",
            Text(
                "ett huvud har tecken som inte kan skickas; kontrollera källans `headers`",
                "a request header has bytes that cannot be sent; check `headers` of the source",
            ),
        )
    if isinstance(error, httpcore.NetworkError):
        return _network_error(error, exchange)
    if not isinstance(error, httpcore.RemoteProtocolError):
        return exchange.error(
            "protocol",
            Text("förfrågan gick inte att genomföra", "the request could not be carried out"),
        )
    if not exchange.ended:
        return exchange.error(
            "protocol",
            Text("svaret är inte riktig HTTP/1.1", "the answer is not proper HTTP/1.1"),
        )
    if exchange.phase is Phase.BODY:
        return exchange.error(
            "truncated",
            Text(
                "förbindelsen bröts innan allt hade kommit; inget av det används",
                "the connection ended before the body was whole; nothing of it is used",
            ),
        )
    return exchange.temporary(
        "connection",
        Text("servern lade på utan att svara", "the server hung up without an answer"),
    )


def _network_error(error: httpcore.NetworkError, exchange: Exchange) -> FetchError:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        if cause.verify_code in (_EXPIRED, _NOT_YET):
            return exchange.error(
                "tls-expired",
                Text(
                    "certifikatet har gått ut eller gäller inte ännu; publicisten måste förnya "
                    "det, eller så går den här datorns klocka fel",
                    "the certificate has expired or is not valid yet; the publisher must renew "
                    "it, or this machine's clock is wrong",
                ),
            )
        if cause.verify_code == _WRONG_HOST:
            return exchange.error(
                "tls-host",
                Text(
                    "certifikatet gäller ett annat värdnamn",
                    "the certificate is for another host name",
                ),
            )
        why = cause.verify_message
        return exchange.error(
            "tls",
            Text(
                f"certifikatet är inte betrott ({why}); publicisten måste rätta det",
                f"the certificate is not trusted ({why}); the publisher must correct it",
            ),
        )
    if isinstance(cause, ssl.SSLError) and exchange.phase is Phase.CONNECT:
        return exchange.error(
            "tls",
            Text(
                "ingen gemensam, säker version av TLS (1.2 eller nyare krävs)",
                "no common, safe version of TLS (1.2 or newer is needed)",
            ),
        )
    if exchange.phase is Phase.BODY:
        return exchange.error(
            "connection",
            Text(
                "förbindelsen bröts mitt i innehållet",
                "the connection broke in the middle of the body",
            ),
        )
    reason = Text("den bröts", "it broke")
    if isinstance(cause, OSError) and cause.strerror:
        reason = reason_of(cause)
    return exchange.temporary("connection", Text("ingen förbindelse: ", "no connection: ") + reason)
