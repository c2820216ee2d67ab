"""IRIs: white space around them is cut, characters that RFC 3987 forbids are percent-encoded.

DCAT-AP-SE, docs/harvesting.md: IRIs are absolute and follow RFC 3987; spaces and the like are
encoded. ``<`` and ``>`` and control characters are left: an IRI that holds one is damaged.
"""

import re
from typing import Final

from harvester.normalize.step import TermStep
from harvester.terms import Term

_ENCODE: Final = {ord(char): f"%{ord(char):02X}" for char in ' "{}|\\^`'}
_FORBIDDEN: Final = frozenset(map(chr, _ENCODE)) | {"[", "]"}
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SPACE: Final = " \t\r\n\u00a0"
_SUSPECT: Final = re.compile(r"""[ "{}|\\^`\[\]%\t\r\n\u00a0]""")


def mend(iri: str) -> str:
    """Return ``iri`` with forbidden characters percent-encoded; blank nodes stay as they are."""
    if iri[:2] == "_:":
        return iri
    trimmed = iri.strip(_SPACE)
    if "%" in trimmed:
        trimmed = _LONE_PERCENT.sub("%25", trimmed)
    if _FORBIDDEN.isdisjoint(trimmed):
        return trimmed
    return _encode_brackets(trimmed.translate(_ENCODE))


def _encode_brackets(iri: str) -> str:
    """Brackets are legal around an IPv6 host and nowhere else (RFC 3986, section 3.2.2)."""
    if "[" not in iri and "]" not in iri:
        return iri
    scheme, sep, rest = iri.partition("://")
    authority, slash, path = rest.partition("/") if sep else ("", "", iri)
    if sep and any(mark in authority for mark in "?#"):
        authority, slash, path = "", "", rest
    encoded = path.replace("[", "%5B").replace("]", "%5D")
    return f"{scheme}{sep}{authority}{slash}{encoded}" if sep else encoded


def _mend(term: Term) -> Term:
    return mend(term) if isinstance(term, str) else term


STEPS: Final = (
    TermStep("iri", literals=False, suspects=_SUSPECT.search, mend=_mend),  # type: ignore[arg-type]  # only IRIs come
)
