"""pyshacl behind the interface of ``harvester.shacl``, until that room has an engine.

Delete this file when it does; only ``judge._engine`` names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harvester.errors import ConfigError
from harvester.namespaces import RDF_FIRST, RDF_REST, SH
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Term

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True)
class Result:
    """One SHACL validation result."""

    focus: Term
    path: str
    value: Term | None
    shape: str
    component: str
    severity: str
    messages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph in the form that pyshacl takes."""

    graph: Any


def load_shapes(graph: Graph) -> Shapes:
    """Return the shapes of ``graph``."""
    return Shapes(_to_rdflib(graph))


def validate(
    data: Graph,
    shapes: Shapes,
    *,
    vocabulary: Graph | None = None,
    trust_data_classes: bool = True,  # noqa: ARG001  (the interface of the engine to come)
) -> list[Result]:
    """Validate ``data`` and return the results, in no particular order."""
    import pyshacl
    import rdflib

    merged = _to_rdflib(data)
    for triple in vocabulary or ():
        merged.add(_triple(triple))
    _conforms, report, text = pyshacl.validate(
        merged, shacl_graph=shapes.graph, inplace=True, advanced=False
    )
    if not isinstance(report, rdflib.Graph):
        raise ConfigError(f"the shapes cannot be used: {text}")
    sh = rdflib.Namespace(SH)
    results: list[Result] = []
    for node in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        if (None, sh.detail, node) in report:
            continue
        focus = str(_term(report.value(node, sh.focusNode)))
        if focus not in data.spo and vocabulary is not None and focus in vocabulary.spo:
            continue
        value = report.value(node, sh.value)
        messages = {
            (message.language or "").partition("-")[0]: str(message)
            for message in sorted(report.objects(node, sh.resultMessage), key=str)
            if isinstance(message, rdflib.Literal)
        }
        results.append(
            Result(
                focus=focus,
                path=_path(report, report.value(node, sh.resultPath)),
                value=None if value is None else _term(value),
                shape=str(_term(report.value(node, sh.sourceShape))),
                component=str(report.value(node, sh.sourceConstraintComponent)),
                severity=str(report.value(node, sh.resultSeverity)),
                messages=MappingProxyType(messages),
            )
        )
    return results


reference_validate = validate


def _path(report: "rdflib.Graph", node: Any) -> str:
    import rdflib

    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return str(node)
    inverse = report.value(node, rdflib.URIRef(SH + "inversePath"))
    if inverse is not None:
        return f"^<{inverse}>"
    steps: list[str] = []
    while node is not None and (first := report.value(node, rdflib.URIRef(RDF_FIRST))) is not None:
        steps.append(_path(report, first))
        node = report.value(node, rdflib.URIRef(RDF_REST))
    return "/".join(f"<{step}>" if ":" in step[:8] else step for step in steps)


def _to_rdflib(graph: Graph) -> "rdflib.Graph":
    import rdflib

    target = rdflib.Graph()
    for triple in graph:
        target.add(_triple(triple))
    return target


def _triple(triple: tuple[str, str, Term]) -> Any:
    return tuple(_node(term) for term in triple)


def _node(term: Term) -> Any:
    import rdflib

    if isinstance(term, Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language, normalize=False)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype), normalize=False)
    return rdflib.BNode(term[2:]) if term[:2] == "_:" else rdflib.URIRef(term)


def _term(node: Any) -> Term:
    import rdflib

    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), RDF_LANG_STRING, node.language)
        return Literal(str(node), str(node.datatype)) if node.datatype else Literal(str(node))
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)
