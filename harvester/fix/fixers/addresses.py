"""Addresses written as a text, where the property links to a page, a file or a mailbox."""

import re
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import DCAT, DCTERMS, FOAF, VCARD, XSD
from harvester.rdf.validity import iri_problem
from harvester.terms import XSD_STRING, Literal, Triple

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
MAILBOXES: Final = frozenset({VCARD + "hasEmail", FOAF + "mbox"})
_PAGE: Final = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_MAILBOX: Final = re.compile(r"(?:mailto:)?([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def fix(triple: Triple, _: Surroundings) -> Triple:
    """Make an IRI of a text that is a whole address and nothing else."""
    subject, predicate, value = triple
    if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, XSD + "anyURI"):
        return triple
    text = value.value.strip(" \t\r\n")
    if predicate in PAGES and _PAGE.fullmatch(text) and iri_problem(text) is None:
        return subject, predicate, text
    mailbox = _MAILBOX.fullmatch(text) if predicate in MAILBOXES else None
    return triple if mailbox is None else (subject, predicate, "mailto:" + mailbox[1])
