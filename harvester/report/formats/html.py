"""One HTML file: no outside request, readable without script, on paper, in the dark."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from harvester.model import Finding, Severity
from harvester.report.excerpt import excerpt
from harvester.report.formats.interface import path_of, place_of, value_of
from harvester.report.quality import lines as quality_lines
from harvester.report.ranking import Group, groups
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.tolerance import tolerance_lines
from harvester.report.validation import View
from harvester.report.wording import hidden_line, severity_word, verdict_of, where_of

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER: Final = Path(__file__).parents[2] / "data" / "report"
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
        "policy": _policy(style, script),
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
        "open": OPEN,
    }
    stream = _environment(view).get_template("validation.html.j2").stream(values)
    stream.enable_buffering(200)
    yield from stream


class Rule(NamedTuple):
    """One rule with its findings, in words; nothing in it is HTML yet."""

    id: str
    code: str
    severity: str
    title: str
    where: str
    why: str
    fix: str
    rejects: bool
    link: str
    findings: tuple["Item", ...]


class Item(NamedTuple):
    """One finding; ``message`` is empty where the rule's advice says it all."""

    code: str
    focus: str
    path: str
    title: str
    place: str
    message: str
    value: str
    line: int
    excerpt: tuple[str, str] | None


def _rule(view: View, group: Group) -> Rule:
    rule, lang = group.rule, view.lang
    fix = rule.fix.in_language(lang) if rule is not None else ""
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
        findings=tuple(_item(view, finding, fix) for finding in group.findings),
    )


def _item(view: View, finding: Finding, fix: str) -> Item:
    message = finding.message.in_language(view.lang)
    text = view.result.lines.get((finding.input, finding.line), "")
    there = text.strip() and finding.column <= len(text) + 1
    return Item(
        code=finding.code,
        focus=visible(finding.focus),
        path=visible(path_of(finding)),
        title=visible(finding.title),
        place=visible(place_of(finding)),
        message="" if fix and message.endswith(fix) else visible(message),
        value=visible(value_of(finding) or ""),
        line=finding.line,
        excerpt=excerpt(text, finding.column or 1, _EXCERPT) if there else None,
    )


def _environment(view: View) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=lambda key, **values: say(key, view.lang, **values),
        word=lambda severity, count: severity_word(severity, count, view.lang),
    )
    made.filters["visible"] = visible
    return made


def _policy(style: str, script: str) -> str:
    """Content-Security-Policy: nothing from outside, and of what is inside only these two."""

    def source(text: str) -> str:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        return f"'sha256-{digest}'"

    return (
        f"default-src 'none'; style-src {source(style)}; script-src {source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
