"""Open the file: find out whose it is, how old it is, and bring it up to date."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from harvester.errors import StoreError
from harvester.store.additions import ERROR_SV, FARING, NORMALISED, RECEIVED
from harvester.store.faults import damaged, explained
from harvester.store.joins import VIEWS
from harvester.store.schema import APPLICATION_ID, TABLES, VERSION
from harvester.store.search_schema import SEARCH
from harvester.words import Text

if TYPE_CHECKING:
    from sqlite_utils import Migrations

BUSY_SECONDS: Final = 30.0
_HEADER: Final = b"SQLite format 3\x00"
_WAL_LIMIT: Final = 64 * 1024 * 1024  # bytes that the write-ahead log may keep between runs


def open_database(
    path: Path, *, create: bool, read_only: bool, busy_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Open the store at ``path``, in autocommit mode.

    A missing file is made (mode 0600) only with ``create``; a file that is not a store is never
    written to. A store of an older program is backed up beside itself and migrated, unless
    ``read_only``. Raises ``StoreError``, ``LockedError``, ``DiskFullError``.
    """
    with explained(path):
        if path.is_dir():
            raise StoreError(
                Text(
                    f"{path}: det här är en mapp, ingen databas; ange en fil med --store",
                    f"{path}: this is a folder, not a store; name a file with --store",
                )
            )
        if not path.exists():
            if not create or read_only:
                raise StoreError(
                    Text(
                        f"{path}: här finns ingen databas; `harvester harvest` skapar en, och "
                        "--store anger en annan",
                        f"{path}: there is no store here; `harvester harvest` makes one, --store "
                        "names another",
                    )
                )
            _make(path)
        _check_header(path)
        db = _read_only(path, busy_seconds) if read_only else _connect(path, "rw", busy_seconds)
        try:
            prepare(db, path, create=create and not read_only, read_only=read_only)
        except BaseException:
            db.close()
            raise
        return db


def prepare(
    db: sqlite3.Connection,
    path: Path,
    *,
    create: bool,
    read_only: bool,
    steps: "Callable[[], Migrations] | None" = None,
    newest: int = VERSION,
) -> None:
    """Check that the open file is a store of a version we know; bring it up to date.

    ``steps`` and ``newest`` are the migrations to apply and how many they are. Raises
    ``StoreError``.
    """
    ours = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if ours != APPLICATION_ID:
        if tables or ours or version:
            raise StoreError(
                Text(
                    f"{path}: det här är ett annat programs databas; ange en annan fil med --store",
                    f"{path}: this is a database of another program; name another file with "
                    "--store",
                )
            )
        if not create:
            raise StoreError(
                Text(
                    f"{path}: filen är tom och ingen databas; `harvester harvest` fyller den",
                    f"{path}: the file is empty, not a store; `harvester harvest` fills it",
                )
            )
    if version > newest:
        raise StoreError(
            Text(
                f"{path}: databasen har version {version}, men programmet kan {newest}; uppgradera"
                " det (pip install -U dcat-harvester) eller ange en annan fil med --store",
                f"{path}: the store has version {version}, this program knows {newest}; upgrade it"
                " (pip install -U dcat-harvester), or name another file with --store",
            )
        )
    if version < newest and read_only:
        raise StoreError(
            Text(
                f"{path}: databasen har version {version}, men programmet behöver {newest}; nästa"
                " `harvester harvest` uppgraderar den efter en säkerhetskopia",
                f"{path}: the store has version {version}, this program needs {newest}; the next"
                " `harvester harvest` upgrades it after a backup",
            )
        )
    if not read_only:
        _settle(db)
        if version < newest:
            if tables:
                backup(db, _free_name(path.with_name(f"{path.name}.v{version}.backup")))
            _migrate(db, steps or migrations, newest)


