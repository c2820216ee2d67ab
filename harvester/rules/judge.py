"""Hold a source's graph against a profile: SHACL results and portal rules become findings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from harvester.errors import UsageError
from harvester.model import Finding, Severity
from harvester.namespaces import SH
from harvester.rdf.graph import Graph
from harvester.rules.annotations import SEVERITIES, Annotation
from harvester.rules.context import NO_CONTEXT, Context
from harvester.rules.portal import check_portal_rules
from harvester.rules.profile import Profile
from harvester.rules.shacl_rules import component_code, component_message
from harvester.terms import is_blank, term_to_ntriples
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.shacl import Result

ENGINES: Final = ("core", "pyshacl")


def validate(
    graph: Graph, profile: Profile, *, engine: str = "core", context: Context = NO_CONTEXT
) -> list[Finding]:
    """Return what ``profile`` has to say about the whole graph of one source.

    ``engine`` is ``core`` (compiled) or ``pyshacl`` (the reference, far slower). ``context``
    says how the documents arrived and were read, for the portal rules about that.

    One finding per (code, focus, path, value), in document order of the focus nodes, then by
    code, path and value. Findings of reading are not repeated here. Raises ``UsageError`` for an
    unknown engine and ``ConfigError`` for shapes that cannot be used.
    """
    results = shacl_results(graph, profile, engine)
    findings = [_finding(result, graph, profile) for result in results]
    if profile.portal_rules:
        findings.extend(check_portal_rules(graph, context))
    return _in_order(graph, _adjust(findings, profile))


def shacl_results(graph: Graph, profile: Profile, engine: str = "core") -> "list[Result]":
    """Return what the engine says, before codes, severities and words of the profile.

    Raises as :func:`validate` does.
    """
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise UsageError(
            Text(
                f'okänd motor "{engine}"; använd en av {known}',
                f'unknown engine "{engine}": use one of {known}',
            )
        )
    if not len(profile.shapes):
        return []
    from harvester import shacl
    from harvester.shacl import reference

    run = shacl.validate if engine == "core" else reference.validate
    return run(
        graph,
        profile.compiled,
        vocabulary=profile.vocabulary,
        # A source cannot make its own terms members of the lists that a profile closes.
        trust_data_classes=not len(profile.vocabulary),
    )


def _finding(result: "Result", graph: Graph, profile: Profile) -> Finding:
    annotation = profile.annotations.get(result.shape) or Annotation(result.shape)
    component = _short(result.component)
    focus = result.focus if isinstance(result.focus, str) else term_to_ntriples(result.focus)
    return Finding(
        code=annotation.code or component_code(component),
        severity=SEVERITIES.get(result.severity, Severity.ERROR),
        focus=focus,
        message=_message(result, component),
        cls=_class(graph, focus, annotation),
        path=result.path or annotation.path,
        value=result.value,
        component=component,
        shape="" if is_blank(result.shape) else result.shape,
        title=annotation.title.en,
    )


def _short(component: str) -> str:
    return "sh:" + component.removeprefix(SH) if component.startswith(SH) else component


def _message(result: "Result", component: str) -> Text:
    """The shape's own words; without any, what the constraint component says."""
    own = result.messages
    generic = component_message(component)
    anything = own.get("en") or own.get("") or own.get("sv") or next(iter(own.values()), "")
    if not anything:
        return generic
    return Text(sv=own.get("sv") or anything, en=anything)


def _class(graph: Graph, focus: str, annotation: Annotation) -> str:
    types = graph.types(focus)
    for cls in annotation.classes:
        if cls in types:
            return cls
    if annotation.classes:
        return annotation.classes[0]
    return next((cls for cls in types if isinstance(cls, str)), "")


def _adjust(findings: Iterable[Finding], profile: Profile) -> Iterable[Finding]:
    from dataclasses import replace

    for finding in findings:
        severity = profile.severities.get(finding.code, finding.severity)
        if severity is None:
            continue
        yield finding if severity is finding.severity else replace(finding, severity=severity)


def _in_order(graph: Graph, findings: Iterable[Finding]) -> list[Finding]:
    place = {subject: number for number, subject in enumerate(graph.spo)}
    unique: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        value = "" if finding.value is None else term_to_ntriples(finding.value)
        unique.setdefault((finding.code, finding.focus, finding.path, value), finding)

    def key(item: tuple[tuple[str, str, str, str], Finding]) -> tuple[int, str, str, str, str]:
        code, focus, path, value = item[0]
        return place.get(focus, -1), focus, code, path, value

    return [finding for _, finding in sorted(unique.items(), key=key)]
