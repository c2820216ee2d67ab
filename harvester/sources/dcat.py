"""Sources of type ``dcat``: a file, a folder or an address, with Hydra pages and sub-catalogs."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from harvester.errors import FetchError
from harvester.model import Document, DocumentReading, Source, StoredDocument, Validators
from harvester.sources.interface import Collected, Get, Locate, Read

MAX_PAGES: Final = 2_000
MAX_PARTS: Final = 50


def collect(
    source: Source,
    known: Mapping[str, StoredDocument],
    locate: Locate,
    get: Get,
    read: Read,
    *,
    reread: bool = False,
) -> Collected:
    """Fetch the pages of a catalog and then its sub-catalogs, one level down.

    DCAT-AP-SE, docs/harvesting.md, multiple catalogues: a sub-catalog with nothing but its type
    is fetched from its own IRI, and one failure stops the harvest of that organisation.
    """
    walk = _Walk(source, known, get, read, reread)
    parts: tuple[str, ...] = ()
    for url in locate(source):
        # each reading lists what is still without description after all documents before it
        parts = walk.pages(url).parts
    if len(parts) > MAX_PARTS:
        raise FetchError(
            "too-many-parts",
            f"the catalog has {len(parts)} sub-catalogs to fetch; the limit is {MAX_PARTS}. "
            "Describe them in the catalog's own file.",
            url=source.url,
        )
    for url in parts:
        walk.pages(url)
    return walk.finish()


class _Walk:
    """Fetches in order and puts off reading until the first document that has changed."""

    def __init__(
        self,
        source: Source,
        known: Mapping[str, StoredDocument],
        get: Get,
        read: Read,
        reread: bool,
    ) -> None:
        self._source = source
        self._known = known
        self._get = get
        self._read = read
        self._documents: dict[str, Document] = {}
        self._changed = reread

    def pages(self, url: str) -> DocumentReading:
        """Fetch the chain of pages that starts at ``url``; the reading of the last one."""
        while True:
            reading = self._take(url)
            if reading.next_url is None:
                return reading
            self._check_next(url, reading.next_url)
            url = reading.next_url

    def finish(self) -> Collected:
        """All documents; when some are gone, what is left has changed even if none of it did."""
        if not self._changed and self._documents.keys() != self._known.keys():
            self._read_all(self._documents.values())
        return Collected(tuple(self._documents.values()), unchanged=not self._changed)

    def _take(self, url: str) -> DocumentReading:
        stored = self._known.get(url)
        document = self._get(self._source, url, _validators(stored))
        earlier = list(self._documents.values())
        self._documents[url] = document
        if not self._changed:
            if stored is not None and document.not_modified:
                return stored.reading
            self._read_all(earlier)
        return self._read(document)

    def _read_all(self, documents: Iterable[Document]) -> None:
        self._changed = True
        for document in documents:
            self._read(document)

    def _check_next(self, url: str, next_url: str) -> None:
        if next_url in self._documents:
            raise FetchError(
                "pagination-loop",
                f"page {url} names {next_url} as the next page, which was fetched before. "
                "The last page must have no next page.",
                url=url,
            )
        if len(self._documents) >= MAX_PAGES:
            raise FetchError(
                "too-many-pages", f"there are more than {MAX_PAGES} pages.", url=self._source.url
            )
        if _origin(next_url) not in (_origin(self._documents[url].final_url), _origin(url)):
            raise FetchError(
                "pagination-origin",
                f"page {url} names a next page on another server, {next_url}, "
                "which is not followed. Use the address of the server itself.",
                url=url,
            )


def _validators(stored: StoredDocument | None) -> Validators:
    if stored is None:
        return Validators()
    document = stored.document
    return Validators(document.etag, document.last_modified, document.sha256)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
