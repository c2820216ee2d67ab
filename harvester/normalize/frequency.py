"""Frequencies: dcterms:accrualPeriodicity as an IRI of the EU table.

From the DCMI Collection Description vocabulary, ISO 19115, INSPIRE, ISO 8601 repeating intervals
and Swedish words. ``semimonthly`` is twice a month; the label that DCAT-AP-SE gives it is wrong,
and no value is read by such a label.
"""

import re
from typing import Final

from harvester.namespaces import DCTERMS
from harvester.normalize.step import Rewrite, ValueStep
from harvester.normalize.tables import ASSUMED, Known, fold, frequencies
from harvester.terms import Literal, Term

FREQUENCY: Final = DCTERMS + "accrualPeriodicity"
_ISO_19115: Final = re.compile(r"(?:standards\.iso\.org|.*codelists?\.xml).*#(?:.*_)?([a-z]+)")
_EU: Final = "publications.europa.eu/resource/authority/frequency/"


def lookup(value: Term) -> Known | None:
    """The EU frequency that an IRI or a text names."""
    text = value.value if isinstance(value, Literal) else value
    key = fold(text).replace(" ", "")
    known = frequencies().get(key)
    if known is None and (iso := _ISO_19115.fullmatch(key)):
        known = frequencies().get(iso[1])
    if known is None and key.startswith(_EU):
        # another vocabulary's word behind the address of the EU table
        word = frequencies().get(key.removeprefix(_EU))
        known = Known(word.value, ASSUMED) if word else None
    return known


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a frequency by its IRI."""
    known = lookup(value)
    if known is None or known.value == value:
        return None
    return Rewrite(((predicate, known.value),), known.certainty)


STEPS: Final = (ValueStep("frequency", FREQUENCY.__eq__, rewrite),)
