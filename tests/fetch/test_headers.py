import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.fetch.headers import (
    read_codings,
    read_content_type,
    read_etag,
    read_last_modified,
    read_retry_after,
)


@pytest.mark.parametrize(
    ("value", "media_type", "charset"),
    [
        ("text/turtle", "text/turtle", None),
        ("Text/HTML; Charset=UTF-8", "text/html", "utf-8"),
        ('application/rdf+xml;charset="iso-8859-1"; x=y', "application/rdf+xml", "iso-8859-1"),
        ("turtle", None, None),
        ("; charset=utf-8", None, "utf-8"),
        (None, None, None),
    ],
)
def test_content_type_is_split(
    value: str | None, media_type: str | None, charset: str | None
) -> None:
    """Media type and charset are read in lower case; what is malformed is left out."""
    found = read_content_type(value)
    assert (found.media_type, found.charset) == (media_type, charset)


@pytest.mark.case("S33")
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("999999", 999999.0),
        ("-5", None),
        ("soon", None),
        ("1e9", None),
        ("", None),
        ("9" * 400, None),
        ("Wed, 21 Oct 2015 07:29:00 GMT", 60.0),
        ("Wed, 21 Oct 2015 07:27:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 251956888319.0),
        ("Wed, 32 Oct 2015 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:29:00", None),
    ],
)
def test_retry_after_is_read_without_a_clock(value: str, seconds: float | None) -> None:
    """S33: seconds or a date against the answer's own Date; nonsense asks for nothing."""
    headers = {"retry-after": value, "date": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert read_retry_after(headers) == seconds


@given(st.text(), st.text())
def test_retry_after_never_fails(value: str, date: str) -> None:
    """Two headers of a stranger give a number that is not negative, or nothing."""
    seconds = read_retry_after({"retry-after": value, "date": date})
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("value", "codings"),
    [
        ("", ()),
        ("identity", ()),
        ("GZIP", ("gzip",)),
        ("x-gzip", ("gzip",)),
        ("identity, gzip", ("gzip",)),
        ("gzip,,gzip", ("gzip", "gzip")),
        ("br", ("br",)),
    ],
)
def test_content_codings_are_listed(value: str, codings: tuple[str, ...]) -> None:
    """Each coding counts; ``identity`` is none."""
    assert read_codings({"content-encoding": value}) == codings


def test_validators_that_could_inject_a_header_are_not_kept() -> None:
    """What is sent back next night is well formed, so no header can be smuggled in by the store."""
    assert read_etag('W/"abc"') == 'W/"abc"'
    assert read_etag('"a"\r\nX: y') is None
    assert read_etag("abc") is None
    assert read_etag('"' + "a" * 600 + '"') is None
    assert read_last_modified("Wed, 21 Oct 2015 07:28:00 GMT") == "Wed, 21 Oct 2015 07:28:00 GMT"
    assert read_last_modified("x\r\ny: 2015-10-21 07") is None
