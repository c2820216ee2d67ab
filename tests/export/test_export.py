"""A written export is what was meant, the same every time, and replaces the old one or nothing."""

import gzip
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree

from harvester.dedupe import Decision
from harvester.errors import DiskFullError, ExportError, StoreError, UsageError
from harvester.export import SUFFIXES, export
from harvester.export.verify import Tally, verify
from harvester.model import Exported, Kind, LeftOut, Syntax
from harvester.namespaces import DCTERMS
from harvester.rdf.ntriples import parse
from harvester.terms import Literal, Triple
from tests.export.test_se import NATIONAL
from tests.export.world import Stored, a_source, statements, stored
from tests.rdf.write.graphs import OX_FORMATS

RESOURCES = a_source("a") + a_source("b")
MEANT = {line.removesuffix(" .") for one in RESOURCES for line in one.ntriples.splitlines()}
EVERY_SUFFIX = [*SUFFIXES, *(f"{suffix}.gz" for suffix in SUFFIXES)]


def content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.parametrize("suffix", EVERY_SUFFIX)
def test_every_suffix_gives_the_same_statements(tmp_path: Path, suffix: str) -> None:
    """Five syntaxes, each compressed too; the result says how many and which bytes."""
    path = tmp_path / f"se{suffix}"
    exported = export("se", path, RESOURCES)
    syntax = SUFFIXES[suffix.removesuffix(".gz")]
    assert statements(content(path), OX_FORMATS[syntax]) == MEANT
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert exported == Exported("se", path, len(MEANT), digest)
    assert list(tmp_path.iterdir()) == [path]


def test_rdflib_and_lxml_read_the_rdfxml(tmp_path: Path) -> None:
    """Readers of other makes agree on count and root."""
    path = tmp_path / "se.rdf"
    export("se", path, RESOURCES, catalog=NATIONAL)
    assert len(rdflib.Graph().parse(path, format="xml")) == len(MEANT) + 8
    assert len(etree.parse(path).getroot()) == len(RESOURCES) + 1


def test_n_quads_have_one_graph_for_each_source(tmp_path: Path) -> None:
    """So that a reader can tell who says what."""
    path = tmp_path / "se.nq"
    export("se", path, RESOURCES)
    quads = ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
    assert {str(quad.graph_name) for quad in quads} == {
        "<https://a.exempel.se/catalog>",
        "<https://b.exempel.se/catalog>",
    }


@pytest.mark.case("F29")
@pytest.mark.parametrize("suffix", EVERY_SUFFIX)
def test_the_order_of_the_input_is_immaterial(tmp_path: Path, suffix: str) -> None:
    """The same state gives the same bytes."""
    first, second = tmp_path / f"1{suffix}", tmp_path / f"2{suffix}"
    shuffled = RESOURCES.copy()
    random.Random(7).shuffle(shuffled)
    assert export("se", first, RESOURCES).sha256 == export("se", second, shuffled).sha256


SCRIPT = """
import sys
from pathlib import Path
from harvester.export import export
from tests.export.test_export import RESOURCES
from tests.export.test_se import NATIONAL
for name in sys.argv[1:]:
    print(export("se", Path(name), RESOURCES, catalog=NATIONAL).sha256)
"""


@pytest.mark.case("F29")
def test_the_hash_seed_is_immaterial(tmp_path: Path) -> None:
    """Processes with different seeds write the same bytes."""
    paths = [str(tmp_path / f"se{suffix}") for suffix in EVERY_SUFFIX]
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1


def test_what_lost_is_not_written(tmp_path: Path) -> None:
    """Decisions name the losers; the result counts the entries that their catalog lost."""
    loser = "https://b.exempel.se/dataset/0"
    decisions = [
        Decision("a", "https://a.exempel.se/dataset/0", "b", loser, "uuid:id"),
        Decision("a", "https://a.exempel.se/dataset/0", "b", loser + "/fil", "part:id"),
    ]
    path = tmp_path / "se.nt"
    exported = export("se", path, RESOURCES, decisions=decisions)
    assert loser.encode() not in path.read_bytes()
    assert exported.left_out == (LeftOut("https://b.exempel.se/catalog", "lists-duplicate", 1),)


