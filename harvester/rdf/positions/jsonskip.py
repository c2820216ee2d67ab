"""Members of JSON-LD that nobody asked about, matched whole, as long as it is sure what they are.

Sure means: at most one context, and none of what makes the meaning of a key depend on where it
stands, such as maps by language, reverse properties and contexts within terms.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from harvester.rdf.positions.context import Context
from harvester.rdf.positions.index import Wanted

MAPS: Final = ("@index", "@id", "@type", "@language", "@graph")
_LOCAL: Final = re.compile(r'"@context"\s*+:\s*+')
_NAME: Final = re.compile(r'\s*+"@id"\s*+:\s*+"([A-Za-z][A-Za-z0-9+.\-]*+://[^"\\]*+)"')
# A text or number; no label of a blank node.
_SCALAR: Final = r'(?!"_:)(?:"(?:[^"\\]++|\\.)*+"|[^\s\[\]{},:"]++)'
# A reference that says nothing of what it names, or a literal.
_FLAT: Final = (
    rf'\{{\s*+(?:"@id"\s*+:\s*+{_SCALAR}'
    rf'|"@value"\s*+:\s*+{_SCALAR}(?:\s*+,\s*+"@(?:language|type)"\s*+:\s*+{_SCALAR})*+'
    rf'|(?:"@(?:language|type)"\s*+:\s*+{_SCALAR}\s*+,\s*+)++"@value"\s*+:\s*+{_SCALAR})\s*+\}}'
)
_ITEM: Final = rf"(?:{_SCALAR}|{_FLAT})"
_VALUE: Final = rf"(?:{_ITEM}|\[\s*+(?:{_ITEM}\s*+,?\s*+)*+\])"


class Others:
    """The patterns of one document.

    ``inlined`` puts the shipped contexts in place of their addresses. ``context`` is the only one,
    ``None`` where the document is not plain enough; ``spans`` are where it is said.
    """

    def __init__(self, text: str, base: str, wanted: Wanted, inlined: Callable[[Any], Any]) -> None:
        self._text = text
        self._wanted = wanted
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}
        self.spans: list[tuple[int, int]] = []
        self.context = self._only_context(base, inlined)

    def within(self, at: int) -> re.Pattern[str]:
        """Matches members that nobody asked about, of the object whose first key is at ``at``.

        As many as there are, maybe none. Only an object that begins with its name is known.
        """
        wanted = self._wanted
        name = _NAME.match(self._text, at)
        return self._pattern(wanted.paths if name is None else wanted.paths_of(name[1]))

    def _pattern(self, paths: frozenset[str]) -> re.Pattern[str]:
        known = self._patterns.get(paths)
        if known is not None:
            return known
        context = self.context or Context("")
        asked = set(paths)
        if context.vocabulary:
            asked.update(_rests(paths, context.vocabulary))
        for name, term in context.terms.items():
            if term.iri.startswith("@") or term.iri in paths:
                asked.add(name)
            asked.update(f"{name}:{rest}" for rest in _rests(paths, term.iri))
        names = "|".join(map(re.escape, sorted(asked))) or "(?!)"
        made = self._patterns[paths] = re.compile(
            rf'(?:[\s,]*+(?!"(?:{names})")"[^"\\@][^"\\]*+"\s*+:\s*+{_VALUE}(?=\s*[,}}]))*+',
            re.DOTALL,
        )
        return made

    def _only_context(self, base: str, inlined: Callable[[Any], Any]) -> Context | None:
        text = self._text
        if '"@reverse"' in text:
            return None
        found: dict[str, Any] = {}
        for match in _LOCAL.finditer(text):
            try:
                local, end = json.JSONDecoder(strict=False).raw_decode(text, match.end())
            except (json.JSONDecodeError, RecursionError):
                return None
            self.spans.append((match.end(), end))
            found[text[match.end() : end]] = local
            if len(found) > 1:
                return None
        context = Context(base)
        for local in found.values():
            context = context.extended(inlined(local))
        hidden = any(
            term.scoped or term.reverse or not term.containers.isdisjoint(MAPS)
            for term in context.terms.values()
        )
        return None if hidden else context


def _rests(paths: frozenset[str], namespace: str) -> set[str]:
    return {path[len(namespace) :] for path in paths if path.startswith(namespace)}
