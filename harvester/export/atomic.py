"""Replace a file wholly or not at all, whatever happens in between."""

import fcntl
import filecmp
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from harvester.errors import DiskFullError, UsageError, reason_of
from harvester.words import Text


@contextmanager
def replacing(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a temporary file beside ``path`` that takes its place when the block ends well.

    Gives the file, open for writing, and its path. The file is synced, renamed, and the folder
    synced; a file that has the same bytes already is left as it is, with its date, so that
    whoever asks a web server for it again gets a 304. When the block raises, the temporary file
    is removed and ``path`` is as it was. A symlink at ``path`` is never followed.

    Raises :class:`UsageError` when ``path`` is there and not a regular file, and
    :class:`DiskFullError` when the system refuses to write.
    """
    part: Path | None = None
    try:
        make_folder(path.parent)
        mode = _mode_of(path)
        _remove_abandoned(path)
        part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(part, flags, 0o666), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # says that its writer is alive
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            yield file, part
            file.flush()
            os.fsync(file.fileno())
            if mode is None or not filecmp.cmp(part, path, shallow=False):
                part.replace(path)
                part = None
        sync_folder(path.parent)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def refused(path: Path, error: OSError) -> DiskFullError:
    """What is raised when the system does not let us write at ``path``."""
    return DiskFullError(
        Text(f"{path} kan inte skrivas: ", f"cannot write {path}: ")
        + reason_of(error)
        + Text("; det som fanns där är oförändrat", "; what was there is unchanged")
    )


def _mode_of(path: Path) -> int | None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        raise UsageError(
            Text(
                f"{path} är en symbolisk länk; ange själva filen eller ta bort länken",
                f"{path} is a symbolic link; name the file itself, or remove the link",
            )
        )
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(
            Text(
                f"{path} är ingen vanlig fil; ange en annan sökväg",
                f"{path} is not a regular file; name another path",
            )
        )
    return stat.S_IMODE(found.st_mode)


def _remove_abandoned(path: Path) -> None:
    # Left by a process that was killed: a living one holds the lock.
    for left in path.parent.iterdir():
        ours = left.name.startswith(f".{path.name}.") and left.name.endswith(".part")
        if ours and left.is_file():
            with suppress(BlockingIOError, FileNotFoundError, PermissionError), left.open() as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, so that a power cut leaves them there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in reversed(missing):
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, as syncing a file does for its bytes."""
    sync(folder)


def sync(path: Path) -> None:
    """Make a file or a folder last; a symbolic link is refused."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
