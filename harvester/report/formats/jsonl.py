"""One finding a line, each a JSON object as in ``json``."""

from collections.abc import Iterator

from harvester.report.formats.json import finding_object, lines
from harvester.report.validation import View


def render(view: View) -> Iterator[str]:
    """Yield a line for each finding, and nothing when there is none."""
    yield from lines(finding_object(finding, view.lang) for finding in view.findings)
