"""Offsets as lines and columns, and the text of a line."""

from bisect import bisect_right
from itertools import accumulate, count
from operator import add

from harvester.rdf.encoding import to_utf8


class Lines:
    """A document's text, by lines.

    A line ends at a line feed, as git, grep and GitHub count; in a text without any, at a
    carriage return. Columns are characters of the text, a byte order mark not counted.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        end = "\n" if "\n" in text else "\r"
        lengths = map(len, text.split(end))
        # Each start is the lengths of the lines before it, and one end for each of them.
        self._starts: list[int] = list(map(add, accumulate(lengths, initial=0), count()))
        self._starts.pop()

    def __len__(self) -> int:
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a place, clipped to the text."""
        if line > len(self._starts):
            return len(self.text)
        return min(self._starts[max(line, 1) - 1] + max(column, 1) - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line, without its end; empty where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")


def decoded(body: bytes, *, url: str) -> str:
    """The text of a document that was read, in the encoding it was read in.

    Raises ``UnreadableError`` as reading it does.
    """
    return to_utf8(body, url=url).body.decode("utf-8", "replace")
