"""One HTML file: no outside request, readable without script, on paper, in the dark."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from harvester.model import Finding, Severity
from harvester.report.excerpt import excerpt
from harvester.report.formats.interface import path_of, place_of, value_of
from harvester.report.page import FOLDER, environment, policy
from harvester.report.quality import lines as quality_lines
from harvester.report.ranking import Group, groups
from harvester.report.terminal import visible
from harvester.report.tolerance import tolerance_lines
from harvester.report.validation import View
from harvester.report.wording import hidden_line, verdict_of, where_of

OPEN: Final = 5
_EXCERPT: Final = 160


def render(view: View) -> Iterator[str]:
    """Yield the page piece by piece; every finding is in it, those after the first few folded."""
    style = (FOLDER / "validation.css").read_text("utf-8")
    script = (FOLDER / "validation.js").read_text("utf-8")
    values: dict[str, Any] = {
        "view": view,
        "result": view.result,
        "rules": [_rule(view, group) for group in groups(view.result, view.findings)],
        "severities": list(Severity),
        "style": style,
        "script": script,
        "policy": policy(style, script),
        "verdict": verdict_of(view),
        "hidden": hidden_line(view) if view.hidden else "",
        "tolerated": [
            line
            for line in tolerance_lines(view.result.suppressed, view.result.stale, view.lang)
            if line
        ],
        "quality": quality_lines(view.result.quality, view.lang, None)
        if view.result.quality is not None
        else [],
    }
    stream = environment(view.lang).get_template("validation.html.j2").stream(values)
    stream.enable_buffering(200)
    yield from stream


class Rule(NamedTuple):
    """One rule with its findings, in words; nothing in it is HTML yet.

    ``parts`` are the findings that are shown at once, and those that are folded, if any.
    """

    id: str
    code: str
    severity: str
    title: str
    where: str
    why: str
    fix: str
    rejects: bool
    link: str
    total: int
    parts: tuple[tuple[bool, list["Item"]], ...]


class Item(NamedTuple):
    """One finding; ``message`` is empty where the rule's advice says it all."""

    title: str
    place: str
    message: str
    excerpt: str
    path: str
    focus: str
    value: str


def _rule(view: View, group: Group) -> Rule:
    rule, lang = group.rule, view.lang
    fix = rule.fix.in_language(lang) if rule is not None else ""
    items = [_item(view, finding, fix) for finding in group.findings]
    section = rule.section if rule is not None else ""
    return Rule(
        id=f"{group.code}-{group.severity}",
        code=group.code,
        severity=str(group.severity),
        title=visible(rule.title.in_language(lang)) if rule is not None else "",
        where=where_of(group, lang),
        why=visible(rule.why.in_language(lang)) if rule is not None else "",
        fix=visible(fix),
        rejects=rule is not None and rule.rejects,
        link=section if section.startswith(("https://", "http://")) else "",
        total=len(items),
        parts=((False, items[:OPEN]), (True, items[OPEN:]))[: 1 + (len(items) > OPEN)],
    )


def _item(view: View, finding: Finding, fix: str) -> Item:
    message = finding.message.in_language(view.lang)
    text = view.result.lines.get((finding.input, finding.line), "")
    there = text.strip() and finding.column <= len(text) + 1
    return Item(
        title=visible(finding.title),
        place=visible(place_of(finding)),
        message="" if fix and message.endswith(fix) else visible(message),
        excerpt=_excerpt(text, finding) if there else "",
        path=visible(path_of(finding)),
        focus=visible(finding.focus),
        value=visible(value_of(finding) or ""),
    )


def _excerpt(text: str, finding: Finding) -> str:
    shown, caret = excerpt(text, finding.column or 1, _EXCERPT)
    number = str(finding.line)
    return f"{number} │ {shown}\n{' ' * len(number)} │ {caret}"
