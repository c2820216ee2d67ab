"""Relative references resolved as the readers do (RFC 3986, section 5.2)."""

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def resolve(reference: str, base: str) -> str:
    """Return the absolute IRI of a reference; the reference itself where there is no base."""
    if not base or _SCHEME.match(reference):
        return reference
    from urllib.parse import urljoin

    if not reference:
        return base.partition("#")[0]
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
