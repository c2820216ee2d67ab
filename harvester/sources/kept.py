"""The documents that were served earlier, in the place of the network."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harvester.errors import FetchError
from harvester.fetch.urls import document_url
from harvester.model import Document, StoredDocument
from harvester.settings import Source
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.fetch.bodies import BodyStore


class Kept:
    """Gives the documents of one earlier run of ``source`` from ``bodies``, and nothing else.

    ``fetched`` holds those that were asked for so far, by address.
    """

    def __init__(self, source: Source, documents: Sequence[Document], bodies: "BodyStore") -> None:
        self.source = source
        self.fetched: dict[str, Document] = {}
        self._documents = {document.url: document for document in documents}
        self._bodies = bodies

    def start(self) -> list[str]:
        """The files of a folder; else the first document."""
        files = [url for url in self._documents if url.startswith("file:")]
        return files or list(self._documents)[:1]

    def get(self, address: str) -> tuple[Document, StoredDocument | None]:
        """The document of an address.

        Raises :class:`FetchError` when that run has none, or its body is gone or damaged.
        """
        url = address if address in self._documents else document_url(self.source, address)
        document = self._documents.get(url)
        if document is None:
            text = Text(
                f"{url} hämtades inte i den körningen", f"{url} was not fetched in that run"
            )
            raise FetchError("not-kept", text, url=url)
        if not self._bodies.verify(document.sha256):
            text = Text(
                f"det sparade dokumentet från {url} är borta eller skadat",
                f"the stored document of {url} is gone or damaged",
            )
            raise FetchError("body-lost", text, url=url)
        self.fetched[url] = document
        return document, None

    def missing(self) -> bool:
        """Nothing is compared with what was live before."""
        return False
