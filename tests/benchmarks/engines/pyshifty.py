import sys

import rdflib
import shifty

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
_, report, _ = shifty.validate(sys.argv[2], sys.argv[1], graph_mode="data", infer=False)
for node in report.objects(None, SH.result):
    row = [
        report.value(node, name)
        for name in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.resultSeverity)
    ]
    focus = f"_:{row[0]}" if isinstance(row[0], rdflib.BNode) else row[0]
    print(focus, *(term or "" for term in row[1:]), sep="\t")
