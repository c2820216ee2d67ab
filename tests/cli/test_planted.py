"""A checkout that plants modules cannot run code in the program that looks at it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLANTED = ("rdflib", "pyoxigraph", "msgspec", "typer")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder whose modules say that they were run."""
    for name in PLANTED:
        (tmp_path / f"{name}.py").write_text("print('PLANTED')\nraise SystemExit(99)\n")
    return tmp_path


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-m", "harvester", "--help"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": ""},
        capture_output=True,
        text=True,
    )


@pytest.mark.case("S84")
def test_modules_in_the_working_folder_are_not_imported(checkout: Path) -> None:
    """With ``-P``, as the console script has it anyway."""
    done = run(checkout, "-P")
    assert (done.returncode, "PLANTED" in done.stdout + done.stderr) == (0, False)


@pytest.mark.case("S84")
def test_without_the_option_python_still_runs_them(checkout: Path) -> None:
    """A known weakness of ``python -m``, recorded so that a cure is seen."""
    assert "PLANTED" in run(checkout).stdout
