"""Every error this program raises, and the exit code each one ends a command with.

    HarvesterError                70  internal, if it is ever raised bare
    ├── UsageError                 2  the command line asks for something that cannot be
    ├── ConfigError                2  harvester.toml, a profile or a shapes file is wrong
    ├── SourceError                3  about one source; a run goes on with the others
    │   ├── FetchError             3  the transport: no answer, or one that cannot be trusted
    │   └── UnreadableError        5  the bytes are not RDF that can be read
    ├── StoreError                10  the store is missing, damaged or newer than this program
    ├── LockedError               11  another run holds the lock
    ├── DiskFullError             12  disk full, or a write was refused
    └── ExportError               70  an export did not survive its own verification
        └── ShrunkError            4  a guard holds an export back that is sharply smaller

Findings are about the data and are never raised; errors are about us or the transport.
An error is inert: constructing one does nothing else. Its ``text`` is one line for the user, in
Swedish and English: what happened, where, and what to do. ``str(error)`` is the English one.
"""

import errno
from collections.abc import Mapping
from errno import EDQUOT, EFBIG, ENOSPC, EROFS
from types import MappingProxyType
from typing import ClassVar, Final

from harvester.words import Text

EXIT_OK: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_SOURCES_FAILED: Final = 3
EXIT_HELD: Final = 4
EXIT_UNREADABLE: Final = 5
EXIT_STORE: Final = 10
EXIT_LOCKED: Final = 11
EXIT_DISK_FULL: Final = 12
EXIT_INTERNAL: Final = 70
EXIT_INTERRUPTED: Final = 130
EXIT_TERMINATED: Final = 143

WRITE_REFUSED: Final = frozenset({ENOSPC, EDQUOT, EROFS, EFBIG})


class HarvesterError(Exception):
    """Root of the tree: anything this program reports on one line."""

    exit_code: ClassVar[int] = EXIT_INTERNAL

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UsageError(HarvesterError):
    """The command line asks for something that cannot be."""

    exit_code = EXIT_USAGE


class ConfigError(HarvesterError):
    """A configuration, profile or shapes file is wrong; the text names file, line and key."""

    exit_code = EXIT_USAGE


class SourceError(HarvesterError):
    """About one source. ``event`` is a stable English slug such as ``too-large-decoded``."""

    exit_code = EXIT_SOURCES_FAILED

    def __init__(self, event: str, text: Text, *, url: str = "") -> None:
        super().__init__(text)
        self.event = event
        self.url = url


class FetchError(SourceError):
    """The transport gave no answer, or one that cannot be trusted.

    ``status`` is the HTTP status code when the server gave one; 404 and 410 make the source
    *gone*, all else *unreachable*.
    """

    def __init__(self, event: str, text: Text, *, url: str = "", status: int | None = None):
        super().__init__(event, text, url=url)
        self.status = status


class UnreadableError(SourceError):
    """The bytes are not RDF that can be read. ``line`` and ``column`` count from 1; 0 unknown."""

    exit_code = EXIT_UNREADABLE

    def __init__(
        self, event: str, text: Text, *, url: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(event, text, url=url)
        self.line = line
        self.column = column


class StoreError(HarvesterError):
    """The store is missing, damaged or newer than this program."""

    exit_code = EXIT_STORE


class LockedError(HarvesterError):
    """Another run holds the lock."""

    exit_code = EXIT_LOCKED


class DiskFullError(HarvesterError):
    """The disk is full, or a write was refused."""

    exit_code = EXIT_DISK_FULL


class ExportError(HarvesterError):
    """An export did not survive its own verification; the previous one is untouched."""


class ShrunkError(ExportError):
    """A guard holds an export back: it is sharply smaller than what is published now."""

    exit_code = EXIT_HELD


# What the system refuses most; its own words, in English, stand for the rest.
_IN_SWEDISH: Final[Mapping[int, str]] = MappingProxyType(
    {
        errno.ENOENT: "finns inte",
        errno.ENOTDIR: "en del av sökvägen är ingen mapp",
        errno.EISDIR: "det är en mapp",
        errno.EEXIST: "finns redan",
        errno.EACCES: "behörighet saknas",
        errno.EPERM: "det är inte tillåtet",
        errno.ENOSPC: "disken är full",
        errno.EDQUOT: "utrymmet som användaren får ha är slut",
        errno.EFBIG: "filen blir för stor",
        errno.EROFS: "disken går bara att läsa",
        errno.EIO: "fel på disken",
        errno.ENAMETOOLONG: "namnet är för långt",
        errno.ELOOP: "länkarna går runt i en ring",
        errno.ECONNREFUSED: "servern tar inte emot förbindelser",
        errno.ECONNRESET: "servern bröt förbindelsen",
        errno.ENETUNREACH: "nätet går inte att nå",
        errno.EHOSTUNREACH: "servern går inte att nå",
        errno.ETIMEDOUT: "servern svarade inte",
    }
)


def reason_of(error: OSError) -> Text:
    """Why the system refused, in a few words."""
    english = error.strerror or str(error)
    return Text(_IN_SWEDISH.get(error.errno or 0, english), english)


def exit_code_of(error: BaseException) -> int:
    """The exit code of a command that ``error`` ends."""
    if isinstance(error, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else EXIT_INTERNAL
    if isinstance(error, HarvesterError):
        return error.exit_code
    refused = isinstance(error, OSError) and error.errno in WRITE_REFUSED
    return EXIT_DISK_FULL if refused else EXIT_INTERNAL
