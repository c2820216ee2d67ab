"""Findings that someone decided to live with, with a reason and perhaps a last day."""

from dataclasses import dataclass
from datetime import date

from harvester.rules.identity import Mark


@dataclass(frozen=True, slots=True)
class Ignore:
    """One ``[[ignore]]`` of harvester.toml; ``place`` is its file and line, for messages.

    ``code``, ``focus`` and ``dataset`` may hold ``*`` for any text; empty ones match everything.
    ``focus`` is the finding's own resource, ``dataset`` also matches what is found in its
    distributions. ``source`` is the id of a source. It holds to the end of the day ``until``.
    """

    place: str
    code: str
    reason: str
    focus: str = ""
    dataset: str = ""
    source: str = ""
    until: date | None = None

    def matches(self, mark: Mark, source: str) -> bool:
        """Whether it is about this finding, of the catalog of ``source``."""
        return (
            _fits(self.code, mark.code)
            and (not self.source or self.source == source)
            and (not self.focus or any(_fits(self.focus, f) for f in (mark.focus, mark.resource)))
            and (not self.dataset or any(_fits(self.dataset, d) for d in mark.datasets))
        )

    def expired(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.until is not None and today > self.until


def _fits(pattern: str, text: str) -> bool:
    # Only * is special: ? and [ are common in IRIs. No regular expression: a configuration may
    # come with a pull request, and "*a*a*a*b" would keep one busy for hours.
    first, *middle = pattern.split("*")
    if not middle:
        return pattern == text
    last = middle.pop()
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, max(at, end))
        if found < 0:
            return False
        at = found + len(part)
    return at <= end
