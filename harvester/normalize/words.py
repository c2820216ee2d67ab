"""Obsolete and misspelt terms: properties and classes by the names in force.

The names are those that the portal rules PT030 and PT031 give (harvester/rules/portal). A name in
another case is a slip; one that another vocabulary has is so assumed; one that is merely similar is
left. A property is not renamed where its value would not fit, or where one that takes a single
value is there already.
"""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF_TYPE
from harvester.normalize.step import Edit, ResourceStep
from harvester.normalize.tables import ASSUMED, EXACT
from harvester.rdf.graph import Graph
from harvester.rules.portal.vocabulary import replacement
from harvester.terms import Literal, Term, is_blank

# What PT030 names as the place to put such a value, in other words and by hand.
_OTHER_VALUES: Final = frozenset(
    {
        DCAT + "dataDictionary",
        DCAT + "dataQuality",
        DCAT + "granularity",
        DCAT + "url",
        DCTERMS + "url",
        ADMS + "accessURL",
    }
)
_SINGLE: Final = frozenset(
    {
        *(DCAT + name for name in ("accessURL", "byteSize", "mediaType", "version")),
        *(DCTERMS + name for name in ("accrualPeriodicity", "format", "issued", "license")),
        *(DCTERMS + name for name in ("modified", "publisher", "type")),
    }
)
_RESOURCES: Final = frozenset(
    {
        *(DCAT + name for name in ("contactPoint", "dataset", "distribution", "service", "theme")),
        *(DCAT + name for name in ("catalog", "accessService", "landingPage", "record")),
        *(DCTERMS + name for name in ("publisher", "creator", "contributor", "subject", "source")),
        *(DCTERMS + name for name in ("relation", "rights", "provenance", "conformsTo", "hasPart")),
        *(DCTERMS + name for name in ("isPartOf", "type", "coverage", "spatial", "temporal")),
        *(FOAF + name for name in ("homepage", "page", "mbox")),
    }
)


def right_name(term: str) -> tuple[str, str] | None:
    """(the name in force, certainty) for a name that is not, or ``None``."""
    found = replacement(term)
    if found is None or term in _OTHER_VALUES:
        return None
    right, obsolete = found
    if obsolete:
        return right, EXACT
    if right.lower() == term.lower():
        return right, EXACT
    if right and _name(right).lower() == _name(term).lower():
        return right, ASSUMED
    return None


def edits(graph: Graph) -> Iterator[Edit]:
    """Rename the properties and the classes of each node."""
    for subject, properties in graph.spo.items():
        for cls in properties.get(RDF_TYPE, ()):
            found = right_name(cls) if isinstance(cls, str) and not is_blank(cls) else None
            if found is not None:
                after = ((subject, RDF_TYPE, found[0]),)
                yield Edit(((subject, RDF_TYPE, cls),), after, found[1])
        taken: set[str] = set()
        for predicate, values in properties.items():
            found = right_name(predicate) if predicate != RDF_TYPE else None
            if found is None:
                continue
            right, certainty = found
            if right in _SINGLE and (right in properties or right in taken or len(values) > 1):
                continue
            taken.add(right)
            for value in values:
                if not (isinstance(value, Literal) and right in _RESOURCES):
                    yield Edit(
                        ((subject, predicate, value),), ((subject, right, value),), certainty
                    )


def _name(term: str) -> str:
    return term[max(term.rfind("#"), term.rfind("/")) + 1 :]


def _handles(predicate: str) -> bool:
    return predicate == RDF_TYPE or right_name(predicate) is not None


def _wants(predicate: str, value: Term) -> bool:
    if predicate != RDF_TYPE:
        return True
    return isinstance(value, str) and not is_blank(value) and right_name(value) is not None


STEPS: Final = (ResourceStep("words", _handles, _wants, edits),)