def _settle(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")


def _connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{mode if '=' in mode else f'mode={mode}'}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
    )
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def _read_only(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open without the wish to write.

    A store in WAL mode needs its two companion files. Where they do not exist and this user may
    not make them, nobody is writing and all is in the main file: that is read as it lies.
    """
    db = _connect(path, "ro", busy_seconds)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        name = getattr(error, "sqlite_errorname", "")
        log = path.with_name(path.name + "-wal")
        if not name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or not os.access(
            path, os.R_OK
        ):
            raise
        if log.exists() and log.stat().st_size:
            raise StoreError(
                Text(
                    f"{path}: en körning skriver ännu och den här användaren får inte läsa med;"
                    " kopiera databasen med `harvester backup`, eller kör som den användare som"
                    " skördar",
                    f"{path}: a run has not finished writing and this user may not read along;"
                    " copy the store with `harvester backup`, or run as the user who harvests",
                )
            ) from error
        return _connect(path, "mode=ro&immutable=1", busy_seconds)
    except BaseException:
        db.close()
        raise
    return db


def _check_header(path: Path) -> None:
    # SQLite takes a file shorter than its header for an empty one, and would fill it.
    with path.open("rb") as file:
        start = file.read(len(_HEADER))
    if start not in (b"", _HEADER):
        raise StoreError(
            Text(
                f"{path}: det här är ingen databas och lämnades som den är; lägg tillbaka en"
                " säkerhetskopia eller ange en annan fil med --store",
                f"{path}: this is not a store, it was left as it is; put a backup in its place, or"
                " name another file with --store",
            )
        )


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    # The file's name must survive a power cut as surely as the rows that SQLite syncs.
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}{number}")
    return free


def migrations() -> "Migrations":
    """The numbered steps from an empty file to the newest schema; never edited, only added to."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("harvester")

    @steps(name="0001_tables")
    def tables(db: Database) -> None:
        for statement in statements(TABLES):
            db.execute(statement)

    @steps(name="0002_received")
    def received(db: Database) -> None:
        for statement in statements(RECEIVED):
            db.execute(statement)

    @steps(name="0003_normalised")
    def normalised(db: Database) -> None:
        for statement in statements(NORMALISED):
            db.execute(statement)

    @steps(name="0004_error_sv")
    def error_sv(db: Database) -> None:
        db.execute(ERROR_SV)

    @steps(name="0005_faring")
    def faring(db: Database) -> None:
        for statement in statements(FARING):
            db.execute(statement)

    @steps(name="0006_search")
    def search(db: Database) -> None:
        from harvester.store.search_text import fill

        for statement in SEARCH:
            db.execute(statement)
        fill(db.conn)

    return steps


def _migrate(db: sqlite3.Connection, steps: "Callable[[], Migrations]", newest: int) -> None:
    from sqlite_utils import Database

    with transaction(db):
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            db.execute(f'DROP VIEW "{name}"')
        steps().apply(Database(db, execute_plugins=False))
        for statement in statements(VIEWS):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {newest}")


def statements(sql: str) -> Iterator[str]:
    """Cut a script into statements; ``executescript`` would commit the open transaction."""
    return (part for part in sql.split(";\n") if part.strip())


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: all of the block, or nothing of it.

    The write lock is taken at once: a reader that becomes a writer is refused without waiting.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has rolled back by itself
            db.execute("ROLLBACK")
        raise


def named(
    db: sqlite3.Connection, sql: str, values: Sequence[object] | Mapping[str, object] = ()
) -> sqlite3.Cursor:
    """Run a query whose rows are read by column name."""
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values)


def backup(db: sqlite3.Connection, path: Path) -> None:
    """Copy the open store to ``path`` (mode 0600), complete whatever its log still holds.

    The copy appears whole or not at all. Raises ``StoreError`` when ``path`` exists already.
    """
    with explained(path):
        if path.exists():
            raise StoreError(
                Text(
                    f"{path}: finns redan; en säkerhetskopia skriver aldrig över",
                    f"{path}: exists already; a backup never overwrites",
                )
            )
        part = path.with_name(path.name + ".part")
        part.unlink(missing_ok=True)
        try:
            _make(part)
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                db.backup(copy)
                answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
                if answer != "ok":
                    raise damaged(path, answer)
                copy.execute("PRAGMA journal_mode = DELETE")
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.rename(path)
            _sync_folder(path.parent)
        finally:
            for leftover in (part, part.with_name(part.name + "-journal")):
                leftover.unlink(missing_ok=True)
