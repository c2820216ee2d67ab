"""``harvester validate``: outputs, exit codes, streams that close, interrupts."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harvester.cli.boundary import run
from harvester.cli.reports import parse_outputs, wants_colour
from harvester.errors import UsageError

ROOT = Path(__file__).parents[2]
BAD = ROOT / "examples" / "catalogs" / "exempelberg.ttl"
PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
HARVESTER = [sys.executable, "-P", "-m", "harvester"]
ENVIRON = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


@pytest.fixture(autouse=True)
def plain(monkeypatch, tmp_path):
    """English, no colours, no summary, and an empty folder to stand in."""
    for name in ("LC_ALL", "NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY", "HARVESTER_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shapes(tmp_path):
    """A profile whose only rule has the severity that is asked for."""

    def make(severity: str) -> str:
        (tmp_path / "s.ttl").write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
            f"{PREFIXES}[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:severity "
            f"sh:{severity} ; sh:property [ sh:path dcat:keyword ; sh:minCount 1 ; "
            f"sh:severity sh:{severity} ] .\n"
        )
        (tmp_path / "p.toml").write_text(
            'id = "own"\nshapes = ["s.ttl"]\nportal_rules = false\ntitle = { sv = "E", en = "O" }\n'
        )
        (tmp_path / "k.ttl").write_text(f"{PREFIXES}<https://exempel.se/d> a dcat:Dataset .\n")
        return "p.toml"

    return make


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (severity, fail_on, int(rank <= limit))
        for rank, severity in enumerate(("Violation", "Warning", "Info"))
        for limit, fail_on in enumerate(("error", "warning", "info"))
    ]
    + [("Violation", "never", 0)],
)
def test_findings_at_or_above_fail_on_are_exit_1(shapes, capsys, severity, fail_on, code):
    """And below it exit 0."""
    assert run(["validate", "k.ttl", "--profile", shapes(severity), "--fail-on", fail_on]) == code
    assert (
        run(["validate", "k.ttl", "--profile", "p.toml", "--fail-on", fail_on, "--exit-zero"]) == 0
    )


def test_a_valid_file_is_exit_0(shapes, capsys):
    """The verdict is the first line."""
    profile = shapes("Violation")
    Path("k.ttl").write_text(PREFIXES + '<https://exempel.se/d> a dcat:Dataset; dcat:keyword "x" .')
    assert run(["validate", "k.ttl", "--profile", profile]) == 0
    assert capsys.readouterr().out.startswith("The portal can take the file.\n")


@pytest.mark.parametrize("extra", [[], ["--exit-zero"], ["--fail-on", "never"]])
def test_an_unreadable_input_is_exit_5_whatever_else(shapes, capsys, extra):
    """--exit-zero is about findings; the others are still judged and the reason is on stderr."""
    profile = shapes("Info")
    Path("broken.rdf").write_text("<rdf:RDF")
    assert run(["validate", "broken.rdf", "k.ttl", "--profile", profile, "-o", "json", *extra]) == 5
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["verdict"] == "rejected"
    assert [entry["input"] for entry in found["unread"]] == ["broken.rdf"]
    assert [entry["input"] for entry in found["inputs"]] == ["k.ttl"]
    assert err.count("\n") == 1
    assert ": broken.rdf " in err  # as the user calls it


def test_the_text_report_says_why_an_input_could_not_be_read(shapes, capsys):
    """In the words of stderr, and without counts of what nobody could count."""
    profile = shapes("Info")
    Path("broken.rdf").write_text("<rdf:RDF")
    assert run(["validate", "broken.rdf", "--profile", profile]) == 5
    out, err = capsys.readouterr()
    verdict, reason, *rest = out.splitlines()
    assert verdict.startswith("The portal cannot take")
    assert reason.startswith("Could not be read: broken.rdf ")
    assert not any("0 errors" in line for line in rest)
    assert "broken.rdf" in err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["-o", "pdf"], 'no format "pdf"'),
        (["-o", "sarf:x"], 'did you mean "sarif"'),
        (["-o", "json", "-o", "csv"], "both go to the screen"),
        (["-o", "json:x", "-o", "csv:x"], "both go to x"),
        (["--json", "-o", "csv"], "both go to the screen"),
        (["--profile", "nonsense"], "no profile is called"),
        (["--max-findings", "-1"], "--max-findings"),
    ],
)
def test_a_wrong_option_is_exit_2_before_any_work(capsys, arguments, part):
    """Also for an input that is not there."""
    assert run(["validate", "nothing.ttl", *arguments]) == 2
    assert part in capsys.readouterr().err


def test_several_formats_in_one_run(capsys):
    """Files and the terminal at once, with the same findings."""
    code = run(["validate", str(BAD), "-o", "text", "-o", "json:a.json", "-o", "csv:b/c.csv"])
    assert code == 1
    out, err = capsys.readouterr()
    assert out.startswith("The portal cannot take the file")
    assert err == ""
    found = json.loads(Path("a.json").read_text())["findings"]
    with Path("b/c.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == [finding["code"] for finding in found]


def test_json_is_o_json(capsys):
    """The option that every command has."""
    run(["validate", str(BAD), "--json"])
    first = capsys.readouterr().out
    run(["validate", str(BAD), "-o", "json"])
    assert capsys.readouterr().out == first
    assert parse_outputs(["json"], json=True) == parse_outputs([], json=True)


def test_text_is_what_nothing_asks_for():
    """And a file may have any name after the first colon."""
    assert [tuple(o) for o in parse_outputs([])] == [("text", None)]
    assert [tuple(o) for o in parse_outputs(["html:a:b.html"])] == [("html", Path("a:b.html"))]
    with pytest.raises(UsageError):
        parse_outputs([":x"])


def test_max_findings_is_said_wherever_a_format_cannot_say_it(capsys):
    """Counts stay exact; stderr says how many are in the files."""
    assert run(["validate", str(BAD), "-o", "json:a.json", "--max-findings", "2"]) == 1
    assert capsys.readouterr().err == "harvester: 2 of 53 findings are in json (--max-findings)\n"
    found = json.loads(Path("a.json").read_text())
    assert (sum(found["counts"].values()), len(found["findings"]), found["hidden"]) == (53, 2, 51)


@pytest.mark.parametrize("place", ["folder", "link", "folder/x/y"])
def test_a_file_is_replaced_wholly_or_not_at_all(capsys, place):
    """A folder or a link in its place is refused, and nothing is left behind."""
    Path("folder").mkdir()
    Path("target").write_text("mine")
    Path("link").symlink_to("target")
    if place == "folder/x/y":
        Path("folder/x").write_text("a file")
    assert run(["validate", str(BAD), "-o", f"json:{place}"]) in (2, 12)
    assert Path("target").read_text() == "mine"
    assert not list(Path().rglob("*.part"))


def test_the_summary_is_added_to_what_other_steps_wrote(capsys, monkeypatch):
    """GITHUB_STEP_SUMMARY is written by the github format only."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    run(["validate", str(BAD), "-o", "json:x.json"])
    assert not Path("summary.md").exists()
    Path("summary.md").write_text("before\n")
    run(["validate", str(BAD), "-o", "github"])
    text = Path("summary.md").read_text()
    assert text.startswith("before\n## The portal cannot")
    assert "PT002" in text
    assert capsys.readouterr().out.startswith("::error file=")


