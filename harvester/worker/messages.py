"""What crosses the border between the run and a child that reads, and the limits of a child."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from harvester.model import Document, DocumentReading, SourceState
from harvester.settings import Recipe
from harvester.words import Text

MiB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use: bytes of memory, seconds of CPU and of wall clock, open files."""

    memory: int = 2048 * MiB
    cpu: int = 120
    wall: float = 900.0
    files: int = 64


@dataclass(frozen=True, slots=True)
class Warm:
    """What the server is told when it starts: the limits of its children, what to load."""

    limits: Limits
    profiles: tuple[str, ...] = ()


class Open(msgspec.Struct, tag=True, frozen=True):
    """Begin a source."""

    source_id: str
    profile: str
    recipe: Recipe


class Add(msgspec.Struct, tag=True, frozen=True):
    """Read one document."""

    document: Document


class Finish(msgspec.Struct, tag=True, frozen=True):
    """Validate, split, normalise, hash."""


class Reading(msgspec.Struct, tag=True, frozen=True):
    """The answer to :class:`Add`."""

    reading: DocumentReading


class State(msgspec.Struct, tag=True, frozen=True):
    """The answer to :class:`Finish`."""

    state: SourceState


class Unreadable(msgspec.Struct, tag=True, frozen=True):
    """The document is not RDF that can be read."""

    event: str
    text: Text
    url: str
    line: int
    column: int


class Broken(msgspec.Struct, tag=True, frozen=True):
    """The child met an error of this program; the text is for its log."""

    message: str


class Died(msgspec.Struct, tag=True, frozen=True):
    """The child ended without an answer; ``status`` is its exit code, negative for a signal."""

    status: int


def _encode(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind.__name__)


ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=_encode)
REQUEST: Final = msgspec.msgpack.Decoder(Open | Add | Finish, dec_hook=_decode)
ANSWER: Final = msgspec.msgpack.Decoder(
    Reading | State | Unreadable | Broken | Died, dec_hook=_decode
)
