"""What is on the disk before what, as the kernel sees it: the order that a power cut cannot break.

Real power cuts are not tried. A file system may keep any write back until it is synced, so that
what counts is which sync came before which step.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import environment
from tests.nights import catalog

CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += 0$|^\d+ +(pwrite64)\((.*)$")
CONFIG = '[harvester]\nuser_agent = "test"\n[export.se]\npath = "ut/se.rdf"\n[[source]]\nid = "a"\n'
STRACE = shutil.which("strace")

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@dataclass(frozen=True)
class Calls:
    """The calls of a command that sync, rename or write to the store, in order."""

    made: tuple[tuple[str, str], ...]

    def find(self, name: str, *parts: str, after: int = -1) -> int:
        """Where the first such call after another one is; its arguments contain all parts."""
        for index, (call, arguments) in enumerate(self.made):
            if index > after and call == name and all(part in arguments for part in parts):
                return index
        pytest.fail(f"no {name} of {parts} after call {after} of:\n{self}")

    def __str__(self) -> str:
        return "\n".join(f"{n} {call} {rest[:150]}" for n, (call, rest) in enumerate(self.made))


def traced(folder: Path, *arguments: str) -> Calls:
    """Run a command under strace; skipped where this process may trace none."""
    log = folder / "calls"
    done = subprocess.run(
        [
            *(STRACE or "", "-f", "-y", "-s", "5000", "-o", str(log)),
            *("-e", "trace=fsync,fdatasync,rename,renameat,renameat2,pwrite64"),
            *(sys.executable, "-P", "-m", "harvester", *arguments),
        ],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    if "ptrace" in done.stderr or not log.exists():
        pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    found = map(CALL.match, log.read_text(errors="replace").splitlines())
    calls = [(one[1] or one[3], one[2] or one[4]) for one in found if one is not None]
    return Calls(tuple(("rename" if name.startswith("rename") else name, a) for name, a in calls))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One source, a file of one dataset."""
    (tmp_path / "a.ttl").write_bytes(catalog("a", [1]))
    (tmp_path / "harvester.toml").write_text(CONFIG + 'url = "a.ttl"\n')
    return tmp_path


@pytest.mark.case("D4")
@pytest.mark.case("F4")
def test_a_body_is_safe_before_the_store_names_it(folder):
    """Synced, renamed, its folder synced; then the rows are written and synced."""
    sha256 = hashlib.sha256((folder / "a.ttl").read_bytes()).hexdigest()
    calls = traced(folder, "harvest")
    synced = calls.find("fsync", ".bodies/tmp", ".part")
    renamed = calls.find("rename", ".part", f"{sha256[:2]}/{sha256[2:]}", after=synced)
    in_place = calls.find("fsync", f".bodies/{sha256[:2]}>", after=renamed)
    named = calls.find("pwrite64", "harvester.db-wal", sha256)
    assert in_place < named
    calls.find("fdatasync", "harvester.db-wal", after=named)


@pytest.mark.case("F4")
def test_a_new_folder_of_bodies_is_safe_before_what_is_in_it(folder):
    """The name of each folder is synced in the one above."""
    sha256 = hashlib.sha256((folder / "a.ttl").read_bytes()).hexdigest()
    calls = traced(folder, "harvest")
    renamed = calls.find("rename", f"{sha256[:2]}/{sha256[2:]}")
    assert calls.find("fsync", f"<{folder}>") < renamed
    assert calls.find("fsync", "harvester.db.bodies>") < renamed


@pytest.mark.case("D9")
@pytest.mark.case("F4")
def test_an_export_is_safe_before_it_takes_its_place(folder):
    """The store is synced, then the file, then the name, and then the run is called finished."""
    calls = traced(folder, "harvest")
    synced = calls.find("fsync", "/ut/.se.rdf.", ".part")
    renamed = calls.find("rename", ".part", "/ut/se.rdf", after=synced)
    in_place = calls.find("fsync", "/ut>", after=renamed)
    stored = [n for n, (_, rest) in enumerate(calls.made) if "-wal" in rest and n < in_place]
    assert calls.made[stored[-1]][0] == "fdatasync"
    assert stored[-1] < synced
    finished = calls.find("pwrite64", "harvester.db-wal", "finished", after=in_place)
    calls.find("fdatasync", "harvester.db-wal", after=finished)


@pytest.mark.case("F4")
def test_a_new_store_has_a_name_before_it_has_rows(folder):
    """The folder is synced first of all, and every page of the log before its commit counts."""
    calls = traced(folder, "harvest")
    assert calls.find("fsync", f"<{folder}>") < calls.find("pwrite64", "harvester.db")


@pytest.mark.case("F4")
def test_a_backup_is_safe_before_the_command_ends(folder):
    """Synced, renamed, and the folder synced."""
    traced(folder, "harvest")
    calls = traced(folder, "backup", "copy.db")
    synced = calls.find("fsync", "copy.db.part")
    renamed = calls.find("rename", "copy.db.part", "copy.db", after=synced)
    calls.find("fsync", f"<{os.path.realpath(folder)}>", after=renamed)
