"""Publishers: the IRI that Sweden's national data portal gives to an organisation number.

``http://dataportal.se/organisation/SE`` and ten digits (DCAT-AP-SE, docs/recommendations.md). Only
other forms of that very IRI are mended, wherever they stand, so that two descriptions of one
publisher become one. The last digit of the number is checked (Luhn), so that a slip is not spread.

A number of its own does not make an IRI: courts share that of the Courts Administration. Only a
publisher without an IRI, which must be given one anyhow, gets the portal's, when its number is one
that the portal knows a single publisher by (``known_iri``). A name never makes an IRI.
"""

import re
from collections.abc import Iterable
from typing import Final

from harvester.normalize.step import TermStep
from harvester.normalize.tables import publishers
from harvester.terms import Literal, Term

_IRI: Final = re.compile(
    r"https?://(?:www\.)?dataportal\.se/organi[sz]ations?/(?:SE)?([0-9]{6})-?([0-9]{4})"
    r"(-[^/?#\s]+)?/?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:SE|16)?([0-9]{6})-?([0-9]{4})", re.IGNORECASE)


def _suspects(term: Term) -> bool:
    return "dataportal.se/org" in term


def mend(term: Term) -> Term:
    """Return the portal's form of a publisher's IRI, or the term itself."""
    match = _IRI.fullmatch(term) if isinstance(term, str) else None
    if match is None or not is_organisation_number(match[1] + match[2]):
        return term
    return f"http://dataportal.se/organisation/SE{match[1]}{match[2]}{match[3] or ''}"


def known_iri(identifiers: Iterable[Term]) -> str:
    """The portal's IRI for the organisation number among the identifiers of a publisher, or ""."""
    for value in identifiers:
        match = _NUMBER.fullmatch(value.value.strip()) if isinstance(value, Literal) else None
        if match is not None and match[1] + match[2] in publishers():
            return f"http://dataportal.se/organisation/SE{match[1]}{match[2]}"
    return ""


def is_organisation_number(digits: str) -> bool:
    """Whether ten digits are a Swedish organisation number: the last one is the check digit."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return len(digits) == 10 and sum(n // 10 + n % 10 for n in doubled) % 10 == 0


STEPS: Final = (TermStep("publisher", literals=False, suspects=_suspects, mend=mend),)
