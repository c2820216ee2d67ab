"""Compare our findings with what the national toolkit's own form engine answered.

``python -m tests.rules.portal_comparison`` writes docs/portal-differences.md. The measured answers
lie in ``$HARVESTER_REFERENCE/portal-verdicts`` and are described in portal-engine.md beside them.
"""

import csv
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from harvester.model import Finding, Severity
from harvester.namespaces import DCAT, DCATAP, DCTERMS, RDF_TYPE, VCARD, shorten
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rules.judge import validate
from harvester.terms import is_blank
from tests.files import CORPUS, REFERENCE, read

COMPARED = ("min", "many", "nodetype", "datatype", "pattern", "value", "pref")
SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING}
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
DOCUMENT = Path(__file__).parents[2] / "docs" / "portal-differences.md"


class Row(NamedTuple):
    """One answer of the form engine; ``focus`` is ``_`` for all blank nodes of a type."""

    focus: str
    type: str
    path: str
    severity: str
    code: str
    value: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is compared: focus, property and severity (and type, for blank nodes)."""
        return self.focus, self.type if self.focus == "_" else "", self.path, self.severity


@dataclass(frozen=True)
class Comparison:
    """One file: the keys the engine has, and those we do not have, with the rows behind them."""

    name: str
    keys: int
    covered: int
    missing: tuple[tuple[Row, str], ...]


def verdict_files() -> list[str]:
    """The names of the measured corpus files, as paths inside the corpus."""
    folder = REFERENCE / "portal-verdicts"
    return sorted(path.stem for path in folder.glob("*.tsv"))


def rows_of(name: str) -> Iterator[Row]:
    """The compared rows of one verdict file."""
    text = (REFERENCE / "portal-verdicts" / f"{name}.tsv").read_text("utf-8")
    for line in csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        row = Row(*(line + [""] * 6)[:6])
        if row.code in COMPARED:
            yield row


def corpus_file(name: str) -> Path:
    """Where the corpus file of a verdict file lies: its name has ``/`` as ``__``."""
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and str(path.relative_to(CORPUS)).replace("/", "__") == name:
            return path
    raise FileNotFoundError(name)


def compare(name: str) -> Comparison:
    """Validate one corpus file and hold the findings against the engine's rows."""
    graph = read(corpus_file(name), base="http://example.org/base/")
    found = _found(graph, validate(graph, load_profile("dcat-ap-se-3.0.1")))
    by_key: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in rows_of(name):
        by_key[row.key].append(row)
    missing = [
        (rows[0], next((why for row in rows if (why := reason(row, graph))), ""))
        for rows in by_key.values()
        if not _covers(found, rows[0], graph)
    ]
    return Comparison(name, len(by_key), len(by_key) - len(missing), tuple(missing))


def _found(graph: Graph, findings: list[Finding]) -> set[tuple[str, str, Severity]]:
    return {(finding.focus, finding.path, finding.severity) for finding in findings}


def _covers(found: set[tuple[str, str, Severity]], row: Row, graph: Graph) -> bool:
    severity = SEVERITY[row.severity]
    outer, _, inner = row.path.partition(" | ")
    if row.focus == "_":
        return any(
            is_blank(focus) and path == (inner or outer) and level is severity
            for focus, path, level in found
        )
    if not inner:
        return (row.focus, row.path, severity) in found
    return any((value, inner, severity) in found for value in graph.objects(row.focus, outer))


Reason = Callable[[Row, Graph], bool]


def _has_value(row: Row, graph: Graph) -> bool:
    if row.focus == "_":
        return any(is_blank(s) and row.path in p for s, p in graph.spo.items())
    return bool(graph.objects(row.focus, row.path))


