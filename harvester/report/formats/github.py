"""GitHub workflow commands: annotations on the lines of a pull request, within GitHub's limits.

Limits (docs.github.com, workflow commands; actions/toolkit, problem matchers): 10 errors, 10
warnings and 10 notices a step; what is more is dropped without a word, so we say how many.
"""

from collections.abc import Iterator
from typing import Final

from harvester.model import Finding, Severity
from harvester.report.formats import md
from harvester.report.formats.interface import about_of
from harvester.report.formats.places import path_from
from harvester.report.ranking import groups
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.validation import View

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST: Final = 10
SUMMARY_BYTES: Final = 1024 * 1024


def render(view: View) -> Iterator[str]:
    """Yield the annotations that matter most, and a notice of how many more there are."""
    ranked = [f for group in groups(view.result, view.findings) for f in group.findings]
    for unread in view.result.unread:
        yield _command(
            "error",
            _place(view, unread.name, unread.line, unread.column),
            unread.reason.in_language(view.lang),
        )
    room = dict.fromkeys(Severity, MOST)
    room[Severity.ERROR] -= len(view.result.unread)
    room[Severity.INFO] -= len(ranked) > 0  # one is kept for the notice of how many more
    shown: list[Finding] = []
    for finding in ranked:
        if room[finding.severity] > 0:
            room[finding.severity] -= 1
            shown.append(finding)
    for finding in shown:
        yield _annotation(view, finding)
    left = len(view.result.findings) - len(shown)
    if left:
        yield _command("notice", {"title": "harvester"}, say("report.more", view.lang, count=left))


def summary(view: View, room: int = SUMMARY_BYTES) -> Iterator[str]:
    """Yield the whole report for the job's summary, at most ``room`` bytes of UTF-8.

    It holds every finding, those with annotations too, since the summary is what people keep.
    What does not fit is counted.
    """
    codes = {finding.code for finding in view.findings}
    left = len(view.findings)
    room -= len(_cut(view, left).encode("utf-8"))
    for piece in md.render(view):
        room -= len(piece.encode("utf-8", "backslashreplace"))
        if room < 0:
            yield _cut(view, left)
            return
        left -= piece.startswith("| ") and piece.split(" ", 2)[1] in codes
        yield piece


def _cut(view: View, count: int) -> str:
    return f"\n{say('report.cut', view.lang, count=count)}\n"


def _annotation(view: View, finding: Finding) -> str:
    properties = _place(view, finding.input, finding.line, finding.column)
    rule = view.result.rules.get(finding.code)
    title = f": {rule.title.in_language(view.lang)}" if rule is not None else ""
    properties["title"] = finding.code + title
    about = f"{finding.title}: " if finding.title else ""
    message = f"{about}{finding.message.in_language(view.lang)} ({about_of(finding)})"
    return _command(COMMANDS[finding.severity], properties, message)


def _place(view: View, name: str, line: int, column: int) -> dict[str, str]:
    place = {"file": path_from(view.root, name)}
    if line:
        place |= {"line": str(line), "col": str(column or 1)}
    return place


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """The message, escaped so that it stays in its command (actions/toolkit, command.ts)."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
