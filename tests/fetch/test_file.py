import gzip
import io
import os
from pathlib import Path

import pytest

from harvester.errors import FetchError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.file import list_folder, read_file, read_stdin
from harvester.fetch.limits import Limits
from harvester.model import Validators


def test_a_local_file_becomes_a_document(tmp_path: Path, bodies: BodyStore) -> None:
    """It has no status, its body is copied to the store, and its end is certain."""
    path = tmp_path / "catalog.ttl"
    path.write_bytes(b"<a> <b> <c> .")
    document = read_file(path, bodies)
    assert document.status is None
    assert document.path.read_bytes() == b"<a> <b> <c> ."
    assert document.path.is_relative_to(bodies.folder)
    assert document.end_proven
    assert not document.not_modified


@pytest.mark.case("S64")
def test_a_local_path_does_not_leak_into_the_base_iri(tmp_path: Path, bodies: BodyStore) -> None:
    """S64: relative IRIs resolve against the name alone, under a scheme that is not published."""
    path = tmp_path / "Göteborgs katalog.ttl"
    path.write_bytes(b"x")
    document = read_file(path, bodies)
    assert document.url == document.final_url == "file:///G%C3%B6teborgs%20katalog.ttl"


def test_files_of_one_folder_have_different_urls(tmp_path: Path, bodies: BodyStore) -> None:
    """Within a folder source the path inside the folder tells files apart."""
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.ttl").write_bytes(b"x")
    urls = [read_file(path, bodies, folder=tmp_path).url for path in list_folder(tmp_path)]
    assert urls == ["file:///a/x.ttl", "file:///b/x.ttl"]


def test_a_file_with_the_digest_it_had_is_not_modified(tmp_path: Path, bodies: BodyStore) -> None:
    """An equal sha256 spares the parsing."""
    path = tmp_path / "catalog.ttl"
    path.write_bytes(b"x")
    first = read_file(path, bodies)
    known = Validators(sha256=first.sha256)
    assert read_file(path, bodies, validators=known).not_modified
    path.write_bytes(b"y")
    assert not read_file(path, bodies, validators=known).not_modified


@pytest.mark.case("S6")
def test_a_packed_file_is_unpacked_within_the_limits(tmp_path: Path, bodies: BodyStore) -> None:
    """S6: a local gzip file takes the same bounded path as a fetched one."""
    path = tmp_path / "catalog.ttl.gz"
    path.write_bytes(gzip.compress(b"hej"))
    assert read_file(path, bodies).path.read_bytes() == b"hej"
    path.write_bytes(gzip.compress(bytes(1_000_000)))
    with pytest.raises(FetchError) as caught:
        read_file(path, bodies, limits=Limits(decoded=500_000))
    assert caught.value.event == "too-large-decoded"
    assert str(caught.value) == f"{path}: the body is over 500000 B unpacked"


def test_what_is_not_a_file_is_refused_without_hanging(tmp_path: Path, bodies: BodyStore) -> None:
    """A missing file, a folder and a FIFO each have their own event."""
    os.mkfifo(tmp_path / "fifo.ttl")
    (tmp_path / "folder.ttl").mkdir()
    for name, event in (
        ("absent.ttl", "file-missing"),
        ("folder.ttl", "not-a-file"),
        ("fifo.ttl", "not-a-file"),
    ):
        with pytest.raises(FetchError) as caught:
            read_file(tmp_path / name, bodies)
        assert (caught.value.event, caught.value.url) == (event, str(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path, bodies: BodyStore) -> None:
    """The message says that it cannot be opened, and why."""
    path = tmp_path / "secret.ttl"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(FetchError, match="Permission denied"):
        read_file(path, bodies)


def test_standard_input_becomes_a_document(bodies: BodyStore) -> None:
    """``validate -`` reads a document that has no name."""
    document = read_stdin(io.BytesIO(gzip.compress(b"hej")), bodies)
    assert document.url == "file:///stdin"
    assert document.path.read_bytes() == b"hej"


def test_a_folder_lists_its_rdf_files_in_a_fixed_order(tmp_path: Path) -> None:
    """Sorted by place and name; hidden files and other kinds are left out."""
    for name in ("b.ttl", "a.rdf", "B.TTL.gz", "readme.md", ".hidden.ttl", "sub/c.jsonld"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.ttl").write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in list_folder(tmp_path)]
    assert found == ["B.TTL.gz", "a.rdf", "b.ttl", "sub/c.jsonld"]


def test_a_folder_without_rdf_files_is_an_error(tmp_path: Path) -> None:
    """An empty folder is not an empty catalog: it must not remove anything."""
    for folder, event in ((tmp_path, "folder-empty"), (tmp_path / "x", "file-missing")):
        with pytest.raises(FetchError) as caught:
            list_folder(folder)
        assert caught.value.event == event
