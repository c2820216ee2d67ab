"""The validation report as a graph (SHACL, section 3), in Turtle, with our code and the line."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final

from harvester.model import Finding, Severity
from harvester.namespaces import SH, XSD
from harvester.rdf.validity import iri_problem, language_problem
from harvester.report.validation import View
from harvester.rules.annotations import HV
from harvester.terms import XSD_STRING, Literal, Term, is_blank

SEVERITIES: Final = {
    Severity.ERROR: "sh:Violation",
    Severity.WARNING: "sh:Warning",
    Severity.INFO: "sh:Info",
}
# What a result must name (section 3.6.2.5) when no SHACL component made it.
OWN_COMPONENT: Final = "hv:RuleComponent"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_HEAD: Final = f"@prefix sh: <{SH}> .\n@prefix hv: <{HV}> .\n@prefix xsd: <{XSD}> .\n"


def render(view: View) -> Iterator[str]:
    """Yield the report; sh:conforms is false when there is any finding (section 3.1).

    Beside what SHACL says of a result: hv:code, hv:input, hv:line, hv:column, and as text
    hv:focus for a blank node or a broken IRI, and hv:path for a path that is not one IRI. A
    broken IRI becomes a blank node as sh:focusNode, and is left out as sh:value.
    """
    conforms = "false" if view.result.findings else "true"
    yield f"{_HEAD}\n[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
    iri: Callable[[str], str] = lru_cache(maxsize=4096)(_iri)
    start = " ;\n    sh:result "
    for finding in view.findings:
        pairs = " ;\n        ".join(
            f"{verb} {term}" for verb, term in _result(finding, iri) if term
        )
        yield f"{start}[\n        {pairs}\n    ]"
        start = ", "
    yield " .\n"


def _result(finding: Finding, iri: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Verbs and terms; an empty term is left out."""
    focus, path = iri(finding.focus), iri(finding.path)
    yield "a", "sh:ValidationResult"
    yield "hv:code", _text(finding.code)
    yield "sh:resultSeverity", SEVERITIES[finding.severity]
    yield "sh:sourceConstraintComponent", _component(finding.component, iri)
    message = finding.message
    yield "sh:resultMessage", f"{_text(message.sv)}@sv, {_text(message.en)}@en"
    yield "sh:focusNode", focus or "[]"
    yield "hv:focus", "" if focus else _text(finding.focus)
    yield "sh:resultPath", path
    yield "hv:path", "" if path or not finding.path else _text(finding.path)
    yield "sh:value", "" if finding.value is None else _term(finding.value, iri)
    yield "sh:sourceShape", iri(finding.shape)
    yield "hv:input", _text(finding.input)
    if finding.line:
        yield "hv:line", str(finding.line)
        yield "hv:column", str(finding.column or 1)


def _component(component: str, iri: Callable[[str], str]) -> str:
    full = SH + component.removeprefix("sh:") if component.startswith("sh:") else component
    return iri(full) or OWN_COMPONENT


def _iri(iri: str) -> str:
    """The IRI in angle brackets; empty for what no Turtle may hold."""
    return "" if not iri or is_blank(iri) or iri_problem(iri) is not None else f"<{iri}>"


def _text(text: str) -> str:
    # JSON's escapes are Turtle's too; a lone surrogate is no character in either.
    return encode_basestring(text if text.isprintable() else _mended(text))


def _mended(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _term(term: Term, iri: Callable[[str], str]) -> str:
    if not isinstance(term, Literal):
        return iri(term)
    text = _text(term.value)
    if term.language is not None:
        return text if language_problem(term.language) else f"{text}@{term.language}"
    datatype = iri(term.datatype)
    return text if term.datatype == XSD_STRING or not datatype else f"{text}^^{datatype}"
