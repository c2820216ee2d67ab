"""Request headers of a source; secrets come from the environment or a file, never from the text.

Only variables named ``HARVESTER_...`` are read, so that a changed configuration in a pull request
cannot send the runner's own tokens anywhere (security-cases S83).
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

from msgspec import UNSET

from harvester.config.file import SecretRef
from harvester.errors import reason_of
from harvester.words import Secret, Text

ENV_PREFIX: Final = "HARVESTER_"
PLAIN: Final = frozenset({"accept", "accept-language", "from", "prefer", "referer"})
OURS: Final = frozenset(
    {
        "accept-encoding", "connection", "content-length", "expect", "host", "if-modified-since",
        "if-none-match", "range", "te", "transfer-encoding", "upgrade", "user-agent",
    }
)  # fmt: skip
MAX_SECRET_BYTES: Final = 16 * 1024

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")

Fail = Callable[[str, Text], NoReturn]


def read_headers(
    headers: Mapping[str, str | SecretRef],
    *,
    folder: Path,
    environ: Mapping[str, str] | None,
    warnings: list[Text],
    fail: Fail,
) -> Mapping[str, Secret]:
    """Check all headers and read their values; none are read when ``environ`` is ``None``.

    ``fail(name, why)`` raises. A secret file that others may read adds to ``warnings``.
    """
    values: dict[str, Secret] = {}
    for name, value in headers.items():
        _check_name(name, fail)
        if isinstance(value, str):
            if name.lower() not in PLAIN:
                fail(
                    name,
                    Text(
                        'kan vara en hemlighet: skriv { env = "HARVESTER_..." } eller '
                        '{ file = "..." }',
                        'may be a secret: write { env = "HARVESTER_..." } or { file = "..." }',
                    ),
                )
            text = value
        else:
            _check_reference(name, value, fail)
            if environ is None:
                continue
            text = _read(name, value, folder, environ, warnings, fail)
        if _VALUE.fullmatch(text) is None:
            fail(
                name,
                Text(
                    "har ett värde som inte kan skickas i ett huvud (tomt eller inte skrivbar "
                    "ASCII)",
                    "has a value that cannot be sent in a header (empty, or not printable ASCII)",
                ),
            )
        values[name] = Secret(text)
    return MappingProxyType(values if environ is not None else {})


def read_address(
    name: str,
    value: str | SecretRef,
    *,
    folder: Path,
    environ: Mapping[str, str] | None,
    warnings: list[Text],
    fail: Fail,
) -> Secret | None:
    """Read an http(s) address that may be a secret as a whole; ``None`` without ``environ``."""
    if isinstance(value, SecretRef):
        _check_reference(name, value, fail)
        if environ is None:
            return None
        value = _read(name, value, folder, environ, warnings, fail)
    if re.match(r"https?://[^/?#@\s]+(?:[/?#]\S*)?\Z", value, re.IGNORECASE) is None:
        fail(
            name,
            Text(
                "är ingen http(s)-adress utan användarnamn",
                "is not an http(s) address without a user name",
            ),
        )
    return Secret(value)


def _check_name(name: str, fail: Fail) -> None:
    if _TOKEN.fullmatch(name) is None:
        fail(name, Text("är inget namn på ett HTTP-huvud", "is not the name of an HTTP header"))
    if name.lower() in OURS:
        fail(
            name,
            Text(
                "sätts av programmet självt; ta bort det",
                "is set by the program itself; leave it out",
            ),
        )


def _check_reference(name: str, value: SecretRef, fail: Fail) -> None:
    if (value.env is UNSET) == (value.file is UNSET):
        fail(name, Text("behöver antingen env eller file", "needs one of env and file"))
    if value.env is not UNSET and not value.env.startswith(ENV_PREFIX):
        fail(
            name,
            Text(
                f'bara variabler som heter {ENV_PREFIX}... läses, inte "{value.env}"',
                f'only variables named {ENV_PREFIX}... are read, not "{value.env}"',
            ),
        )


def _read(
    name: str,
    value: SecretRef,
    folder: Path,
    environ: Mapping[str, str],
    warnings: list[Text],
    fail: Fail,
) -> str:
    if value.env is not UNSET:
        if not environ.get(value.env):
            fail(
                name,
                Text(
                    f"miljövariabeln {value.env} är inte satt",
                    f"the environment variable {value.env} is not set",
                ),
            )
        return environ[value.env]
    path = folder / str(value.file)
    try:
        mode = path.stat().st_mode
        with path.open("rb") as file:
            body = file.read(MAX_SECRET_BYTES + 1)
    except OSError as error:
        fail(
            name,
            Text(
                f"filen med hemligheten, {path}, kan inte läsas: ",
                f"the secret file {path} cannot be read: ",
            )
            + reason_of(error),
        )
    if len(body) > MAX_SECRET_BYTES:
        fail(
            name,
            Text(
                f"filen med hemligheten, {path}, är större än {MAX_SECRET_BYTES} byte",
                f"the secret file {path} is larger than {MAX_SECRET_BYTES} bytes",
            ),
        )
    if mode & 0o077:
        warnings.append(
            Text(
                f"{path}: andra kan läsa hemligheten; kör chmod 600",
                f"{path}: others can read this secret; run chmod 600",
            )
        )
    return body.decode("utf-8", "replace").strip()
