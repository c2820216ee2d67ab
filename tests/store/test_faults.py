import os
import resource as limits
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.errors import DiskFullError, HarvesterError, LockedError, StoreError
from harvester.store.faults import explain
from harvester.store.store import Store
from tests.store.night import CATALOG, CATALOG_OF_TWO, SOURCE, Night, dump, resource

MANY = (CATALOG, *(resource(f"x{n}", "foaf:Agent", f'foaf:name "{n:0999}"') for n in range(2_000)))


@contextmanager
def file_size_limit(size: int):
    """No file may grow over ``size`` bytes: to SQLite, the disk is full."""
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))


def as_nobody(path: Path, code) -> str:
    """What an action on ``path`` says to a user who owns nothing (root may write anything)."""
    readable, writable = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.write(writable, str(code(path)).encode())
        except HarvesterError as error:
            os.write(writable, f"{error.exit_code} {error}".encode())
        except BaseException as error:
            os.write(writable, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writable)
    os.waitpid(child, 0)
    with os.fdopen(readable) as answer:
        return answer.read()


def open_to_all(path: Path) -> None:
    for one in path.parent.iterdir():
        one.chmod(0o444)
    for folder in path.parents[:-1]:
        if folder.owner() == path.owner() and str(folder) != "/tmp":
            folder.chmod(0o755)


@pytest.mark.case("F5")
def test_a_full_disk_stops_at_once_and_keeps_what_was_stored(night, path):
    """SQLite rolls back by itself; nothing goes on row by row, and the next try succeeds."""
    night.passes(*CATALOG_OF_TWO)
    night.begin()
    before = dump(night.store)
    result = night.result(*MANY)
    with file_size_limit(1_000_000), pytest.raises(DiskFullError, match="make room"):
        night.apply(result)
    assert not night.store._db.in_transaction
    assert dump(night.store) == before
    assert night.store.check().problems == ()
    assert night.apply(result).resources["added"] == 2_000


@pytest.mark.case("F5")
def test_a_full_file_system_stops_at_once_and_keeps_what_was_stored(tmpfs):
    """The same on a file system that really is full."""
    with Store.open(tmpfs / "harvester.db", create=True) as store:
        night = Night(store, [SOURCE])
        night.passes(*CATALOG_OF_TWO)
        night.begin()
        before = dump(store)
        with pytest.raises(DiskFullError, match="full"):
            night.apply(night.result(*MANY))
        assert dump(store) == before
        assert store.check().problems == ()


@pytest.mark.case("F5")
def test_a_disk_too_full_for_a_new_store_leaves_a_file_that_the_next_run_fills(path):
    """Making the store is one transaction too."""
    with file_size_limit(20_000), pytest.raises(DiskFullError):
        Store.open(path, create=True)
    with Store.open(path, create=True) as store:
        assert store.status() == ()


@pytest.mark.case("F9")
def test_another_programs_write_lock_is_waited_for_then_reported(night, path):
    """The lock is asked for before anything is read, so waiting helps."""
    night.begin()
    result = night.result(*CATALOG_OF_TWO)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            Store.open(path, busy_seconds=0.05) as store,
            pytest.raises(LockedError, match="another program"),
        ):
            store.apply(night.run, result, now=night.now)
        other.execute("ROLLBACK")
    assert night.apply(result).datasets == 2


@pytest.mark.case("F8")
def test_readers_work_while_another_writes(night, path):
    """A reader sees the last committed state, whole, and keeps it while it reads."""
    night.passes(*CATALOG_OF_TWO)
    with Store.open(path, read_only=True) as reader, reader.snapshot():
        first = reader.digests("exempel")
        night.passes(CATALOG)
        assert reader.digests("exempel") == first
        assert len(list(reader.resources())) == len(CATALOG_OF_TWO)
    with Store.open(path, read_only=True) as reader:
        assert len(reader.digests("exempel")) == 1


def test_a_stream_of_resources_is_of_one_state_however_long_it_takes(night, path):
    """Another run commits while the export reads: the export does not notice."""
    night.passes(*CATALOG_OF_TWO)
    with Store.open(path, read_only=True) as reader:
        stream = reader.resources()
        got = [next(stream)]
        night.passes(CATALOG)
        got += stream
    assert [one.iri for one in got] == sorted(one.iri for one in CATALOG_OF_TWO)


@pytest.mark.case("F11")
@pytest.mark.parametrize(
    "content", [b"garbage " * 1000, b"x", b"SQLite format 3\x00" + b"\xff" * 99]
)
def test_a_file_that_is_no_database_is_never_overwritten(path, content):
    """Somebody's file with our name is left exactly as it is, whoever opens it and how."""
    path.write_bytes(content)
    for ways in ({"create": True}, {"read_only": True}, {}):
        with pytest.raises(StoreError, match="backup"):
            Store.open(path, **ways)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.case("F11")
