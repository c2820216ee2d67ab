"""Completion in the shell: commands, options and their values."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def harvester(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harvester", *arguments],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harvester val", "validate"),
        ("harvester validate --ful", "--full"),
        ("harvester validate --fail-on ", "warning"),
        ("harvester sources ", "remove"),
    ],
)
def test_words_are_completed(words, found):
    """As bash asks: a list, nothing on stderr, exit 0."""
    count = len(words.split(" ")) - 1
    done = harvester(_HARVESTER_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(count))
    assert (done.returncode, done.stderr) == (0, "")
    assert found in done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_shown(shell):
    """``harvester --show-completion bash`` can be sourced, whatever shell runs this test."""
    done = harvester("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "_HARVESTER_COMPLETE" in done.stdout
