"""Whatever is published is read again by ``harvester check``: one bad byte is found and named."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.errors import ExportError
from harvester.proofread import proofread
from harvester.publishing import publish_target
from harvester.store import Store
from tests.nights import World, catalog
from tests.servers import FileServer


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two nights of one source, published in every form."""
    with FileServer({}) as server:
        world = World.of(tmp_path_factory.mktemp("first"), server, "a")
        world.forms = True
        for numbers in (range(20), range(1, 22)):
            world.serve({"a": catalog("a", numbers)})
            world.night()
        yield world


@pytest.fixture
def world(first: World, tmp_path: Path) -> World:
    return first.copy(tmp_path / "world")


def outdated(world: World) -> list[str]:
    with Store.open(world.settings.store) as store:
        return [text.en for text in proofread(world.settings, store).outdated]


def problems(world: World) -> list[str]:
    with Store.open(world.settings.store, read_only=True) as store:
        return [text.en for text in store.check().problems]


def spoil(path: Path) -> Path:
    """Change one letter of a text, so that every parser still takes it."""
    body = path.read_bytes()
    assert body.count(b"Om 7") == 1
    path.write_bytes(body.replace(b"Om 7", b"Om 8"))
    return path


def page_with_7(world: World) -> Path:
    pages = (world.folder / "se-pages").rglob("*.rdf")
    return next(page for page in pages if b"Om 7" in page.read_bytes())


def fragment_with_7(world: World) -> Path:
    fragments = (world.folder / "se-feed").glob("2*.trig")
    return next(one for one in fragments if b"Om 7" in one.read_bytes())


def test_all_that_is_published_is_counted_and_sound(world):
    """Nothing is written where it lies."""
    before = {p: p.stat().st_mtime_ns for p in world.folder.rglob("se*/**/*")}
    with Store.open(world.settings.store, read_only=True) as store:
        proof = proofread(world.settings, store)
        assert store.check().problems == ()
    assert (proof.files, proof.pages, proof.feeds) == (1, 1, 1)
    assert proof.outdated == proof.missing == ()
    assert {p: p.stat().st_mtime_ns for p in world.folder.rglob("se*/**/*")} == before


@pytest.mark.parametrize("find", [page_with_7, fragment_with_7])
def test_a_bad_byte_is_found_and_named(world, find):
    """In a page and in a fragment of the feed; publishing anew mends pages."""
    path = spoil(find(world))
    (said,) = outdated(world)
    assert said == (
        f"{path}: is not what SHA256SUMS says; write anew with: harvester export --target se"
    )


def test_publishing_anew_mends_pages(world):
    """And then there is nothing more to say."""
    spoil(page_with_7(world))
    world.publish()
    assert outdated(world) == []


def test_a_damaged_feed_is_not_written_on(world):
    """Followers would get what nobody said; the words say what to do."""
    path = spoil(fragment_with_7(world))
    before = (world.folder / "se-feed" / "index.trig").read_bytes()
    with pytest.raises(ExportError, match=f"{path.name} is not what its checksum says"):
        world.publish()
    assert (world.folder / "se-feed" / "index.trig").read_bytes() == before


@pytest.mark.parametrize("folder", ["se-pages", "se-feed"])
def test_checksums_that_are_gone_are_written_anew(world, folder):
    """A run that was killed before it wrote them leaves nothing that lasts."""
    sums = world.folder / folder / "SHA256SUMS"
    before = sums.read_bytes()
    sums.unlink()
    assert [said.partition(";")[0] for said in outdated(world)] == [
        f"{sums.parent}: has no SHA256SUMS"
    ]
    world.publish()
    assert sums.read_bytes() == before
    assert outdated(world) == []


def test_a_checksum_that_is_another_files_is_found(world):
    """It is written anew, though nothing else has changed."""
    path = world.folder / "se.rdf.sha256"
    path.write_text(f"{'0' * 64}  se.rdf\n")
    assert [said.partition(";")[0] for said in outdated(world)] == [
        f"{path}: is not the checksum of se.rdf"
    ]
    world.publish()
    assert outdated(world) == []


@pytest.mark.parametrize("count", ["entities", "triples"])
def test_a_description_that_counts_otherwise_is_found(world, count):
    """Its counts of things by class, and of triples."""
    path = world.folder / "se.void.ttl"
    body, changes = re.subn(rf'(void:{count} "?)(\d)', r"\g<1>9\2", path.read_text(), count=1)
    assert changes == 1
    path.write_text(body)
    assert [said.partition(";")[0] for said in outdated(world)] == [
        f"{path}: does not describe se.rdf"
    ]


def test_pages_and_a_feed_from_a_backup_are_older_than_what_is_live(world):
    """Whole, but not what the store gives now."""
    for name in ("se-pages", "se-feed"):
        shutil.copytree(world.folder / name, world.folder / f"old-{name}")
    world.serve({"a": catalog("a", range(1, 23))})
    world.night()
    for name in ("se-pages", "se-feed"):
        shutil.rmtree(world.folder / name)
        (world.folder / f"old-{name}").rename(world.folder / name)
    assert [said.partition(";")[0] for said in outdated(world)] == [
        f"{world.folder / name}: is not what the store and the configuration give now"
        for name in ("se-pages", "se-feed")
    ]


def test_forms_with_a_web_address_are_compared_by_it(world):
    """They are written again elsewhere, and called what they are called where they are served."""
    publication = replace(world.publication("se"), base="https://data.exempel.se/export/")
    settings = replace(world.settings, publications={"se": publication})
    shutil.rmtree(world.folder / "se-feed")
    with Store.open(settings.store) as store:
        publish_target(settings, store, target="se", allow_shrink=True)
        assert proofread(settings, store).outdated == ()


def test_a_form_that_is_not_there_yet_is_told(world):
    """It is no fault: the next export writes it."""
    shutil.rmtree(world.folder / "se-feed")
    with Store.open(world.settings.store) as store:
        proof = proofread(world.settings, store)
    assert [text.en for text in proof.missing] == [
        f"{world.folder / 'se-feed' / 'index.trig'}: has not been written yet"
    ]
    assert proof.outdated == ()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE search SET title = 'annat' WHERE iri LIKE '%/7'", "a: https://a.exempel.se/7 is"),
        ("DELETE FROM search WHERE iri LIKE '%/7'", "a: https://a.exempel.se/7 is not searched"),
        ("DELETE FROM search_exact_docsize WHERE id = 3", "the index search_exact is not"),
        ("DELETE FROM search_folded_data WHERE id > 10", "the index search_folded is not"),
        ("DROP TABLE search_folded", "the search index cannot be read"),
    ],
)
def test_a_damaged_search_index_is_found(world, statement, named):
    """A text that is not the resource's, an index that is not of the texts, one that is gone."""
    with closing(sqlite3.connect(world.settings.store)) as db, db:
        db.execute(statement)
    assert any(said.startswith(named) for said in problems(world))
