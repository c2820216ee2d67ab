"""Reading the few answer headers that matter; all of them are bytes from a stranger."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

ACCEPT: Final = (
    "application/rdf+xml, text/turtle, application/ld+json, application/n-triples, "
    "application/n-quads, application/trig, application/xml;q=0.6, text/xml;q=0.6, "
    "application/json;q=0.5, */*;q=0.1"
)
ACCEPT_ENCODING: Final = "gzip, identity"

_MEDIA_TYPE = re.compile(r"^\s*([!#$%&'*+.^_`|~\w-]+/[!#$%&'*+.^_`|~\w-]+)\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.ASCII | re.IGNORECASE)
# RFC 9110, section 8.8.3: visible characters in quotes; the length bound is ours.
_ETAG = re.compile(r'^(?:W/)?"[\x21\x23-\x7e]{0,500}"$')
_HTTP_DATE = re.compile(r"^[A-Za-z0-9 ,:+-]{10,60}$")


@dataclass(frozen=True, slots=True)
class ContentType:
    """Media type and charset, both in lower case, where the header is well formed."""

    media_type: str | None
    charset: str | None


def read_content_type(value: str | None) -> ContentType:
    """Split ``Content-Type`` (RFC 9110, section 8.3)."""
    media = _MEDIA_TYPE.match(value or "")
    charset = _CHARSET.search(value or "")
    return ContentType(media[1].lower() if media else None, charset[1].lower() if charset else None)


def read_etag(value: str | None) -> str | None:
    """Return an entity tag that may be stored and sent back, else ``None``."""
    return value if value and _ETAG.match(value) else None


def read_last_modified(value: str | None) -> str | None:
    """Return a ``Last-Modified`` text that may be stored and sent back as it is, else ``None``."""
    return value if value and _HTTP_DATE.match(value) else None


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` (RFC 9110, section 10.2.3) asks for, or ``None``.

    A date is measured from the answer's own ``Date``, so that no clock of ours takes part.
    Negative, past and malformed values are ``None``.
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return float(value)
    try:
        seconds = (
            parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))
        ).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return seconds if seconds > 0 else None


def read_codings(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The content codings of a body, first applied first, without ``identity``.

    ``x-gzip`` is gzip (RFC 9110, section 8.4.1.3).
    """
    names = (name.strip().lower() for name in headers.get("content-encoding", "").split(","))
    return tuple(
        {"x-gzip": "gzip"}.get(name, name) for name in names if name not in ("", "identity")
    )
