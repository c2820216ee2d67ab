"""Replace a whole folder of files, or leave it as it is, whatever happens in between."""

import ctypes
import fcntl
import filecmp
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from harvester.errors import DiskFullError, UsageError, reason_of
from harvester.export.atomic import make_folder, sync_folder
from harvester.words import Text

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


@contextmanager
def replacing_folder(folder: Path, ours: Callable[[str], object]) -> Iterator[Path]:
    """Give an empty folder beside ``folder`` that takes its place when the block ends well.

    ``ours`` tells by its path inside the folder (with ``/``) whether a file is one that this
    program writes: a folder that has any other is never replaced. The swap is one step where
    the system has one (Linux); elsewhere the folder is away for a moment. One that has the same
    files already is left as it is, with their dates. When the block raises, all is as it was.

    Raises ``UsageError`` when ``folder`` is a symbolic link, no folder, or has others' files in
    it, and ``DiskFullError`` when the system refuses to write.
    """
    try:
        _check(folder, ours)
        make_folder(folder.parent)
        _recover(folder)
        part = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.part")
        part.mkdir()
        living = _hold(part)
        try:
            yield part
            _sync(part)
            if _files(part) != _files(folder) or not _same(part, folder):
                _swap(part, folder)
            sync_folder(folder.parent)
        finally:
            os.close(living)
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise DiskFullError(
            Text(f"{folder} kan inte skrivas: ", f"cannot write {folder}: ")
            + reason_of(error)
            + Text("; det som fanns där är oförändrat", "; what was there is unchanged")
        ) from error


def _check(folder: Path, ours: Callable[[str], object]) -> None:
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
    strange = sorted(name for name in _files(folder) if not ours(name))
    if strange:
        raise UsageError(
            Text(
                f"{folder} innehåller andra filer, t.ex. {strange[0]}, som skulle gå förlorade;"
                " ange en tom mapp, eller en som inte finns",
                f"{folder} has other files in it, such as {strange[0]}, which would be lost; name"
                " an empty folder, or one that does not exist",
            )
        )


def _files(folder: Path) -> set[str]:
    found = folder.rglob("*") if folder.is_dir() else ()
    return {str(one.relative_to(folder)) for one in found if one.is_symlink() or not one.is_dir()}


def _same(one: Path, other: Path) -> bool:
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in _files(one))


def _sync(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
            with suppress(
                BlockingIOError, FileNotFoundError
            ):  # its writer lives, or has just ended
                os.close(_hold(path))
                shutil.rmtree(path)


def _hold(folder: Path) -> int:
    """Say that the writer of this folder is alive, for as long as the handle is open."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle
