"""Read each format back: the (code, focus, path) of every finding in it, as that format says it."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser

import pyoxigraph as ox

from harvester.model import Finding
from harvester.namespaces import SH
from harvester.report.formats.interface import path_of
from harvester.report.terminal import visible
from harvester.rules.annotations import HV

Key = tuple[str, str, str]


def key(finding: Finding) -> Key:
    """What a finding is known by."""
    return finding.code, finding.focus, path_of(finding)


def shown(finding: Finding) -> Key:
    """The same with control characters shown, as formats for people have it."""
    return finding.code, visible(finding.focus), visible(path_of(finding))


def _about(text: str) -> tuple[str, str]:
    path, dot, focus = text.partition(" · ")
    return (path, focus) if dot else ("", text)


def read_json(text: str) -> set[Key]:
    return {(f["code"], f["focus"], f["path"]) for f in json.loads(text)["findings"]}


def read_jsonl(text: str) -> set[Key]:
    found = [json.loads(line) for line in text.splitlines()]
    return {(f["code"], f["focus"], f["path"]) for f in found}


def read_sarif(text: str) -> set[Key]:
    (run,) = json.loads(text)["runs"]
    return {
        (r["ruleId"], r["properties"]["focus"], r["properties"]["path"])
        for r in run["results"]
        if "suppressions" not in r
    }


def read_gitlab(text: str) -> set[Key]:
    found = set()
    for entry in json.loads(text):
        about = entry["description"].rpartition(" (")[2].removesuffix(")")
        path, focus = _about(about)
        found.add((entry["check_name"], focus, path))
    return found


def read_csv(text: str) -> set[Key]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {(row["code"], row["focus"], row["path"]) for row in rows}


def read_junit(text: str) -> set[Key]:
    found = set()
    for case in ET.fromstring(text.encode("utf-8")).iter("testcase"):
        if case.find("failure") is not None or case.find("skipped") is not None:
            path, focus = _about(case.attrib["name"])
            found.add((case.attrib["classname"], focus, path))
    return found


def read_md(text: str) -> set[Key]:
    found = set()
    for line in text.splitlines():
        cells = re.split(r"(?<!\\)\|", line.replace("\\\\|", "\\\0|"))
        if re.match(r"\| [A-Z]{2}\d{3} \|", line):
            code, _, _, path, focus, _ = (_uncode(cell.strip()) for cell in cells[1:-1])
            found.add((code, focus, path))
    return found


def _uncode(cell: str) -> str:
    fence = re.match("`*", cell)[0]
    if not fence:
        return cell
    inner = cell[len(fence) : -len(fence)]
    if inner[:1] == " " and inner[-1:] == " ":
        inner = inner[1:-1]
    return inner.replace("\\|", "|").replace("\0", "")


class _Items(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[Key] = set()
        self._code = self._path = self._place = ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._code = values.get("data-code", self._code)
        self._place = values.get("class", "") if tag == "code" else ""
        if tag == "li":
            self._path = ""

    def handle_data(self, data):
        if self._place == "path":
            self._path = data
        elif self._place == "focus":
            self.found.add((self._code, data, self._path))
        self._place = ""


def read_html(text: str) -> set[Key]:
    parser = _Items()
    parser.feed(text)
    return parser.found


def read_shacl(text: str) -> set[Key]:
    store = ox.Store()
    store.load(text.encode("utf-8"), ox.RdfFormat.TURTLE)

    def one(node, *predicates):
        for predicate in predicates:
            for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None, None):
                return quad.object.value
        return ""

    results = store.quads_for_pattern(None, ox.NamedNode(SH + "result"), None, None)
    nodes = [quad.object for quad in results]
    return {
        (
            one(node, HV + "code"),
            one(node, HV + "focus", SH + "focusNode"),
            one(node, HV + "path", SH + "resultPath"),
        )
        for node in nodes
    }


def read_concise(text: str) -> set[Key]:
    found = set()
    for line in text.splitlines():
        match = re.search(r": ([A-Z]{2}\d{3}) \w+: .* \[(\S.*)\]$", line)
        if match:
            path, focus = _about(match[2])
            found.add((match[1], focus, path))
    return found


READERS: dict[str, tuple[Callable[[str], set[Key]], Callable[[Finding], Key]]] = {
    "json": (read_json, key),
    "jsonl": (read_jsonl, key),
    "sarif": (read_sarif, key),
    "gitlab": (read_gitlab, key),
    "csv": (read_csv, shown),
    "junit": (read_junit, shown),
    "md": (read_md, shown),
    "html": (read_html, shown),
    # A lone surrogate is no character, so no Turtle can have it: the writer says U+FFFD.
    "shacl": (read_shacl, lambda f: (f.code, f.focus.replace("\ud800", "\ufffd"), f.path)),
    "text": (read_concise, shown),
}
