"""A fingerprint of what a source's requests are authorised with."""

import hashlib
from typing import Final

from harvester.settings import Source

# Of documents whose requests nobody remembers; equal to no fingerprint.
UNKNOWN: Final = "?"


def credential_of(source: Source) -> str:
    """Tell the headers of ``source`` apart from others, without giving them away.

    Empty without headers. An answer may depend on who asks, so an ``ETag`` that was got with one
    credential says nothing of what another one is shown (RFC 9111, section 3.5). The fingerprint is
    kept in the store and made by scrypt (16 MiB, some 50 ms), so that even a short password cannot
    be guessed from it at leisure.
    """
    if not source.headers:
        return ""
    sent = sorted((name.lower(), secret.reveal()) for name, secret in source.headers.items())
    return hashlib.scrypt(
        repr(sent).encode("utf-8", "surrogatepass"),
        salt=f"harvester {source.id}".encode(),
        n=2**14,
        r=8,
        p=1,
        dklen=16,
    ).hex()
