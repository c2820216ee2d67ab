"""The manual page: every command and option, and no complaint from groff."""

import shutil
import subprocess

import pytest

from harvester.cli.app import build
from tests.docs.generate import ROOT, commands

PAGE = (ROOT / "docs" / "harvester.1").read_text("utf-8")


def test_every_command_and_option_is_in_the_manual():
    """Made from the program, so that it cannot lag behind."""
    plain = PAGE.replace("\\-", "-")
    for words, command in commands(build("en")):
        assert f'.SS "{words}' in plain
        for parameter in command.params:
            names = [option for option in parameter.opts if option.startswith("-")]
            assert [name for name in names if name not in plain] == []


def test_groff_sets_it_without_a_complaint():
    """As man does, at 80 columns."""
    if shutil.which("groff") is None:
        pytest.skip("no groff (Debian: apt install groff)")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-b"],
        input=PAGE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "harvester validate" in done.stdout
