from dataclasses import replace
from pathlib import Path

from harvester.model import Outcome, Redirect, SourceResult, StoredDocument
from tests.store.night import BASE, CATALOG_OF_TWO, SOURCE, document, dump, reading


def body_path(sha256: str) -> Path:
    return Path("/bodies") / sha256


def test_documents_come_back_as_they_were_with_what_reading_them_gave(night):
    """A chain of pages can be walked again without parsing one: the links are remembered."""
    pages = (
        document("dcat", redirects=(Redirect(301, BASE, f"{BASE}dcat"),), charset="utf-8"),
        document("dcat?page=2", body="y", etag=None, last_modified=None),
    )
    readings = (
        reading("dcat", next_url=f"{BASE}dcat?page=2", total_items=2, parts=(f"{BASE}sub",)),
        reading("dcat?page=2", repaired=True),
    )
    night.passes(*CATALOG_OF_TWO, documents=pages, readings=readings)
    assert night.store.documents("exempel", body_path) == {
        page.url: StoredDocument(page, read) for page, read in zip(pages, readings, strict=True)
    }


def test_a_document_nobody_read_is_not_offered_for_skipping(night):
    """Without a reading there is nothing that could be skipped."""
    night.passes(*CATALOG_OF_TWO, documents=(document(), document("robots.txt")))
    assert list(night.store.documents("exempel", body_path)) == [f"{BASE}dcat"]


def test_a_page_that_is_gone_is_forgotten_after_a_complete_fetch(night):
    """The chain got shorter."""
    pages = (document("dcat"), document("p2"))
    night.passes(*CATALOG_OF_TWO, documents=pages, readings=(reading("dcat"), reading("p2")))
    night.passes(*CATALOG_OF_TWO)
    assert list(night.store.documents("exempel", body_path)) == [f"{BASE}dcat"]


def test_a_body_that_has_not_changed_keeps_its_row_but_for_fresher_validators(night):
    """One page of two changed: the 304 of the other does not overwrite what its 200 told."""
    pages = (document("dcat"), document("p2"))
    readings = (reading("dcat"), reading("p2"))
    night.passes(*CATALOG_OF_TWO, documents=pages, readings=readings)
    same = document("dcat", status=304, media_type=None, etag='"v2"', not_modified=True)
    night.passes(*CATALOG_OF_TWO, documents=(same, document("p2", body="z")), readings=readings)
    first, second = night.store.documents("exempel", body_path).values()
    assert first.document == document("dcat", etag='"v2"')
    assert second.document.sha256 != pages[1].sha256


def test_new_validators_of_the_same_body_are_kept(night):
    """A redeployed server sends another ETag for the same bytes: tomorrow's 304 needs it."""
    night.passes(*CATALOG_OF_TWO)
    night.begin()
    fresh = document(etag='"v2"', last_modified=None, not_modified=True)
    other = document("elsewhere", etag='"v3"')
    night.apply(SourceResult(SOURCE, Outcome.UNCHANGED, documents=(fresh, other), complete=True))
    (stored,) = night.store.documents("exempel", body_path).values()
    assert stored.document == document(etag='"v2"')


def test_credentials_in_an_address_are_not_stored(night):
    """Neither the sources' nor the documents' addresses keep a user and password."""
    url = "https://user:hemligt@exempel.se/dcat"
    night.sources[:] = [replace(SOURCE, url=url)]
    hop = Redirect(301, url, url)
    page = document(url=url, final_url=url, redirects=(hop,))
    night.passes(*CATALOG_OF_TWO, documents=(page,), readings=(replace(reading(), url=url),))
    assert "hemligt" not in repr(dump(night.store))
    assert list(night.store.documents("exempel", body_path)) == [f"{BASE}dcat"]
