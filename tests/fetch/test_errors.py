"""No exception of httpx, httpcore, h11, ssl or the socket leaves the room."""

import inspect
import ssl

import httpcore
import pytest

from harvester.errors import FetchError
from harvester.fetch.exchange import Exchange
from harvester.fetch.limits import Limits
from harvester.fetch.transport import mapped_errors

ERRORS = sorted(
    (
        value
        for name in httpcore.__all__
        if inspect.isclass(value := getattr(httpcore, name)) and issubclass(value, Exception)
    ),
    key=lambda error: error.__name__,
)


def exchange(*, answered: bool) -> Exchange:
    """A request that has got as far as its head or its body."""
    made = Exchange("https://exempel.se/", Limits(), lambda: 0.0, 300.0)
    made.sent()
    if answered:
        made.answered(200)
    return made


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_of_httpcore_becomes_ours(error: type[Exception], answered: bool) -> None:
    """Each of its classes is mapped, with an event, the URL, and no cause that shows secrets."""
    with pytest.raises(FetchError) as caught, mapped_errors(exchange(answered=answered)):
        raise error("c4n4ry")
    assert caught.value.event in {"timeout", "connection", "protocol", "bad-header"}
    assert caught.value.url == "https://exempel.se/"
    assert "c4n4ry" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_list_of_errors_is_not_empty() -> None:
    """The test above sees the classes it means."""
    assert {"ReadError", "ConnectTimeout", "RemoteProtocolError", "PoolTimeout"} <= {
        error.__name__ for error in ERRORS
    }


def test_an_unknown_tls_trouble_is_told_in_general_words() -> None:
    """OpenSSL's own texts are for its developers."""
    broken = httpcore.ConnectError()
    broken.__cause__ = ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number")
    fresh = Exchange("https://exempel.se/", Limits(), lambda: 0.0, 300.0)
    with pytest.raises(FetchError, match="TLS") as caught, mapped_errors(fresh):
        raise broken
    assert caught.value.event == "tls"
