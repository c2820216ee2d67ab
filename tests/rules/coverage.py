"""Proves that the shapes cover DCAT-AP-SE 3.0.1: every demand of every row of the profile.

``python -m tests.rules.coverage`` writes docs/coverage-dcat-ap-se-3.0.1.md. The profile as data is
not part of this repository: ``HARVESTER_SPEC`` names the folder that holds it (default
``../shared/spec``).
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

ROOT = Path(__file__).parents[2]
SPEC = Path(os.environ.get("HARVESTER_SPEC", ROOT.parent / "shared" / "spec"))
SHAPES = ROOT / "shapes" / "dcat-ap-se-3.0.1"
TABLE = ROOT / "docs" / "coverage-dcat-ap-se-3.0.1.md"
HV = "https://w3id.org/dcat-harvester/ns#"
SE = "https://w3id.org/dcat-harvester/shapes/dcat-ap-se-3.0.1#"

CLASS_SHAPE = {  # class of the profile, or property that holds a described value -> local name
    "dcat:Catalog": "Catalog",
    "dcat:Dataset": "Dataset",
    "dcat:DatasetSeries": "DatasetSeries",
    "dcat:Distribution": "Distribution",
    "dcat:DataService": "DataService",
    "dcat:contactPoint": "ContactPoint",
    "dcat:foaf:Agent": "Agent",
    "schema:Offer": "Offer",
    "dcat:odrs:RSSA": "Rights",
    "dcterms:LicenseDocument": "LicenseDocument",
    "dcterms:Standard": "Standard",
    "foaf:Document": "Document",
    "dcterms:rights": "Rights",
    "dcterms:spatial": "Location",
    "dcterms:temporal": "Period",
    "prov:qualifiedAttribution": "Attribution",
    "dcat:qualifiedRelation": "Relationship",
    "schema:offers": "Offer",
    "dcterms:provenance": "Provenance",
    "spdx:checksum": "Checksum",
    "vcard:hasTelephone": "Telephone",
    "vcard:hasAddress": "Address",
}
KEY = {  # property -> its name in shape names, where that is not the property's own local name
    "adms:identifier": "admsIdentifier",
    "dcat:spatialResolutionInMeters": "spatialResolution",
    "vcard:hasEmail": "email",
    "vcard:hasURL": "url",
    "vcard:hasTelephone": "telephone",
    "vcard:hasAddress": "address",
    "vcard:hasValue": "value",
    "spdx:checksumValue": "value",
    "dcat:hadRole": "role",
    "schema:mainEntityOfPage": "page",
    "schema:startDate": "schema-startDate",
    "schema:endDate": "schema-endDate",
}
ANSWERS = {  # demand of the profile -> how the names of the shapes that answer it end
    "mandatory": ("missing",),
    "recommended": ("missing",),
    "at most one": ("many",),
    "kind": ("text", "iri", "resource", "url", "date", "number", "duration", "wkt", "value"),
    "language tag": ("language-tag",),
    "datatype": ("date", "number", "duration", "wkt"),
    "pattern": ("url", "iri", "value", "duration", "tel"),
    "list": ("value", "creative-commons"),
    "class": ("class",),
    "alternatives": ("many",),
    "deprecated": ("deprecated",),
}
NAMED_ELSEWHERE = "the value is a page or an address outside the data and is not described in them"
SILENT = {  # (property, demand) -> why no rule; "" stands for any property
    ("", "no datatype"): "a typed or tagged text reads the same; the portal takes any literal",
    ("rdf:type", "mandatory"): "the class is what makes it a contact point: without it, no target",
    (
        "rdf:type",
        "at most one",
    ): "a second class is no fault in RDF, though the portal's form says so",
    ("rdf:type", "kind"): "RDF itself: a literal class has no instances",
    ("rdf:type", "list"): "vcard:Kind is allowed by the profile's own class list: advice CP901",
    ("dcatap:applicableLegislation", "at most one"): (
        "something may fall under INSPIRE and the high-value regulation at once"
    ),
    ("dcatap:applicableLegislation", "list"): (
        "other acts apply too; a misspelt high-value act is an error, other addresses are advice"
    ),
    ("dcterms:language", "class"): "the closed list decides",
    ("vcard:hasEmail", "class"): NAMED_ELSEWHERE,
    ("foaf:homepage", "class"): NAMED_ELSEWHERE,
    ("dcterms:subject", "class"): "the pattern decides; the terminology is not in the data",
    ("dcat:hadRole", "class"): "the pattern decides; the terminology is not in the data",
    ("dcterms:format", "recommended"): "one of three ways to give the format, which is mandatory",
}


@dataclass(frozen=True)
class Row:
    """One demand of the profile and the codes that answer it, or the reason why none does."""

    where: str
    demand: str
    codes: tuple[str, ...]
    reason: str


def rules(folder: Path = SHAPES) -> dict[str, str]:
    """Local name of every shape that has a code -> its code."""
    found = {}
    for path in sorted(folder.glob("*.ttl")):
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            if quad.predicate.value == HV + "code":
                found[quad.subject.value.removeprefix(SE)] = quad.object.value
    return found


def demands(item: dict[str, Any]) -> Iterator[str]:
    """What one row of the profile asks for."""
    if item["min"]:
        yield "mandatory only for high-value datasets" if "only_if" in item else "mandatory"
    elif item["pref"]:
        yield "recommended"
    if item["max"] == 1:
        yield "at most one"
    if item.get("nodetype"):
        yield "kind"
    if item.get("nodetype") == "LANGUAGE_LITERAL":
        yield "language tag"
    for demand in ("datatype", "pattern", "class", "deprecated"):
        if item.get(demand):
            yield demand
    if item.get("nodetype") == "ONLY_LITERAL":
        yield "no datatype"
    if item.get("values"):
        yield "list"
    if item.get("disjoint"):
        yield "alternatives"


def _names(shape: str, prop: str, demand: str) -> list[str]:
    key = KEY.get(prop, prop.partition(":")[2])
    names = [f"{shape}-{key}-{ending}" for ending in ANSWERS.get(demand, ())]
    if prop == "owl:versionInfo":  # deprecated as a whole, whatever its value
        names.append("Dataset-versionInfo-deprecated")
    if demand == "mandatory only for high-value datasets":
        names.append(f"{shape}-hvdCategory-missing")
    if prop == "rdf:type" and demand == "list":
        names.append("ContactPoint-type")
    if prop == "dcterms:accrualPeriodicity":
        names = [name for name in names if demand == "deprecated" or "deprecated" not in name]
    return names


def _rows(shape: str, where: str, item: dict[str, Any], known: dict[str, str]) -> Iterator[Row]:
    prop = item.get("property")
    children = item.get("items", ())
    if prop is None:  # a group of alternatives: its children share one property
        prop = children[0]["property"]
        inner = shape
    else:
        inner = CLASS_SHAPE.get(prop, shape)
    here = f"{where} {prop}"
    for demand in demands(item):
        codes = tuple(known[name] for name in _names(shape, prop, demand) if name in known)
        if codes:
            yield Row(here, demand, codes, "")
        else:
            yield Row(here, demand, (), SILENT.get((prop, demand)) or SILENT.get(("", demand), ""))
    if not any(True for _ in demands(item)) and not children:
        yield Row(here, "allowed", (), "nothing is demanded of it")
    for child in children:
        yield from _rows(inner, here if inner != shape else where, child, known)


def table(spec: Path = SPEC / "dcat-ap-se-3.0.1.json", folder: Path = SHAPES) -> list[Row]:
    """Every demand of every row of the profile, in the profile's order."""
    known = rules(folder)
    profile = json.loads(spec.read_text(encoding="utf-8"))
    rows = []
    for name, cls in profile["classes"].items():
        for item in cls["items"]:
            rows.extend(_rows(CLASS_SHAPE[name], cls["label"]["en"] + ":", item, known))
    return list(dict.fromkeys(rows))


def markdown(rows: list[Row]) -> str:
    """The table as a page of the documentation."""
    covered = sum(bool(row.codes) for row in rows)
    lines = [
        "# What of DCAT-AP-SE 3.0.1 is checked, and by which rule",
        "",
        "Generated by `python -m tests.rules.coverage` from the profile as data and `shapes/`; a",
        "test fails when a demand of the profile has neither a code nor a reason.",
        "",
        f"{len(rows)} demands: {covered} with a rule, {len(rows) - covered} with a reason why not.",
        "",
        "| class and property | the profile asks | codes | why none |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.where} | {row.demand} | {' '.join(row.codes)} | {row.reason} |" for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(markdown(table()), encoding="utf-8")
