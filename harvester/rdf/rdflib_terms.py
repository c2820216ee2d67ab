"""Terms to rdflib and back, for what only rdflib can do. It takes 0.2 s to import: be lazy."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple

if TYPE_CHECKING:
    import rdflib


class RdflibTerms:
    """Terms to rdflib and back. What rdflib cannot hold is replaced and remembered."""

    def __init__(self) -> None:
        self._replaced: dict[Any, Term] = {}

    def graph(self, triples: Iterable[Triple]) -> "rdflib.Graph":
        """An rdflib graph of these triples."""
        import rdflib

        graph = rdflib.Graph()
        known: dict[Term, Any] = {}
        for triple in triples:
            row = []
            for term in triple:
                node = known.get(term)
                if node is None:
                    node = known[term] = self.node(term)
                row.append(node)
            graph.add((row[0], row[1], row[2]))
        return graph

    def node(self, term: Term) -> Any:
        """The rdflib term that stands for ``term``; its lexical form is kept."""
        import rdflib

        if not isinstance(term, Literal):
            return rdflib.BNode(term[2:]) if term[:2] == "_:" else rdflib.URIRef(term)
        if term.language is None:
            datatype = None if term.datatype == XSD_STRING else rdflib.URIRef(term.datatype)
            return rdflib.Literal(term.value, datatype=datatype, normalize=False)
        try:
            return rdflib.Literal(term.value, lang=term.language)
        except ValueError:  # a tag that BCP 47 does not allow, such as sv_SE
            stand_in = f"x-{term.language.encode().hex()}"
            parts = [stand_in[at : at + 8] for at in range(2, len(stand_in), 8)]
            node = rdflib.Literal(term.value, lang="-".join(("x", *parts)))
            self._replaced[node] = term
            return node

    def back(self, graph: "rdflib.Graph") -> Graph:
        """The triples of an rdflib graph in one of ours."""
        return Graph((str(self.term(s)), str(self.term(p)), self.term(o)) for s, p, o in graph)

    def term(self, node: Any) -> Term:
        """The term that an rdflib term stands for."""
        import rdflib

        replaced = self._replaced.get(node)
        if replaced is not None:
            return replaced
        if isinstance(node, rdflib.BNode):
            return f"_:{node}"
        if not isinstance(node, rdflib.Literal):
            return str(node)
        if node.language is not None:
            return Literal(str(node), RDF_LANG_STRING, node.language)
        return Literal(str(node), XSD_STRING if node.datatype is None else str(node.datatype))
