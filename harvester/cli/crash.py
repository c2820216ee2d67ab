"""The report of an internal error: what a maintainer needs, and nothing of the user's data."""

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Final

from harvester import __version__

LIBRARIES: Final = (
    "httpx", "lxml", "msgspec", "pyoxigraph", "pyshacl", "rdflib", "sqlite-utils", "typer",
)  # fmt: skip


def write_report(error: BaseException) -> Path:
    """Write versions and traceback to a new file that only its owner reads; return its path.

    Raises ``OSError`` when nothing can be written.
    """
    handle, name = tempfile.mkstemp(prefix="harvester-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(f"{key}: {value}" for key, value in versions().items()))
        file.write("\n\n")
        file.write("".join(traceback.format_exception(error)))
    return Path(name)


def versions() -> dict[str, str]:
    """Program, Python, system and library versions, by name."""
    from importlib.metadata import PackageNotFoundError, version

    found = {
        "harvester": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
    }
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found
