"""What the head of an answer means, before its body is touched."""

from http import HTTPStatus
from typing import Final

import httpx

from harvester.errors import FetchError
from harvester.fetch.exchange import Exchange, TemporaryError
from harvester.fetch.headers import read_retry_after
from harvester.words import Text

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
WITH_BODY: Final = frozenset({200, 203})
TEMPORARY: Final = frozenset({429, 502, 503, 504})
ADVICE: Final = {
    401: Text(
        "den kräver inloggning; ge källan `headers` med en nyckel",
        "it wants a login; give the source `headers` with a key",
    ),
    403: Text(
        "den släpper inte in oss; be publicisten att släppa in user_agent",
        "it refuses us; ask the publisher to let this user agent in",
    ),
    404: Text(
        "där finns inget; fråga publicisten vart katalogen har flyttat",
        "nothing is there; ask the publisher where the catalog went",
    ),
    406: Text(
        "den har ingen av de RDF-syntaxer som efterfrågades",
        "it has none of the RDF syntaxes that were asked for",
    ),
    410: Text("publicisten har tagit bort den för gott", "the publisher has removed it for good"),
    429: Text(
        "den blir tillfrågad för ofta; kör mer sällan", "it is asked too often; run less often"
    ),
    451: Text("den får av juridiska skäl inte visas", "it may not be shown, for legal reasons"),
}


def is_framed(response: httpx.Response) -> bool:
    """Whether a length or chunks mark the end of the body (RFC 9112, section 6.3).

    A body without them ends where the connection does, and could have been cut off.
    """
    return "content-length" in response.headers or "transfer-encoding" in response.headers


def redirect_target(response: httpx.Response) -> str:
    """The ``Location`` of a redirect as text; servers write UTF-8 there, or Latin-1."""
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    try:
        return raw.decode().strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def status_error(response: httpx.Response, exchange: Exchange) -> FetchError:
    """The error for an answer that brings no document: ``http-<status>``."""
    status = response.status_code
    event = f"http-{status}"
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    answered = Text(f"servern svarade {phrase}", f"the server answered {phrase}")
    advice = ": " + ADVICE[status] if status in ADVICE else ""
    if status not in TEMPORARY:
        return exchange.error(event, answered + advice)
    wait = read_retry_after(response.headers)
    if wait is not None:
        answered += Text(
            f" och ber om en paus på {wait:.0f} s", f" and asks for a pause of {wait:.0f} s"
        )
    return TemporaryError(
        event,
        f"{exchange.where}: " + answered + advice,
        url=exchange.where,
        status=status,
        retry_after=wait,
    )
