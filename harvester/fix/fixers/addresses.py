"""Addresses written as a text, where the property links to a page, a file or a mailbox."""

import re
from typing import Final

from harvester.fix.change import Surroundings
from harvester.namespaces import FOAF, VCARD, XSD
from harvester.normalize.links import LINKS, address_in
from harvester.terms import XSD_STRING, Literal, Triple

MAILBOXES: Final = frozenset({VCARD + "hasEmail", FOAF + "mbox"})
_MAILBOX: Final = re.compile(r"(?:mailto:)?([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def fix(triple: Triple, _: Surroundings) -> Triple:
    """Make an IRI of a text that is a whole address and nothing else."""
    subject, predicate, value = triple
    if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, XSD + "anyURI"):
        return triple
    page = address_in(value) if predicate in LINKS else None
    if page is not None:
        return subject, predicate, page
    text = value.value.strip(" \t\r\n")
    mailbox = _MAILBOX.fullmatch(text) if predicate in MAILBOXES else None
    return triple if mailbox is None else (subject, predicate, "mailto:" + mailbox[1])
