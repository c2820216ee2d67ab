import sys

import shacl

for r in shacl.validate(sys.argv[2], sys.argv[1]).results:
    print(r.focus_node, r.path or "", r.component_iri, r.severity_iri, sep="\t")
