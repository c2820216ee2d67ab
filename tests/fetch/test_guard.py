"""No packet reaches an address that the operator has not permitted: a listener counts them."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harvester.fetch.connect import resolve
from harvester.fetch.fetcher import Fetcher
from tests.fetch.conftest import refusal, source_of
from tests.servers import FileServer, RawServer, answer, redirect

SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "127.1",
    "0",
    "127。0。0。1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::1]",
    "[::]",
]


@pytest.mark.case("D3")
@pytest.mark.case("S24")
@pytest.mark.parametrize("host", SPELLINGS)
def test_every_spelling_of_this_machine_is_blocked(fetcher: Fetcher, host: str) -> None:
    """S24: the resolved address is checked, so the spelling does not matter."""
    with RawServer(b"") as inside:
        url = inside.url(host=host)
        assert refusal(fetcher, url, source_of(url, allow_private=())).event == "blocked-address"
        assert inside.connections == 0


@pytest.mark.case("S24")
@pytest.mark.parametrize("host", ["0177.0.0.1", "127.0.0.1.", "①②⑦.0.0.1"])
def test_a_spelling_that_is_no_host_name_is_refused(fetcher: Fetcher, host: str) -> None:
    """S24: what some resolvers take for this machine never gets there either."""
    with RawServer(b"") as inside:
        url = inside.url(host=host)
        event = refusal(fetcher, url, source_of(url, allow_private=())).event
        assert event in ("bad-url", "dns", "blocked-address")
        assert inside.connections == 0


@pytest.mark.case("S23")
@pytest.mark.parametrize("host", [*SPELLINGS, "10.0.0.1", "169.254.169.254", "[fd00::1]"])
def test_a_redirect_does_not_reach_inside(make_fetcher: Callable[..., Fetcher], host: str) -> None:
    """S23: the public server redirects to this machine, a private net, cloud metadata."""

    def resolver(name: str, port: int) -> list[str]:
        return ["127.0.0.1"] if name == "outside.example" else resolve(name, port)

    fetcher = make_fetcher(resolver=resolver)
    with RawServer(b"") as inside, RawServer(b"") as outside:
        outside.answers = [redirect(inside.url(host=host))]
        error = refusal(fetcher, outside.url(host="outside.example"))
        assert inside.connections == 0
    assert error.event == "blocked-address"


@pytest.mark.case("S25")
@pytest.mark.parametrize(
    "address",
    [
        *("64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "fec0::1", "192.0.0.8"),
        *("224.0.0.1", "100.64.0.1", "255.255.255.255", "::ffff:10.0.0.1", "fe80::1%1"),
    ],
)
def test_a_name_that_leads_to_a_special_address_is_blocked(
    make_fetcher: Callable[..., Fetcher], address: str
) -> None:
    """S25: the check is on what the name service says, and names the range."""
    fetcher = make_fetcher(resolver=lambda *_: [address])
    url = "http://exempel.se/catalog"
    error = refusal(fetcher, url, source_of(url, allow_private=()))
    assert error.event == "blocked-address"
    assert "add allow_private = [" in str(error)


@pytest.mark.case("S26")
@pytest.mark.parametrize("addresses", [["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"]])
def test_one_bad_record_refuses_the_host(
    make_fetcher: Callable[..., Fetcher], addresses: list[str]
) -> None:
    """S26: a host with a public and a private record is not tried at either."""
    fetcher = make_fetcher(resolver=lambda *_: addresses)
    with RawServer(b"") as inside:
        url = inside.url(host="exempel.se")
        assert refusal(fetcher, url, source_of(url, allow_private=())).event == "blocked-address"
        assert inside.connections == 0


@pytest.mark.case("D3")
@pytest.mark.case("S26")
def test_a_name_is_looked_up_once_and_that_address_is_used(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """S26: a name that changes its address after the check changes nothing."""
    told: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        told.append("127.0.0.1" if not told else "127.0.0.2")
        return [told[-1]]

    fetcher = make_fetcher(resolver=rebinding)
    with FileServer({"/": b"x"}) as checked:
        url = checked.url(host="exempel.se")
        source = source_of(url, allow_private=("127.0.0.1/32",))
        assert fetcher.get(source, url).size == 1
        assert told == ["127.0.0.1"]
        assert checked.requests[0].headers["host"] == f"exempel.se:{checked.port}"
        checked.files["/"] = b"yy"
        # The kept connection goes on to the checked address; it is not looked up again.
        assert fetcher.get(source, url).size == 2
        assert (told, checked.connections) == (["127.0.0.1"], 1)


@pytest.mark.case("S27")
def test_a_kept_connection_is_not_lent_to_a_source_without_permission(fetcher: Fetcher) -> None:
    """S27: a source that may not use the address does not get at it by another's connection."""
    with FileServer({"/": b"x"}) as inside:
        fetcher.get(source_of(inside.url()), inside.url())
        stranger = source_of(inside.url(), allow_private=())
        assert refusal(fetcher, inside.url(), stranger).event == "blocked-address"
        assert len(inside.requests) == 1


