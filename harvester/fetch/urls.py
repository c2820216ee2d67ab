"""URLs: which may be fetched, which share an origin, and how one may be shown.

A URL can hold a secret (``user:password@``, ``?apikey=...``). `clean_url` is for people's eyes;
`document_url` is what a document is remembered by.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from harvester.errors import FetchError
from harvester.settings import Source
from harvester.words import Text

if TYPE_CHECKING:
    import httpx

MASK: Final = "***"
SHOWN_LENGTH: Final = 300
SECRET_KEYS: Final = frozenset(
    {
        *("accesskey", "apikey", "appkey", "authkey", "jwt", "key", "sas", "sig", "signature"),
        *("subscriptionkey", "token", "accesstoken", "idtoken", "refreshtoken", "credential"),
        *("auth", "authorization", "pass", "passwd", "password", "pwd", "secret", "clientsecret"),
        *("session", "sessionid", "xamzcredential", "xamzsecuritytoken", "xamzsignature"),
        "xgoogsignature",
    }
)
HIGHEST_PORT: Final = 65535
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?([/\\]{2,})[^/?#]*@", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<=[?&;#])([^=&;#?]+)=([^&;#]*)")
# Shorter values would be found by chance all over a URL.
_SHORTEST_SECRET = 4


def is_secret_key(name: str) -> bool:
    """Whether a query parameter of this name holds a secret, whatever its case and hyphens."""
    return re.sub(r"[-_.\s]", "", unquote(name)).lower() in SECRET_KEYS


def clean_url(url: str, secrets: Iterable[str] = ()) -> str:
    """Make ``url`` fit for a message: no userinfo, secret parameters masked, one line, not long.

    Never raises: what cannot be parsed is cleaned by pattern. ``secrets`` are further values to
    mask wherever they stand.
    """
    text = _USERINFO.sub(r"\1\2", url)
    text = _PARAMETER.sub(
        lambda hit: f"{hit[1]}={MASK}" if hit[2] and is_secret_key(hit[1]) else hit[0], text
    )
    text = mask(text, secrets)
    text = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    if len(text) > SHOWN_LENGTH:
        return f"{text[:SHOWN_LENGTH]}... ({len(text)})"
    return text


def secrets_of(source: Source) -> frozenset[str]:
    """The values that belong to ``source`` alone: its headers' and its URL's secret parameters."""
    values: set[str] = set()
    for secret in source.headers.values():
        value = secret.reveal()
        values |= {value, value.rpartition(" ")[2]}
    values |= {hit[2] for hit in _PARAMETER.finditer(source.url) if is_secret_key(hit[1])}
    spelt = values | {unquote(v) for v in values} | {quote(v, safe="") for v in values}
    return frozenset(value for value in spelt if len(value) >= _SHORTEST_SECRET)


def mask(text: str, secrets: Iterable[str]) -> str:
    """Replace each of ``secrets`` in ``text``, the longest first."""
    for value in sorted(secrets, key=len, reverse=True):
        text = text.replace(value, MASK)
    return text


def document_url(source: Source, url: str) -> str:
    """Return the URL that a document of ``source`` is remembered, compared and shown by.

    It differs from ``url`` only where that holds a secret of the source or a fragment. A parameter
    called ``token`` that the *server* puts into its links to pages is kept, or all pages would
    have the same URL.
    """
    return mask(_USERINFO.sub(r"\1\2", url.partition("#")[0]), secrets_of(source))


def check_url(url: str, *, where: str, longest: int) -> "httpx.URL":
    """Parse an http(s) URL that is to be fetched; ``where`` is how messages show it.

    Raises FetchError: ``bad-url``, ``url-scheme``, ``credentials-in-url``.
    """
    import httpx

    def refuse(event: str, why: Text) -> FetchError:
        return FetchError(event, f"{where}: " + why, url=where)

    if len(url) > longest:
        why = Text(
            f"adressen är längre än {longest} tecken",
            f"the address is longer than {longest} characters",
        )
        raise refuse("bad-url", why)
    if any(char < " " or char in "\x7f\\" for char in url):
        why = Text(
            "adressen har ett styrtecken eller ett omvänt snedstreck i sig",
            "the address has a control character or a backslash in it",
        )
        raise refuse("bad-url", why)
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host
        explicit_host = urlsplit(url).netloc
    except (httpx.InvalidURL, ValueError):
        why = Text(
            "det här är ingen webbadress; rätta den", "this is not a web address; correct it"
        )
        raise refuse("bad-url", why) from None
    if parsed.scheme not in DEFAULT_PORTS:
        why = Text(
            "bara http- och https-adresser hämtas", "only http and https addresses are fetched"
        )
        raise refuse("url-scheme", why)
    if parsed.userinfo or "@" in explicit_host:
        raise refuse(
            "credentials-in-url",
            Text(
                "adressen har ett användarnamn eller lösenord i sig; flytta det till källans "
                "`headers`, som kan hämta det ur miljön",
                "the address holds a user name or password; move it to `headers` of the source, "
                "which can take it from the environment",
            ),
        )
    if not host:
        raise refuse("bad-url", Text("adressen saknar värdnamn", "the address has no host name"))
    if (parsed.port or 1) > HIGHEST_PORT:
        why = Text(f"port {parsed.port} finns inte", f"there is no port {parsed.port}")
        raise refuse("bad-url", why)
    return parsed.copy_with(fragment=None)


def resolve_reference(base: str, reference: str) -> str:
    """Resolve ``reference`` against ``base`` (RFC 3986, section 5.2) without mending it.

    ``urljoin`` alone takes ``http://`` and ``//``, which have no host, for the base itself.
    """
    if _SCHEME.match(reference):
        return reference
    if reference.startswith("//"):
        return base.partition(":")[0] + ":" + reference
    return urljoin(base, reference)


def origin(url: "httpx.URL") -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454); the port is filled in."""
    return url.scheme, url.raw_host.decode("ascii"), url.port or DEFAULT_PORTS[url.scheme]
