"""Addresses that came as text where the property links: the address itself.

Only a text that is one whole web address and nothing else; ``www.exempel.se`` may be anything.
"""

import re
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, FOAF, VCARD, XSD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.rdf.validity import iri_problem
from harvester.terms import XSD_STRING, Literal, Term

PAGES: Final = frozenset(
    {
        DCAT + "accessURL",
        DCAT + "downloadURL",
        DCAT + "endpointURL",
        DCAT + "endpointDescription",
        DCAT + "landingPage",
        DCAT + "theme",
        DCAT + "themeTaxonomy",
        DCTERMS + "accessRights",
        DCTERMS + "accrualPeriodicity",
        DCTERMS + "conformsTo",
        DCTERMS + "language",
        DCTERMS + "license",
        DCTERMS + "spatial",
        DCTERMS + "type",
        FOAF + "homepage",
        FOAF + "page",
        VCARD + "hasURL",
    }
)
"""Properties that link to a page, a file or a term."""

_PAGE: Final = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


def address_in(value: Term) -> str | None:
    """The web address that a text is, or ``None``."""
    if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, XSD + "anyURI"):
        return None
    text = value.value.strip(" \t\r\n")
    return text if _PAGE.fullmatch(text) and iri_problem(text) is None else None


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say an address by itself."""
    address = address_in(value)
    return None if address is None else Rewrite(((predicate, address),))


STEPS: Final = (ValueStep("address", PAGES.__contains__, rewrite),)
