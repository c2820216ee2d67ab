"""One GET through its redirects: what is sent where, what is followed, what is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx

from harvester.errors import FetchError
from harvester.fetch.addresses import Network, parse_networks
from harvester.fetch.answers import (
    REDIRECTS,
    WITH_BODY,
    is_framed,
    redirect_target,
    status_error,
)
from harvester.fetch.bodies import BodyStore, StoredBody
from harvester.fetch.decode import Body, DecodingError
from harvester.fetch.exchange import Exchange
from harvester.fetch.headers import (
    ACCEPT,
    ACCEPT_ENCODING,
    read_codings,
    read_content_type,
    read_etag,
    read_last_modified,
)
from harvester.fetch.hosts import Hosts
from harvester.fetch.limits import Limits
from harvester.fetch.transport import GuardedTransport
from harvester.fetch.urls import (
    check_url,
    clean_url,
    document_url,
    origin,
    resolve_reference,
    secrets_of,
)
from harvester.model import Document, Redirect, Validators
from harvester.settings import Source
from harvester.words import Text

NOTHING_KEPT: Final = Validators()
# Headers that frame, route or condition the request are ours alone to set.
RESERVED_HEADERS: Final = frozenset(
    {
        *("accept-encoding", "connection", "content-length", "expect", "host", "keep-alive"),
        *("if-modified-since", "if-none-match", "proxy-authorization", "proxy-connection"),
        *("range", "te", "trailer", "transfer-encoding", "upgrade"),
    }
)


@dataclass(frozen=True, slots=True)
class Outfit:
    """What every journey of one fetcher shares."""

    bodies: BodyStore
    transport: GuardedTransport
    hosts: Hosts
    limits: Limits
    monotonic: Callable[[], float]
    user_agent: str


class Journey:
    """One `Fetcher.get`: a URL of one source, its deadline, and the secrets it must not show.

    Raises FetchError at once for a URL that may not be fetched or a source that is set up wrongly.
    """

    def __init__(self, outfit: Outfit, source: Source, url: str) -> None:
        self._outfit = outfit
        self._source = source
        self._url = url
        self._started = outfit.monotonic()
        self._deadline = self._started + outfit.limits.total
        self._secrets = secrets_of(source)
        self._known: str | None = None
        self._certificates: list[datetime] = []
        self._first = self._check(url)
        # A source can be a local folder whose documents name web addresses: it has no origin.
        is_web = source.url.lower().startswith(("http://", "https://"))
        self._home = origin(self._check(source.url)) if is_web else None
        self._networks = self._permission()
        self._source_headers = self._revealed_headers()

    def attempt(self, validators: Validators) -> Document:
        """Travel once, from the first URL to a document. Raises FetchError, DiskFullError."""
        kept = validators
        self._known = validators.sha256
        self._certificates.clear()
        if not (kept.sha256 and self._outfit.bodies.exists(kept.sha256)):
            kept = NOTHING_KEPT
        target = self._first
        redirects: list[Redirect] = []
        at_home = True
        while True:
            at_home = at_home and self._is_home(target)
            networks = self._networks if at_home else ()
            answer = self._visit(target, networks, kept, tuple(redirects))
            if isinstance(answer, Document):
                return answer
            if answer is None:
                kept = NOTHING_KEPT
                continue
            redirects.append(answer.redirect)
            target = answer.target

    def has_time_for(self, seconds: float) -> bool:
        """Whether a pause of this length still leaves time for another attempt."""
        return self._outfit.monotonic() + seconds < self._deadline

    def error(self, event: str, why: Text) -> FetchError:
        """A FetchError about this journey."""
        where = self._show(self._url)
        return FetchError(event, f"{where}: " + why, url=where)

    def _visit(
        self,
        target: httpx.URL,
        networks: tuple[Network, ...],
        kept: Validators,
        redirects: tuple[Redirect, ...],
    ) -> "Document | _Onward | None":
        outfit = self._outfit
        interval = 0.0 if networks else outfit.limits.host_interval
        with outfit.hosts.turn(target.host, interval) as waited:
            self._deadline += waited
            exchange = Exchange(
                self._show(str(target)), outfit.limits, outfit.monotonic, self._deadline
            )
            response = outfit.transport.handle_request(
                self._request(target, networks, kept, exchange)
            )
            if response.extensions["certificate"] is not None:
                self._certificates.append(response.extensions["certificate"])
            try:
                if response.status_code in REDIRECTS:
                    return self._onward(response, target, redirects, exchange)
                if response.status_code == HTTPStatus.NOT_MODIFIED and kept.sha256:
                    return self._not_modified(response, target, redirects, kept)
                if response.status_code not in WITH_BODY:
                    raise status_error(response, exchange)
                return self._receive(response, target, redirects, kept, exchange)
            finally:
                # A body that was not read to its end is dropped with its connection: no redirect
                # or error page is ever read past the block that came with its head.
                response.close()

    def _request(
        self,
        target: httpx.URL,
        networks: tuple[Network, ...],
        kept: Validators,
        exchange: Exchange,
    ) -> httpx.Request:
        headers = httpx.Headers(
            {
                "User-Agent": self._outfit.user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
            }
        )
        if origin(target) == self._home:
            headers.update(self._source_headers)
        if etag := read_etag(kept.etag):
            headers["If-None-Match"] = etag
        if last_modified := read_last_modified(kept.last_modified):
            headers["If-Modified-Since"] = last_modified
        extensions = {"source": self._source.id, "networks": networks, "exchange": exchange}
        return httpx.Request("GET", target, headers=headers, extensions=extensions)

    def _onward(
        self,
        response: httpx.Response,
        target: httpx.URL,
        redirects: tuple[Redirect, ...],
        exchange: Exchange,
    ) -> "_Onward":
        status = response.status_code
        location = redirect_target(response)
        if not location:
            raise exchange.error(
                "redirect-target",
                Text(f"{status} utan en ny adress", f"{status} without a new address"),
            )
        joined = resolve_reference(str(target), location)
        shown = self._show(joined)
        if not joined.lower().startswith(("http://", "https://")):
            raise exchange.error(
                "redirect-scheme",
                Text(
                    f"{status} leder till {shown} och inte till http(s)",
                    f"{status} leads to {shown}, not to http(s)",
                ),
            )
        try:
            onward = self._check(joined)
        except FetchError as error:
            raise exchange.error(
                error.event, Text(f"{status} leder till ", f"{status} leads to ") + error.text
            ) from None
        if target.scheme == "https" and onward.scheme == "http":
            raise exchange.error(
                "redirect-downgrade",
                Text(
                    f"{status} leder från https till {shown}, som inte är skyddad",
                    f"{status} leads from https to {shown}, which is not secret",
                ),
            )
        visited = [self._document_url(str(target)), *(redirect.location for redirect in redirects)]
        if len(redirects) >= self._outfit.limits.redirects:
            most = self._outfit.limits.redirects
            why = Text(
                f"över {most} omdirigeringar, den sista till {shown}",
                f"over {most} redirects, the last one to {shown}",
            )
            if self._document_url(str(onward)) in visited:
                why += Text(" för andra gången", " for the second time")
            raise exchange.error("redirect-loop", why)
        step = Redirect(status, self._document_url(str(target)), self._document_url(str(onward)))
        return _Onward(step, onward)

    def _not_modified(
        self,
        response: httpx.Response,
        target: httpx.URL,
        redirects: tuple[Redirect, ...],
        kept: Validators,
    ) -> Document | None:
        sha256 = kept.sha256 or ""
        try:
            size = self._outfit.bodies.path(sha256).stat().st_size
        except FileNotFoundError:
            return None  # the kept body vanished while we asked: ask again, for all of it
        body = StoredBody(sha256, size, self._outfit.bodies.path(sha256))
        return self._document(response, target, redirects, kept, body)

    def _receive(
        self,
        response: httpx.Response,
        target: httpx.URL,
        redirects: tuple[Redirect, ...],
        kept: Validators,
        exchange: Exchange,
    ) -> Document:
        body = Body(response.iter_raw(), read_codings(response.headers), self._outfit.limits)
        try:
            stored = self._outfit.bodies.write(body)
        except DecodingError as error:
            raise exchange.error(error.event, error.why) from None
        end_proven = body.end_proven or is_framed(response)
        return self._document(response, target, redirects, kept, stored, end_proven=end_proven)

    def _document(
        self,
        response: httpx.Response,
        target: httpx.URL,
        redirects: tuple[Redirect, ...],
        kept: Validators,
        body: StoredBody,
        *,
        end_proven: bool = True,
    ) -> Document:
        headers = response.headers
        fresh = response.status_code != HTTPStatus.NOT_MODIFIED
        content = read_content_type(headers.get("content-type"))
        url = self._document_url(self._url)
        return Document(
            url=url,
            final_url=self._document_url(str(target)) if redirects else url,
            path=body.path,
            sha256=body.sha256,
            size=body.size,
            status=response.status_code,
            media_type=content.media_type,
            charset=content.charset,
            # A 304 may leave out what has not changed (RFC 9110, section 15.4.5).
            etag=read_etag(headers.get("etag")) or (None if fresh else kept.etag),
            last_modified=read_last_modified(headers.get("last-modified"))
            or (None if fresh else kept.last_modified),
            not_modified=body.sha256 == self._known,
            redirects=redirects,
            seconds=self._outfit.monotonic() - self._started,
            end_proven=end_proven,
            certificate=min(self._certificates, default=None),
        )

    def _check(self, url: str) -> httpx.URL:
        return check_url(url, where=self._show(url), longest=self._outfit.limits.url_length)

    def _show(self, url: str) -> str:
        return clean_url(url, self._secrets)

    def _document_url(self, url: str) -> str:
        return document_url(self._source, url)

    def _is_home(self, target: httpx.URL) -> bool:
        return self._home is not None and origin(target)[1] == self._home[1]

    def _permission(self) -> tuple[Network, ...]:
        try:
            return parse_networks(self._source.allow_private)
        except ValueError as error:
            raise self.error(
                "bad-allow-private",
                Text(f"källans allow_private: {error}", f"allow_private of the source: {error}"),
            ) from None

    def _revealed_headers(self) -> dict[str, str]:
        for name in self._source.headers:
            if name.lower() in RESERVED_HEADERS:
                raise self.error(
                    "bad-header",
                    Text(
                        f"källans huvud {name} sätts av programmet självt; ta bort det",
                        f"the header {name} of the source is not yours to set",
                    ),
                )
        return {name: value.reveal() for name, value in self._source.headers.items()}


@dataclass(frozen=True, slots=True)
class _Onward:
    """A redirect, checked: what to remember of it and where it leads."""

    redirect: Redirect
    target: httpx.URL
