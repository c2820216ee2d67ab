"""Write results as a W3C validation report (SHACL, section 3.6)."""

from collections.abc import Iterable
from itertools import count

from harvester.namespaces import RDF_TYPE, SH, XSD
from harvester.rdf.graph import Graph
from harvester.shacl.paths import write_path
from harvester.shacl.result import Result
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal


def report(results: Iterable[Result]) -> Graph:
    """Return the sh:ValidationReport of ``results``, with sh:detail.

    sh:conforms is false when there is any result, whatever its severity (section 3.1).
    """
    graph = Graph()
    numbers = count()

    def fresh() -> str:
        return f"_:report{next(numbers)}"

    head = fresh()
    todo = [(head, SH + "result", result) for result in results]
    graph.add(head, RDF_TYPE, SH + "ValidationReport")
    conforms = "false" if todo else "true"
    graph.add(head, SH + "conforms", Literal(conforms, XSD + "boolean"))
    todo.reverse()
    while todo:
        parent, link, result = todo.pop()
        node = fresh()
        graph.add(parent, link, node)
        graph.add(node, RDF_TYPE, SH + "ValidationResult")
        graph.add(node, SH + "focusNode", result.focus)
        if result.path:
            steps = result.path if result.steps is None else result.steps
            graph.add(node, SH + "resultPath", write_path(steps, graph, fresh))
        if result.value is not None:
            graph.add(node, SH + "value", result.value)
        graph.add(node, SH + "resultSeverity", result.severity)
        graph.add(node, SH + "sourceConstraintComponent", result.component)
        if result.shape:
            graph.add(node, SH + "sourceShape", result.shape)
        for language, text in result.messages.items():
            datatype = RDF_LANG_STRING if language else XSD_STRING
            graph.add(node, SH + "resultMessage", Literal(text, datatype, language or None))
        todo += [(node, SH + "detail", detail) for detail in reversed(result.detail)]
    return graph
