"""Asking the merged graph: SPARQL 1.1 queries, read-only.

Evaluated by rdflib over the compact graph, not by Oxigraph: Oxigraph's store keeps numbers, dates
and booleans by value, so that ``"05"^^xsd:integer`` comes back as ``5`` and every
``xsd:nonNegativeInteger`` as ``xsd:integer``. Here each literal is what its publisher wrote.
"""

from harvester.sparql.answer import Answer, Failed, Refused, Solutions, Triples, Truth

__all__ = ["Answer", "Failed", "Refused", "Solutions", "Triples", "Truth"]
