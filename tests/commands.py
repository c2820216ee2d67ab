"""The program as users start it: a process of its own."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]


def environment(**more: str) -> dict[str, str]:
    """This process's, in English, with the checkout on the module path."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **more}


def start(folder: Path, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    """Start ``harvester`` in a folder; ``more`` goes into its environment."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "harvester", *arguments],
        cwd=folder,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(
    folder: Path, *arguments: str, largest_file: int | None = None, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run it to the end; ``largest_file`` is how many bytes a file may get, as on a full disk."""
    limit: Callable[[], None] | None = None
    if largest_file is not None:

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [sys.executable, "-P", "-m", "harvester", *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limit,
        check=False,
    )
