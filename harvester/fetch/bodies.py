"""The folder of raw bodies: each lies under the sha256 of its bytes, whole or not at all."""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Final

from harvester.errors import DiskFullError, reason_of
from harvester.words import Text

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BLOCK: Final = 1024 * 1024
_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class StoredBody:
    """A body on disk: its sha256 in hex, its size in bytes, its absolute path."""

    sha256: str
    size: int
    path: Path


class BodyStore:
    """A content-addressed folder: ``ab/cdef...`` holds the bytes whose sha256 is ``abcdef...``.

    Bytes are written to a temporary file in the folder, fsynced and renamed, and the rename is
    fsynced too, so after a crash or a power loss a name either has its whole body or is not there.
    Files are 0600 and folders 0700: a body can be unpublished. Safe to use from many threads and
    processes, since two writers of the same body rename the same bytes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() follows symlinks

    def path(self, sha256: str) -> Path:
        """Where the body with this digest lies, or would. Raises ValueError for a bad digest."""
        if not _DIGEST.fullmatch(sha256):
            raise ValueError(f"not a sha256 in hex: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:]

    def exists(self, sha256: str) -> bool:
        """Whether the body is kept."""
        return self.path(sha256).is_file()

    def verify(self, sha256: str) -> bool:
        """Whether the body is kept and its bytes still have this digest (reads all of it)."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def digests(self) -> Iterator[str]:
        """Every kept body, in sorted order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            digest = path.parent.name + path.name
            if _DIGEST.fullmatch(digest):
                yield digest

    def remove(self, sha256: str) -> None:
        """Forget a body; one that is not there is no error."""
        self.path(sha256).unlink(missing_ok=True)

    def prune(self, keep: Set[str], before: datetime) -> tuple[int, int]:
        """Remove bodies that are not in ``keep`` and were written before a moment.

        Returns how many, and their bytes. A younger one may belong to a command that still reads.
        """
        count = size = 0
        for digest in self.digests():
            if digest not in keep:
                stat = self.path(digest).stat()
                if stat.st_mtime < before.timestamp():
                    self.remove(digest)
                    count += 1
                    size += stat.st_size
        return count, size

    def sweep(self) -> int:
        """Remove what killed processes left half written; returns how many files."""
        count = 0
        for path in self.folder.glob(f"*{_PART}"):
            # Whoever still writes holds the lock.
            with suppress(BlockingIOError, FileNotFoundError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
                count += 1
        return count

    def write(self, chunks: Iterable[bytes]) -> StoredBody:
        """Store the bytes of ``chunks``. Nothing stays behind when the iterable raises.

        Raises DiskFullError when the disk is full or refuses the write.
        """
        part: Path | None = None
        try:
            digest, size, part = self._write_part(chunks)
            path = self.path(digest)
            try:
                self._make_folder(path.parent)
                # An equal body is replaced too: the fresh bytes are known to be whole.
                part.replace(path)
                _fsync_folder(path.parent)
            except OSError as error:
                raise self._refused(error) from error
            part = None
            return StoredBody(digest, size, path)
        finally:
            if part is not None:
                part.unlink(missing_ok=True)

    def _write_part(self, chunks: Iterable[bytes]) -> tuple[str, int, Path]:
        digest = hashlib.sha256()
        size = 0
        try:
            self._make_folder(self.folder)
            handle, name = tempfile.mkstemp(suffix=_PART, dir=self.folder)
        except OSError as error:
            raise self._refused(error) from error
        part = Path(name)
        try:
            # Closed without a flush that could fail again: what is not yet written is not wanted.
            with os.fdopen(handle, "wb", buffering=0) as file:
                fcntl.flock(handle, fcntl.LOCK_EX)  # says that its writer is alive
                for block in _blocks(chunks):
                    digest.update(block)
                    size += len(block)
                    self._write_all(file.fileno(), block)
                try:
                    os.fsync(file.fileno())
                except OSError as error:
                    raise self._refused(error) from error
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return digest.hexdigest(), size, part

    def _write_all(self, handle: int, block: bytes) -> None:
        view = memoryview(block)
        try:
            while view:
                view = view[os.write(handle, view) :]
        except OSError as error:
            raise self._refused(error) from error

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _fsync_folder(folder.parent)

    def _refused(self, error: OSError) -> DiskFullError:
        if error.errno in (ENOSPC, EDQUOT, EFBIG):
            return DiskFullError(
                Text(
                    f"ett dokument får inte plats i {self.folder} (",
                    f"no room for a document in {self.folder} (",
                )
                + reason_of(error)
                + Text(
                    "); frigör utrymme där och kör igen", "); free some space there and run again"
                )
            )
        return DiskFullError(
            Text(
                f"ett dokument kan inte skrivas i {self.folder} (",
                f"cannot write a document in {self.folder} (",
            )
            + reason_of(error)
            + Text(
                "); kontrollera mappens behörigheter och disken",
                "); check the folder's permissions and its disk",
            )
        )


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gather small chunks, so that a body sent byte by byte does not cost a write for each."""
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        if len(gathered) >= _BLOCK:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
