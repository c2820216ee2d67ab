"""``validate --fix`` and ``--diff``: what happens to the file, the streams and the exit code."""

import gzip
import subprocess

import pytest

from harvester.cli import fixing
from harvester.cli.boundary import run

WRONG = b"""<?xml version="1.0"?>\r
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\r
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dcterms="http://purl.org/dc/terms/">\r
  <dcat:Distribution rdf:about="https://exempel.se/csv"><!-- 1 -->\r
    <dcterms:license rdf:resource="https://creativecommons.org/licenses/by/4.0"/>\r
  </dcat:Distribution>\r
</rdf:RDF>"""
RIGHT = WRONG.replace(b"https://creative", b"http://creative").replace(b'4.0"', b'4.0/"')


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A catalog in the working folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    path = tmp_path / "katalog.rdf"
    path.write_bytes(WRONG)
    path.chmod(0o640)
    return path


def test_fix_edits_the_file_and_then_validates_it(file, capsys):
    """What was done is on stderr, what remains on stdout and in the exit code; the mode stays."""
    assert run(["validate", "katalog.rdf", "--fix"]) == 1
    out, err = capsys.readouterr()
    assert file.read_bytes() == RIGHT
    assert file.stat().st_mode & 0o777 == 0o640
    assert err.splitlines()[0].startswith(
        "harvester: katalog.rdf: places mended: 1; findings gone: 2"
    )
    assert "PT041 ×1, 0 left: the form of the licence" in err
    assert "PT041" not in out
    assert "DI041" in out
    assert list(file.parent.iterdir()) == [file]


def test_fix_twice_writes_once(file, capsys):
    """The second time there is nothing certain left, and the file keeps its date."""
    run(["validate", "katalog.rdf", "--fix"])
    first = file.stat()
    capsys.readouterr()
    run(["validate", "katalog.rdf", "--fix"])
    assert file.stat().st_mtime_ns == first.st_mtime_ns
    assert "nothing certain to mend" in capsys.readouterr().err


def test_the_exit_code_is_of_what_remains(file, capsys):
    """A file whose only fault is mended passes."""
    assert run(["validate", "katalog.rdf", "--fix", "--fail-on", "never"]) == 0


def test_diff_prints_what_patch_can_apply_and_writes_nothing(file, capfdbinary):
    """Carriage returns and a missing last line end too."""
    assert run(["validate", "katalog.rdf", "--diff"]) == 1
    assert file.read_bytes() == WRONG
    out = capfdbinary.readouterr().out
    assert out.startswith(b"--- a/katalog.rdf\n+++ b/katalog.rdf\n@@ -2,6 +2,6 @@\n")
    subprocess.run(["patch", "-p1", "--binary"], input=out, check=True, capture_output=True)
    assert file.read_bytes() == RIGHT


def test_in_swedish(file, capsys):
    """The words are the user's."""
    run(["validate", "katalog.rdf", "--fix", "--lang", "sv"])
    assert "rättade ställen: 1; brister borta: 2" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["-", "https://exempel.se/katalog.rdf"])
def test_only_files_are_mended(file, capsys, name):
    """And no file is touched before that is said."""
    assert run(["validate", "katalog.rdf", name, "--fix"]) == 2
    assert file.read_bytes() == WRONG
    assert "save it to a file first" in capsys.readouterr().err


def test_each_file_of_a_folder_is_mended(file, capsys):
    """Those that cannot be read are named by the validation (exit 5) and left."""
    (file.parent / "trasig.rdf").write_bytes(b"<rdf:RDF")
    assert run(["validate", ".", "--fix"]) == 5
    assert file.read_bytes() == RIGHT
    assert (file.parent / "trasig.rdf").read_bytes() == b"<rdf:RDF"


def test_a_packed_file_and_a_link_are_left(file, capsys):
    """Packed bytes are not text, and what a link points at may be another's."""
    packed = file.with_name("katalog.rdf.gz")
    packed.write_bytes(gzip.compress(WRONG))
    before = packed.read_bytes()
    run(["validate", "katalog.rdf.gz", "--fix"])
    assert "the file is packed" in capsys.readouterr().err
    assert packed.read_bytes() == before
    link = file.with_name("link.rdf")
    link.symlink_to(file)
    assert run(["validate", "link.rdf", "--fix"]) == 2
    assert file.read_bytes() == WRONG


def test_a_file_that_changes_meanwhile_is_left(file, monkeypatch, capsys):
    """Another program's work is not overwritten."""
    original = fixing._fixed  # the moment between reading and writing

    def slow(path, *arguments):
        result = original(path, *arguments)
        path.write_bytes(WRONG + b"\n")
        return result

    monkeypatch.setattr(fixing, "_fixed", slow)
    assert run(["validate", "katalog.rdf", "--fix"]) == 2
    assert file.read_bytes() == WRONG + b"\n"


def test_control_characters_of_a_file_do_not_reach_the_terminal(file, capsys):
    """A diff shows what a hostile catalog says, and does not do it."""
    file.write_bytes(WRONG.replace(b"<!-- 1 -->", b"<!-- \xc2\x9b31m -->"))
    run(["validate", "katalog.rdf", "--diff"])
    assert "\x9b" not in capsys.readouterr().out
