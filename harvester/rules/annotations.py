"""What the shapes say about themselves: codes, texts and sections, beside the SHACL.

The annotations are in the namespace ``https://w3id.org/dcat-harvester/ns#`` (``hv:``), so that
the Turtle files stay plain SHACL for every other engine.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from harvester.model import Severity
from harvester.namespaces import RDF_FIRST, RDF_REST, RDFS, SH
from harvester.rdf.graph import Graph
from harvester.terms import Literal, is_literal
from harvester.words import Text

HV: Final = "https://w3id.org/dcat-harvester/ns#"
NO_TEXT: Final = Text("", "")
CODE: Final = re.compile(r"[A-Z]{2}[0-9]{3}")
SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        SH + "Violation": Severity.ERROR,
        SH + "Warning": Severity.WARNING,
        SH + "Info": Severity.INFO,
        SH + "Debug": Severity.INFO,
        SH + "Trace": Severity.INFO,
    }
)

# How a shape reaches the shapes inside it (SHACL, sections 2.3 and 4.6 to 4.8).
_INSIDE: Final = (
    SH + "property",
    SH + "node",
    SH + "not",
    SH + "qualifiedValueShape",
    SH + "and",
    SH + "or",
    SH + "xone",
    SH + "sparql",
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one shape, or the nearest shape around it, says about itself.

    ``path`` is the property that a node shape is about (``hv:path``), as an IRI.
    """

    shape: str
    code: str = ""
    title: Text = NO_TEXT
    why: Text = NO_TEXT
    fix: Text = NO_TEXT
    message: Text = NO_TEXT
    section: str = ""
    path: str = ""
    severity: Severity = Severity.ERROR
    classes: tuple[str, ...] = ()


Annotations = Mapping[str, Annotation]


def read_annotations(shapes: Graph) -> Annotations:
    """Return the annotation of every shape, by its IRI or blank-node label.

    A shape without ``hv:code`` has the annotation of the nearest shape around it that has one;
    classes are the target classes of the nearest shape around it that has some. Each is read when
    it is asked for: one catalog breaks a few of a thousand shapes.
    """
    return _Annotations(shapes)


class _Annotations(Mapping[str, Annotation]):
    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._parents: dict[str, str] = {}
        for subject in shapes.spo:
            for child in _children(shapes, subject):
                self._parents.setdefault(child, subject)
        self._found: dict[str, Annotation] = {}

    def __getitem__(self, shape: str) -> Annotation:
        if shape not in self._found:
            if shape not in self._shapes.spo:
                raise KeyError(shape)
            _annotate(self._shapes, shape, self._parents, self._found)
        return self._found[shape]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes.spo)

    def __len__(self) -> int:
        return len(self._shapes.spo)


def texts(shapes: Graph, subject: str, predicate: str) -> Text:
    """Return the ``sv`` and ``en`` values of a property; one stands in for the other."""
    by_language: dict[str, str] = {}
    for value in shapes.objects(subject, predicate):
        if isinstance(value, Literal):
            by_language.setdefault((value.language or "").partition("-")[0].lower(), value.value)
    en = by_language.get("en") or by_language.get("") or by_language.get("sv", "")
    return Text(sv=by_language.get("sv") or en, en=en)


def _annotate(
    shapes: Graph, subject: str, parents: Mapping[str, str], found: dict[str, Annotation]
) -> None:
    chain: list[str] = []
    node: str | None = subject
    while node is not None and node not in found and node not in chain:
        chain.append(node)
        node = parents.get(node)
    around = found.get(node) if node is not None else None
    for node in reversed(chain):
        around = found[node] = _own(shapes, node, around)


def _own(shapes: Graph, node: str, around: Annotation | None) -> Annotation:
    code = text_of(shapes, node, HV + "code")
    inherited = around if around is not None and not code else Annotation(node)
    targets = tuple(
        value
        for value in shapes.objects(node, SH + "targetClass")
        if not is_literal(value) and isinstance(value, str)
    )
    classes = targets or (around.classes if around is not None else ())
    severity = shapes.value(node, SH + "severity")
    title = texts(shapes, node, HV + "title")
    return Annotation(
        shape=node,
        code=code if CODE.fullmatch(code) else inherited.code,
        title=title if title.en else inherited.title,
        why=texts(shapes, node, HV + "why") if code else inherited.why,
        fix=texts(shapes, node, HV + "fix") if code else inherited.fix,
        message=texts(shapes, node, SH + "message"),
        path=text_of(shapes, node, HV + "path") or inherited.path,
        section=text_of(shapes, node, HV + "section")
        or text_of(shapes, node, RDFS + "seeAlso")
        or inherited.section,
        severity=SEVERITIES.get(severity, Severity.ERROR)
        if isinstance(severity, str)
        else inherited.severity,
        classes=classes,
    )


def text_of(shapes: Graph, node: str, predicate: str) -> str:
    """Return the first value of a property, whatever it is; "" when there is none."""
    value = shapes.value(node, predicate)
    return value.value if isinstance(value, Literal) else value or ""


def _children(shapes: Graph, subject: str) -> Iterator[str]:
    properties = shapes.spo[subject]
    for predicate in _INSIDE:
        for value in properties.get(predicate, ()):
            if not isinstance(value, str):
                continue
            if shapes.objects(value, RDF_FIRST):
                yield from _members(shapes, value)
            else:
                yield value


def _members(shapes: Graph, node: str) -> Iterator[str]:
    seen: set[str] = set()
    while node not in seen:
        seen.add(node)
        for member in shapes.objects(node, RDF_FIRST):
            if isinstance(member, str):
                yield member
        rest = shapes.value(node, RDF_REST)
        if not isinstance(rest, str):
            return
        node = rest
