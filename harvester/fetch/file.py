"""Local files, folders and standard input as documents: no address, no status, the same limits.

The URL of a local document is ``file:///`` and its name: within its folder for a folder source,
else the name alone. It serves as base for relative IRIs, and so must neither tell where the file
lies on this machine nor look like an address of the publisher: a relative IRI becomes a ``file:``
IRI, which nothing publishes.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from harvester.errors import FetchError, reason_of
from harvester.fetch.bodies import BodyStore
from harvester.fetch.decode import Body, DecodingError
from harvester.fetch.limits import MIB, Limits
from harvester.model import Document, Validators
from harvester.words import Text

NO_LIMITS_CHANGED: Final = Limits()
NOTHING_KEPT: Final = Validators()
RDF_SUFFIXES: Final = frozenset(
    {".rdf", ".xml", ".owl", ".ttl", ".n3", ".nt", ".nq", ".trig", ".json", ".jsonld"}
)


def read_file(
    path: Path,
    bodies: BodyStore,
    *,
    folder: Path | None = None,
    limits: Limits = NO_LIMITS_CHANGED,
    validators: Validators = NOTHING_KEPT,
) -> Document:
    """Copy a local file to the body store, unpacked if it is gzip.

    ``folder`` is the folder source that ``path`` belongs to. ``not_modified`` is true when the
    content has ``validators.sha256``.

    Raises FetchError: ``file-missing``, ``file-refused``, ``not-a-file``, or what unpacking
    raises; DiskFullError.
    """
    name = path.relative_to(folder) if folder is not None else Path(path.name)
    try:
        # A FIFO or device would otherwise hang here until somebody writes to it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _error(
            "file-missing", path, Text("filen finns inte", "there is no such file")
        ) from None
    except OSError as error:
        why = Text("kan inte öppnas: ", "cannot be opened: ") + reason_of(error)
        raise _error("file-refused", path, why) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _error("not-a-file", path, Text("är ingen vanlig fil", "is not a regular file"))
    with os.fdopen(handle, "rb") as file:
        return _copy(file, str(path), file_url(name), bodies, limits, validators)


def read_stdin(
    stream: BinaryIO, bodies: BodyStore, *, limits: Limits = NO_LIMITS_CHANGED
) -> Document:
    """Copy standard input to the body store; its URL is ``file:///stdin``.

    Raises FetchError (what unpacking raises), DiskFullError.
    """
    return _copy(stream, "-", "file:///stdin", bodies, limits, NOTHING_KEPT)


def list_folder(folder: Path) -> list[Path]:
    """The RDF files in ``folder`` and its sub-folders, sorted by name, by their suffix.

    ``.gz`` may follow the suffix. Hidden files and folders are left out, symbolic links to folders
    are not followed. Raises FetchError: ``file-missing``, ``file-refused``, ``folder-empty``.
    """
    if not folder.is_dir():
        raise _error("file-missing", folder, Text("mappen finns inte", "there is no such folder"))

    def refuse(error: OSError) -> None:
        why = Text("kan inte läsas: ", "cannot be listed: ") + reason_of(error)
        raise _error("file-refused", Path(error.filename or folder), why) from None

    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in files if _is_rdf_name(name)]
    if not found:
        raise _error(
            "folder-empty",
            folder,
            Text("har inga RDF-filer", "has no RDF files") + " (.rdf, .xml, .ttl, .jsonld, .nt...)",
        )
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def file_url(name: Path) -> str:
    """The URL of a local document that is called ``name``, a relative path."""
    return "file:///" + quote(os.fsencode(name.as_posix()))


def _is_rdf_name(name: str) -> bool:
    path = Path(name.lower().removesuffix(".gz"))
    return not name.startswith(".") and path.suffix in RDF_SUFFIXES


def _copy(
    stream: BinaryIO,
    where: str,
    url: str,
    bodies: BodyStore,
    limits: Limits,
    validators: Validators,
) -> Document:
    body = Body(_chunks(stream, where), (), limits)
    try:
        stored = bodies.write(body)
    except DecodingError as error:
        raise FetchError(error.event, f"{where}: " + error.why, url=where) from None
    return Document(
        url=url,
        final_url=url,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        not_modified=stored.sha256 == validators.sha256,
    )


def _chunks(stream: BinaryIO, where: str) -> Iterator[bytes]:
    while True:
        try:
            chunk = stream.read(MIB)
        except OSError as error:
            why = Text("kan inte läsas: ", "cannot be read: ") + reason_of(error)
            raise FetchError("file-refused", f"{where}: " + why, url=where) from None
        if not chunk:
            return
        yield chunk


def _error(event: str, path: Path, why: Text) -> FetchError:
    return FetchError(event, f"{path}: " + why, url=str(path))
