"""The validation report as a graph (SHACL, section 3), in Turtle, with our code and the line."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from json.encoder import encode_basestring
from typing import Final, TypeAlias

from harvester.model import Severity
from harvester.namespaces import SH, XSD
from harvester.rdf.validity import iri_problem, language_problem
from harvester.report.validation import View
from harvester.rules.annotations import HV
from harvester.shacl.paths import Either, InSequence, Inverse, Path, Repeated, path_of_text
from harvester.terms import XSD_STRING, Literal, Term, is_blank
from harvester.words import Text

SEVERITIES: Final = {
    Severity.ERROR: "sh:Violation",
    Severity.WARNING: "sh:Warning",
    Severity.INFO: "sh:Info",
}
# What a result must name (section 3.6.2.5) when no SHACL component made it.
OWN_COMPONENT: Final = "hv:RuleComponent"
REPEATED: Final = {
    (0, True): "sh:zeroOrMorePath",
    (1, True): "sh:oneOrMorePath",
    (0, False): "sh:zeroOrOnePath",
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NEXT: Final = " ;\n        "
_Writer: TypeAlias = Callable[[str], str]
_HEAD: Final = f"@prefix sh: <{SH}> .\n@prefix hv: <{HV}> .\n@prefix xsd: <{XSD}> .\n"


def render(view: View) -> Iterator[str]:
    """Yield the report; sh:conforms is false when there is any finding (section 3.1).

    Beside what SHACL says of a result: hv:code, hv:input, hv:line, hv:column, and as text
    hv:focus for a blank node or a broken IRI, and hv:path for a path that is not one IRI, as SPARQL
    writes it. A broken IRI becomes a blank node as sh:focusNode, and is left out as sh:value and
    with the whole of a path.
    """
    conforms = "false" if view.result.findings else "true"
    yield f"{_HEAD}\n[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
    iri: _Writer = lru_cache(maxsize=4096)(_iri)
    about: Callable[..., str] = lru_cache(maxsize=4096)(partial(_about, iri))
    start = " ;\n    sh:result "
    for f in view.findings:
        shared = about(f.code, f.severity, f.message, f.component, f.path, f.shape, f.input)
        focus, value = iri(f.focus), "" if f.value is None else _term(f.value, iri)
        yield (
            f"{start}[\n        {shared} ;\n        sh:focusNode {focus or '[]'}"
            f"{'' if focus else f'{_NEXT}hv:focus {_text(f.focus)}'}"
            f"{f'{_NEXT}sh:value {value}' if value else ''}"
            f"{f'{_NEXT}hv:line {f.line}{_NEXT}hv:column {f.column or 1}' if f.line else ''}"
            "\n    ]"
        )
        start = ", "
    yield " .\n"


def _about(
    iri: _Writer,
    code: str,
    severity: Severity,
    message: Text,
    component: str,
    path: str,
    shape: str,
    document: str,
) -> str:
    """What many findings have in common; an empty term is left out."""
    path_term = _path(path_of_text(path), iri)
    pairs = (
        ("a", "sh:ValidationResult"),
        ("hv:code", _text(code)),
        ("sh:resultSeverity", SEVERITIES[severity]),
        ("sh:sourceConstraintComponent", _component(component, iri)),
        ("sh:resultMessage", f"{_text(message.sv)}@sv, {_text(message.en)}@en"),
        ("sh:resultPath", path_term),
        ("hv:path", "" if path_term[:1] == "<" or not path else _text(path)),
        ("sh:sourceShape", iri(shape)),
        ("hv:input", _text(document)),
    )
    return _NEXT.join(f"{verb} {term}" for verb, term in pairs if term)


def _path(path: Path | None, iri: _Writer) -> str:
    """A path as SHACL describes one (section 2.3.1); empty where an IRI in it is broken."""
    match path:
        case None:
            return ""
        case str():
            return iri(path)
        case InSequence(paths) | Either(paths):
            parts = [_path(part, iri) for part in paths]
            listed = f"( {' '.join(parts)} )" if all(parts) else ""
            if isinstance(path, InSequence) or not listed:
                return listed
            return f"[ sh:alternativePath {listed} ]"
        case Inverse(inner):
            verb = "sh:inversePath"
        case Repeated(inner, minimum, unbounded):
            verb = REPEATED[minimum, unbounded]
    part = _path(inner, iri)
    return f"[ {verb} {part} ]" if part else ""


def _component(component: str, iri: _Writer) -> str:
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


def _term(term: Term, iri: _Writer) -> str:
    if not isinstance(term, Literal):
        return iri(term)
    text = _text(term.value)
    if term.language is not None:
        return text if language_problem(term.language) else f"{text}@{term.language}"
    datatype = iri(term.datatype)
    return text if term.datatype == XSD_STRING or not datatype else f"{text}^^{datatype}"
