"""Sources of type ``dcat``: a file, a folder or an address, with Hydra pages and sub-catalogs."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from harvester.errors import FetchError
from harvester.model import Document, DocumentReading
from harvester.sources.interface import Collected, Reachable, Read
from harvester.words import Text

MAX_PAGES: Final = 2_000
MAX_PARTS: Final = 50


def collect(reach: Reachable, read: Read, *, reread: bool = False) -> Collected:
    """Fetch the pages of a catalog and then its sub-catalogs, one level down.

    DCAT-AP-SE, docs/harvesting.md, multiple catalogues: a sub-catalog with nothing but its type
    is fetched from its own IRI, and one failure stops the harvest of that organisation.
    """
    walk = _Walk(reach, read, reread)
    parts: tuple[str, ...] = ()
    for address in reach.start():
        # each reading lists what is still without description after all documents before it
        parts = walk.pages(address).parts
    if len(parts) > MAX_PARTS:
        raise FetchError(
            "too-many-parts",
            Text(
                f"katalogen har {len(parts)} delkataloger att hämta, gränsen är {MAX_PARTS}; "
                "beskriv dem i katalogens egen fil",
                f"the catalog has {len(parts)} sub-catalogs to fetch, the limit is {MAX_PARTS}; "
                "describe them in the catalog's own file",
            ),
            url=reach.source.url,
        )
    for address in parts:
        walk.pages(address)
    return walk.finish()


class _Walk:
    """Fetches in order and puts off reading until the first document that has changed."""

    def __init__(self, reach: Reachable, read: Read, reread: bool) -> None:
        self._reach = reach
        self._read = read
        self._documents: dict[str, Document] = {}
        self._changed = reread

    def pages(self, address: str) -> DocumentReading:
        """Fetch the chain of pages that starts at ``address``; the reading of the last one."""
        while True:
            document, reading = self._take(address)
            if reading.next_url is None:
                return reading
            self._check_next(document, reading.next_url)
            address = reading.next_url

    def finish(self) -> Collected:
        """All documents; when some are gone, what is left has changed even if none of it did."""
        if not self._changed and self._reach.missing():
            self._read_all(self._documents.values())
        return Collected(tuple(self._documents.values()), unchanged=not self._changed)

    def _take(self, address: str) -> tuple[Document, DocumentReading]:
        document, stored = self._reach.get(address)
        earlier = list(self._documents.values())
        self._documents[address] = document
        if not self._changed:
            if stored is not None and document.not_modified:
                return document, stored.reading
            self._read_all(earlier)
        return document, self._read(document)

    def _read_all(self, documents: Iterable[Document]) -> None:
        self._changed = True
        for document in documents:
            self._read(document)

    def _check_next(self, page: Document, next_url: str) -> None:
        if next_url in self._documents:
            raise FetchError(
                "pagination-loop",
                Text(
                    f"sidan {page.url} anger {next_url} som nästa sida, men den är redan hämtad; "
                    "den sista sidan ska inte ha någon nästa",
                    f"page {page.url} names {next_url} as the next page, which was fetched "
                    "before; the last page must have no next page",
                ),
                url=page.url,
            )
        if len(self._documents) >= MAX_PAGES:
            raise FetchError(
                "too-many-pages",
                Text(
                    f"det finns fler än {MAX_PAGES} sidor; gör sidorna större",
                    f"there are more than {MAX_PAGES} pages; make the pages larger",
                ),
                url=self._reach.source.url,
            )
        if _origin(next_url) not in (_origin(page.final_url), _origin(page.url)):
            raise FetchError(
                "pagination-origin",
                Text(
                    f"sidan {page.url} anger en nästa sida på en annan server, {next_url}, som "
                    "inte hämtas; använd serverns egen adress",
                    f"page {page.url} names a next page on another server, {next_url}, which is "
                    "not followed; use the address of the server itself",
                ),
                url=page.url,
            )


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
