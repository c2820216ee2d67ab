"""E-mail and telephone: IRIs with ``mailto:`` and ``tel:`` (vCard Ontology; RFC 6068, RFC 3966)."""

import re
from typing import Final

from harvester.namespaces import FOAF, VCARD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.terms import Literal, Term

EMAILS: Final = frozenset({VCARD + "hasEmail", FOAF + "mbox"})
PHONES: Final = frozenset({VCARD + "hasTelephone", FOAF + "phone"})
HAS_VALUE: Final = VCARD + "hasValue"
_EMAIL: Final = re.compile(
    r"\s*(?:mailto:\s*)*([^\s:/?#@<>,;%]+@[^\s:/?#@<>,;%]+\.[^\s:/?#@<>,;%]+)\s*", re.IGNORECASE
)
_PHONE: Final = re.compile(r"\s*(?:tel:\s*)*(\+?[0-9(][0-9 \u00a0()./-]{4,})\s*", re.IGNORECASE)


def _email(predicate: str, value: Term) -> Rewrite | None:
    match = _EMAIL.fullmatch(_text(value))
    iri = f"mailto:{match[1]}" if match else ""
    return None if not iri or iri == value else Rewrite(((predicate, iri),))


def _phone(predicate: str, value: Term) -> Rewrite | None:
    text = _text(value)
    if predicate == HAS_VALUE and not text.strip().lower().startswith("tel:"):
        return None
    match = _PHONE.fullmatch(text)
    if match is None:
        return None
    number = re.sub(r"[ \u00a0/.]", "", match[1])
    if number.startswith("+"):
        number = number.replace("(0)", "")  # +46 (0)8 ...: the 0 is dialled at home only
    iri = f"tel:{number}"
    return None if iri == value else Rewrite(((predicate, iri),))


def _text(value: Term) -> str:
    return value.value if isinstance(value, Literal) else value.replace("%20", " ")


STEPS: Final = (
    ValueStep("contact", EMAILS.__contains__, _email),
    ValueStep("contact", (PHONES | {HAS_VALUE}).__contains__, _phone),
)
