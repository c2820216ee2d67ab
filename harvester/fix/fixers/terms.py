"""Terms: obsolete and misspelt properties and classes whose successor takes the same values.

Certain are another spelling of the namespace (``https``), other capitals (``dcat:downloadUrl``),
and a chosen list of successors. A name that is merely similar is not: that is for the publisher.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF_TYPE, SCHEMA, VCARD
from harvester.rules.portal.vocabulary import NAMESPACES, OBSOLETE, TERMS
from harvester.terms import Term, Triple, is_blank, is_iri

# Of the obsolete terms, those whose successor means the same. Not here: dcat:WebService, dcat:url
# and others that may be one of several things.
_SAME: Final = (
    ADMS + "accessURL",
    ADMS + "contactPoint",
    ADMS + "version",
    DCAT + "Download",
    DCAT + "Feed",
    DCAT + "bytes",
    DCAT + "frequency",
    DCAT + "hasPart",
    DCAT + "licence",
    DCAT + "size",
    DCTERMS + "IMT",
    DCTERMS + "frequency",
    DCTERMS + "licence",
    DCTERMS + "updated",
    FOAF + "Organisation",
    VCARD + "Organisation",
    VCARD + "hasPhone",
    VCARD + "hasUrl",
)
SUCCESSORS: Final[Mapping[str, str]] = MappingProxyType({term: OBSOLETE[term] for term in _SAME})
# vCard's old properties take texts, the new ones resources.
_FOR_RESOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {VCARD + name: OBSOLETE[VCARD + name] for name in ("adr", "email", "tel", "telephone", "url")}
)
# DCMI's first fifteen elements have no range; these have the same meaning and take texts too.
_ELEMENTS: Final = "http://purl.org/dc/elements/1.1/"
_TEXT_ELEMENTS: Final = frozenset({"title", "description", "identifier"})
_PERIOD: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{scheme}://schema.org/{name}": DCAT + name
        for scheme in ("http", "https")
        for name in ("startDate", "endDate")
    }
)
_OTHER_SCHEMES: Final = frozenset(
    {
        "https://purl.org/dc/terms/",
        "http://purl.org/dcterms/",
        "https://www.w3.org/ns/dcat#",
        "http://www.w3.org/ns/dcat/",
        "https://xmlns.com/foaf/0.1/",
        "http://xmlns.com/foaf/spec/",
        "https://www.w3.org/2006/vcard/ns#",
        "https://www.w3.org/ns/adms#",
        "https://schema.org/",
    }
)


def fix(triple: Triple, around: Surroundings) -> Triple:
    """Put the term in force in the place of the property, or of the class."""
    subject, predicate, value = triple
    if predicate == RDF_TYPE:
        right = same_term(value) if isinstance(value, str) else None
        return triple if right is None else (subject, predicate, right)
    if predicate in _PERIOD:
        # dcterms:temporal of DCAT-AP-SE 2.2 and before; schema.org's dates mean more elsewhere.
        return (subject, _PERIOD[predicate], value) if subject in around.periods else triple
    right = same_term(predicate) or _fitting(predicate, value)
    return triple if right is None else (subject, right, value)


@lru_cache(maxsize=4096)
def same_term(term: str) -> str | None:
    """The term in force that means the same as ``term``, whatever its values; else ``None``."""
    right = SUCCESSORS.get(term)
    if right is not None:
        return right
    cut = max(term.rfind("#"), term.rfind("/")) + 1
    namespace, name = term[:cut], term[cut:]
    if namespace in _OTHER_SCHEMES:
        proper = NAMESPACES[namespace]
        return proper + name if proper == SCHEMA or name in TERMS[proper] else None
    known = TERMS.get(namespace, frozenset())
    if not known or name in known:
        return None
    same = [n for n in known if n.lower() == name.lower() and n[:1].isupper() == name[:1].isupper()]
    return namespace + same[0] if len(same) == 1 else None


def _fitting(predicate: str, value: Term) -> str | None:
    if predicate in _FOR_RESOURCES and (is_blank(value) or is_iri(value)):
        return _FOR_RESOURCES[predicate]
    name = predicate.removeprefix(_ELEMENTS)
    if name in _TEXT_ELEMENTS and name != predicate and not isinstance(value, str):
        return DCTERMS + name
    return None
