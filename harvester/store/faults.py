"""What SQLite's and the system's refusals mean to the user: one mapping, one line each."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from harvester.errors import DiskFullError, HarvesterError, LockedError, StoreError, reason_of
from harvester.words import Text

_DAMAGED: Final = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"})
_DAMAGED_READS: Final = frozenset(
    {"SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS", "SQLITE_IOERR_DATA"}
)
_REFUSED: Final = frozenset({"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_PERM"})
_BUSY: Final = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"})


def damaged(path: Path, why: object) -> StoreError:
    """The error for a store that SQLite cannot read; ``why`` is what it says."""
    return StoreError(
        Text(
            f"{path}: databasen är skadad ({why}); lägg tillbaka en säkerhetskopia, inget ändrades",
            f"{path}: the store is damaged ({why}); put a backup in its place, nothing was changed",
        )
    )


def explain(error: Exception, path: Path) -> HarvesterError | None:
    """The error of ours that says the same, or ``None`` when it is a fault of this program.

    Codes: https://sqlite.org/rescode.html. A short or failed read of the file means damage; a
    failed write, sync or truncation means that the disk is full or refuses.
    """
    if isinstance(error, OSError):
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return StoreError(
                Text(
                    f"{path}: mappen finns inte; skapa den eller ange en annan databas",
                    f"{path}: the folder does not exist; make it, or name another store",
                )
            )
        return DiskFullError(
            f"{path}: " + Text("går inte att skriva: ", "cannot write here: ") + reason_of(error)
        )
    if not isinstance(error, sqlite3.Error):
        return None
    name = getattr(error, "sqlite_errorname", None) or ""
    family = "_".join(name.split("_")[:2])
    if name in _DAMAGED_READS or family in _DAMAGED:
        return damaged(path, error)
    if family in _BUSY:
        return LockedError(
            Text(
                f"{path}: ett annat program skriver i databasen; vänta på det eller avsluta det",
                f"{path}: another program holds the store for writing; wait for it, or close it",
            )
        )
    if family in _REFUSED:
        return DiskFullError(
            Text(
                f"{path}: disken är full eller går inte att skriva på ({error}); det som lagrats"
                " förut är oskadat, frigör utrymme och kör igen",
                f"{path}: the disk is full or refuses writing ({error}); what was stored before is"
                " intact, make room and run again",
            )
        )
    if family == "SQLITE_CANTOPEN":
        return DiskFullError(
            Text(
                f"{path}: databasens mapp låter inte den här användaren öppna eller skapa dess"
                f" filer ({error})",
                f"{path}: the store's folder does not let this user open or make its files"
                f" ({error})",
            )
        )
    return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's refusals inside the block into errors of ours."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        ours = explain(error, path)
        if ours is None:
            raise
        raise ours from error
