"""Baselines as files: read whole and bounded, written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harvester.errors import ConfigError, reason_of
from harvester.export.atomic import replacing
from harvester.model import Finding
from harvester.rules import baseline
from harvester.rules.identity import Mark
from harvester.words import Text

MAX_BYTES: Final = 64 * 1024 * 1024


def load_baseline(path: Path) -> baseline.Baseline:
    """Read a baseline. Raises ``ConfigError`` when it cannot be read or is not one."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: "
            + Text(
                "filen finns inte; skriv en med validate --write-baseline",
                "no such file; write one with validate --write-baseline",
            )
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{path}: " + Text("kan inte läsas: ", "cannot be read: ") + reason_of(error)
        ) from error
    if len(body) > MAX_BYTES:
        most = MAX_BYTES // 1024 // 1024
        raise ConfigError(
            Text(
                f"{path}: större än {most} MiB, så ingen baslinje",
                f"{path}: larger than {most} MiB: no baseline",
            )
        )
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: " + Text("inte UTF-8, så ingen baslinje", "not UTF-8, so no baseline")
        ) from error
    return baseline.read_baseline(text, str(path))


def save_baseline(
    path: Path, findings: Sequence[Finding], found: Sequence[Mark], profile: str
) -> None:
    """Write what is known from now on; the same findings give the same bytes.

    Raises ``DiskFullError`` and ``UsageError``; the file is then as it was.
    """
    text = baseline.write_baseline(findings, found, profile)
    with replacing(path) as (file, _):
        file.write(text.encode("utf-8", "backslashreplace"))
