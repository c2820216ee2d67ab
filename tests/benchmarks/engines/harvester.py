import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from harvester.shacl import load_shapes, validate
from tests.benchmarks.loading import load

shapes = load_shapes(load(Path(sys.argv[1])))
for r in validate(load(Path(sys.argv[2])), shapes):
    print(str(r.focus), r.path, r.component, r.severity, sep="\t")
