"""RDF terms as plain Python values: the compact form that every stage of the pipeline shares.

An IRI is its own ``str``; a blank node is a ``str`` that starts with ``_:`` (no absolute IRI
does); a literal is a :class:`Literal`. The lexical form is never touched: ``"05"`` stays ``"05"``.
"""

from typing import NamedTuple, TypeAlias

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
RDF_DIR_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"


class Literal(NamedTuple):
    """An RDF literal (RDF 1.1 Concepts, section 3.3).

    ``language`` is the tag as written, or ``None``; a base direction (RDF 1.2) is kept in the tag,
    as N-Triples 1.2 writes it: ``ar--rtl``.
    """

    value: str
    datatype: str = XSD_STRING
    language: str | None = None


Term: TypeAlias = str | Literal
Triple: TypeAlias = tuple[str, str, Term]


def is_blank(term: Term) -> bool:
    """Whether ``term`` is a blank node."""
    return type(term) is str and term[:2] == "_:"


def is_iri(term: Term) -> bool:
    """Whether ``term`` is an IRI."""
    return type(term) is str and term[:2] != "_:"


def is_literal(term: Term) -> bool:
    """Whether ``term`` is a literal."""
    return type(term) is Literal


_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def term_to_ntriples(term: Term) -> str:
    """Write one term as canonical N-Triples (RDF 1.2 N-Triples, section 4)."""
    if isinstance(term, Literal):
        text = term.value
        # Few texts have any of these, and looking is faster than translating.
        if '"' in text or "\\" in text or "\n" in text or "\r" in text:
            text = text.translate(_ESCAPES)
        text = f'"{text}"'
        if term.language is not None:
            return f"{text}@{term.language}"
        if term.datatype == XSD_STRING:
            return text
        return f"{text}^^<{term.datatype}>"
    return term if term[:2] == "_:" else f"<{term}>"


def triple_to_ntriples(triple: Triple) -> str:
    """Write one triple as a line of N-Triples, without the line end."""
    subject, predicate, obj = triple
    head = subject if subject[:2] == "_:" else f"<{subject}>"
    return f"{head} <{predicate}> {term_to_ntriples(obj)} ."
