"""Checksums beside published files, as ``sha256sum --check`` reads them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from harvester.export.atomic import replacing
from harvester.export.written import sha256_of

SUMS: Final = "SHA256SUMS"


def write_sum(path: Path, sha256: str) -> None:
    """Write the checksum of one file beside it."""
    with replacing(sum_of(path)) as (file, _):
        file.write(f"{sha256}  {path.name}\n".encode())


def sum_of(path: Path) -> Path:
    """Where the checksum of one file lies."""
    return path.with_name(f"{path.name}.sha256")


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write the checksums of files in ``folder``, by their paths in it."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in sorted(names)]
    with replacing(folder / SUMS) as (file, _):
        file.write("".join(lines).encode())


def read_sums(path: Path) -> dict[str, str]:
    """The checksums by name; empty when there are none, a line that is not one is left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    found = {}
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        if re.fullmatch("[0-9a-f]{64}", digest) and name:
            found[name] = digest
    return found


def differing(folder: Path) -> list[str]:
    """The files that are gone or not what the folder's checksums say; all is well without any."""
    return [
        name
        for name, digest in read_sums(folder / SUMS).items()
        if not (folder / name).is_file() or sha256_of(folder / name) != digest
    ]


def whole(folder: Path) -> bool:
    """Whether a folder has its checksums and every file in them is what they say."""
    return bool(read_sums(folder / SUMS)) and not differing(folder)
