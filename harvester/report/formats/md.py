"""Markdown for issues, wikis and job summaries: data is code, so that it stays data."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from harvester.model import Finding
from harvester.report.formats.interface import path_of, place_of, value_of
from harvester.report.ranking import Group, groups
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.validation import View
from harvester.report.wording import counts_of, hidden_line, verdict_of, where_of

_MARKUP: Final = re.compile(r"([\\`*_\[\]#|~])")
# A value with its language or datatype; an IRI. Neither can run past the next one's start.
_DATA: Final = re.compile(r'"[^"`]*"(?:@[\w-]+|\^\^[\w:]+)?|<[^<>\s`]*>')
_SPACES: Final = re.compile(r"(\s+)")
_LINKED: Final = ("@", "://", "www.")


def render(view: View) -> Iterator[str]:
    """Yield the verdict, then the rules by effect, each with a table of its findings."""
    result = view.result
    yield f"## {prose(verdict_of(view))}\n\n"
    yield f"{counts_of(view)} ({prose(result.profile)})\n\n"
    for entry in result.unread:
        reason = prose(entry.reason.in_language(view.lang))
        yield f"- {prose(say('report.unread', view.lang))}: {reason}\n"
    if not result.findings:
        yield say("validate.clean", view.lang) + "\n"
    for group in groups(result, view.findings):
        yield from _group(view, group)
    if view.hidden:
        yield f"\n{prose(hidden_line(view))}\n"


def prose(text: str) -> str:
    """Text in which nothing is markup, a link, HTML or a mention (S71).

    Quoted values, IRIs, and words that GitHub would make links or mentions of become code.
    """
    written = ""
    run = ""  # what stands in a row as code: two spans side by side would share their fences
    for piece in _pieces(visible(text)):
        if _is_data(piece):
            run += piece
        else:
            written += _span(run) + _MARKUP.sub(r"\\\1", escape(piece, quote=False))
            run = ""
    return written + _span(run)


def code(text: str) -> str:
    """Text as code in a cell of a table: no backtick or bar in it can end it."""
    return _span(visible(text).replace("|", "\\|"))


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for found in _DATA.finditer(text):
        yield from filter(None, _SPACES.split(text[end : found.start()]))
        yield found[0]
        end = found.end()
    yield from filter(None, _SPACES.split(text[end:]))


def _is_data(piece: str) -> bool:
    return _DATA.fullmatch(piece) is not None or any(mark in piece for mark in _LINKED)


def _span(shown: str) -> str:
    if "`" not in shown:
        pad = " " if shown.startswith(" ") or shown.endswith(" ") else ""
        return f"`{pad}{shown}{pad}`" if shown else ""
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown[:1] in ("`", " ") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _group(view: View, group: Group) -> Iterator[str]:
    lang = view.lang
    title = group.rule.title.in_language(lang) if group.rule is not None else ""
    severity = say(f"severity.{group.severity}", lang)
    yield f"\n### {group.code} {severity}: {prose(title)}\n\n{prose(where_of(group, lang))}\n\n"
    if group.rule is not None:
        yield prose(say("validate.fix", lang, fix=group.rule.fix.in_language(lang))) + "\n\n"
    heads = (
        say("report.rule", lang),
        say("report.place", lang),
        say("report.what", lang),
        say("report.path", lang),
        say("report.focus", lang),
        say("report.value", lang),
    )
    yield f"| {' | '.join(heads)} |\n"
    yield "|" + " --- |" * len(heads) + "\n"
    for finding in group.findings:
        yield _row(finding)


def _row(finding: Finding) -> str:
    cells = (
        finding.code,
        code(place_of(finding)),
        code(finding.title),
        code(path_of(finding)),
        code(finding.focus),
        code(value_of(finding) or ""),
    )
    return f"| {' | '.join(cells)} |\n"
