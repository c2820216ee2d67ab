"""`Fetcher`: one guarded GET, from a URL to a document on disk or a FetchError that says why not.

Built for servers that are slow, broken or hostile. The rules it keeps are D1, D3, D4, D12 and D13
of the security cases; each limit is a field of `Limits`.
"""

import random
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from harvester.errors import ConfigError, FetchError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.connect import Resolver, resolve
from harvester.fetch.exchange import TemporaryError
from harvester.fetch.hosts import Hosts
from harvester.fetch.journey import NOTHING_KEPT, Journey, Outfit
from harvester.fetch.limits import Limits
from harvester.fetch.transport import GuardedTransport
from harvester.model import Document, Validators
from harvester.settings import Source
from harvester.words import Text


class Fetcher:
    """Fetches documents, many side by side: every method may be called from any thread.

    ``monotonic`` measures durations and ``sleep`` waits (by default until `close` interrupts it);
    ``jitter`` gives a number from 0 to 1; ``resolver`` gives a host's addresses. ``ca_file`` is a
    PEM file of certificate authorities to trust beside the public ones; there is no way to switch
    verification off. Proxies and settings in the environment are never used.
    """

    def __init__(
        self,
        bodies: BodyStore,
        *,
        user_agent: str,
        limits: Limits = Limits(),  # noqa: B008 -- frozen
        ca_file: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
        jitter: Callable[[], float] = random.random,
        resolver: Resolver = resolve,
    ) -> None:
        if not (user_agent.isascii() and user_agent.isprintable() and user_agent.strip()):
            raise ConfigError(
                Text(
                    "user_agent ska vara en rad ASCII-text som säger vem du är",
                    "user_agent must be one line of ASCII text that says who you are",
                )
            )
        self._limits = limits
        self._closing = threading.Event()
        self._sleep = sleep or self._pause
        self._jitter = jitter
        # An unreadable ca_file is told now, and not by each source in turn.
        context = _trust(ca_file) if ca_file is not None else None
        self._transport = GuardedTransport(
            limits, resolver=resolver, trust=lambda: context or _trust(None)
        )
        self._outfit = Outfit(
            bodies=bodies,
            transport=self._transport,
            hosts=Hosts(per_host=limits.per_host, monotonic=monotonic, sleep=self._sleep),
            limits=limits,
            monotonic=monotonic,
            user_agent=user_agent.strip(),
        )

    def get(self, source: Source, url: str, validators: Validators = NOTHING_KEPT) -> Document:
        """Fetch ``url`` for ``source``; the body lies in the body store when this returns.

        The headers of ``source`` are sent to the origin of ``source.url`` alone, and
        ``source.allow_private`` holds for its host alone, as long as no redirect has led away from
        it. Up to `Limits.redirects` redirects are followed, never from https to http. Failed
        connections and 429, 502, 503, 504 are tried again, unless ``Retry-After`` asks for a
        longer pause than `Limits.retry_after`: then it is for the next run. Time-outs are not
        tried again: they have cost their whole limit already.

        ``validators`` are sent only when the body they speak of is still kept. ``url``,
        ``final_url`` and ``redirects`` of the document are as `urls.document_url` writes them.

        Raises FetchError (the source's trouble) or DiskFullError (ours).
        """
        journey = Journey(self._outfit, source, url)
        try:
            return self._persist(journey, validators)
        except FetchError as error:
            if self._closing.is_set() and error.event != "interrupted":
                raise journey.error(
                    "interrupted", Text("körningen avbröts", "the run was stopped")
                ) from None
            raise

    def close(self) -> None:
        """Close every connection. Threads still in `get` raise FetchError ``interrupted`` soon."""
        self._closing.set()
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _persist(self, journey: Journey, validators: Validators) -> Document:
        pause = self._limits.backoff
        for _ in range(self._limits.retries):
            try:
                return journey.attempt(validators)
            except TemporaryError as error:
                asked = error.retry_after or 0.0
                wait = max(asked, pause * (1 + self._jitter() / 2))
                if asked > self._limits.retry_after or not journey.has_time_for(wait):
                    raise
            self._sleep(wait)
            pause *= 2
        return journey.attempt(validators)

    def _pause(self, seconds: float) -> None:
        self._closing.wait(seconds)


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    # Else SSLKEYLOGFILE would have the session keys written out. typeshed leaves out the None.
    context.keylog_filename = None  # type: ignore[assignment]
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise ConfigError(
                f"ca_file {ca_file}: "
                + Text("inga certifikat kan läsas ur den", "no certificates can be read from it")
            ) from error
    return context
