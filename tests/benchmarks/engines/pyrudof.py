import sys

from pyrudof import Rudof, RudofConfig

rudof = Rudof(RudofConfig())
rudof.read_shacl(sys.argv[1])
rudof.read_data(sys.argv[2])
for v in rudof.validate_shacl().violations:
    print(v.focus_node, v.path or "", v.constraint_component, v.severity, sep="\t")
