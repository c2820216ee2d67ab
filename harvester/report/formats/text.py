"""Text for a terminal: the verdict, then what to mend first, with the lines it stands on."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from textwrap import wrap
from typing import Final

from harvester.model import Finding, Severity
from harvester.report.excerpt import excerpt
from harvester.report.formats.interface import about_of, place_of, value_of
from harvester.report.quality import lines as quality_lines
from harvester.report.ranking import Group, groups
from harvester.report.terminal import cut, visible, width_of
from harvester.report.texts import say
from harvester.report.tolerance import tolerance_lines
from harvester.report.validation import View
from harvester.report.wording import counts_of, hidden_line, input_of, verdict_of, where_of

SAMPLES: Final = 3
_WIDEST: Final = 120
_COLOURS: Final = {
    "accepted": "32;1",
    "accepted-with-remarks": "33;1",
    "rejected": "31;1",
    Severity.ERROR: "31;1",
    Severity.WARNING: "33;1",
    Severity.INFO: "36;1",
    "place": "1",
    "dim": "2",
}


def render(view: View) -> Iterator[str]:
    """Yield the report, grouped by rule; with ``concise`` one line a finding after the verdict."""
    for line in _concise(view) if view.concise else _grouped(view):
        yield line + "\n"


def _grouped(view: View) -> Iterator[str]:
    yield from _head(view)
    ranked = groups(view.result, view.findings)
    if len(ranked) > 1:
        yield from ("", *_wrapped(say("validate.first", view.lang), view.width))
    excerpts = _Excerpts(view)
    for group in ranked:
        yield ""
        yield from _group(view, group, excerpts)
    yield from _foot(view)
    if ranked:
        yield ""
        hint = say("validate.explain", view.lang, code=ranked[0].code)
        yield from (_paint(view, "dim", line) for line in _wrapped(hint, view.width))


def _concise(view: View) -> Iterator[str]:
    yield from _head(view)
    for group in groups(view.result, view.findings):
        for finding in group.findings:
            severity = say(f"severity.{finding.severity}", view.lang)
            message = finding.message.in_language(view.lang)
            head = f"{place_of(finding)}: {finding.code} {severity}: "
            yield visible(f"{head}{message} [{about_of(finding)}]")
    yield from _foot(view)


def _head(view: View) -> Iterator[str]:
    result = view.result
    for line in _wrapped(verdict_of(view), view.width):
        yield _paint(view, result.verdict, line)
    for unread in result.unread:
        reason = unread.reason.in_language(view.lang)
        yield from _wrapped(f"{say('report.unread', view.lang)}: {reason}", view.width)
    if result.inputs or not result.unread:  # of what was not read, nothing was counted
        yield from _wrapped(f"{counts_of(view)} ({result.profile})", view.width)
    for entry in result.inputs:
        yield from _wrapped(input_of(entry, view.lang), view.width)


def _foot(view: View) -> Iterator[str]:
    result = view.result
    if view.hidden:
        yield from ("", *_wrapped(hidden_line(view), view.width))
    for line in tolerance_lines(result.suppressed, result.stale, view.lang):
        yield from _wrapped(line, view.width) if line else [""]
    if result.quality is not None:
        yield ""
        for line in quality_lines(result.quality, view.lang):
            yield from _wrapped(line, view.width)


def _group(view: View, group: Group, excerpts: "_Excerpts") -> Iterator[str]:
    severity = say(f"severity.{group.severity}", view.lang)
    title = group.rule.title.in_language(view.lang) if group.rule is not None else ""
    head = f"{group.code} {severity}"
    lines = _wrapped(f"{head}: {title}" if title else head, view.width)
    yield _paint(view, group.severity, visible(lines[0][: len(head)])) + lines[0][len(head) :]
    yield from (f"  {line}" for line in lines[1:])
    yield from _wrapped(where_of(group, view.lang), view.width, "  ")
    shown = group.findings if view.full else _samples(group.findings)
    messages = {finding.message.in_language(view.lang) for finding in group.findings}
    fix = group.rule.fix.in_language(view.lang) if group.rule is not None else ""
    # A message that is alone and ends with the advice would say the title and the advice again.
    alone = messages.pop() if len(messages) == 1 else ""
    if alone and not (fix and alone.endswith(fix)):
        yield from _wrapped(alone, view.width, "  ")
    for finding in shown:
        yield from _sample(view, finding, excerpts, with_message=not alone)
    if len(shown) < len(group.findings):
        yield "    " + say("validate.more", view.lang, count=len(group.findings) - len(shown))
    if fix:
        yield from _wrapped(say("validate.fix", view.lang, fix=fix), view.width, "  ")


def _samples(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The first few, of different datasets where there are so many."""
    by_title: dict[str, Finding] = {}
    for finding in findings:
        by_title.setdefault(finding.title or finding.focus, finding)
        if len(by_title) == SAMPLES:
            break
    chosen = {id(finding) for finding in by_title.values()}
    others = (finding for finding in findings if id(finding) not in chosen)
    chosen.update(id(finding) for finding in islice(others, SAMPLES - len(chosen)))
    return [finding for finding in findings if id(finding) in chosen]


def _sample(
    view: View, finding: Finding, excerpts: "_Excerpts", *, with_message: bool
) -> list[str]:
    """The place and what is there by name; where it is known, the line with a caret."""
    room = view.width - 4
    place = visible(place_of(finding))
    title = visible(finding.title or finding.focus)
    painted = f"    {_paint(view, 'place', place)}"
    wide = width_of(place)
    if wide + 2 + min(width_of(title), 12) <= room:
        written = [f"{painted}  {cut(title, room - wide - 2)}"]
    else:
        written = [painted, f"      {cut(title, room - 2)}"]
    if view.full:
        written.append(f"      {visible(about_of(finding))}")
    if with_message:
        written += _wrapped(finding.message.in_language(view.lang), view.width, "      ")
    written += excerpts.of(finding)
    return written


class _Excerpts:
    """The lines that findings are on, each made once however many findings are there."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[tuple[str, int, int], list[str]] = {}

    def of(self, finding: Finding) -> list[str]:
        """The line with a caret; the value where the line is not known."""
        key = finding.input, finding.line, finding.column
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._excerpt(finding)
        value = None if made else value_of(finding)
        return made if value is None else [f"      {cut(visible(value), self._view.width - 6)}"]

    def _excerpt(self, finding: Finding) -> list[str]:
        view = self._view
        text = view.result.lines.get((finding.input, finding.line), "")
        if not text.strip() or finding.column > len(text) + 1:
            return []
        number = str(finding.line)
        margin = " " * len(number)
        shown, caret = excerpt(text, finding.column or 1, view.width - 9 - len(number))
        return [
            _paint(view, "dim", f"      {number} |") + f" {shown}",
            _paint(view, "dim", f"      {margin} |") + f" {_paint(view, Severity.ERROR, caret)}",
        ]


@lru_cache(maxsize=1024)
def _wrapped(text: str, width: int, indent: str = "") -> Sequence[str]:
    """Lines no wider than the terminal; a long word such as an IRI is never broken."""
    shown = visible(text)
    if len(shown) + len(indent) <= width and shown.isascii():
        return (indent + shown,)
    return tuple(
        wrap(
            shown,
            min(width, _WIDEST),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or ("",)
    )


def _paint(view: View, style: str, text: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if view.colour and text.strip() else text
