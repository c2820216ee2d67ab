"""A folder of files that belong together: one writer, nothing of anyone else's.

Two ways to write one. :func:`owned_folder` holds it while its files are written and renamed in
it, for readers who come back for more of them. :func:`replacing_folder` exchanges all of it.
"""

import ctypes
import fcntl
import filecmp
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from harvester.errors import LockedError, UsageError
from harvester.export.atomic import make_folder, refused, sync, sync_folder
from harvester.export.sums import SUMS
from harvester.words import Text

_PART: Final = ".part"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


@contextmanager
def owned_folder(folder: Path, ours: re.Pattern[str]) -> Iterator[None]:
    """Hold ``folder`` for this writer alone, and remove what a killed one has left in it.

    It is made where it is missing. ``ours`` matches the names that this program gives there.
    Raises :class:`UsageError` when the folder has anything else in it, is a symbolic link or no
    folder; :class:`LockedError` when another export is writing there; :class:`DiskFullError` when
    the system refuses to write.
    """
    _check_folder(folder)
    try:
        make_folder(folder)
        with _held(folder, folder):
            abandoned = {path.name for path in folder.iterdir() if _abandoned(path.name)}
            names = {path.name for path in folder.iterdir()} - abandoned - {SUMS}
            _check_names(folder, names, ours.fullmatch)
            for name in abandoned:
                remove(folder / name)
            yield
    except OSError as error:
        raise refused(folder, error) from error


@contextmanager
def replacing_folder(folder: Path, ours: Callable[[str], object]) -> Iterator[Path]:
    """Give an empty folder beside ``folder`` that takes its place when the block ends well.

    ``ours`` tells by its path inside the folder (with ``/``) whether a file is one that this
    program writes: a folder that has any other is never replaced. The swap is one step where
    the system has one (Linux); elsewhere the folder is away for a moment. One that has the same
    files already is left as it is, with their dates. When the block raises, all is as it was.

    Raises as :func:`owned_folder` does.
    """
    _check_folder(folder)
    try:
        _check_names(folder, _files(folder), ours)
        make_folder(folder.parent)
        _recover(folder)
        part = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}{_PART}")
        part.mkdir()
        with _held(part, folder):  # says that its writer is alive
            try:
                yield part
                for path in (*part.rglob("*"), part):
                    sync(path)
                if _files(part) != _files(folder) or not _same(part, folder):
                    _swap(part, folder)
                    sync_folder(folder.parent)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise refused(folder, error) from error


def part_of(folder: Path, name: str) -> Path:
    """Where something is built that is to be called ``name``; nobody reads it there."""
    return folder / f".{name}{_PART}"


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it; a symbolic link is not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def settle(part: Path, path: Path) -> None:
    """Give what was built its name; what has that name already is replaced."""
    sync_folder(part)
    if path.exists():
        remove(path)
    part.replace(path)
    sync_folder(path.parent)


def _check_folder(folder: Path) -> None:
    if folder.is_symlink():
        raise UsageError(
            Text(
                f"{folder} är en symbolisk länk; ange själva mappen",
                f"{folder} is a symbolic link; name the folder itself",
            )
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            Text(
                f"{folder} är ingen mapp; ange en annan sökväg",
                f"{folder} is not a folder; name another path",
            )
        )


def _check_names(folder: Path, names: Iterable[str], ours: Callable[[str], object]) -> None:
    strange = sorted(name for name in names if not ours(name))
    if strange:
        raise UsageError(
            Text(
                f"{folder} innehåller annat, t.ex. {strange[0]}; det som skrivs här har en egen"
                " mapp: ange en tom, eller en som inte finns",
                f"{folder} has other things in it, such as {strange[0]}; what is written here has"
                " a folder of its own: name an empty one, or one that does not exist",
            )
        )


@contextmanager
def _held(path: Path, wanted: Path) -> Iterator[None]:
    """Hold a folder; raises :class:`LockedError`, naming ``wanted``, when another process does."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                Text(
                    f"ett annat program skriver till {wanted}; försök igen senare",
                    f"another program is writing to {wanted}; try again later",
                )
            ) from None
        yield
    finally:
        os.close(handle)


def _abandoned(name: str) -> bool:
    return name.startswith(".") and name.endswith(_PART)


def _files(folder: Path) -> set[str]:
    found = folder.rglob("*") if folder.is_dir() else ()
    return {str(one.relative_to(folder)) for one in found if one.is_symlink() or not one.is_dir()}


def _same(one: Path, other: Path) -> bool:
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in _files(one))


def _swap(part: Path, folder: Path) -> None:
    """Let the two change places; what was there is then at ``part``."""
    if not folder.exists():
        part.rename(folder)
    elif not _exchange(part, folder):
        old = folder.with_name(f".{folder.name}.old")
        folder.rename(old)
        part.rename(folder)
        old.rename(part)


def _exchange(one: Path, other: Path) -> bool:
    # renameat2(2): Linux 3.15, glibc 2.28; not every file system has it.
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _recover(folder: Path) -> None:
    """Bring back what a killed swap put away, and remove what a killed writer left."""
    old = folder.with_name(f".{folder.name}.old")
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    left = re.compile(rf"\.{re.escape(folder.name)}\.[0-9a-f]{{12}}\.part")
    for path in folder.parent.iterdir():
        if left.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            with _held(path, folder):
                shutil.rmtree(path)
