"""A folder of published files that belong together: one writer, nothing of anyone else's."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from harvester.errors import DiskFullError, LockedError, UsageError, reason_of
from harvester.export.atomic import make_folder, replacing, sync_folder
from harvester.export.written import sha256_of
from harvester.words import Text

SUMS: Final = "SHA256SUMS"
_PART: Final = ".part"


@contextmanager
def owned_folder(folder: Path, ours: re.Pattern[str]) -> Iterator[None]:
    """Hold ``folder`` for this writer alone, and remove what a killed one has left in it.

    It is made where it is missing. ``ours`` matches the names that this program gives there.
    Raises :class:`UsageError` when the folder has anything else in it, is a symbolic link or no
    folder; :class:`LockedError` when another export is writing there; :class:`DiskFullError` when
    the system refuses to write.
    """
    if folder.is_symlink():
        raise UsageError(
            Text(
                f"{folder} är en symbolisk länk; ange själva mappen",
                f"{folder} is a symbolic link; name the folder itself",
            )
        )
    try:
        make_folder(folder)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(
            Text(
                f"{folder} är ingen mapp; ange en annan sökväg",
                f"{folder} is not a folder; name another path",
            )
        ) from None
    except OSError as error:
        raise refused(folder, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                Text(
                    f"en annan export skriver till {folder}; försök igen senare",
                    f"another export is writing to {folder}; try again later",
                )
            ) from None
        strange = [
            name
            for name in _names(folder)
            if name != SUMS and not ours.fullmatch(name) and not _abandoned(name)
        ]
        if strange:
            raise UsageError(
                Text(
                    f"{folder} innehåller annat, t.ex. {strange[0]}; en export har en egen mapp:"
                    " ange en tom, eller en som inte finns",
                    f"{folder} has other things in it, such as {strange[0]}; an export has a"
                    " folder of its own: name an empty one, or one that does not exist",
                )
            )
        try:
            for name in filter(_abandoned, _names(folder)):
                remove(folder / name)
            yield
        except OSError as error:
            raise refused(folder, error) from error
    finally:
        os.close(handle)


def part_of(folder: Path, name: str) -> Path:
    """Where something is built that is to be called ``name``; nobody reads it there."""
    return folder / f".{name}{_PART}"


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it; a symbolic link is not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_sum(path: Path, sha256: str) -> None:
    """Write the checksum of one file beside it, as ``sha256sum --check`` reads it."""
    with replacing(path.with_name(f"{path.name}.sha256")) as (file, _):
        file.write(f"{sha256}  {path.name}\n".encode())


def whole(folder: Path) -> bool:
    """Whether a folder has its checksums and every file in them is what they say."""
    sums = read_sums(folder / SUMS)
    return bool(sums) and all(
        (folder / name).is_file() and sha256_of(folder / name) == digest
        for name, digest in sums.items()
    )


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write the checksums of files as ``sha256sum --check`` reads them."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in sorted(names)]
    with replacing(folder / SUMS) as (file, _):
        file.write("".join(lines).encode())


def read_sums(path: Path) -> dict[str, str]:
    """The checksums by name; empty when there are none, a line that is not one is left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    found = {}
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        if re.fullmatch("[0-9a-f]{64}", digest) and name:
            found[name] = digest
    return found


def settle(part: Path, path: Path) -> None:
    """Give what was built its name; what has that name already is replaced."""
    sync_folder(part)
    if path.exists():
        remove(path)
    part.replace(path)
    sync_folder(path.parent)


def refused(path: Path, error: OSError) -> DiskFullError:
    """What is raised when the system does not let us write."""
    return DiskFullError(
        Text(f"{path} kan inte skrivas: ", f"cannot write {path}: ")
        + reason_of(error)
        + Text(
            "; det som är publicerat där är oförändrat",
            "; what was published there is unchanged",
        )
    )


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _abandoned(name: str) -> bool:
    return name.startswith(".") and name.endswith(_PART)
