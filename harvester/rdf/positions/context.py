"""The part of JSON-LD contexts that decides which key is which property (JSON-LD 1.1, section 4).

Enough to find places: what the trusted parser reads differently is not found, and falls back.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

from harvester.rdf.positions.iris import resolve

_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Term:
    """What a key means: its IRI or keyword, the type of its values, how they are contained."""

    iri: str
    type: str = ""
    language: str | None = None
    containers: frozenset[str] = frozenset()
    reverse: bool = False
    context: Any = None
    scoped: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The active context of one object."""

    base: str
    vocabulary: str = ""
    language: str = ""
    terms: dict[str, Term] = field(default_factory=dict)

    def extended(self, local: Any) -> "Context":
        """Put a local context on top of this one."""
        if local is None:
            return Context(self.base)
        if isinstance(local, list):
            result = self
            for one in local:
                result = result.extended(one)
            return result
        if not isinstance(local, dict):
            return self
        result = replace(self, terms=dict(self.terms))
        if isinstance(local.get("@base"), str):
            result = replace(result, base=resolve(local["@base"], self.base))
        if "@vocab" in local:
            vocabulary = local["@vocab"]
            result = replace(
                result, vocabulary=result.expand(vocabulary) if isinstance(vocabulary, str) else ""
            )
        if "@language" in local:
            result = replace(result, language=str(local["@language"] or ""))
        for key in local:
            result.terms.pop(key, None)
        for key in local:
            if not key.startswith("@"):
                result.define(key, local, 0)
        return result

    def define(self, key: str, local: dict[str, Any], depth: int) -> Term | None:
        """Define one term of a local context, after those it is made of."""
        if key in self.terms or key not in local or depth > _DEEPEST:
            return self.terms.get(key)
        value = local[key]
        if isinstance(value, str):
            value = {"@id": value}
        if not isinstance(value, dict):
            return None
        reverse = isinstance(value.get("@reverse"), str)
        name = value["@reverse"] if reverse else value.get("@id", key)
        if not isinstance(name, str):
            return None
        prefix, colon, rest = name.partition(":")
        if colon and not rest.startswith("//"):
            self.define(prefix, local, depth + 1)
        elif name != key:
            self.define(name, local, depth + 1)
        iri = self.expand(name, own=name != key)
        kind = value.get("@type", "")
        if isinstance(kind, str) and kind and not kind.startswith("@"):
            self.define(kind.partition(":")[0], local, depth + 1)
            kind = self.expand(kind)
        contained = value.get("@container", ())
        containers = [contained] if isinstance(contained, str) else contained or ()
        language = value.get("@language") if "@language" in value else None
        self.terms[key] = Term(
            iri,
            kind if isinstance(kind, str) else "",
            ("" if language is None else str(language)) if "@language" in value else None,
            frozenset(str(one) for one in containers),
            reverse,
            value.get("@context"),
            "@context" in value,
        )
        return self.terms[key]

    def expand(self, name: str, *, own: bool = True) -> str:
        """The IRI of a property or class; the name itself where it has none."""
        if name.startswith("@"):
            return name
        if own and name in self.terms:
            return self.terms[name].iri
        prefix, colon, rest = name.partition(":")
        if colon:
            if prefix == "_" or rest.startswith("//") or prefix not in self.terms:
                return name
            return self.terms[prefix].iri + rest
        return self.vocabulary + name if self.vocabulary else name

    def identify(self, name: str, *, vocabulary: bool = False) -> str:
        """The IRI or blank-node label of a node."""
        if vocabulary and (name in self.terms or ":" not in name):
            expanded = self.expand(name)
            if ":" in expanded:
                return expanded
        prefix, colon, rest = name.partition(":")
        if colon and prefix != "_" and not rest.startswith("//") and prefix in self.terms:
            return self.terms[prefix].iri + rest
        return name if prefix == "_" else resolve(name, self.base)
