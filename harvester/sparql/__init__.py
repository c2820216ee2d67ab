"""Asking the merged graph: SPARQL 1.1 queries, read-only, in a process of their own.

Evaluated by rdflib over the compact graph, not by Oxigraph: Oxigraph's store keeps numbers, dates
and booleans by value, so that ``"05"^^xsd:integer`` comes back as ``5`` and every
``xsd:nonNegativeInteger`` as ``xsd:integer``. Here each literal is what its publisher wrote.
"""

from harvester.sparql.answer import Answer, Refused, Solutions, Triples, Truth
from harvester.sparql.child import QueryLimits, ask_in_child

__all__ = ["Answer", "QueryLimits", "Refused", "Solutions", "Triples", "Truth", "ask_in_child"]
