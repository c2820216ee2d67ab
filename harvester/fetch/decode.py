"""Taking content codings off, a bounded piece at a time.

Never trusts a library's convenience: httpx 0.28 turns 809 bytes of brotli into one chunk of
512 MB, accepts a gzip body that was cut off, and drops the second member of a gzip file.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from harvester.fetch.limits import MIB, Limits
from harvester.words import Text

PIECE: Final = MIB
GZIP_MAGIC: Final = b"\x1f\x8b"
ARCHIVES: Final = {
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf": "7z",
}
# An empty member costs an attacker 20 bytes and us a new decoder; bgzip needs one for each 64 KiB.
_MOST_MEMBERS: Final = 100_000
_SNIFFED: Final = 6
_KNOWN_CODINGS: Final = frozenset({"br", "compress", "dcb", "dcz", "zstd"})


class Decoder(Protocol):
    """Turns wire bytes into decoded pieces of at most ``PIECE`` bytes."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode what ``data`` completes. Raises DecodingError."""
        ...

    def finish(self) -> bool:
        """Whether the data itself proved its end. Raises DecodingError when it was cut."""
        ...


class DecodingError(Exception):
    """Inside this module's callers only: ``event`` and what is wrong, without the place."""

    def __init__(self, event: str, why: Text) -> None:
        super().__init__(why.en)
        self.event = event
        self.why = why


class Plain:
    """No coding: such bytes cannot prove where they end."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Hand ``data`` on."""
        yield data

    def finish(self) -> bool:
        """Nothing is proven."""
        return False


class Gzip:
    """gzip (RFC 1952): several members are one body, each CRC and length is checked by zlib."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._members = 1
        self._inside = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode across member borders; zero bytes after the last member are padding."""
        while data:
            if self._member.eof:
                data = data.lstrip(b"\0")
                if not data:
                    return
                self._next_member()
            self._inside = True
            piece = _inflate(self._member, data)
            if piece:
                yield piece
            if self._member.eof:
                self._inside = False
                data = self._member.unused_data
            else:
                data = self._member.unconsumed_tail

    def finish(self) -> bool:
        """A finished trailer proves the end."""
        if self._inside or not self._member.eof:
            raise DecodingError(
                "truncated",
                Text(
                    "den packade filen (gzip) är avklippt", "the gzip data end before their trailer"
                ),
            )
        return True

    def _next_member(self) -> None:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise DecodingError(
                "encoding",
                Text(
                    f"den packade filen (gzip) har över {_MOST_MEMBERS} delar",
                    f"the gzip data have over {_MOST_MEMBERS} members",
                ),
            )
        self._member = zlib.decompressobj(wbits=31)


