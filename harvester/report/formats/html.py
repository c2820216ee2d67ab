"""One HTML file: no outside request, readable without script, on paper, in the dark."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final, NamedTuple

from harvester.model import Finding, Severity
from harvester.namespaces import shorten
from harvester.report.excerpt import excerpt
from harvester.report.formats.interface import place_of
from harvester.report.page import FOLDER, environment, policy
from harvester.report.quality import lines as quality_lines
from harvester.report.ranking import Group, groups
from harvester.report.terminal import visible
from harvester.report.tolerance import tolerance_lines
from harvester.report.validation import View
from harvester.report.wording import hidden_line, verdict_of, where_of
from harvester.terms import term_to_ntriples

OPEN: Final = 5
_EXCERPT: Final = 160


def render(view: View) -> Iterator[str]:
    """Yield the page piece by piece; every finding is in it, those after the first few folded."""
    style = (FOLDER / "validation.css").read_text("utf-8")
    script = (FOLDER / "validation.js").read_text("utf-8")
    items = _Items(view)
    values: dict[str, Any] = {
        "view": view,
        "result": view.result,
        "rules": [_rule(view, group, items) for group in groups(view.result, view.findings)],
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
    """One rule with its findings, in words; nothing in it is HTML but the findings.

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
    parts: tuple[tuple[bool, str], ...]


def _rule(view: View, group: Group, items: "_Items") -> Rule:
    rule, lang = group.rule, view.lang
    fix = rule.fix.in_language(lang) if rule is not None else ""
    found = [items.item(finding, fix) for finding in group.findings]
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
        total=len(found),
        parts=((False, "".join(found[:OPEN])), (True, "".join(found[OPEN:])))[
            : 1 + (len(found) > OPEN)
        ],
    )


class _Items:
    """Writes findings as items of a list: here and not in the template, since they are many."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places: dict[tuple[str, int, int], tuple[str, str]] = {}

    def item(self, finding: Finding, fix: str) -> str:
        """One finding; its message is left out where the rule's advice says it all."""
        message = finding.message.sv if self._view.lang == "sv" else finding.message.en
        value = finding.value
        key = finding.input, finding.line, finding.column
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = self._place(finding)
        # All texts are escaped in one go; ``visible`` has left no line feed in any of them.
        title, told, path, focus, said = escape(
            "\n".join(
                (
                    visible(finding.title),
                    "" if fix and message.endswith(fix) else visible(message),
                    visible(shorten(finding.path)),
                    visible(finding.focus),
                    "" if value is None else visible(term_to_ntriples(value)),
                )
            )
        ).split("\n")
        told = f"<div>{told}</div>\n" if told else ""
        path = f'<code class="path">{path}</code> · ' if path else ""
        said = f" · <code>{said}</code>" if said else ""
        return (
            f'<li><div class="about"><b>{title}</b> <span class="place">{place[0]}</span></div>\n'
            f'{told}{place[1]}<div class="data">{path}<code class="focus">{focus}</code>{said}'
            "</div></li>\n"
        )

    def _place(self, finding: Finding) -> tuple[str, str]:
        """A place, and the line there."""
        text = self._view.result.lines.get((finding.input, finding.line), "")
        there = text.strip() and finding.column <= len(text) + 1
        shown = f"<pre>{escape(_excerpt(text, finding))}</pre>\n" if there else ""
        return escape(visible(place_of(finding))), shown


def _excerpt(text: str, finding: Finding) -> str:
    shown, caret = excerpt(text, finding.column or 1, _EXCERPT)
    number = str(finding.line)
    return f"{number} │ {shown}\n{' ' * len(number)} │ {caret}"
