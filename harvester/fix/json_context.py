"""JSON-LD contexts as far as the places of terms need them (JSON-LD 1.1, sections 4.1 and 9.15)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from harvester.rdf import contexts
from harvester.rdf.positions.iris import resolve

_KEYWORDS: Final = """
@base @container @context @direction @graph @id @import @included @index @json @language @list @nest
@none @prefix @propagate @protected @reverse @set @type @value @version @vocab
"""
KEYWORDS: Final = frozenset(_KEYWORDS.split())


@dataclass(frozen=True, slots=True)
class Definition:
    """One term: its IRI or keyword, and how its values are read. ``language`` "" is none."""

    iri: str
    type: str = ""
    language: str | None = None
    container: str = ""

    @property
    def reading(self) -> tuple[str, str | None, str]:
        """What two terms must share for one to be written for the other."""
        return self.type, self.language, self.container


@dataclass(frozen=True, slots=True)
class Context:
    """The context in force at a place."""

    base: str
    vocab: str = ""
    language: str = ""
    terms: Mapping[str, Definition] = field(default_factory=dict)

    def extended(self, given: object, url: str) -> "Context":
        """The context with a local one on top; shipped contexts are known by their address."""
        if given is None:
            return Context(url)
        if isinstance(given, str):
            loaded = contexts.load(_reference(given), url)
            return self.extended(loaded["@context"], url) if isinstance(loaded, dict) else self
        if isinstance(given, list):
            context = self
            for item in given:
                context = context.extended(item, url)
            return context
        return self._with(given) if isinstance(given, dict) else self

    def _with(self, given: Mapping[str, object]) -> "Context":
        base, vocab, language = (given.get(key) for key in ("@base", "@vocab", "@language"))
        context = replace(
            self,
            base=resolve(base, self.base) if isinstance(base, str) else self.base,
            vocab=vocab if isinstance(vocab, str) else "" if "@vocab" in given else self.vocab,
            language=str(language or "") if "@language" in given else self.language,
        )
        # A term may be defined by one further down: all plain ones first.
        terms = dict(self.terms)
        context = replace(context, terms=terms)
        for _ in range(2):
            for name, value in given.items():
                if not name.startswith("@"):
                    terms[name] = context._definition(name, value)  # noqa: SLF001  # the same class
        return context

    def _definition(self, name: str, value: object) -> Definition:
        if isinstance(value, str):
            return Definition(value if value in KEYWORDS else self.expand(value, own=name))
        if not isinstance(value, dict):
            return Definition("")
        iri = value.get("@id", name)
        kind, container = value.get("@type"), value.get("@container")
        language = value.get("@language")
        return Definition(
            iri=str(iri) if iri in KEYWORDS else self.expand(str(iri), own=name),
            type=(kind if kind in KEYWORDS else self.expand(kind)) if isinstance(kind, str) else "",
            language=str(language or "") if "@language" in value else None,
            container=" ".join(container) if isinstance(container, list) else str(container or ""),
        )

    def expand(self, name: str, *, own: str | None = None) -> str:
        """The IRI of a term, of a compact IRI or in the vocabulary; ``own`` is being defined."""
        known = self.terms.get(name)
        if known is not None and name != own:
            return known.iri
        prefix, colon, suffix = name.partition(":")
        if colon:
            if suffix.startswith("//") or prefix == "_" or prefix not in self.terms:
                return name
            return self.terms[prefix].iri + suffix
        return self.vocab + name if self.vocab else name

    def address(self, name: str) -> str:
        """The IRI of the value of ``@id``: compact, absolute or relative to the document."""
        return self.expand(name) if ":" in name else resolve(name, self.base)

    def compact(self, iri: str, reading: tuple[str, str | None, str] | None = None) -> str:
        """A name for an IRI: a term whose values are read alike, a compact IRI, or the IRI.

        Without ``reading``, no term.
        """
        if reading is not None:
            for name, known in self.terms.items():
                if known.iri == iri and known.reading == reading:
                    return name
        for name, known in self.terms.items():
            rest = iri.removeprefix(known.iri)
            if known.iri.endswith(("#", "/")) and rest not in (iri, "") and not known.type:
                compact = f"{name}:{rest}"
                if compact not in self.terms and not rest.startswith("//"):
                    return compact
        return iri


def _reference(address: str) -> bytes:
    import json

    return json.dumps({"@context": address}).encode()