class Deflate:
    """``deflate``: zlib (RFC 1950), or the raw form (RFC 1951) that some servers send instead."""

    def __init__(self) -> None:
        self._start = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode; the first two bytes tell the form."""
        if self._stream is None:
            self._start += data
            if len(self._start) < 2:
                return
            zlib_form = self._start[0] & 0x0F == 8 and int.from_bytes(self._start[:2]) % 31 == 0
            self._stream = zlib.decompressobj(wbits=15 if zlib_form else -15)
            data = self._start
        while data:
            if self._stream.eof:
                raise DecodingError(
                    "encoding",
                    Text(
                        "det finns byte efter slutet på det packade innehållet (deflate)",
                        "there are bytes after the end of the deflate data",
                    ),
                )
            piece = _inflate(self._stream, data)
            if piece:
                yield piece
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def finish(self) -> bool:
        """The last block proves the end."""
        if self._stream is None or not self._stream.eof:
            raise DecodingError(
                "truncated",
                Text(
                    "det packade innehållet (deflate) är avklippt", "the deflate data end too early"
                ),
            )
        return True


def _inflate(stream: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return stream.decompress(data, PIECE)
    except zlib.error:
        raise DecodingError(
            "encoding",
            Text("det packade innehållet är skadat", "the compressed data are damaged"),
        ) from None


def decoder_for(codings: tuple[str, ...]) -> Decoder:
    """Choose the decoder for a body's content codings.

    Raises DecodingError: ``encoding-stack`` for more than one, ``encoding`` for one that was not
    asked for. brotli and zstd are not decoded even where their packages happen to be installed:
    ``Accept-Encoding`` does not name them.
    """
    if len(codings) > 1:
        raise DecodingError(
            "encoding-stack",
            Text(
                f"innehållet är packat {len(codings)} gånger om",
                f"the body is packed {len(codings)} times over",
            ),
        )
    if not codings:
        return Plain()
    if codings[0] == "gzip":
        return Gzip()
    if codings[0] == "deflate":
        return Deflate()
    # Only a name that we know is repeated: the header could hold anything.
    name = Text("något okänt", "something unknown")
    if codings[0] in _KNOWN_CODINGS:
        name = Text.same(codings[0])
    raise DecodingError(
        "encoding",
        Text(
            f"innehållet är packat som {name.sv}, fast bara gzip efterfrågades",
            f"the body is packed as {name.en}, though only gzip was asked for",
        ),
    )


class Body:
    """The decoded bytes of a wire body, with every limit on size kept.

    A body without content coding that starts like a gzip file is one (``catalog.rdf.gz``), and is
    unpacked by the same rules. ``end_proven`` is meaningful after the last piece.
    """

    def __init__(self, wire: Iterable[bytes], codings: tuple[str, ...], limits: Limits) -> None:
        self._wire = wire
        self._codings = codings
        self._limits = limits
        self.wire_size = 0
        self.size = 0
        self.end_proven = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield pieces of at most 1 MiB. Raises DecodingError."""
        decoder = decoder_for(self._codings)
        start = b""
        decided = False
        for chunk in self._wire:
            self.wire_size += len(chunk)
            if self.wire_size > self._limits.wire:
                raise DecodingError(
                    "too-large-wire",
                    Text("innehållet är över ", "the body is over ") + megabytes(self._limits.wire),
                )
            if decided:
                yield from self._bounded(decoder.feed(chunk))
                continue
            start += chunk
            if len(start) < _SNIFFED:
                continue
            decided = True
            decoder = self._unpack_file(decoder, start)
            yield from self._bounded(decoder.feed(start))
        if not decided:
            decoder = self._unpack_file(decoder, start)
            yield from self._bounded(decoder.feed(start))
        # A body of no bytes at all is empty, not a cut gzip file: some servers answer so.
        self.end_proven = decoder.finish() if self.wire_size else False

    def _unpack_file(self, decoder: Decoder, start: bytes) -> Decoder:
        if self._codings:
            return decoder
        _refuse_archive(start)
        return Gzip() if start.startswith(GZIP_MAGIC) else decoder

    def _bounded(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        limits = self._limits
        for piece in pieces:
            if self.size == 0 and self._codings and piece.startswith(GZIP_MAGIC):
                raise DecodingError(
                    "encoding-stack",
                    Text(
                        "innehållet är en gzip-fil som är packad en gång till",
                        "the body is a gzip file, packed once more",
                    ),
                )
            if self.size == 0:
                _refuse_archive(piece)
            self.size += len(piece)
            if self.size > limits.decoded:
                raise DecodingError(
                    "too-large-decoded",
                    Text(
                        f"innehållet är över {megabytes(limits.decoded)} uppackat",
                        f"the body is over {megabytes(limits.decoded)} unpacked",
                    ),
                )
            if self.size > limits.ratio_from and self.size > limits.ratio * self.wire_size:
                raise DecodingError(
                    "ratio",
                    Text(
                        f"innehållet blir över {limits.ratio} gånger större när det packas upp, "
                        "vilket ingen katalog blir",
                        f"the body grows over {limits.ratio} times when unpacked, as no catalog "
                        "does",
                    ),
                )
            yield piece


def _refuse_archive(start: bytes) -> None:
    for magic, name in ARCHIVES.items():
        if start.startswith(magic):
            raise DecodingError(
                "archive",
                Text(
                    f"det här är ett {name}-arkiv; publicera själva RDF-filen, eller packa den "
                    "med gzip",
                    f"this is a {name} archive; publish the RDF itself, or gzip it",
                ),
            )


def megabytes(size: int) -> str:
    """Write a size in bytes for people: ``500 MiB``, or bytes below one."""
    return f"{size // MIB} MiB" if size >= MIB else f"{size} B"
