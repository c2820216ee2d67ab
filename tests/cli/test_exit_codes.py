"""Every exit code as a process gives it, to a reader that listens and to one that has gone away."""

import fcntl
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harvester import errors
from tests.commands import environment, run

EXAMPLES = Path(__file__).parents[2] / "examples" / "catalogs"
EMPTY = "<https://exempelbiblioteket.exempel.se/katalog> a <http://www.w3.org/ns/dcat#Catalog> .\n"
CONFIG = '[[source]]\nid = "vik"\nurl = "vik.ttl"\n'
BROKEN = (
    "import harvester.cli.commands.doctor as doctor\n"
    "def fail(*_): raise ZeroDivisionError\n"
    "doctor.diagnose = fail\n"
    "from harvester.cli import main\n"
    "main()\n"
)
# Those of a signal are in test_boundary.py and test_validate.py, and of a run in test_faults.py.
CODES = {
    errors.EXIT_OK: ["explain", "DS001"],
    errors.EXIT_FINDINGS: ["validate", "berg.ttl"],
    errors.EXIT_USAGE: ["validate", "berg.ttl", "-o", "jsn"],
    errors.EXIT_SOURCES_FAILED: ["harvest", "--offline", "--config", "far.toml"],
    errors.EXIT_HELD: ["harvest"],
    errors.EXIT_UNREADABLE: ["validate", "nothing.rdf"],
    errors.EXIT_STORE: ["status", "--store", "berg.ttl"],
    errors.EXIT_LOCKED: ["harvest"],
    errors.EXIT_DISK_FULL: ["validate", "berg.ttl", "-o", "html:report.html"],
    errors.EXIT_INTERNAL: ["doctor"],
}


@pytest.fixture
def folder(tmp_path, request):
    """A folder in which each command of ``CODES`` ends as it should."""
    shutil.copy(EXAMPLES / "exempelberg.ttl", tmp_path / "berg.ttl")
    shutil.copy(EXAMPLES / "exempelbiblioteket.ttl", tmp_path / "vik.ttl")
    (tmp_path / "harvester.toml").write_text(CONFIG)
    (tmp_path / "far.toml").write_text(CONFIG.replace("vik.ttl", "https://vik.exempel.se/k.rdf"))
    code = request.node.callspec.params["code"]
    if code == errors.EXIT_HELD:
        assert run(tmp_path, "harvest").returncode == 0
        (tmp_path / "vik.ttl").write_text(EMPTY)
    if code == errors.EXIT_LOCKED:
        with (tmp_path / "harvester.db.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield tmp_path
        return
    yield tmp_path


@pytest.mark.parametrize("listens", [True, False])
@pytest.mark.parametrize("code", CODES)
def test_a_command_ends_with_its_code_whether_or_not_someone_reads(folder, code, listens):
    """``| head -0`` or not: the same code, no traceback, problems on stderr alone."""

    def little_room() -> None:
        if code == errors.EXIT_DISK_FULL:
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    start = ["-c", BROKEN] if code == errors.EXIT_INTERNAL else ["-m", "harvester"]
    reading, writing = os.pipe()
    try:
        if not listens:
            os.close(reading)
        process = subprocess.run(
            [sys.executable, "-P", *start, *CODES[code]],
            cwd=folder,
            env=environment(TMPDIR=str(folder)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if listens else writing,
            stderr=subprocess.PIPE,
            preexec_fn=little_room,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
        if listens:
            os.close(reading)
    assert process.returncode == code, process.stderr
    assert "Traceback" not in process.stderr
    assert all(line.startswith("harvester: ") for line in process.stderr.splitlines())
    if code not in (errors.EXIT_OK, errors.EXIT_FINDINGS):
        assert process.stderr


def test_no_code_is_left_out():
    """A new exit code needs a command here, or a test of its signal."""
    every = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert every - set(CODES) == {errors.EXIT_INTERRUPTED, errors.EXIT_TERMINATED}
