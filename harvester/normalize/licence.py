"""Licences: dcterms:license as the IRI that DCAT-AP-SE wants.

Creative Commons with ``http`` and a slash at the end (DCAT-AP-SE, docs/harvesting.md), also for
a country's own version (``/by/3.0/it/``), which stays that version. A text that is nothing but an
address becomes one. A name without a version is read as the newest one and is so assumed.
"""

import re
from typing import Final

from harvester.namespaces import DCTERMS
from harvester.normalize.step import Rewrite, ValueStep
from harvester.normalize.tables import Known, licence_key, licences
from harvester.terms import Literal, Term

LICENSE: Final = DCTERMS + "license"
_COMMONS: Final = re.compile(
    r"creativecommons\.org/(licenses/[a-z+-]+/[0-9.]+(?:/[a-z]{2})?|publicdomain/[a-z]+/[0-9.]+)"
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+")


def lookup(value: Term) -> Known | None:
    """The licence that an IRI or a text names."""
    text = value.value if isinstance(value, Literal) else value
    key = licence_key(text)
    known = licences().get(key)
    if known is not None:
        return known if known.applies else None
    if commons := _COMMONS.fullmatch(key):
        return Known(f"http://creativecommons.org/{commons[1]}/")
    if isinstance(value, Literal) and _ADDRESS.fullmatch(text.strip()):
        return Known(text.strip())
    return None


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a licence by its IRI."""
    known = lookup(value)
    if known is None or known.value == value:
        return None
    return Rewrite(((predicate, known.value),), known.certainty)


STEPS: Final = (ValueStep("licence", LICENSE.__eq__, rewrite),)
