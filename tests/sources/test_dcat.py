from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.errors import FetchError
from harvester.model import Document, DocumentReading, StoredDocument, Syntax
from harvester.settings import Source
from harvester.sources import dcat
from harvester.words import Text

URL = "http://example.org/catalog"
SOURCE = Source("s", URL)


class Site:
    """A web site of pages with links, and a log of what was fetched and read."""

    def __init__(self, pages: dict[str, dict[str, object]]) -> None:
        self.pages = pages
        self.fetched: list[str] = []
        self.read_urls: list[str] = []

    source = SOURCE
    known: Mapping[str, StoredDocument] = {}

    def start(self) -> list[str]:
        return [URL]

    def missing(self) -> bool:
        return not self.known.keys() <= set(self.fetched)

    def get(self, url: str) -> tuple[Document, StoredDocument | None]:
        if url not in self.pages:
            raise FetchError("http-404", Text.same("not found"), url=url, status=404)
        self.fetched.append(url)
        digest = str(self.pages[url].get("sha256", "1"))
        stored = self.known.get(url)
        same = stored is not None and stored.document.sha256 == digest
        return Document(url, url, Path("x"), digest, 1, status=200, not_modified=same), stored

    def read(self, document: Document) -> DocumentReading:
        self.read_urls.append(document.url)
        page = self.pages[document.url]
        reading = DocumentReading(document.url, Syntax.TURTLE, "utf-8", 1, 0)
        return replace(reading, next_url=page.get("next"), parts=page.get("parts", ()))

    def collect(
        self, known: dict[str, StoredDocument] | None = None, *, reread: bool = False
    ) -> dcat.Collected:
        self.known = known or {}
        return dcat.collect(self, self.read, reread=reread)

    def remembered(self) -> dict[str, StoredDocument]:
        return {
            url: StoredDocument(
                self.get(url)[0],
                self.read(Document(url, url, Path("x"), "1", 1)),
            )
            for url in self.pages
        }


def paged(*tails: str) -> dict[str, dict[str, object]]:
    urls = [URL, *(URL + tail for tail in tails)]
    return {url: {"next": after} for url, after in zip(urls, [*urls[1:], None], strict=True)}


def test_pages_are_read_in_order():
    """Each page is fetched and read once, first to last."""
    site = Site(paged("?2", "?3"))
    assert not site.collect().unchanged
    assert site.fetched == site.read_urls == [URL, URL + "?2", URL + "?3"]


def test_an_unchanged_chain_is_fetched_but_never_read():
    """The links of the last night lead through pages that the server says are as they were."""
    site = Site(paged("?2"))
    known = site.remembered()
    again = Site(site.pages)
    assert again.collect(known).unchanged
    assert again.fetched == [URL, URL + "?2"]
    assert again.read_urls == []


@pytest.mark.case("F34")
def test_unchanged_documents_are_read_again_when_the_rules_have_changed():
    """New shapes or steps must not wait for the publisher to change something."""
    site = Site(paged("?2"))
    again = Site(site.pages)
    assert not again.collect(site.remembered(), reread=True).unchanged
    assert again.read_urls == [URL, URL + "?2"]


def test_a_change_on_the_last_page_makes_every_page_be_read():
    """The graph is one for all pages, so a late change reads the earlier ones too, in order."""
    site = Site(paged("?2"))
    known = site.remembered()
    again = Site(paged("?2"))
    again.pages[URL + "?2"]["sha256"] = "2"
    assert not again.collect(known).unchanged
    assert again.read_urls == [URL, URL + "?2"]


def test_a_page_that_is_gone_is_a_change():
    """What is left is read again even if none of it changed."""
    known = Site({URL: {}, URL + "/b": {}}).remembered()
    again = Site({URL: {}})
    assert not again.collect(known).unchanged
    assert again.read_urls == [URL]


@pytest.mark.case("S36")
@pytest.mark.parametrize("tails", [("?2",), ("?2", "?3")])
def test_a_loop_of_pages_ends(tails):
    """S36: self loop, A-B-A: an error that names the page, after one round."""
    site = Site(paged(*tails))
    site.pages[URL + tails[-1]]["next"] = URL + tails[0]
    with pytest.raises(FetchError, match="fetched before"):
        site.collect()


@pytest.mark.case("S34")
def test_a_next_page_on_another_server_is_not_followed():
    """S34: paging stays on its origin."""
    site = Site({URL: {"next": "http://elsewhere.example/2"}})
    with pytest.raises(FetchError) as caught:
        site.collect()
    assert caught.value.event == "pagination-origin"


def test_a_bare_sub_catalog_is_fetched_from_its_iri():
    """Sub-catalogs come after the pages; theirs are not followed."""
    part, deeper = "http://part.example/c", "http://part.example/d"
    site = Site({URL: {"parts": (part,)}, part: {"parts": (deeper,)}, deeper: {}})
    site.collect()
    assert site.fetched == [URL, part]


@pytest.mark.case("F19")
def test_a_sub_catalog_that_fails_fails_the_source():
    """One failure stops the harvest of that organisation."""
    site = Site({URL: {"parts": ("http://part.example/c",)}})
    with pytest.raises(FetchError, match="not found"):
        site.collect()


@pytest.mark.case("S37")
def test_too_many_sub_catalogs_are_refused():
    """S37: the limit is named before anything more is fetched."""
    site = Site({URL: {"parts": tuple(f"http://part.example/{i}" for i in range(51))}})
    with pytest.raises(FetchError, match="51"):
        site.collect()
    assert site.fetched == [URL]


class Endless(Site):
    """Every page has a new next one."""

    def read(self, document: Document) -> DocumentReading:
        number = int(document.url.rpartition("?")[2]) if "?" in document.url else 1
        self.pages[f"{URL}?{number + 1}"] = {}
        self.pages[document.url]["next"] = f"{URL}?{number + 1}"
        return super().read(document)


@pytest.mark.case("S36")
def test_endless_new_pages_end_at_the_limit():
    """S36: an address that is new each time is no loop, but 2,000 pages are enough."""
    site = Endless({URL: {}})
    with pytest.raises(FetchError, match="more than 2000 pages"):
        site.collect()
    assert len(site.fetched) == dcat.MAX_PAGES


@pytest.mark.case("F19")
def test_a_page_that_fails_fails_the_source():
    """F19: page 3 of 4: what the others say is not used, since the rest is not known."""
    site = Site(paged("?2", "?3", "?4"))
    del site.pages[URL + "?3"]
    with pytest.raises(FetchError, match="not found"):
        site.collect()
    assert site.fetched == [URL, URL + "?2"]
