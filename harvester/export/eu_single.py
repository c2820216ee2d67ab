"""Properties of which DCAT-AP takes one value, where a source gives several.

Which one stays follows from what they mean: the first date of publication, the last change, the
narrower access; a package is no format beside what is in it; a second licence is still a
statement of rights. What nothing decides is decided by order, so that it is the same every night.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from harvester.export.eu_table import EARLIEST, LATEST, SINGLE
from harvester.export.eu_value import LICENCE
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.normalize.tables import AUTHORITY, MEDIA_TYPES
from harvester.terms import Literal, Term, Triple, term_to_ntriples

_FORMAT: Final = DCTERMS + "format"
_FILE_TYPE: Final = AUTHORITY + "file-type/"
_KNOWN: Final = (AUTHORITY, "http://purl.org/adms/")
_ACCESS: Final = AUTHORITY + "access-right/"
# Narrowest first: a mistake must not open what is closed.
_NARROWEST: Final = ("CONFIDENTIAL", "SENSITIVE", "NON_PUBLIC", "RESTRICTED")
_PACKAGES: Final = {
    "ZIP": (DCAT + "packageFormat", MEDIA_TYPES + "application/zip"),
    "TAR": (DCAT + "packageFormat", MEDIA_TYPES + "application/x-tar"),
    "GZIP": (DCAT + "compressFormat", MEDIA_TYPES + "application/gzip"),
}


def settle(
    triples: Sequence[Triple], crowded: Iterable[tuple[str, str]], reasons: defaultdict[str, int]
) -> list[Triple]:
    """Keep one value of each (subject, property) in ``crowded``, where its class takes one.

    ``reasons`` counts what is said otherwise or no more.
    """
    kept = dict.fromkeys(triples)
    for subject, predicate in crowded:
        classes, which = SINGLE[predicate]
        types = {str(obj) for s, p, obj in triples if s == subject and p == RDF_TYPE}
        values = [obj for s, p, obj in kept if s == subject and p == predicate]
        if len(values) < 2 or (classes and classes.isdisjoint(types)):
            continue
        chosen = _choose(which, values)
        for value in values:
            if value == chosen:
                continue
            del kept[subject, predicate, value]
            instead = _instead(subject, predicate, value)
            if instead is None:
                reasons["one-value"] += 1 + _remove(kept, value)
            else:
                kept[instead] = None
                reasons["format" if predicate == _FORMAT else "licence"] += 1
    return list(kept)


def _choose(which: str, values: Sequence[Term]) -> Term:
    if which in (EARLIEST, LATEST):
        dated = sorted(values, key=lambda value: (_text(value), term_to_ntriples(value)))
        return dated[0 if which == EARLIEST else -1]
    return min(values, key=_preference)


def _preference(value: Term) -> tuple[int, str]:
    """Known terms first, of these the narrowest right and what is no package; then by name."""
    text = term_to_ntriples(value)
    if isinstance(value, Literal):
        return (3 if value.datatype.endswith("wktLiteral") else 9), text
    if value.startswith(_ACCESS):
        code = value.removeprefix(_ACCESS)
        return (_NARROWEST.index(code) if code in _NARROWEST else 5), text
    if value.startswith(_FILE_TYPE):
        return (6 if value.removeprefix(_FILE_TYPE) in _PACKAGES else 5), text
    return (5 if value.startswith(_KNOWN) else 7 if value[:2] != "_:" else 8), text


def _instead(subject: str, predicate: str, value: Term) -> Triple | None:
    """How else to say a value that cannot stay; ``None`` when there is no other way."""
    if predicate == LICENCE:
        return subject, DCTERMS + "rights", value
    if predicate == _FORMAT and isinstance(value, str):
        package = _PACKAGES.get(value.removeprefix(_FILE_TYPE))
        if package is not None:
            return subject, *package
    return None


def _remove(kept: dict[Triple, None], node: Term) -> int:
    """Take a blank node away that nothing refers to any more; returns its number of triples."""
    if isinstance(node, Literal) or node[:2] != "_:" or any(obj == node for _, _, obj in kept):
        return 0
    own = [triple for triple in kept if triple[0] == node]
    for triple in own:
        del kept[triple]
    return len(own) + sum(_remove(kept, obj) for _, _, obj in own)


def _text(value: Term) -> str:
    return value.value if isinstance(value, Literal) else value
