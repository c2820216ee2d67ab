"""What README shows is what happens: its console blocks are run and compared."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
HARVESTER = f"{sys.executable} -P -m harvester"


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output shown under it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            command, output = found[-1]
            found[-1] = (command, f"{output}{line}\n")
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the reader of README stands: an empty folder with the examples beside it."""
    path = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", path / "examples")
    return path


def test_readme_shows_something():
    """A README without console blocks would make the next test say nothing."""
    assert BLOCKS


def test_every_console_block_of_readme_happens_as_shown(folder):
    """In order, in one folder; ``...`` stands for what differs from run to run."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    script = bin_folder / "harvester"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec {HARVESTER} "$@"\n')
    script.chmod(0o755)
    environ = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "COLUMNS": "80"}
    environ |= {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    checker = doctest.OutputChecker()
    here = folder
    for block in BLOCKS:
        for command, expected in steps(block):
            if command.startswith("cd "):
                here = (here / command[3:]).resolve()
                continue
            done = subprocess.run(
                command, shell=True, cwd=here, env=environ, capture_output=True, text=True
            )
            got = done.stdout + done.stderr
            assert checker.check_output(expected, got, doctest.ELLIPSIS), (
                f"$ {command}\n--- README\n{expected}\n--- happened\n{got}"
            )
