"""Opening connections: the address is looked up, checked and connected to as one value (D3).

A name that is checked first and connected to later can change its address in between (DNS
rebinding), and a URL can spell 127.0.0.1 in a dozen ways; neither matters here, since what is
checked is the resolved address, and that very address is what the socket is given.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, TypeAlias

import httpcore

from harvester.fetch.addresses import Address, Network, blocked_reason, in_swedish, permitted
from harvester.fetch.exchange import Exchange
from harvester.words import Text

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> list[str]:
    """Ask the operating system for the addresses of ``host``, in its order of preference.

    Raises OSError (``socket.gaierror``) or UnicodeError. The system's own time-outs apply.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class GuardedStream(httpcore.NetworkStream):
    """A connection whose every read and write is measured by the current exchange."""

    def __init__(self, inner: httpcore.NetworkStream, exchange: Exchange) -> None:
        self.exchange = exchange
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 -- httpcore's interface; the exchange knows better
        """Read within the exchange's limits."""
        most = self.exchange.may_read(max_bytes)
        try:
            data = self._inner.read(most, self.exchange.seconds_left())
        except httpcore.ReadTimeout:
            raise self.exchange.timed_out() from None
        self.exchange.received(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write within the exchange's limits."""
        try:
            self._inner.write(buffer, self.exchange.seconds_left())
        except httpcore.WriteTimeout:
            raise self.exchange.timed_out() from None

    def close(self) -> None:
        """Close the socket."""
        self._inner.close()

    def abort(self) -> None:
        """Wake a thread that is reading from this connection, which then fails."""
        sock = self._inner.get_extra_info("socket")
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already, which is what was wanted

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Shake hands within what is left of the time to connect."""
        self._inner = self._inner.start_tls(
            ssl_context, server_hostname, self.exchange.seconds_left()
        )
        return self

    @property
    def certificate(self) -> datetime | None:
        """When the certificate that the server showed expires; ``None`` without TLS."""
        connection = self._inner.get_extra_info("ssl_object")
        shown = connection.getpeercert() if connection is not None else None
        if not shown:
            return None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC)

    def get_extra_info(self, info: str) -> Any:
        """Ask the socket."""
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects one line to one host, if every address of that host may be used.

    ``networks`` are what the operator permits beyond public addresses. There is no proxy and no
    Unix socket.
    """

    def __init__(
        self, exchange: Exchange, networks: tuple[Network, ...], resolver: Resolver
    ) -> None:
        self.exchange = exchange
        self.stream: GuardedStream | None = None
        self._networks = networks
        self._resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 -- the exchange knows better
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, connect. Raises FetchError ``dns``, ``blocked-address``, ``timeout``."""
        addresses = self._checked(host, port)
        last: Exception | None = None
        for index, address in enumerate(addresses):
            # An address that swallows packets must leave time for the ones after it.
            share = self.exchange.seconds_left() / (len(addresses) - index)
            try:
                inner = httpcore.SyncBackend().connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            self.stream = GuardedStream(inner, self.exchange)
            return self.stream
        if last is None:
            raise self.exchange.error(
                "dns", Text(f"{host} har ingen adress", f"{host} has no address")
            )
        raise last

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never. Raises FetchError ``blocked-address``."""
        raise self.exchange.error(
            "blocked-address", Text("Unix-socketar används inte", "Unix sockets are not used")
        )

    def _checked(self, host: str, port: int) -> list[Address]:
        try:
            texts = self._resolver(host, port)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise self.exchange.temporary(
                    "dns",
                    Text(
                        f"namnet {host} kunde inte slås upp just nu",
                        f"the name {host} could not be looked up just now",
                    ),
                ) from None
            raise self.exchange.error(
                "dns",
                Text(
                    f"det finns ingen server som heter {host}; kontrollera adressen",
                    f"there is no host called {host}; check the address",
                ),
            ) from None
        except (OSError, UnicodeError):
            raise self.exchange.error(
                "dns", Text(f"{host} är inget värdnamn", f"{host} is not a host name")
            ) from None
        addresses = [ip_address(text.partition("%")[0]) for text in texts]
        for address in addresses:
            reason = blocked_reason(address)
            if reason and not permitted(address, self._networks):
                what = Text("det här", "this")
                if host != str(address):
                    what = Text(
                        f"{host} leder till {address}, som", f"{host} leads to {address}, which"
                    )
                network = f'["{address}/{address.max_prefixlen}"]'
                raise self.exchange.error(
                    "blocked-address",
                    what
                    + Text(
                        f" är ingen publik adress ({in_swedish(reason)}); om den är din, lägg "
                        f"till allow_private = {network} för källan som har adressen",
                        f" is not a public address ({reason}); if it is yours, add "
                        f"allow_private = {network} to the source whose own address it is",
                    ),
                )
        return addresses
