"""The validation report as a graph (SHACL, section 3), in Turtle, with our code and the line."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from harvester.model import Finding, Severity
from harvester.namespaces import PREFIXES, RDF_TYPE, SH, XSD
from harvester.rdf.validity import iri_problem
from harvester.report.validation import View
from harvester.rules.annotations import HV
from harvester.terms import RDF_LANG_STRING, Literal, Triple, is_blank

SEVERITIES: Final = {
    Severity.ERROR: SH + "Violation",
    Severity.WARNING: SH + "Warning",
    Severity.INFO: SH + "Info",
}
# What a result must name (section 3.6.2.5) when no SHACL component made it.
OWN_COMPONENT: Final = HV + "RuleComponent"


def render(view: View) -> Iterator[str]:
    """Yield the report.

    Beside what SHACL says of a result: hv:code, hv:input, hv:line, hv:column, and as text
    hv:focus for a blank node or a broken IRI, and hv:path for a path that is not one IRI.
    A broken IRI becomes a blank node as sh:focusNode, and is left out as sh:value.
    """
    from harvester.rdf.write import turtle
    from harvester.rdf.write.interface import Amendment, Description

    left_out: list[Amendment] = []
    prefixes = {"sh": SH, "hv": HV, **PREFIXES}
    description = Description("", list(triples(view)))
    for chunk in turtle.write([description], left_out.append, prefixes):
        yield chunk.decode("utf-8")


def triples(view: View) -> Iterator[Triple]:
    """The report's graph; sh:conforms is false when there is any finding (section 3.1)."""
    head = "_:report"
    conforms = "false" if view.result.findings else "true"
    yield head, RDF_TYPE, SH + "ValidationReport"
    yield head, SH + "conforms", Literal(conforms, XSD + "boolean")
    for number, finding in zip(count(1), view.findings):
        node = f"_:result{number}"
        yield head, SH + "result", node
        yield from _result(node, finding)


def _result(node: str, finding: Finding) -> Iterator[Triple]:
    yield node, RDF_TYPE, SH + "ValidationResult"
    yield node, HV + "code", Literal(finding.code)
    yield node, SH + "resultSeverity", SEVERITIES[finding.severity]
    yield node, SH + "sourceConstraintComponent", _component(finding)
    for language in ("sv", "en"):
        text = finding.message.in_language(language)
        yield node, SH + "resultMessage", Literal(text, RDF_LANG_STRING, language)
    if _writable(finding.focus):
        yield node, SH + "focusNode", finding.focus
    else:
        yield node, SH + "focusNode", f"_:focus.{finding.input}.{finding.focus}"
        yield node, HV + "focus", Literal(finding.focus)
    if finding.path and _writable(finding.path):
        yield node, SH + "resultPath", finding.path
    elif finding.path:
        yield node, HV + "path", Literal(finding.path)
    if isinstance(finding.value, Literal) or (finding.value and _writable(finding.value)):
        yield node, SH + "value", finding.value
    if finding.shape and _writable(finding.shape):
        yield node, SH + "sourceShape", finding.shape
    yield node, HV + "input", Literal(finding.input)
    if finding.line:
        yield node, HV + "line", Literal(str(finding.line), XSD + "integer")
        yield node, HV + "column", Literal(str(finding.column or 1), XSD + "integer")


def _component(finding: Finding) -> str:
    component = finding.component
    if component.startswith("sh:"):
        return SH + component.removeprefix("sh:")
    return component if component and _writable(component) else OWN_COMPONENT


def _writable(iri: str) -> bool:
    return not is_blank(iri) and iri_problem(iri) is None
