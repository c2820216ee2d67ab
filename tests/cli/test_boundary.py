"""Every way a command can end: an exit code, one line, no traceback."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harvester import errors
from harvester.cli import boundary
from harvester.cli.boundary import run
from harvester.words import Text

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Texts in English, and no variable of the developer's own shell."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "HARVESTER_LANG", "HARVESTER_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def failing(monkeypatch):
    """Make the command line raise what it is given."""

    def make(error: BaseException) -> None:
        def fail(_arguments, _lang):
            raise error

        monkeypatch.setattr(boundary, "_run", fail)

    return make


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (errors.UsageError(Text.same("no such thing")), 2, "usage: no such thing (exit 2)"),
        (
            errors.ConfigError(Text.same("h.toml:3: x: bad")),
            2,
            "configuration: h.toml:3: x: bad (exit 2)",
        ),
        (errors.FetchError("timeout", Text.same("too slow")), 3, "source: too slow (exit 3)"),
        (errors.UnreadableError("not-rdf", Text.same("no RDF")), 5, "unreadable: no RDF (exit 5)"),
        (errors.StoreError(Text.same("damaged")), 10, "store: damaged (exit 10)"),
        (errors.LockedError(Text.same("pid 7")), 11, "locked: pid 7 (exit 11)"),
        (errors.DiskFullError(Text.same("full")), 12, "disk: full (exit 12)"),
        (errors.ExportError(Text.same("bad")), 70, "internal error: bad (exit 70)"),
        (
            OSError(errno.ENOSPC, "No space left on device", "x.rdf"),
            12,
            "disk: x.rdf: cannot be written: No space left on device; free some space or change "
            "the permissions (exit 12)",
        ),
        (KeyboardInterrupt(), 130, "interrupted"),
        (SystemExit(143), 143, "interrupted"),
    ],
)
def test_every_known_error_is_one_line_and_its_code(failing, capsys, error, code, line):
    """The code's name, what happened and the code itself."""
    failing(error)
    assert run(["status"]) == code
    assert capsys.readouterr() == ("", f"harvester: {line}\n")


def test_an_unknown_error_leaves_a_report_and_no_traceback(failing, capsys, tmp_path, monkeypatch):
    """The report names the versions; only --debug shows where."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failing(ZeroDivisionError("canary"))
    assert run(["status"]) == 70
    out, err = capsys.readouterr()
    (report,) = tmp_path.iterdir()
    assert out == ""
    assert err.count("\n") == 1
    assert str(report) in err
    text = report.read_text()
    assert "ZeroDivisionError: canary" in text
    assert "pyoxigraph: " in text
    assert report.stat().st_mode & 0o077 == 0
    assert run(["status", "--debug"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_no_report_can_be_written_and_still_one_line(failing, capsys, tmp_path, monkeypatch):
    """F7: a full disk does not hide the error."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    failing(ZeroDivisionError())
    assert run(["status"]) == 70
    assert "run again with --debug" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["hravest"], "hravest"),
        (["harvest", "--jbos", "3"], "--jbos"),
        (["harvest", "--jobs", "0"], "--jobs"),
        (["validate"], "INPUT"),
        (["validate", "x.ttl", "--fail-on", "never-ever"], "never-ever"),
        (["validate", "x.ttl", "-o", "pdf"], "there are text, json, jsonl"),
        (["status", "--stale", "soon"], "write it as 90m, 48h, 7d or 2w"),
        (["explain"], "--all"),
    ],
)
def test_a_wrong_command_line_is_exit_2_on_one_line(capsys, arguments, part):
    """It names what was wrong."""
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert part in err
    assert err.startswith("harvester: usage: ")
    assert err.count("\n") == 1


def test_without_a_configuration_the_way_out_is_named(capsys, tmp_path):
    """The first error of a new user."""
    assert run(["status", "--config", str(tmp_path / "none.toml")]) == 2
    assert "harvester init" in capsys.readouterr().err


@pytest.mark.case("S69")
def test_control_characters_of_an_error_are_shown(failing, capsys):
    """S69: what a server says cannot steer the operator's terminal."""
    failing(errors.FetchError("http", Text.same("said \x1b]0;pwned\x07\nharvester: all is well")))
    run(["status"])
    err = capsys.readouterr().err
    assert r"\x1b]0;pwned\x07\x0aharvester" in err
    assert err.count("\n") == 1


def python(code: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
    )


@pytest.mark.case("F31")
@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_a_closed_pipe_is_quiet(argument):
    """``harvester ... | head -0`` shows no traceback, and the exit code is the command's."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "harvester", argument],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.case("F31")
def test_closed_standard_streams_are_no_error():
    """``harvester ... >&- 2>&-`` in a cron line."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m harvester --version >&- 2>&-"], cwd=ROOT, check=False
    )
    assert done.returncode == 0


WRITE = "from harvester.cli import output; output.prepare_streams(); "


@pytest.mark.case("F31")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_an_odd_encoding_raises_nothing(encoding):
    """F31: what the terminal cannot show is escaped."""
    done = python(WRITE + "output.write_lines(['Å → \\u65e5'])", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stdout.decode(encoding).startswith("Å" if encoding != "ascii" else r"\xc5")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_json_in_every_encoding(encoding):
    """Escapes of the stream never break the object."""
    import json

    value = {"title": "Å\x9b\u202e\u65e5\ud800"}
    done = python(WRITE + f"output.write_json({value!r})", PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout.decode(encoding)) == value
    assert "\u202e" not in done.stdout.decode(encoding)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_with_its_code(number, code, tmp_path):
    """Ctrl-C and SIGTERM: one line, no traceback."""
    fifo = tmp_path / "harvester.toml"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "harvester", "sources", "list", "--config", str(fifo)],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    # Opening the other end succeeds once the command waits for the configuration.
    with fifo.open("wb"):
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, b"", b"harvester: interrupted\n")


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "konfiguration"),
        ({"LANG": "en_GB.UTF-8"}, "configuration"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, "configuration"),
        ({"LANG": "xx", "LC_MESSAGES": "sv"}, "konfiguration"),
        ({"LANG": "sv_SE.UTF-8", "HARVESTER_LANG": "en"}, "configuration"),
        ({}, "configuration"),
    ],
)
def test_the_language_follows_the_locale(capsys, monkeypatch, tmp_path, environ, word):
    """LC_ALL, then LC_MESSAGES, then LANG; HARVESTER_LANG before them."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    run(["status", "--config", str(tmp_path / "none.toml")])
    assert f"harvester: {word}: " in capsys.readouterr().err


def test_help_is_in_the_language_asked_for(capsys):
    """Also the help of options."""
    assert run(["harvest", "--help", "--lang", "sv"]) == 0
    assert "Antal källor samtidigt." in capsys.readouterr().out
    assert run([]) == 0
    assert "Fetch, validate and store all sources" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_help_fits_eighty_columns(capsys, monkeypatch, lang):
    """No line of any help is wider than a terminal of the old kind."""
    from harvester.cli.app import build, command_names

    monkeypatch.setenv("COLUMNS", "80")
    for name in ["", *command_names(build(lang))]:
        assert run([*name.split(), "--help", "--lang", lang] if name else ["--help"]) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_no_output_has_colours(capsys, monkeypatch):
    """NO_COLOR has nothing to switch off, and FORCE_COLOR nothing to switch on."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["--help"])
    run(["nonsense"])
    assert "\x1b" not in "".join(capsys.readouterr())
