import sys

import pyoxigraph

for _ in pyoxigraph.parse(path=sys.argv[2]):
    pass