@pytest.mark.case("S57")
@pytest.mark.case("S75")
def test_what_rdfxml_cannot_carry_is_counted(tmp_path: Path) -> None:
    """The file is well-formed, and every triple that is missing or changed is accounted for."""
    iri = "https://a.exempel.se/x"
    odd = stored(
        "a",
        iri,
        Kind.DATASET,
        ("http://e/p/123", Literal("x")),
        ("http://e/", Literal("y")),
        (DCTERMS + "title", Literal("a\x1bb")),
        (DCTERMS + "title", Literal("a\x1cb")),
    )
    path = tmp_path / "se.rdf"
    exported = export("se", path, [odd])
    assert exported.triples == 2
    assert exported.left_out == (
        LeftOut(iri, "control-character", 1),
        LeftOut(iri, "predicate-not-xml", 2),
        LeftOut(iri, "repeated", 1),
    )
    assert etree.parse(path).getroot().xpath("string()").strip() == "a\ufffdb"


def test_an_export_of_nothing_is_a_file(tmp_path: Path) -> None:
    """No sources yet is no error."""
    assert export("se", tmp_path / "se.rdf", []).triples == 0


def test_a_repeated_line_is_one_triple(tmp_path: Path) -> None:
    """A store that says something twice does not stop the export."""
    one = RESOURCES[0]
    twice = replace(one, ntriples=one.ntriples + one.ntriples)
    for suffix in SUFFIXES:
        exported = export("se", tmp_path / f"se{suffix}", [twice])
        assert exported.triples == one.ntriples.count("\n")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    """Which resource, of which source, and what to do."""
    broken = replace(RESOURCES[0], ntriples="<https://a.exempel.se/catalog> <http:/\n")
    with pytest.raises(StoreError, match=r"a\.exempel\.se/catalog> from source a is damaged"):
        export("se", tmp_path / "se.rdf", [broken])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["se.csv", "se", "se.gz", "se.rdf.zip"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    """The message names the suffixes that there are."""
    with pytest.raises(UsageError, match=r"\.rdf \.xml \.ttl"):
        export("se", tmp_path / name, RESOURCES)


def test_an_unknown_target_is_refused(tmp_path: Path) -> None:
    """The message names the targets that there are."""
    with pytest.raises(UsageError, match='"no"; there is se'):
        export("no", tmp_path / "x.rdf", RESOURCES)


def test_an_unchanged_export_keeps_its_date(tmp_path: Path) -> None:
    """A web server can then answer 304; a changed one is replaced and keeps its mode."""
    path = tmp_path / "se.ttl"
    export("se", path, RESOURCES)
    path.chmod(0o640)
    os.utime(path, (1, 1))
    export("se", path, RESOURCES)
    assert path.stat().st_mtime == 1
    export("se", path, RESOURCES[:3])
    assert path.stat().st_mtime > 1
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.case("S73")
def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    """Neither the link nor what it points to is touched."""
    target = tmp_path / "secret"
    target.write_text("kvar")
    link = tmp_path / "se.rdf"
    link.symlink_to(target)
    with pytest.raises(UsageError, match="symbolic link"):
        export("se", link, RESOURCES)
    assert target.read_text() == "kvar"
    assert link.is_symlink()


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    """As are devices and pipes."""
    (tmp_path / "se.rdf").mkdir()
    with pytest.raises(UsageError, match="not a regular file"):
        export("se", tmp_path / "se.rdf", RESOURCES)


def failing() -> Iterator[Stored]:
    yield from RESOURCES
    raise KeyboardInterrupt


def test_an_interrupted_export_leaves_the_old_one(tmp_path: Path) -> None:
    """And no temporary file."""
    path = tmp_path / "se.rdf"
    path.write_text("gammal")
    with pytest.raises(KeyboardInterrupt):
        export("se", path, failing())
    assert path.read_text() == "gammal"
    assert list(tmp_path.iterdir()) == [path]


def forked(action: str, path: Path) -> int:
    """The wait status of a child process that exports to ``path`` under some misfortune."""
    child = os.fork()
    if child == 0:
        try:
            if action == "full":
                resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            else:
                Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,method-assign,misc]
            export("se", path, RESOURCES)
        except DiskFullError as error:
            os._exit(error.exit_code)
        except BaseException:
            os._exit(99)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.case("F6")
