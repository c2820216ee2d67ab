"""Offsets as lines and columns, and the text of a line."""

from bisect import bisect_left
from itertools import accumulate
from typing import Final

from harvester.rdf.encoding import to_utf8

_BLOCK: Final = 4096


class Lines:
    """A document's text, by lines.

    A line ends at a line feed, as git, grep and GitHub count; in a text without any, at a
    carriage return. Columns are characters of the text, a byte order mark not counted.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._end = end = "\n" if "\n" in text else "\r"
        # Counted by blocks, since most documents of any size have few findings.
        blocks = (text.count(end, at, at + _BLOCK) for at in range(0, len(text) + 1, _BLOCK))
        self._before: list[int] = list(accumulate(blocks, initial=0))
        self._starts: dict[int, int] = {1: 0}

    def __len__(self) -> int:
        return self._before[-1] + 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in characters."""
        block = offset // _BLOCK
        ended = self._before[block] + self.text.count(self._end, block * _BLOCK, offset)
        line = ended + 1
        start = self._starts.get(line)
        if start is None:
            at = bisect_left(self._before, ended) - 1
            last = self.text.rfind(self._end, at * _BLOCK, min((at + 1) * _BLOCK, offset))
            start = self._starts[line] = last + 1
        return line, offset - start + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a place, clipped to the text."""
        if line > len(self):
            return len(self.text)
        return min(self._start(max(line, 1)) + max(column, 1) - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line, without its end; empty where there is no such line."""
        if not 1 <= number <= len(self):
            return ""
        start = self._start(number)
        end = self.text.find(self._end, start)
        return self.text[start : end if end >= 0 else len(self.text)].removesuffix("\r")

    def _start(self, line: int) -> int:
        """Where a line starts that there is."""
        start = self._starts.get(line)
        if start is None:
            block = bisect_left(self._before, line - 1) - 1
            start = block * _BLOCK
            for _ in range(line - 1 - self._before[block]):
                start = self.text.index(self._end, start) + 1
            self._starts[line] = start
        return start


def decoded(body: bytes, *, url: str) -> str:
    """The text of a document that was read, in the encoding it was read in.

    Raises ``UnreadableError`` as reading it does.
    """
    return to_utf8(body, url=url).body.decode("utf-8", "replace")