@pytest.mark.case("S27")
def test_a_proxy_in_the_environment_is_not_used(
    make_fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """S27: a proxy would be a way round the address check."""
    with RawServer(b"") as proxy, FileServer({"/": b"x"}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        fetcher = make_fetcher()
        assert fetcher.get(source_of(server.url()), server.url()).size == 1
        assert proxy.connections == 0


@pytest.mark.case("S28")
def test_an_intranet_source_is_reached_by_permission(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """S28: the source's own host may be at a listed address, and stay there by redirect."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.1"])
    with RawServer([redirect("/new"), answer(b"x")]) as inside:
        url = inside.url(host="intranet.example")
        source = source_of(url, allow_private=("127.0.0.0/8",))
        assert fetcher.get(source, url).final_url == inside.url("/new", host="intranet.example")


@pytest.mark.case("S28")
def test_a_permission_does_not_hold_for_another_host(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """S28: neither by redirect nor by a link in the data does the permission go elsewhere."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.1"])
    with RawServer(b"") as inside:
        home, other = inside.url(host="a.example"), inside.url(host="b.example")
        inside.answers = [redirect(other)]
        source = source_of(home)
        assert refusal(fetcher, other, source).event == "blocked-address"
        assert inside.connections == 0
        assert refusal(fetcher, home, source).event == "blocked-address"
        assert inside.connections == 1


@pytest.mark.case("S28")
def test_a_permission_is_lost_once_a_redirect_has_led_away(
    make_fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """S28: home, a public host, and back home again: the public host chose the last address."""
    fetcher = make_fetcher(
        resolver=lambda host, _: ["127.0.0.1" if host == "home.example" else "8.8.8.8"]
    )
    with RawServer(b"") as server:
        home = server.url(host="home.example")
        away = server.url(host="away.example")
        server.answers = [redirect(away), redirect(home + "admin")]
        connect = socket.create_connection

        def to_loopback(address: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
            return connect(("127.0.0.1", address[1]), *rest, **named)

        # Stands in for the internet: 8.8.8.8 is this machine too.
        monkeypatch.setattr(socket, "create_connection", to_loopback)
        error = refusal(fetcher, home, source_of(home))
        assert [request.headers["host"].partition(":")[0] for request in server.requests] == [
            "home.example",
            "away.example",
        ]
    assert error.event == "blocked-address"


def test_a_permission_that_is_no_network_is_named(fetcher: Fetcher) -> None:
    """A typing error in allow_private is told before anything is sent."""
    with RawServer(b"") as server:
        source = source_of(server.url(), allow_private=("intranet",))
        error = refusal(fetcher, server.url(), source)
        assert server.connections == 0
    assert error.event == "bad-allow-private"
    assert "intranet" in str(error)


def test_a_folder_source_may_follow_links_to_public_addresses_only(fetcher: Fetcher) -> None:
    """A source without a host of its own has no private addresses either."""
    with RawServer(b"") as inside:
        source = source_of(str(Path("catalogs")))
        assert refusal(fetcher, inside.url(), source).event == "blocked-address"
        assert inside.connections == 0


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "dns"),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "dns"),
        (UnicodeError("label too long"), "dns"),
        (OSError("odd"), "dns"),
    ],
)
def test_a_name_that_cannot_be_looked_up_is_a_dns_error(
    make_fetcher: Callable[..., Fetcher], sleeps: list[float], error: Exception, event: str
) -> None:
    """Only a passing failure of the name service is tried again."""

    def fail(host: str, port: int) -> list[str]:
        raise error

    url = "http://exempel.invalid/"
    assert refusal(make_fetcher(resolver=fail), url).event == event
    assert len(sleeps) == (2 if getattr(error, "errno", 0) == socket.EAI_AGAIN else 0)


def test_the_next_address_is_tried_when_one_refuses(
    make_fetcher: Callable[..., Fetcher],
) -> None:
    """A host whose first address is down is reached at its second."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.9", "127.0.0.1"])
    with FileServer({"/": b"x"}) as server:
        url = server.url(host="exempel.se")
        assert fetcher.get(source_of(url, allow_private=("127.0.0.0/8",)), url).size == 1
