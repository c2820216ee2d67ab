import sys

import rdflib
from pyshacl import validate

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
shapes, data = (rdflib.Graph().parse(path, format="turtle") for path in sys.argv[1:])
_, report, _ = validate(data, shacl_graph=shapes)
for node in report.objects(None, SH.result):
    row = [
        report.value(node, name)
        for name in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.resultSeverity)
    ]
    focus = f"_:{row[0]}" if isinstance(row[0], rdflib.BNode) else row[0]
    print(focus, *(term or "" for term in row[1:]), sep="\t")
