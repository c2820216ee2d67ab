"""One night over hundreds of sources, of which forty misbehave, each in a way of its own."""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import repeat

import pytest
import trustme

from harvester.cli.choices import FailOn
from harvester.cli.commands.harvest import exit_code
from harvester.errors import EXIT_HELD, EXIT_SOURCES_FAILED
from harvester.fetch.limits import MIB
from harvester.model import Outcome
from harvester.settings import Source
from harvester.store import Store
from tests.fetch.conftest import QUICK
from tests.harvesting import TURTLE, catalog, harvested, settings_of, turtle
from tests.servers import (
    CHUNKED_HEAD,
    LOOPBACK,
    Answer,
    FileServer,
    Peer,
    RawServer,
    Request,
    answer,
    chunk,
    redirect,
)
from tests.store.night import NOW

SIZE = 12  # datasets of a source
LIMITS = replace(QUICK, per_host=16, first_byte=2.0, idle=2.0, slow_window=2.0, total=20.0)
PAGE = b"<!DOCTYPE html><html><head><title>Logga in</title></head><body><p>Hej</p></body></html>"
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'
RDFXML = "application/rdf+xml"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10)  # each ten of the one before
        for n in range(10)
    )
    + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&k;</rdf:RDF>'
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;</rdf:RDF>'
)

Misdeed = Callable[[str, "Turncoat"], Answer]
GONE, HELD, EMPTY = Outcome.GONE, Outcome.HELD, Outcome.EMPTY
UNREACHABLE, UNREADABLE = Outcome.UNREACHABLE, Outcome.UNREADABLE


def served(body: bytes, media_type: str = TURTLE, **headers: str) -> bytes:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(body, 200, {"Content-Type": media_type, **fields})


def always(reply: Answer) -> Misdeed:
    return lambda name, server: reply


def status(code: int, **headers: str) -> Misdeed:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return always(answer(b"nej", code, fields))


def of(make: Callable[[str], bytes]) -> Misdeed:
    """What the source serves is made of its name."""
    return lambda name, server: served(make(name))


def whole(name: str) -> bytes:
    return catalog(name, range(SIZE))


def drip(peer: Peer) -> None:
    peer.send(answer(b"", headers={"Content-Type": TURTLE, "Content-Length": "100000"}))
    peer.drip(repeat(b" ", 1000), every=0.1)


def early_hints(peer: Peer) -> None:
    peer.drip(repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 1000), every=0.01)


def endless(peer: Peer) -> None:
    peer.send(CHUNKED_HEAD)
    peer.drip(repeat(chunk(b"# more\n" * 10_000)))


def reset(peer: Peer) -> None:
    peer.send(answer(b"@prefix", headers={"Content-Type": TURTLE}, length=5000))
    peer.reset()


