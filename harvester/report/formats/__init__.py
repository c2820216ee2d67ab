"""Output formats of ``validate``, one file each.

A new one is a file with a ``render`` that is a :data:`Format`, a name here and a test file. All
are handed the same findings and show every one of them: text with ``full`` or ``concise``,
GitHub's annotations together with the job's summary.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from harvester.report.formats.interface import Format
from harvester.report.validation import View


def _format(name: str) -> Format:
    """The format of the module with this name, imported when it is first used."""

    def render(view: View) -> Iterator[str]:
        module = import_module(f"harvester.report.formats.{name}")
        yield from module.render(view)

    return render


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": _format("text"),
        "json": _format("json"),
        "jsonl": _format("jsonl"),
        "sarif": _format("sarif"),
        "junit": _format("junit"),
        "github": _format("github"),
        "gitlab": _format("gitlab"),
        "html": _format("html"),
        "md": _format("md"),
        "csv": _format("csv"),
        "shacl": _format("shacl"),
    }
)

__all__ = ["FORMATS", "Format"]
