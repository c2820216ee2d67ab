"""How the documents of one source are reached: over the network or in the file system."""

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harvester.errors import FetchError
from harvester.fetch.file import file_url, list_folder, read_file
from harvester.fetch.urls import clean_url, document_url
from harvester.model import Document, StoredDocument, Validators
from harvester.settings import Source
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.fetch.bodies import BodyStore
    from harvester.fetch.fetcher import Fetcher

_NOTHING: Final = Validators()


class Reach:
    """Fetches documents of ``source`` with the validators of the last time, and keeps a list.

    ``known`` are the documents of the live state by their address. ``fetched`` holds all
    documents so far, also when a later one fails. ``seconds`` after the first document no further
    one is asked for.
    """

    def __init__(
        self,
        source: Source,
        known: Mapping[str, StoredDocument],
        fetcher: "Fetcher",
        bodies: "BodyStore",
        *,
        seconds: float = math.inf,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.source = source
        self.known = known
        self.fetched: dict[str, Document] = {}
        self._fetcher = fetcher
        self._bodies = bodies
        self._folder = _folder(source)
        self._own: frozenset[str] = frozenset()
        self._seconds = seconds
        self._monotonic = monotonic
        self._begun: float | None = None

    def start(self) -> list[str]:
        """The addresses to start from: the source's own, or the files of its folder."""
        if self._folder is not None:
            addresses = [str(path) for path in list_folder(self._folder)]
        else:
            addresses = [self.source.url]
        self._own = frozenset(addresses)
        return addresses

    def get(self, address: str) -> tuple[Document, StoredDocument | None]:
        """Fetch one document, and what was known of it; raises :class:`FetchError`."""
        self._keep_time()
        stored = self.known.get(self._key(address))
        validators = _validators(stored)
        if _is_web(address):
            document = self._fetcher.get(self.source, address, validators)
        elif address not in self._own:
            # Only the operator names files: what data names is never taken for a path.
            raise FetchError(
                "address-scheme",
                Text(
                    f"innehållet anger {address} som en sida eller delkatalog; bara adresser med"
                    " http och https hämtas",
                    f"the data names {address} as a page or a sub-catalog; only http and https"
                    " addresses are fetched",
                ),
                url=address,
            )
        else:
            document = read_file(
                Path(address), self._bodies, folder=self._folder, validators=validators
            )
        self.fetched[document.url] = document
        return document, stored

    def _keep_time(self) -> None:
        now = self._monotonic()
        if self._begun is None:
            self._begun = now
        if now - self._begun > self._seconds:
            where = clean_url(self.source.url)
            raise FetchError(
                "source-time",
                Text(
                    f"{where}: efter {self._seconds:g} s och {len(self.fetched)} dokument var den"
                    " inte klar; ge den mer tid med [limits] source, eller be utgivaren om större"
                    " sidor",
                    f"{where}: after {self._seconds:g} s and {len(self.fetched)} documents it was"
                    " not done; give it more with [limits] source, or ask the publisher for larger"
                    " pages",
                ),
                url=where,
            )

    def missing(self) -> bool:
        """Whether a document of the live state has not been fetched this time."""
        return not self.known.keys() <= self.fetched.keys()

    def _key(self, address: str) -> str:
        if _is_web(address):
            return document_url(self.source, address)
        path = Path(address)
        return file_url(path.relative_to(self._folder) if self._folder else Path(path.name))


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _folder(source: Source) -> Path | None:
    path = None if _is_web(source.url) else Path(source.url)
    return path if path is not None and path.is_dir() else None


def _validators(stored: StoredDocument | None) -> Validators:
    if stored is None:
        return _NOTHING
    document = stored.document
    return Validators(document.etag, document.last_modified, document.sha256)