GZIPPED = gzip.compress(catalog("cut", range(SIZE)))
MISDEEDS: dict[str, tuple[Misdeed, Outcome]] = {
    "missing": (status(404), GONE),
    "gone": (status(410), GONE),
    "broken": (status(500), UNREACHABLE),
    "busy": (status(503, Retry_After="999999"), UNREACHABLE),
    "login": (status(401), UNREACHABLE),
    "forbidden": (status(403), UNREACHABLE),
    "too-many": (status(429), UNREACHABLE),
    "legal": (status(451), UNREACHABLE),
    "html": (always(served(PAGE, "text/html")), UNREADABLE),
    "xhtml": (always(served(XHTML, RDFXML)), UNREADABLE),
    "fault": (always(served(b'{"error": "not found"}', "application/ld+json")), UNREADABLE),
    "pdf": (always(served(b"%PDF-1.7\n%\xe2\xe3", TURTLE)), UNREADABLE),
    "zip": (always(served(b"PK\x03\x04" + bytes(60), TURTLE)), UNREACHABLE),
    "garbage": (always(served(b"\x00\x9f\x92\x96" * 50)), UNREADABLE),
    "entities": (always(served(BOMB, RDFXML)), UNREADABLE),
    "external": (always(served(XXE, RDFXML)), UNREADABLE),
    "deep": (always(served(b"<http://e/a> <http://e/b> " + b"[ <http://e/c> " * 900)), UNREADABLE),
    "cut-off": (of(lambda name: whole(name)[:-40]), UNREADABLE),
    "nothing": (always(served(b"")), EMPTY),
    "comment": (always(served(b"# back soon\n")), EMPTY),
    "cut-gzip": (always(served(GZIPPED[:-20], Content_Encoding="gzip")), UNREACHABLE),
    "no-gzip": (always(served(b"<a> <b> <c> .", Content_Encoding="gzip")), UNREACHABLE),
    "brotli": (always(served(b"whatever", Content_Encoding="br")), UNREACHABLE),
    "bomb": (
        always(served(gzip.compress(bytes(16 * MIB)), Content_Encoding="gzip")),
        UNREACHABLE,
    ),
    "slow": (always(drip), UNREACHABLE),
    "silent": (always(lambda peer: peer.wait(5)), UNREACHABLE),
    "hints": (always(early_hints), UNREACHABLE),
    "endless": (always(endless), UNREACHABLE),
    "short": (always(answer(b"@prefix", length=5000)), UNREACHABLE),
    "two-lengths": (
        always(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        UNREACHABLE,
    ),
    "reset": (always(reset), UNREACHABLE),
    "no-http": (always(b"SSH-2.0-OpenSSH_9.2p1\r\n"), UNREACHABLE),
    "headers": (
        always(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n"),
        UNREACHABLE,
    ),
    "loop": (lambda name, server: redirect(server.url(f"/{name}")), UNREACHABLE),
    "inside": (always(redirect("http://10.0.0.1/")), UNREACHABLE),
    "metadata": (always(redirect("http://169.254.169.254/latest/")), UNREACHABLE),
    "local-file": (always(redirect("file:///etc/passwd")), UNREACHABLE),
    "tls": (lambda name, server: redirect(server.self_signed), UNREACHABLE),
    "half": (of(lambda name: catalog(name, range(SIZE // 2))), HELD),
    "moved": (of(lambda name: catalog(f"ny-{name}", range(SIZE))), HELD),
}


class Turncoat(RawServer):
    """A good server in the first night and a bad one in the second."""

    turned = False
    self_signed = ""

    def answer(self, request: Request, number: int) -> Answer:
        """Give the whole catalog, or what the source of that name does instead."""
        name = request.target.removeprefix("/")
        return MISDEEDS[name][0](name, self) if self.turned else served(whole(name))


@pytest.fixture
def self_signed() -> Iterator[str]:
    """The address of a server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with FileServer({"/": b"x"}, tls=context) as server:
        yield server.url("/")


@pytest.mark.case("F22")
@pytest.mark.case("F32")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("good", [20, pytest.param(260, marks=pytest.mark.slow)])
def test_forty_sources_misbehave_and_the_others_do_not_notice(tmp_path, self_signed, good):
    """The good are fresh, each bad one is explained, and not one dataset is lost."""
    names = [f"god{number}" for number in range(good)]
    assert len(MISDEEDS) == 40
    with (
        FileServer({f"/{name}": turtle(whole(name)) for name in names}) as fine,
        Turncoat(b"") as odd,
    ):
        odd.self_signed = self_signed
        places = {name: fine.url(f"/{name}") for name in names}
        places |= {name: odd.url(f"/{name}") for name in MISDEEDS}
        sources = [Source(name, url, allow_private=(LOOPBACK,)) for name, url in places.items()]
        settings = settings_of(tmp_path, sources)
        first = harvested(settings, now=NOW, limits=LIMITS, jobs=8)
        assert {one.outcome for one in first.sources} == {Outcome.OK}
        with Store.open(settings.store) as store:
            before = {name: store.digests(name) for name in MISDEEDS}

        odd.turned = True
        fine.files |= {f"/{name}": turtle(catalog(name, range(SIZE + 1))) for name in names[::3]}
        second = harvested(settings, now=NOW + timedelta(days=1), limits=LIMITS, jobs=8)
        with Store.open(settings.store) as store:
            after = {name: store.digests(name) for name in MISDEEDS}

    ended = {one.id: one for one in second.sources}
    fresh = [name for name in names if ended[name].outcome in (Outcome.OK, Outcome.UNCHANGED)]
    assert len(fresh) == good
    assert sum(ended[name].outcome is Outcome.OK for name in names) == len(names[::3])
    assert {name: ended[name].outcome for name in MISDEEDS} == {
        name: outcome for name, (_, outcome) in MISDEEDS.items()
    }
    for name in MISDEEDS:
        assert ended[name].held is not None or (ended[name].event and ended[name].error), name
    assert after == before
    assert sum(one.resources["removed"] for one in second.sources) == 0

    published = settings.exports["se"].read_text(encoding="utf-8")
    for name in places:
        for one in range(SIZE):
            assert (
                f"<https://{name}.exempel.se/{one}> <http://purl.org/dc/terms/title>" in published
            )
    assert all(f"<https://{name}.exempel.se/{SIZE}>" in published for name in names[::3])

    assert exit_code(second, (), FailOn.NEVER) == EXIT_HELD
    unheld = tuple(one for one in second.sources if one.held is None)
    assert exit_code(replace(second, sources=unheld), (), FailOn.NEVER) == EXIT_SOURCES_FAILED
    assert second.seconds < 60


@pytest.mark.case("F33")
def test_a_night_without_a_network_keeps_everything(tmp_path):
    """No name can be looked up: each source says so, all stays live, and it ends soon."""
    names = [f"god{number}" for number in range(12)]
    with FileServer({f"/{name}": turtle(whole(name)) for name in names}) as server:
        sources = [
            Source(name, server.url(f"/{name}", host=f"{name}.test"), allow_private=(LOOPBACK,))
            for name in names
        ]
        settings = settings_of(tmp_path, sources)
        harvested(settings, now=NOW, limits=LIMITS, resolver=lambda *_: ["127.0.0.1"])
    before = settings.exports["se"].read_bytes()

    def nobody(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    second = harvested(settings, now=NOW + timedelta(days=1), limits=LIMITS, resolver=nobody)
    assert {(one.outcome, one.event) for one in second.sources} == {(UNREACHABLE, "dns")}
    assert exit_code(second, (), FailOn.NEVER) == EXIT_SOURCES_FAILED
    assert settings.exports["se"].read_bytes() == before
    assert second.seconds < 30
