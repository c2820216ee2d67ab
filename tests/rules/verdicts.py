"""The verdict of real and hostile files, as a snapshot that a reviewer can read.

``python -m tests.rules.verdicts`` writes tests/rules/verdicts.txt anew; the difference in git
shows what a changed rule does, per file and code.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from harvester.errors import UnreadableError
from harvester.model import Finding
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rdf.read import read_document
from harvester.rules import Context, validate, verdict
from tests.files import CORPUS

SNAPSHOT = Path(__file__).with_name("verdicts.txt")
FOLDERS = ("sweden", "hostile")
_HEAD = """\
# The verdict by dcat-ap-se and the number of findings per code, for DIGG's examples and the other
# Swedish catalogs of the corpus and for the hostile documents.
# Written by `make verdicts`. A change here is a change of what publishers are told.
"""


def files() -> list[Path]:
    """The documents of the snapshot, in order."""
    return sorted(
        path for folder in FOLDERS for path in (CORPUS / folder).rglob("*") if path.is_file()
    )


def lines_of(path: Path) -> Iterator[str]:
    """The verdict of one file and what it has of each code."""
    name = path.relative_to(CORPUS).as_posix()
    graph = Graph()
    try:
        reading = read_document(path.read_bytes(), url=f"https://exempel.se/{name}", graph=graph)
    except UnreadableError as error:
        yield f"{name}: rejected, unreadable ({error.event})"
        return
    context = Context(readings=(reading.reading,))
    findings: list[Finding] = [
        *reading.findings,
        *validate(graph, load_profile("dcat-ap-se"), context=context),
    ]
    yield f"{name}: {verdict(findings)}"
    counts = Counter((finding.code, finding.severity.value) for finding in findings)
    for (code, severity), count in sorted(counts.items()):
        yield f"    {code} {severity:<7} {count:>5}"


def snapshot() -> str:
    """The whole snapshot."""
    blocks = ["\n".join(lines_of(path)) for path in files()]
    return _HEAD + "\n" + "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), "utf-8")
    sys.exit(0)
