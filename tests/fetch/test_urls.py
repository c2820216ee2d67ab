import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import FetchError
from harvester.fetch.urls import check_url, clean_url, document_url, origin, secrets_of
from tests.fetch.conftest import source_of


@pytest.mark.case("S32")
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://exempel.se/a?page=2", "https://exempel.se/a?page=2"),
        ("https://me:canary@exempel.se/a", "https://exempel.se/a"),
        ("https://me:can@ary@exempel.se/a", "https://exempel.se/a"),
        ("//me:canary@exempel.se/a", "//exempel.se/a"),
        ("https:\\\\me:canary@exempel.se/a", "https:\\\\exempel.se/a"),
        ("https://exempel.se/?a=1&API_Key=canary&b=2", "https://exempel.se/?a=1&API_Key=***&b=2"),
        ("https://exempel.se/?token=canary#x", "https://exempel.se/?token=***#x"),
        ("https://exempel.se/?tok%65n=canary", "https://exempel.se/?tok%65n=***"),
        ("https://exempel.se/#access_token=canary", "https://exempel.se/#access_token=***"),
        ("https://exempel.se/?x;sig=canary", "https://exempel.se/?x;sig=***"),
        ("https://exempel.se/?resumptionToken=7", "https://exempel.se/?resumptionToken=7"),
        ("https://exempel.se/a\r\nX: y\x1b[31m", "https://exempel.se/a\\x0d\\x0aX: y\\x1b[31m"),
    ],
)
def test_a_url_is_cleaned_of_secrets_before_it_is_shown(url: str, shown: str) -> None:
    """S32: userinfo is gone, secret parameters are masked, control characters are visible."""
    assert clean_url(url) == shown


def test_a_long_url_is_cut_and_its_length_told() -> None:
    """A message stays a line that can be read."""
    shown = clean_url("https://exempel.se/" + "a" * 5000)
    assert shown.endswith("... (5019)")
    assert len(shown) < 350


@given(st.text())
def test_cleaning_never_fails_and_gives_one_line(text: str) -> None:
    """Whatever a source calls a URL can be put into a message."""
    assert clean_url(text).isprintable()


@given(st.text(alphabet="abcXYZ019%=&", min_size=4))
def test_a_header_secret_is_masked_wherever_it_is_echoed(secret: str) -> None:
    """S32: a server that repeats a key in a redirect does not put it into our messages."""
    source = source_of("https://exempel.se/", headers={"Authorization": f"Bearer {secret}"})
    assert secret not in clean_url(f"https://exempel.se/in?x={secret}", secrets_of(source))


def test_a_document_is_remembered_without_the_secrets_of_its_source() -> None:
    """The store, the base IRI and so the export never hold the operator's own key."""
    source = source_of("https://exempel.se/catalog?apikey=canary-1&page=1")
    assert document_url(source, source.url) == "https://exempel.se/catalog?apikey=***&page=1"


def test_a_page_token_of_the_server_stays_in_the_documents_url() -> None:
    """Pages that differ by a token of the server's own are different documents."""
    source = source_of("https://exempel.se/catalog")
    url = "https://exempel.se/catalog?token=page-2"
    assert document_url(source, url + "#frag") == url


def _checked(url: str) -> str:
    return str(check_url(url, where=clean_url(url), longest=100))


@pytest.mark.case("S34")
@pytest.mark.parametrize(
    ("url", "event"),
    [
        ("https://exempel.se/a\r\nHost: x", "bad-url"),
        ("https://exempel.se/a\tb", "bad-url"),
        ("https://exempel.se\\@evil.example/", "bad-url"),
        ("https://", "bad-url"),
        ("https:///path", "bad-url"),
        ("https://exempel.se:99999/", "bad-url"),
        ("https://[::1/", "bad-url"),
        ("https://exempel.se/" + "a" * 100, "bad-url"),
        ("exempel.se/a", "url-scheme"),
        ("", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
        ("ftp://exempel.se/", "url-scheme"),
        ("https://me:canary@exempel.se/", "credentials-in-url"),
        ("https://me@exempel.se/", "credentials-in-url"),
        ("https://@exempel.se/", "credentials-in-url"),
    ],
)
def test_an_address_that_is_not_plain_http_is_refused(url: str, event: str) -> None:
    """S34: injection, userinfo tricks and other schemes end before anything is sent."""
    with pytest.raises(FetchError) as caught:
        _checked(url)
    assert caught.value.event == event
    assert "canary" not in str(caught.value) + caught.value.url


@pytest.mark.case("S34")
def test_an_at_sign_after_a_hash_does_not_move_the_host() -> None:
    """S34: ``#@evil`` is a fragment, and fragments are not sent."""
    assert _checked("https://exempel.se/a#@evil.example/") == "https://exempel.se/a"


@given(st.text(max_size=80))
def test_any_text_is_a_url_or_a_fetch_error(text: str) -> None:
    """No other exception leaves the check, and what passes has a host and no control character."""
    try:
        parsed = check_url("http://" + text, where="x", longest=8000)
    except FetchError:
        return
    assert parsed.host
    assert parsed.scheme == "http"
    assert str(parsed).isprintable()


def test_the_default_port_belongs_to_the_origin() -> None:
    """``https://exempel.se`` and ``https://EXEMPEL.se:443/`` are one origin."""
    first = check_url("https://exempel.se", where="", longest=99)
    second = check_url("https://EXEMPEL.se:443/x", where="", longest=99)
    assert origin(first) == origin(second) == ("https", "exempel.se", 443)
