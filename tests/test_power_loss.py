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


@pytest.mark.case("D9")
@pytest.mark.case("F4")
def test_a_new_folder_of_exports_is_safe_before_what_is_in_it(folder):
    """The name of each folder is synced in the one above before anything is renamed in it."""
    text = (folder / "harvester.toml").read_text()
    (folder / "harvester.toml").write_text(text.replace("ut/se.rdf", "ny/ut/se.rdf"))
    calls = traced(folder, "harvest")
    stored = calls.find("fdatasync", "harvester.db-wal")
    above = calls.find("fsync", f"<{folder}>", after=stored)
    there = calls.find("fsync", "/ny>", after=above)
    assert there < calls.find("rename", "/ny/ut/se.rdf")


FORMS = 'paged = "ut/sidor"\npage_size = 2\nfeed = "ut/flode"\n'


@pytest.mark.case("D9")
@pytest.mark.case("F4")
def test_pages_are_safe_before_the_first_one_names_them(folder):
    """Each page, their folder, its name; then the first page and its name; then the checksums."""
    calls = traced(with_forms(folder), "harvest")
    second = calls.find("fsync", "/ut/sidor/.", ".part/2.rdf>")
    listed = calls.find("fsync", "/ut/sidor/.", ".part>", after=second)
    named = calls.find("rename", "/ut/sidor/.", ".part", after=listed)
    in_place = calls.find("fsync", "/ut/sidor>", after=named)
    first = calls.find("fsync", "/ut/sidor/.index.rdf.", ".part", after=in_place)
    published = calls.find("rename", "/ut/sidor/index.rdf", after=first)
    lasting = calls.find("fsync", "/ut/sidor>", after=published)
    assert calls.find("rename", "/ut/sidor/SHA256SUMS") > lasting


@pytest.mark.case("D9")
@pytest.mark.case("F4")
def test_fragments_are_safe_before_the_index_names_them(folder):
    """Each fragment and its name, then the index and its name, then the checksums."""
    calls = traced(with_forms(folder), "harvest")
    written = calls.find("fsync", "/ut/flode/.20", ".trig.part")
    named = calls.find("rename", "/ut/flode/.20", ".trig.part", after=written)
    in_place = calls.find("fsync", "/ut/flode>", after=named)
    index = calls.find("fsync", "/ut/flode/.index.trig.", ".part", after=in_place)
    published = calls.find("rename", "/ut/flode/index.trig", after=index)
    lasting = calls.find("fsync", "/ut/flode>", after=published)
    assert calls.find("rename", "/ut/flode/SHA256SUMS") > lasting


@pytest.mark.case("D9")
@pytest.mark.case("F4")
def test_what_describes_an_export_is_safe_after_what_it_describes(folder):
    """File, checksum, pages, feed, description; each is synced, named, and its name synced."""
    calls = traced(with_forms(folder), "harvest")
    order = ("se.rdf", "se.rdf.sha256", "sidor/index.rdf", "flode/index.trig", "se.void.ttl")
    before = -1
    for name in order:
        place, _, file = f"ut/{name}".rpartition("/")
        synced = calls.find("fsync", f"/{place}/.{file}.", ".part", after=before)
        renamed = calls.find("rename", f'/{place}/{file}"', after=synced)
        before = calls.find("fsync", f"/{place}>", after=renamed)
    calls.find("pwrite64", "harvester.db-wal", "finished", after=before)


@pytest.mark.case("F4")
def test_tables_are_safe_before_they_take_their_place(folder):
    """Each file, the folder, the exchange, and then the name of what is there now."""
    traced(folder, "harvest")
    traced(folder, "export", "--csv", "tabeller")
    (folder / "a.ttl").write_bytes(catalog("a", [1, 2]))
    traced(folder, "harvest")
    calls = traced(folder, "export", "--csv", "tabeller")
    table = calls.find("fsync", "/.tabeller.", ".part/datasets.csv>")
    listed = calls.find("fsync", "/.tabeller.", ".part>", after=table)
    renamed = calls.find("rename", ".tabeller.", "RENAME_EXCHANGE", after=listed)
    calls.find("fsync", f"<{folder}>", after=renamed)


def with_forms(folder: Path) -> Path:
    """The same with pages and a feed, and datasets for several pages."""
    text = (folder / "harvester.toml").read_text()
    (folder / "harvester.toml").write_text(text.replace("[[source]]", f"{FORMS}[[source]]"))
    (folder / "a.ttl").write_bytes(catalog("a", range(5)))
    return folder


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
