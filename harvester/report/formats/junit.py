"""JUnit XML, in the dialect that Jenkins, GitLab and Azure read."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from harvester.model import Finding
from harvester.report.formats.interface import path_of, place_of
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.validation import View
from harvester.terms import term_to_ntriples

# Characters that XML 1.0 has no way to write and that ``visible`` leaves alone.
_NOT_XML = re.compile("[\ufffe\uffff]")


def render(view: View) -> Iterator[str]:
    """Yield a suite for each input and a case for each finding.

    A case fails when its severity ends the run with exit code 1; the others are skipped, with
    their message. An input without findings is one case that passed, one that could not be read
    one case with an error.
    """
    names = [entry.name for entry in view.result.inputs]
    by_input: dict[str, list[Finding]] = {name: [] for name in names}
    for finding in view.findings:
        by_input.setdefault(finding.input, []).append(finding)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="harvester">\n'
    for name, findings in by_input.items():
        yield from _suite(view, name, findings)
    for unread in view.result.unread:
        yield _head(unread.name, tests=1, errors=1)
        reason = _text(unread.reason.in_language(view.lang))
        yield (
            f'<testcase classname="harvester" name="{_text(unread.name)}" time="0">'
            f'<error type="unreadable" message="{reason}">{reason}</error></testcase>\n'
            "</testsuite>\n"
        )
    yield "</testsuites>\n"


def _suite(view: View, name: str, findings: Sequence[Finding]) -> Iterator[str]:
    failed = sum(finding.severity in view.failing for finding in findings)
    skipped = len(findings) - failed
    yield _head(name, tests=len(findings) or 1, failures=failed, skipped=skipped)
    if not findings:
        yield f'<testcase classname="harvester" name="{_text(name)}" time="0"/>\n'
    lang = view.lang
    labels = (
        say("report.place", lang),
        say("column.title", lang),
        say("report.path", lang),
        say("report.focus", lang),
        say("report.value", lang),
        say("report.message", lang),
    )
    for finding in findings:
        yield _case(finding, lang, labels, failed=finding.severity in view.failing)
    yield "</testsuite>\n"


def _head(name: str, *, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> str:
    return (
        f'<testsuite name="{_text(name)}" tests="{tests}" failures="{failures}" '
        f'errors="{errors}" skipped="{skipped}" time="0">\n'
    )


def _case(finding: Finding, lang: str, labels: Sequence[str], *, failed: bool) -> str:
    code, message = _text(finding.code), _text(finding.message.in_language(lang))
    path, focus = _text(path_of(finding)), _text(finding.focus)
    value = finding.value
    rows = (
        _text(place_of(finding)),
        _text(finding.title),
        path,
        focus,
        "" if value is None else _text(term_to_ntriples(value)),
        message,
    )
    body = "".join([f"{label}: {text}\n" for label, text in zip(labels, rows, strict=True) if text])
    name = f"{path} · {focus}" if path and focus else path or focus
    head = f'<testcase classname="{code}" name="{name}" time="0">'
    if not failed:
        return f'{head}<skipped message="{message}">\n{body}</skipped></testcase>\n'
    kind = finding.severity.value
    return f'{head}<failure type="{kind}" message="{message}">\n{body}</failure></testcase>\n'


@lru_cache(maxsize=1024)
def _text(value: str) -> str:
    """Text for an attribute or an element, every control character shown (S72)."""
    if value.isprintable():
        return escape(value)
    return escape(_NOT_XML.sub("\ufffd", visible(value)))