@pytest.mark.parametrize(
    ("environ", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_follows_the_environment(environ, terminal, colour):
    """no-color.org; files never have colours."""
    assert wants_colour(environ, terminal=terminal) is colour


def test_a_file_has_no_colours(monkeypatch, capsys):
    """Also when the terminal has."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["validate", str(BAD), "-o", "text:a.txt", "-o", "text"])
    assert "\x1b[" in capsys.readouterr().out
    assert "\x1b" not in Path("a.txt").read_text()


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "html", "csv", "shacl", "md"])
def test_every_encoding_of_the_terminal_will_do(name):
    """F31: formats for programs are UTF-8 anyway, text is escaped."""
    done = subprocess.run(
        [*HARVESTER, "validate", str(BAD), "-o", name, "--lang", "sv"],
        env={**ENVIRON, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("ascii" if name == "text" else "utf-8")


@pytest.mark.parametrize("name", ["text", "json", "github"])
def test_a_pipe_that_closes_changes_nothing_but_the_output(name):
    """``| head -0``: no traceback, and the exit code is the verdict's."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*HARVESTER, "validate", str(BAD), "-o", name],
        env=ENVIRON,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_it_with_its_code_and_leaves_no_file(number, code, tmp_path):
    """While it reads: nothing is written, the file that was there stays."""
    fifo, out = tmp_path / "k.ttl", tmp_path / "out.json"
    os.mkfifo(fifo)
    out.write_text("old")
    process = subprocess.Popen(
        [*HARVESTER, "validate", "-", "-o", f"json:{out}"],
        env=ENVIRON,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"x" * 100_000)  # more than a pipe holds: returns once it is being read
    process.stdin.flush()
    process.send_signal(number)
    process.stdin.close()
    process.stdin = None
    out_text, err = process.communicate(timeout=20)
    assert (process.returncode, out_text, err) == (code, b"", b"harvester: interrupted\n")
    assert out.read_text() == "old"
