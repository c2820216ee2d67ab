"""What every HTML page of ours is made with: templates that escape, and a policy that shuts out."""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.report.wording import severity_word

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER: Final = Path(__file__).parents[1] / "data" / "report"


def environment(lang: str) -> "Environment":
    """Templates in which all data is escaped, and texts come in ``lang``."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=lambda key, **values: say(key, lang, **values),
        word=lambda severity, count: severity_word(severity, count, lang),
    )
    made.filters["visible"] = visible
    return made


def policy(style: str, script: str = "") -> str:
    """Content-Security-Policy: nothing from outside, and of what is inside only these two."""

    def source(text: str) -> str:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        return f"'sha256-{digest}'"

    scripts = f"script-src {source(script)}; " if script else ""
    return (
        f"default-src 'none'; style-src {source(style)}; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )
