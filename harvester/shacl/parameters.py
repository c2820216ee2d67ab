"""Parameters of constraints: what they must be, and what to say when they are not."""

from harvester.errors import ConfigError
from harvester.terms import Literal, Term, is_iri
from harvester.words import Text


def malformed(node: str, name: str, why: Text) -> ConfigError:
    """Return the error for a parameter without meaning."""
    end = Text("; rätta shapes-filen", "; correct the shapes file")
    return ConfigError(f"shape {name_of(node)}: sh:{name} " + why + end)


def name_of(node: str) -> str:
    """Return a shape's name as messages write it."""
    return node if node[:2] == "_:" else f"<{node}>"


def iri_of(name: str, node: str, value: Term) -> str:
    """Return ``value``. Raises ``ConfigError`` when it is no IRI."""
    if not is_iri(value):
        raise malformed(node, name, Text("ska vara en IRI", "must be an IRI"))
    return str(value)


def text_of(name: str, node: str, value: Term) -> str:
    """Return the text of a literal. Raises ``ConfigError`` for other terms."""
    if not isinstance(value, Literal):
        raise malformed(node, name, Text("ska vara en text", "must be a text"))
    return value.value


def count_of(name: str, node: str, value: Term) -> int:
    """Return a whole number. Raises ``ConfigError`` for other terms."""
    if not isinstance(value, Literal) or not value.value.lstrip("+").isdecimal():
        why = Text(f"ska vara ett heltal, inte {value}", f"must be a whole number, not {value}")
        raise malformed(node, name, why)
    return int(value.value)


KINDS = {
    "IRI": (True, False, False),
    "BlankNode": (False, True, False),
    "Literal": (False, False, True),
    "BlankNodeOrIRI": (True, True, False),
    "BlankNodeOrLiteral": (False, True, True),
    "IRIOrLiteral": (True, False, True),
}
ORDERS = {
    "minExclusive": frozenset({1}),
    "minInclusive": frozenset({0, 1}),
    "maxExclusive": frozenset({-1}),
    "maxInclusive": frozenset({-1, 0}),
}