@pytest.mark.parametrize("suffix", EVERY_SUFFIX)
def test_a_full_disk_leaves_the_old_export(tmp_path: Path, suffix: str) -> None:
    """A write that the system refuses ends with exit code 12; no temporary file is left."""
    path = tmp_path / f"se{suffix}"
    path.write_text("gammal")
    assert os.waitstatus_to_exitcode(forked("full", path)) == 12
    assert path.read_text() == "gammal"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.case("F30")
@pytest.mark.case("D9")
def test_a_kill_before_the_rename_leaves_the_old_export(tmp_path: Path) -> None:
    """And the next export clears up what the killed one left."""
    path = tmp_path / "se.rdf"
    path.write_text("gammal")
    assert os.waitstatus_to_exitcode(forked("kill", path)) == -signal.SIGKILL
    assert path.read_text() == "gammal"
    assert len(list(tmp_path.iterdir())) == 2
    export("se", path, RESOURCES)
    assert list(tmp_path.iterdir()) == [path]


def test_an_unwritable_folder_is_a_refused_write(tmp_path: Path) -> None:
    """A file where a folder should be: one line that names the path, exit code 12."""
    (tmp_path / "export").write_text("")
    with pytest.raises(DiskFullError, match=r"cannot write .*export/se\.rdf"):
        export("se", tmp_path / "export" / "se.rdf", RESOURCES)


DAMAGE = {
    "a triple less": lambda data: data[data.index(b"\n") + 1 :],
    "a triple twice": lambda data: data + data[: data.index(b"\n") + 1],
    "another word": lambda data: data.replace(b"Badplatser", b"Badplatzer", 1),
    "cut short": lambda data: data[:-5],
}


@pytest.mark.case("D9")
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_found(tmp_path: Path, damage: str) -> None:
    """Whatever the count says, the content is compared too."""
    path = tmp_path / "se.nt"
    export("se", path, RESOURCES)
    tally = Tally()
    tally.add(triple for one in RESOURCES for triple in parse(one.ntriples))
    verify(path, Syntax.NTRIPLES, tally, zipped=False)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with pytest.raises(ExportError):
        verify(path, Syntax.NTRIPLES, tally, zipped=False)


@pytest.mark.case("S57")
def test_xml_that_only_libxml2_refuses_is_found(tmp_path: Path) -> None:
    """pyoxigraph reads a control character that XML 1.0 does not have."""
    path = tmp_path / "se.rdf"
    export("se", path, RESOURCES)
    triples: list[Triple] = [t for one in RESOURCES for t in parse(one.ntriples)]
    path.write_bytes(path.read_bytes().replace(b"Badplatser", b"Bad\x1bplatser"))
    tally = Tally()
    tally.add(
        (s, p, Literal("Bad\x1bplatser", o.datatype, o.language))
        if isinstance(o, Literal) and o.value == "Badplatser"
        else (s, p, o)
        for s, p, o in triples
    )
    with pytest.raises(ExportError, match="rdfxml"):
        verify(path, Syntax.RDFXML, tally, zipped=False)


@pytest.mark.case("D9")
def test_a_writer_at_fault_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own mistakes end with ExportError (70) and the old file in place."""
    from harvester.export import written

    def forgetful(descriptions, report, prefixes=None):  # type: ignore[no-untyped-def]
        list(descriptions)
        yield b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"

    monkeypatch.setattr(written, "WRITERS", {Syntax.RDFXML: forgetful})
    path = tmp_path / "se.rdf"
    path.write_text("gammal")
    with pytest.raises(ExportError, match=r"left as it was: \d+ triples were written .* 0 were"):
        export("se", path, RESOURCES)
    assert path.read_text() == "gammal"
    assert list(tmp_path.iterdir()) == [path]


def test_europe_gets_what_sweden_gets(tmp_path):
    """The target eu has no dialect of its own yet: same bytes as se."""
    for target in ("se", "eu"):
        export(target, tmp_path / f"{target}.nt", [])
    assert (tmp_path / "eu.nt").read_bytes() == (tmp_path / "se.nt").read_bytes()
