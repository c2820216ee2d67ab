"""Output formats of ``validate``, one file each.

A new one is a file with a :data:`~harvester.report.formats.interface.Format`, a line here and a
test file. All are handed the same findings and show every one of them: text with ``full`` or
``concise``, GitHub's annotations together with the job's summary.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.report.formats import (
    csv,
    github,
    gitlab,
    html,
    json,
    jsonl,
    junit,
    md,
    sarif,
    shacl,
    text,
)
from harvester.report.formats.interface import Format

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": text.render,
        "json": json.render,
        "jsonl": jsonl.render,
        "sarif": sarif.render,
        "junit": junit.render,
        "github": github.render,
        "gitlab": gitlab.render,
        "html": html.render,
        "md": md.render,
        "csv": csv.render,
        "shacl": shacl.render,
    }
)

__all__ = ["FORMATS", "Format"]