def test_a_truncated_store_is_reported_as_damaged(night, path):
    """Half of the file is missing: no half answers."""
    night.passes(*MANY)
    night.store.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match=r"damaged.*backup"), Store.open(path) as store:
        list(store.resources())


@pytest.mark.case("F11")
def test_a_flipped_bit_in_a_resource_is_found_by_check(night, path):
    """SQLite cannot see it: the page is well-formed. The digest can."""
    night.passes(*CATALOG_OF_TWO)
    night.store.close()
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"Lekplatser"@sv', b'"Lekplatsfr"@sv'))
    with Store.open(path, read_only=True) as store:
        (problem,) = store.check().problems
    assert problem.en == "exempel: https://exempel.se/two is not what was stored"


@pytest.mark.case("F11")
def test_damaged_pages_are_found_by_check_or_by_reading(night, path):
    """Zeros over pages in the middle: an error of ours, or a problem in the check."""
    night.passes(*MANY)
    night.store.close()
    content = bytearray(path.read_bytes())
    content[200_000:300_000] = bytes(100_000)
    path.write_bytes(content)
    try:
        with Store.open(path, read_only=True) as store:
            problems = store.check().problems
    except StoreError as error:
        problems = (error,)
    assert problems


@pytest.mark.case("F11")
def test_a_store_that_may_not_be_written_says_so(night, path):
    """Write refused is exit code 12, and the file is what it was."""
    night.passes(*CATALOG_OF_TWO)
    night.store.close()
    open_to_all(path)

    def write(path: Path) -> object:
        with Store.open(path) as store:
            return store.start_run(started=night.now, version="1", command="x")

    before = path.read_bytes()
    assert as_nobody(path, write).startswith(f"12 {path}: ")
    assert path.read_bytes() == before


def test_a_store_is_read_by_a_user_who_may_not_write_beside_it(night, path):
    """A closed store, and one that is being written."""
    night.passes(*CATALOG_OF_TWO)

    def read(path: Path) -> object:
        with Store.open(path, read_only=True) as store:
            return len(store.digests("exempel"))

    open_to_all(path)
    assert as_nobody(path, read) == "5"
    night.store.close()
    assert not path.with_name("harvester.db-wal").exists()
    assert as_nobody(path, read) == "5"
    assert list(path.parent.iterdir()) == [path]
    path.with_name("harvester.db-wal").write_bytes(b"left by a killed run")
    open_to_all(path)
    assert "has not finished writing" in as_nobody(path, read)


def test_a_refusal_is_one_line_with_the_path_and_a_way_out(path):
    """Every code of SQLite that a user can meet is said in words; faults of ours are not."""
    for name, kind in {
        "SQLITE_FULL": DiskFullError, "SQLITE_IOERR_WRITE": DiskFullError,
        "SQLITE_IOERR_FSYNC": DiskFullError, "SQLITE_READONLY_DBMOVED": DiskFullError,
        "SQLITE_CANTOPEN": DiskFullError, "SQLITE_BUSY_SNAPSHOT": LockedError,
        "SQLITE_LOCKED": LockedError, "SQLITE_CORRUPT_INDEX": StoreError,
        "SQLITE_NOTADB": StoreError, "SQLITE_IOERR_SHORT_READ": StoreError,
    }.items():  # fmt: skip
        error = sqlite3.OperationalError("why")
        error.sqlite_errorname = name
        ours = explain(error, path)
        assert type(ours) is kind
        assert str(path) in str(ours)
        assert "\n" not in str(ours)
    assert explain(sqlite3.IntegrityError("UNIQUE"), path) is None
    assert explain(ValueError("ours"), path) is None


def test_what_the_reader_of_a_snapshot_does_wrong_is_not_blamed_on_the_store(store):
    """An export that cannot write its own file fails in its own name."""
    with pytest.raises(OSError, match="elsewhere"), store.snapshot():
        raise OSError(28, "elsewhere")


def test_a_fault_of_ours_in_the_middle_rolls_back(night):
    """A resource that cannot be read, after thousands that were written: none is stored."""
    night.passes(*CATALOG_OF_TWO)
    night.begin()
    before = dump(night.store)
    broken = replace(CATALOG_OF_TWO[1], iri="https://exempel.se/broken", ntriples="broken\n")
    with pytest.raises(ValueError, match="N-Triples"):
        night.apply(night.result(*MANY, broken))
    assert dump(night.store) == before
    assert night.apply(night.result(*MANY)).resources["added"] == 2_000
