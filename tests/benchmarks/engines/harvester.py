import os
import sys

from harvester.shacl import load_shapes, validate
from tests.benchmarks.loading import load

shapes = load_shapes(load(sys.argv[1]))
data = load(sys.argv[2])
for r in validate(data, shapes):
    print(r.focus, r.path, r.component, r.severity, *r.messages.values(), sep="\t")
sys.stdout.flush()
os._exit(0)  # as mypy does: taking a large graph apart piece by piece is for nobody
