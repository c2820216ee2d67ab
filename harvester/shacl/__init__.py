"""SHACL Core, compiled: the same answers as a reference engine at little more than parsing costs.

The engine follows *Shapes Constraint Language (SHACL)*, W3C Recommendation of 20 July 2017.
"""

from harvester.shacl.engine import validate
from harvester.shacl.load import load_shapes
from harvester.shacl.report import report
from harvester.shacl.result import Result
from harvester.shacl.shapes import Shapes

__all__ = ["Result", "Shapes", "load_shapes", "report", "validate"]
