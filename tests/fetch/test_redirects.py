from collections.abc import Callable

import pytest

from harvester.fetch.fetcher import Fetcher
from harvester.model import Redirect, Validators
from tests.fetch.conftest import get, refusal, source_of
from tests.servers import File, FileServer, RawServer, answer, redirect


@pytest.mark.case("F22")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_remembered(fetcher: Fetcher, status: int) -> None:
    """F22: all five kinds are followed; the document says which, so that 302 can be a finding."""
    with RawServer([redirect("/new?x=1#frag", status), answer(b"x")]) as server:
        document = get(fetcher, server.url("/old"))
        assert [request.target for request in server.requests] == ["/old", "/new?x=1"]
    assert document.url == server.url("/old")
    assert document.final_url == server.url("/new?x=1")
    assert document.redirects == (Redirect(status, server.url("/old"), server.url("/new?x=1")),)


def test_five_redirects_are_followed_and_six_are_not(fetcher: Fetcher) -> None:
    """The limit is exact."""
    hops = [redirect(f"/{n}") for n in range(5)]
    with RawServer([*hops, answer(b"x")]) as server:
        assert len(get(fetcher, server.url()).redirects) == 5
    with RawServer([*hops, redirect("/6"), answer(b"x")]) as server:
        error = refusal(fetcher, server.url())
        assert len(server.requests) == 6
    assert (error.event, error.status) == ("redirect-loop", 301)


@pytest.mark.case("S21")
def test_a_redirect_loop_is_named(fetcher: Fetcher) -> None:
    """S21: the message names where the loop goes round."""
    with RawServer([redirect("/b"), redirect("/a")] * 5) as server:
        error = refusal(fetcher, server.url("/a"))
    assert error.event == "redirect-loop"
    assert f"the last one to {server.url('/a')} for the second time" in str(error)


@pytest.mark.case("S22")
@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://exempel.se/x",
        "gopher://exempel.se/",
        "data:text/turtle,<a>",
        "javascript:alert(1)",
        "unix:/run/docker.sock",
    ],
)
def test_a_redirect_to_another_scheme_is_refused(fetcher: Fetcher, location: str) -> None:
    """S22: only http and https are ever followed."""
    with RawServer(redirect(location)) as server:
        error = refusal(fetcher, server.url())
        assert len(server.requests) == 1
    assert error.event == "redirect-scheme"
    assert location in str(error)


@pytest.mark.case("S34")
@pytest.mark.parametrize(
    ("location", "event"),
    [
        ("", "redirect-target"),
        ("http://", "bad-url"),
        ("//", "bad-url"),
        ("http://me:canary@127.0.0.1/", "credentials-in-url"),
        ("http://exempel.se\\@127.0.0.1/", "bad-url"),
        ("http://a\tb/", "bad-url"),
        ("http://exempel.se:port/", "bad-url"),
        ("http://" + "a" * 9000, "bad-url"),
    ],
)
def test_a_redirect_to_a_trick_address_is_refused(
    fetcher: Fetcher, location: str, event: str
) -> None:
    """S34: what is refused from the configuration is refused from a server."""
    with RawServer(redirect(location)) as server:
        error = refusal(fetcher, server.url())
        assert len(server.requests) == 1
    assert error.event == event
    assert "canary" not in str(error)
    assert len(str(error)) < 600


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("new", "/data/new"),
        ("../new", "/new"),
        ("?page=2", "/data/old?page=2"),
        ("/å", "/%C3%A5"),
        ("/a b", "/a%20b"),
    ],
)
def test_a_relative_location_is_resolved(fetcher: Fetcher, location: str, target: str) -> None:
    """RFC 9110, section 10.2.2, and the spelling that servers get wrong."""
    hop = b"HTTP/1.1 301 Moved\r\nLocation: " + location.encode() + b"\r\n\r\n"
    with RawServer([hop, answer(b"x")]) as server:
        get(fetcher, server.url("/data/old"))
        assert server.requests[1].target == target


@pytest.mark.case("S29")
@pytest.mark.parametrize("name", ["X-Api-Key", "Authorization", "Cookie"])
def test_a_secret_header_stays_with_its_origin(
    make_fetcher: Callable[..., Fetcher], name: str
) -> None:
    """S29: not on another port, not on another host name of the same server."""
    fetcher = make_fetcher(resolver=lambda *_: ["127.0.0.1"])
    with FileServer({"/": b"x"}) as other, RawServer(b"") as home:
        hops = [
            redirect("/same-origin"),
            redirect(home.url("/other-host", host="localhost")),
            redirect(other.url()),
        ]
        home.answers = hops
        source = source_of(home.url(), headers={name: "canary"})
        # The second hop has left the source's own host, and its private addresses with it.
        error = refusal(fetcher, home.url(), source)
        assert error.event == "blocked-address"
        assert [r.headers.get(name.lower()) for r in home.requests] == ["canary", "canary"]

        home.answers = [redirect(other.url())]
        home.requests.clear()
        fetcher.get(source, home.url())
        assert [r.headers.get(name.lower()) for r in home.requests] == ["canary"]
        assert name.lower() not in other.requests[0].headers


@pytest.mark.case("S29")
def test_a_secret_header_is_not_sent_to_a_page_elsewhere(fetcher: Fetcher) -> None:
    """S29: a link in the data to another origin does not carry the key there."""
    with FileServer({"/": b"x"}) as home, FileServer({"/": b"x"}) as other:
        source = source_of(home.url(), headers={"X-Api-Key": "canary"})
        fetcher.get(source, other.url())
        assert "x-api-key" not in other.requests[0].headers


@pytest.mark.case("S30")
def test_no_cookie_is_kept(fetcher: Fetcher) -> None:
    """S30: what one answer sets, no later request sends, not even the next hop."""
    hop = answer(b"", 302, {"Location": "/b", "Set-Cookie": "session=1"})
    page = answer(b"x", headers={"Set-Cookie": "session=2"})
    with RawServer([hop, page]) as server:
        get(fetcher, server.url("/a"))
        get(fetcher, server.url("/a"))
        assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.case("S31")
def test_nothing_that_one_source_fetched_is_served_to_another(fetcher: Fetcher) -> None:
    """S31: there is no cache; whoever asks without the key is asked for it by the server."""
    with FileServer({"/": File(b"x", headers={"Cache-Control": "public, max-age=9999"})}) as server:
        fetcher.get(source_of(server.url(), headers={"Authorization": "Bearer A"}), server.url())
        fetcher.get(source_of(server.url(), headers={"Authorization": "Bearer B"}), server.url())
        fetcher.get(source_of(server.url()), server.url())
        sent = [request.headers.get("authorization") for request in server.requests]
    assert sent == ["Bearer A", "Bearer B", None]


def test_a_redirected_document_is_asked_for_conditionally(fetcher: Fetcher) -> None:
    """Validators belong to the document at the end of the way, and are sent all along it."""
    with FileServer({"/new": File(b"x", etag='"1"')}) as server:
        server.files["/"] = File(b"", status=301, etag="", headers={"Location": "/new"})
        first = get(fetcher, server.url())
        second = get(fetcher, server.url(), Validators(first.etag, None, first.sha256))
    assert (second.status, second.not_modified) == (304, True)
    assert second.final_url == server.url("/new")
