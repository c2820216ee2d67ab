"""A document's bytes and its text in UTF-8, and how an edit of the one is an edit of the other."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harvester.fix.statements import Edit
from harvester.rdf.encoding import to_utf8

_MARKS: Final = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """``body`` is what was given, ``mark`` its byte order mark, ``text`` the UTF-8 of the rest."""

    body: bytes
    mark: bytes
    codec: str
    text: bytes

    @classmethod
    def of(cls, body: bytes, url: str) -> "Encoded | None":
        """Read a document's encoding; ``None`` where its bytes do not come back from its text."""
        source = to_utf8(body, url=url)
        mark = next((mark for mark in _MARKS if body.startswith(mark)), b"")
        rest = body[len(mark) :]
        try:
            text = rest.decode(source.encoding)
        except (UnicodeDecodeError, LookupError):
            return None
        if text.encode(source.encoding) != rest:
            return None
        utf8 = text.encode("utf-8", "surrogatepass")
        if len(utf8) != len(source.body):
            return None
        # An XML declaration of another encoding is blanked there; its length is the same.
        return cls(body, mark, source.encoding, source.body)

    def in_bytes(self, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
        """Edits of the text as edits of the bytes; ``None`` where these have no such character."""
        found: list[Edit] = []
        done, at = 0, len(self.mark)
        try:
            for edit in edits:
                start = at + self._width(done, edit.start)
                at = start + self._width(edit.start, edit.end)
                done = edit.end
                found.append(Edit(start, at, edit.text.decode().encode(self.codec)))
        except UnicodeEncodeError:
            return None
        return tuple(found)

    def _width(self, start: int, end: int) -> int:
        """How many bytes of the document a stretch of its text is."""
        if self.codec == "utf-8":
            return end - start
        return len(self.text[start:end].decode().encode(self.codec))
