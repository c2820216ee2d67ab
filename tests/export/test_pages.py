"""A paged folder on a plain file server: harvested back by us and by others, whole at all times."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from harvester.errors import DiskFullError, ExportError, LockedError, UsageError
from harvester.export import pages as pages_module
from harvester.export.folder import owned_folder
from harvester.export.pages import PAGE_SUFFIXES, Paged, write_pages
from harvester.export.publish import selected
from harvester.export.sums import whole
from harvester.rdf.ntriples import parse
from harvester.rdf.write import Description
from harvester.settings import NationalCatalog, Source
from harvester.words import Text
from tests.export import clients
from tests.export.world import Stored, a_source
from tests.nights import World, catalog
from tests.servers import LOOPBACK, FileServer

BOTH = pytest.mark.parametrize("follow", ["next", "nextPage"])


class Quiet(SimpleHTTPRequestHandler):
    """The standard library's file server, without its log."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """Serve a folder as any file server does; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def described(resources: list[Stored]) -> list[Description]:
    return [Description(one.iri, parse(one.ntriples)) for one in resources]


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


THREE = described(a_source("a", 5) + a_source("b", 3))


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two sources of 31 datasets, each with a blank node; an agent that both describe."""
    folder = tmp_path_factory.mktemp("harvested")
    with FileServer({}) as server:
        world = World.of(folder, server, "a", "b")
        world.serve({"a": catalog("a", range(20)), "b": catalog("b", range(11))})
        world.night()
    return world


@pytest.mark.parametrize("size", [1, 7, 100, 10**9])
def test_harvested_back_to_the_same_export(tmp_path: Path, harvested: World, size: int) -> None:
    """By this program, over HTTP: what it then exports has the very same bytes."""
    world = harvested.copy(tmp_path / "first")
    world.forms = True
    world.page_size = size
    world.publish()
    with plain_server(world.folder) as address:
        source = Source("sidor", f"{address}/se-pages/index.rdf", allow_private=(LOOPBACK,))
        again = World(tmp_path / "again", world.server, (source,))
        again.folder.mkdir()
        again.night()
    assert again.ended("sidor").documents == -(-31 // size)
    assert again.export() == world.export()


@BOTH
@pytest.mark.parametrize("suffix", PAGE_SUFFIXES)
def test_read_by_another_client(tmp_path: Path, harvested: World, suffix: str, follow: str) -> None:
    """rdflib follows either vocabulary from page to page and has the same graph in the end."""
    meant = rdflib.Graph().parse(data=harvested.export(), format="xml")
    descriptions = harvested.descriptions()
    folder = tmp_path / "sidor"
    with plain_server(tmp_path) as address:
        base = f"{address}/sidor/" if suffix == ".nt" else ""
        write_pages(folder, descriptions, size=10, suffix=suffix, base=base)
        url = f"{address}/sidor/index{suffix}"
        read = clients.follow_pages(url, follow)
        each = clients.pages(url, follow)
    assert len(each) == 4
    assert isomorphic(read, meant)


def test_a_national_catalog_is_on_every_page(tmp_path: Path) -> None:
    """With the catalogs of that page, and no other."""
    national = NationalCatalog("https://exempel.se/", {"sv": "Sverige"}, {})
    resources = a_source("a", 4) + a_source("b", 2)
    with selected("se", tmp_path, resources, catalog=national) as selection:
        write_pages(tmp_path / "sidor", selection, size=2)
    each = clients.pages((tmp_path / "sidor" / "index.rdf").as_uri(), "next")
    has_part = rdflib.URIRef("http://purl.org/dc/terms/hasPart")
    found = [
        sorted(str(part) for part in page.objects(rdflib.URIRef("https://exempel.se/"), has_part))
        for page in each
    ]
    a, b = ("https://a.exempel.se/catalog", "https://b.exempel.se/catalog")
    assert found == [[a], [a], [b]]


def test_the_same_export_gives_the_same_bytes(tmp_path: Path) -> None:
    """And writing it again touches no file, so that whoever asks again gets a 304."""
    for name in ("1", "2"):
        write_pages(tmp_path / name, THREE, size=3)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "1").rglob("*.rdf")}
    write_pages(tmp_path / "1", THREE, size=3)
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "1").rglob("*.rdf")}


def test_checksums(tmp_path: Path) -> None:
    """``sha256sum --check`` agrees with every page, and nothing else is there."""
    folder = tmp_path / "sidor"
    write_pages(folder, THREE, size=3)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout.count(b": OK") == 3 == len(content(folder)) - 1
    assert whole(folder)
    (folder / "index.rdf").write_bytes(b"")
    assert not whole(folder)


def test_a_reader_under_way_finishes_what_it_began(tmp_path: Path) -> None:
    """The pages of the version before stay until the next time; those before that are gone."""
    folder = tmp_path / "sidor"
    write_pages(folder, THREE, size=3)
    url = (folder / "index.rdf").as_uri()
    first = rdflib.Graph().parse(data=clients.get(url), format="xml", publicID=url)
    write_pages(folder, described(a_source("a", 6)), size=3)
    rest = str(first.value(rdflib.URIRef(url), clients.HYDRA.next))
    old = clients.pages(rest, "next")
    assert len(old) == 2
    write_pages(folder, described(a_source("a", 7)), size=3)
    assert not Path(rest.removeprefix("file://")).exists()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2


def test_absolute_addresses(tmp_path: Path) -> None:
    """For readers that take no page's own address into account, as CKAN's harvester."""
    write_pages(tmp_path / "sidor", THREE, size=3, base="https://data.exempel.se/sidor/")
    page = rdflib.Graph().parse(tmp_path / "sidor" / "index.rdf", publicID="https://other.se/")
    first = rdflib.URIRef("https://data.exempel.se/sidor/index.rdf")
    following = page.value(first, clients.HYDRA.nextPage)
    assert str(following).startswith("https://data.exempel.se/sidor/")
    assert page.value(first, clients.HYDRA.totalItems) == rdflib.Literal(8)
    assert page.value(first, clients.HYDRA.itemsPerPage) == rdflib.Literal(3)


def test_n_triples_have_no_relative_addresses(tmp_path: Path) -> None:
    """So they need to be told where they will be."""
    with pytest.raises(UsageError, match="no relative addresses"):
        write_pages(tmp_path / "sidor", THREE, suffix=".nt")
    with pytest.raises(UsageError, match=r'cannot be "\.nq"'):
        write_pages(tmp_path / "sidor", THREE, suffix=".nq")


def test_nothing_at_all_is_one_page(tmp_path: Path) -> None:
    """An empty catalog is a catalog too."""
    done = write_pages(tmp_path / "sidor", [])
    assert done == Paged(tmp_path / "sidor" / "index.rdf", 1, 0, ())
    assert sorted(content(tmp_path / "sidor")) == ["SHA256SUMS", "index.rdf"]


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """Nobody loses a file to an export that was given the wrong folder."""
    (tmp_path / "examensarbete.odt").write_text("viktigt")
    with pytest.raises(UsageError, match=r"examensarbete\.odt"):
        write_pages(tmp_path, THREE)
    assert [path.name for path in tmp_path.iterdir()] == ["examensarbete.odt"]
    link = tmp_path / "länk"
    link.symlink_to("/tmp")
    with pytest.raises(UsageError, match="symbolic link"):
        write_pages(link, THREE)
    with pytest.raises(UsageError, match="not a folder"):
        write_pages(tmp_path / "examensarbete.odt", THREE)


def test_two_exports_do_not_mix(tmp_path: Path) -> None:
    """The second one is told that the first one is at it."""
    with (
        owned_folder(tmp_path / "sidor", pages_module._OURS),
        pytest.raises(LockedError, match="another program"),
    ):
        write_pages(tmp_path / "sidor", THREE)


@pytest.mark.case("F6")
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), ExportError(Text.same("fel"))]
)
def test_what_fails_leaves_the_old_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """On the third page, say: nothing that was published has changed, nothing is left behind."""
    folder = tmp_path / "sidor"
    write_pages(folder, THREE, size=3)
    before = content(folder)
    real = pages_module.write_verified
    calls = []

    def failing(*args, **kwargs):  # type: ignore[no-untyped-def]
        calls.append(args)
        if len(calls) == 3:
            raise error
        return real(*args, **kwargs)

    monkeypatch.setattr(pages_module, "write_verified", failing)
    with pytest.raises(DiskFullError if isinstance(error, OSError) else ExportError):
        write_pages(folder, THREE[1:], size=3)
    assert content(folder) == before


def test_hostile_addresses_stay_what_they_are(tmp_path: Path) -> None:
    """A publisher cannot write what is cut off where addresses become relative."""
    guess = "https://pages.invalid/"
    stolen = replace(
        a_source("a", 1)[2],
        iri=guess + "index.rdf",
        ntriples=(f'<{guess}index.rdf> <http://purl.org/dc/terms/title> "{guess}" .\n'),
    )
    write_pages(tmp_path / "sidor", described([stolen]))
    page = (tmp_path / "sidor" / "index.rdf").read_text()
    assert f'rdf:about="{guess}index.rdf"' in page
