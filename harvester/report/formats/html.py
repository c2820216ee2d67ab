"""One HTML file: no outside request, readable without script, on paper, in the dark."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harvester.model import Severity
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
    ranked = groups(view.result, view.findings)
    values: dict[str, Any] = {
        "view": view,
        "result": view.result,
        "groups": ranked,
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
    yield from _environment(view).get_template("validation.html.j2").generate(values)


def _environment(view: View) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lang = view.lang

    def title(group: Group) -> str:
        return group.rule.title.in_language(lang) if group.rule is not None else group.code

    def lines(finding: Any) -> tuple[str, str] | None:
        text = view.result.lines.get((finding.input, finding.line), "")
        if not text.strip() or finding.column > len(text) + 1:
            return None
        return excerpt(text, finding.column or 1, _EXCERPT)

    made.globals.update(
        say=lambda key, **values: say(key, lang, **values),
        where=lambda group: where_of(group, lang),
        title=title,
        word=lambda severity, count: severity_word(severity, count, lang),
        text=lambda text: visible(text.in_language(lang)),
        place=place_of,
        path=path_of,
        value=lambda finding: value_of(finding) or "",
        excerpt=lines,
        linkable=lambda url: url.startswith(("https://", "http://")),
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
