import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from harvester.errors import DiskFullError, StoreError
from harvester.store import database
from harvester.store.columns import TABLES, columns
from harvester.store.schema import VERSION
from harvester.store.store import Store
from tests.store.night import CATALOG_OF_TWO, dump

ROOT = Path(__file__).parents[2]


def test_opening_never_makes_a_store_unless_asked(path):
    """A mistyped --store is an error, not an empty store."""
    for ways in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(StoreError, match="there is no store here"):
            Store.open(path, **ways)
    assert not path.exists()


@pytest.mark.case("S85")
def test_a_store_is_its_owners_only(night, path):
    """The file and its companions have mode 0600 whatever the umask."""
    night.passes(*CATALOG_OF_TWO)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert modes == dict.fromkeys(("harvester.db", "harvester.db-wal", "harvester.db-shm"), 0o600)


def test_a_folder_that_does_not_exist_is_named(path):
    """No folders are made behind the operator's back."""
    with pytest.raises(StoreError, match="folder does not exist"):
        Store.open(path.parent / "missing" / "harvester.db", create=True)


def test_a_folder_is_no_store(tmp_path):
    """The message says what was given."""
    with pytest.raises(StoreError, match="a folder"):
        Store.open(tmp_path)


@pytest.mark.case("F4")
def test_every_commit_is_synced_before_it_counts(store):
    """Write-ahead log, synchronous FULL, references kept, a patient time-out."""
    pragmas = {
        name: store._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000,
    }  # fmt: skip


@pytest.mark.case("F11")
def test_another_programs_database_is_left_alone(path):
    """A valid SQLite file that is not ours is not ours to write to."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE invoices (id)")
    before = path.read_bytes()
    for ways in ({"create": True}, {}, {"read_only": True}):
        with pytest.raises(StoreError, match="another program"):
            Store.open(path, **ways)
    assert path.read_bytes() == before


@pytest.mark.case("F1")
def test_a_store_whose_making_was_cut_short_is_made_the_next_time(path):
    """An empty file is what a kill between making and filling leaves."""
    path.touch()
    with pytest.raises(StoreError, match="empty"):
        Store.open(path)
    with Store.open(path, create=True) as store:
        assert store.status() == ()


@pytest.mark.case("F11")
def test_a_newer_store_is_refused_with_a_way_out(store, path):
    """An older program must not write into what it does not understand."""
    store._db.execute(f"PRAGMA user_version = {VERSION + 1}")
    for read_only in (False, True):
        with pytest.raises(StoreError, match=f"version {VERSION + 1}.*pip install -U"):
            Store.open(path, read_only=read_only)


def test_the_version_is_the_number_of_migrations(store):
    """The file says it in a place that costs nothing to read."""
    steps = database.migrations()
    assert store._db.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert len(dump(store)["_sqlite_migrations"]) == VERSION == len(steps._migrations)


def newer(*extra):
    """The migrations of a later program."""

    def steps():
        migrations = database.migrations()
        for number, function in enumerate(extra, VERSION + 1):
            migrations(name=f"{number:04}")(function)
        return migrations

    return steps


@pytest.mark.case("F11")
def test_an_older_store_is_backed_up_then_migrated(night, path):
    """The backup is a whole store of the old version; what was stored is still there."""
    night.passes(*CATALOG_OF_TWO)
    with closing(database.open_database(path, create=False, read_only=False)) as db:
        steps = newer(lambda db: db.execute("ALTER TABLE run ADD COLUMN host TEXT"))
        database.prepare(db, path, create=False, read_only=False, steps=steps, newest=VERSION + 1)
        assert db.execute("SELECT count(*), count(host) FROM run").fetchone() == (1, 0)
        assert db.execute("SELECT count(*) FROM v_dataset").fetchone() == (2,)
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    copy = path.with_name(f"harvester.db.v{VERSION}.backup")
    with Store.open(copy, read_only=True) as old:
        assert len(old.digests("exempel")) == 5


@pytest.mark.case("F11")
def test_a_migration_that_fails_changes_nothing(night, path):
    """Two steps, the second fails: the first is undone with it, and the old program still works."""
    night.passes(*CATALOG_OF_TWO)
    before = dump(night.store)
    steps = newer(
        lambda db: db.execute("ALTER TABLE run ADD COLUMN host TEXT"),
        lambda db: db.execute("ALTER TABLE nowhere ADD COLUMN host TEXT"),
    )
    with (
        closing(database.open_database(path, create=False, read_only=False)) as db,
        pytest.raises(sqlite3.OperationalError, match="nowhere"),
    ):
        database.prepare(db, path, create=False, read_only=False, steps=steps, newest=VERSION + 2)
    assert dump(night.store) == before
    assert len(night.store.status()) == 1
    for _ in range(2):
        assert path.with_name(f"harvester.db.v{VERSION}.backup").exists()


def test_an_older_store_is_not_migrated_by_reading(store, path):
    """Reading needs no right to write, so it cannot upgrade; it says who will."""
    with (
        closing(database.open_database(path, create=False, read_only=True)) as db,
        pytest.raises(StoreError, match="upgrades it"),
    ):
        database.prepare(db, path, create=False, read_only=True, newest=VERSION + 1)


def test_reading_cannot_write(night, path):
    """A read-only store refuses, whoever the user is."""
    night.passes(*CATALOG_OF_TWO)
    with Store.open(path, read_only=True) as store, pytest.raises(DiskFullError):
        store.start_run(started=night.now, version="1", command="x")


def test_a_store_with_odd_characters_in_its_name_is_opened(tmp_path):
    """A name is a name, not a piece of a URI."""
    odd = tmp_path / "å?mode=memory#%20 .db"
    Store.open(odd, create=True).close()
    assert odd.stat().st_size > 0
    with Store.open(odd, read_only=True) as store:
        assert store.status() == ()


def test_reading_commands_do_not_pay_for_sqlite_utils(store, path):
    """Only making or migrating a store imports it; a lock only imports filelock when taken."""
    code = (
        "import sys; from pathlib import Path; from harvester.store import Store, lock;"
        "Store.open(Path(sys.argv[1])).status();"
        "print([name for name in ('sqlite_utils', 'filelock') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ},
    )  # fmt: skip
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("kind", TABLES)
def test_every_class_table_has_the_columns_that_rows_fill(store, kind):
    """The order of cells and the order of columns are the same."""
    names = [row[1] for row in store._db.execute(f"PRAGMA table_info({kind.value})")]
    assert names == ["source", *columns(kind)]


@pytest.mark.case("F10")
def test_a_backup_holds_what_the_log_still_held(night, path, tmp_path):
    """Copying the file alone would lose the last night; the backup does not."""
    night.passes(*CATALOG_OF_TWO)
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    with pytest.raises(StoreError):
        Store.open(copy, read_only=True).digests("exempel")
    saved = tmp_path / "saved.db"
    night.store.backup(saved)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with Store.open(saved, read_only=True) as store:
        assert dump(store) == dump(night.store)
        assert store.check().problems == ()


def test_a_backup_never_overwrites(night, tmp_path):
    """Neither a file of the user's nor an older backup; no leftovers."""
    other = tmp_path / "saved.db"
    other.write_text("mine")
    with pytest.raises(StoreError, match="never overwrites"):
        night.store.backup(other)
    assert other.read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))