REASONS: tuple[tuple[str, Reason], ...] = (
    (
        "4f: dcterms:spatial is one property; the engine wants an IRI and a bounding box and warns "
        "for each of them",
        lambda row, graph: (
            row.path == DCTERMS + "spatial" and row.code == "pref" and _has_value(row, graph)
        ),
    ),
    (
        "4f: a value without a type is an error to the engine and does not count as present; we "
        "say once that the type is missing",
        lambda row, graph: (
            row.code == "pref"
            and row.path
            in (
                VCARD + "hasTelephone",
                VCARD + "hasAddress",
                DCTERMS + "temporal",
                DCTERMS + "provenance",
                DCTERMS + "rights",
            )
            and _has_value(row, graph)
        ),
    ),
    (
        "4j: the template has https in org:classification; the namespace is http",
        lambda row, _graph: row.path.startswith("https://www.w3.org/ns/org#"),
    ),
    (
        "4k: vcard:Kind and a second type of a contact point are right by the profile's text",
        lambda row, _graph: row.path == RDF_TYPE,
    ),
    (
        "4l: Norwegian nynorsk and bokmål are languages of the EU table",
        lambda row, _graph: (
            row.path == DCTERMS + "language" and row.value in (LANGUAGE + "NNO", LANGUAGE + "NOB")
        ),
    ),
    (
        "4m: other acts beside the HVD regulation are right",
        lambda row, _graph: row.path == DCATAP + "applicableLegislation",
    ),
    (
        "4n: subjects and roles of other vocabularies are right by DCAT-AP",
        lambda row, _graph: (
            row.path.endswith((DCTERMS + "subject", DCAT + "hadRole"))
            and row.code in ("pattern", "value")
        ),
    ),
    (
        "4o: xsd:integer, xsd:decimal and xsd:double hold the number as well",
        lambda row, _graph: (
            row.code == "datatype"
            and row.path in (DCAT + "byteSize", DCAT + "spatialResolutionInMeters")
        ),
    ),
    (
        "4p: IRIs of the EU file-type table are right by DCAT-AP, and media types may have "
        "parameters with hyphens",
        lambda row, _graph: (
            row.path == DCTERMS + "format" and (row.value.startswith(FILE_TYPE) or ";" in row.value)
        ),
    ),
)


def reason(row: Row, graph: Graph) -> str:
    """The reason why the engine's row is not a finding of ours; "" when there is none."""
    return next((text for text, applies in REASONS if applies(row, graph)), "")


def _path(row: Row) -> str:
    return " / ".join(map(shorten, row.path.split(" | ")))


def document(comparisons: list[Comparison]) -> str:
    """The table of differences as Markdown."""
    reasons: Counter[str] = Counter()
    files: dict[str, set[str]] = defaultdict(set)
    for comparison in comparisons:
        for row, why in comparison.missing:
            label = why or f"not covered: {row.code} of {_path(row)}"
            reasons[label] += 1
            files[label].add(comparison.name)
    keys = sum(c.keys for c in comparisons)
    quirks = sum(bool(why) for c in comparisons for _, why in c.missing)
    covered = sum(c.covered for c in comparisons)
    lines = [
        "# Where we and the portal's form engine differ",
        "",
        "Made by `python -m tests.rules.portal_comparison`; a test keeps it up to date. The",
        "engine's answers on the corpus are compared with ours as sets of (focus, property,",
        "severity).",
        "",
        f"* answers of the engine (errors min, many, nodetype, datatype, pattern, value; warnings "
        f"pref): {keys}",
        f"* found by us as well: {covered}",
        f"* not errors by the profile's text (section 4 of the measurement): {quirks}",
        f"* coverage outside those: {100 * covered / (keys - quirks):.2f} %",
        "",
        "| reason | answers | files |",
        "| --- | ---: | ---: |",
    ]
    lines += [
        f"| {label} | {count} | {len(files[label])} |"
        for label, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    ]
    lines += [
        "",
        "| file | answers | found | other reason | not found |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for c in comparisons:
        explained = sum(bool(why) for _, why in c.missing)
        lines.append(
            f"| {c.name.replace('__', '/', 1)} | {c.keys} | {c.covered} | {explained} "
            f"| {len(c.missing) - explained} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the document; show what is not covered."""
    comparisons = [compare(name) for name in verdict_files()]
    DOCUMENT.write_text(document(comparisons), "utf-8")
    if os.environ.get("SHOW"):
        for comparison in comparisons:
            for row, why in comparison.missing:
                if not why:
                    print(comparison.name, *row, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
