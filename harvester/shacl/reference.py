"""The same answers through pyshacl: the reference engine, and what checks shapes beyond Core.

rdflib and pyshacl take 0.4 s to import, so they are imported where they are called.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from harvester.errors import ConfigError
from harvester.namespaces import OWL, RDF_TYPE, RDFS, SH
from harvester.rdf.graph import Graph
from harvester.rdf.rdflib_terms import RdflibTerms
from harvester.shacl.paths import path_text, read_path
from harvester.shacl.result import Result
from harvester.shacl.shapes import Shapes
from harvester.shacl.view import View
from harvester.terms import Literal, Term, Triple
from harvester.words import Text

_SUBCLASS = RDFS + "subClassOf"
_TARGETS = frozenset(
    SH + name
    for name in ("target", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)
_CLASSES = frozenset({RDFS + "Class", OWL + "Class"})


def validate(
    data: Graph,
    shapes: Shapes,
    *,
    vocabulary: Graph | None = None,
    trust_data_classes: bool = True,
) -> list[Result]:
    """Validate as :func:`harvester.shacl.engine.validate` does, with pyshacl.

    Raises ``ConfigError`` when pyshacl refuses the shapes or fails.
    """
    roots = (*shapes.roots, *shapes.beyond)
    return _run(data, shapes, roots, vocabulary, trust_data_classes=trust_data_classes)


def validate_beyond(
    data: Graph, shapes: Shapes, *, vocabulary: Graph | None, trust_data_classes: bool
) -> list[Result]:
    """Validate with the shapes that need more than SHACL Core, and with no others."""
    return _run(data, shapes, shapes.beyond, vocabulary, trust_data_classes=trust_data_classes)


def _run(
    data: Graph,
    shapes: Shapes,
    roots: Iterable[str],
    vocabulary: Graph | None,
    *,
    trust_data_classes: bool,
) -> list[Result]:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError

    terms = RdflibTerms()
    view = None
    if vocabulary is not None:
        view = View(data, vocabulary, trust_data_classes=trust_data_classes)
    with _borrowed_rdflib():
        try:
            _, answer, text = pyshacl.validate(
                terms.graph(_with_vocabulary(data, vocabulary, trusted=trust_data_classes)),
                shacl_graph=terms.graph(_shapes_for(shapes, set(roots), view)),
                advanced=bool(shapes.beyond),
                inference="none",
            )
        except ReportableRuntimeError as error:
            raise ConfigError(
                Text("pyshacl kan inte använda shapes: ", "pyshacl cannot use these shapes: ")
                + str(error.message)
            ) from error
        except MemoryError:
            raise
        except Exception as error:  # whatever rdflib's SPARQL raises comes through
            why = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise ConfigError(
                Text("pyshacl kan inte köra shapes: ", "pyshacl cannot run these shapes: ") + why
            ) from error
    if isinstance(answer, Exception):
        raise ConfigError(
            Text("pyshacl misslyckades: ", "pyshacl failed: ") + " ".join(str(text).split())
        )
    return list(_results(terms.back(answer)))


def _with_vocabulary(data: Graph, vocabulary: Graph | None, *, trusted: bool) -> Iterator[Triple]:
    for triple in data:
        if trusted or triple[1] != _SUBCLASS:
            yield triple
    yield from vocabulary or ()


def _shapes_for(shapes: Shapes, roots: set[str], view: View | None) -> Iterator[Triple]:
    """The shapes graph without what the loader left out and without the targets of other shapes.

    With a ``view`` the focus nodes are named one by one: pyshacl takes them from the graph that
    is merged with the vocabulary, where a term of the vocabulary would be one too.
    """
    have_targets = {*shapes.roots, *shapes.beyond}
    for triple in shapes.graph:
        subject, predicate, obj = triple
        if triple in shapes.dropped:
            continue
        if subject in have_targets and (subject not in roots or view is not None):
            is_class = predicate == RDF_TYPE and obj in _CLASSES
            if is_class or (predicate in _TARGETS and predicate != SH + "target"):
                continue
            if predicate == SH + "target" and subject not in roots:
                continue
        yield triple
    if view is not None:
        for root in sorted(roots):
            for node in view.focus_nodes(shapes.by_id[root].targets):
                yield root, SH + "targetNode", node


@contextmanager
def _borrowed_rdflib() -> Iterator[None]:
    """Put back what pyshacl changes in rdflib for the whole process, also when it fails.

    While it runs, rdflib's warnings on ill-formed literals are silent: they are results.
    """
    import rdflib
    from rdflib import term

    boolean = rdflib.URIRef("http://www.w3.org/2001/XMLSchema#boolean")
    mapping: dict[Any, Any] = term._toPythonMapping  # noqa: SLF001  # what pyshacl's patch changes
    before = rdflib.NORMALIZE_LITERALS, mapping[boolean]
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, mapping[boolean] = before
        logger.setLevel(level)


def _results(graph: Graph) -> Iterator[Result]:
    """Read the results of a validation report."""
    for head in graph.instances(SH + "ValidationReport"):
        for node in graph.objects(head, SH + "result"):
            yield _result(graph, str(node))


def _result(graph: Graph, node: str) -> Result:
    def one(name: str) -> Term | None:
        return graph.value(node, SH + name)

    focus, path = one("focusNode"), one("resultPath")
    steps = None if path is None else read_path(graph, path)
    if focus is None:
        raise ConfigError(
            Text(
                "pyshacl gav ett resultat utan fokusnod",
                "pyshacl gave a result without a focus node",
            )
        )
    return Result(
        focus,
        "" if steps is None else path_text(steps),
        one("value"),
        str(one("sourceShape") or ""),
        str(one("sourceConstraintComponent") or ""),
        str(one("resultSeverity") or SH + "Violation"),
        _messages(graph, node),
        tuple(_result(graph, str(detail)) for detail in graph.objects(node, SH + "detail")),
        None if isinstance(steps, str) else steps,
    )


def _messages(graph: Graph, node: str) -> Mapping[str, str]:
    messages: dict[str, str] = {}
    for term in sorted(graph.objects(node, SH + "resultMessage")):
        if isinstance(term, Literal):
            language = term.language or ""
            before = messages.get(language)
            messages[language] = term.value if before is None else f"{before}\n{term.value}"
    return messages
