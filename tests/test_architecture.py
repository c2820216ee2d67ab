"""The rules of docs/architecture.md, kept by looking at the code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "harvester"
FILES = sorted(PACKAGE.rglob("*.py"))
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MOST_LINES = 350
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}
EDGE_OF_PACKAGE = {"__init__", "__main__", "data"}


def floors() -> dict[str, int]:
    """Room -> floor, from the table of the page."""
    found: dict[str, int] = {}
    for floor, rooms in re.findall(r"^\| (\d) [^|]*\| ([^|]+)\|", PAGE, re.MULTILINE):
        for room in re.findall(r"`([a-z_]+)(?:\.py|/)`", rooms):
            found[room] = int(floor)
    return found


FLOORS = floors()


def room_of(path: Path) -> str:
    """The room that a file of the package is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, only_on_import: bool = False) -> set[str]:
    """The modules that a file imports, those for type checkers alone left out."""
    found: set[str] = set()

    def walk(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if only_on_import and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(child, ast.Import):
                found.update(alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and child.module:
                found.add(child.module)
                found.update(f"{child.module}.{alias.name}" for alias in child.names)
            walk(child)

    walk(ast.parse(path.read_text(encoding="utf-8")))
    return found


def tops(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.partition(".")[0] for name in imports(path)}


def every(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_page_names_every_room_and_no_other():
    """A room that is drawn is there, and a room that is there is drawn."""
    there = {room_of(path) for path in FILES} - EDGE_OF_PACKAGE
    planned = {room for room in FLOORS if f"`{room}/`" in PAGE or f"`{room}.py`" in PAGE}
    assert planned == there


@pytest.mark.parametrize("path", FILES, ids=every)
def test_imports_point_down_or_sideways(path):
    """Floor n knows floors 0 to n, never the ones above it."""
    room = room_of(path)
    if room in EDGE_OF_PACKAGE:
        return
    upward = {
        name
        for name in imports(path)
        if name.startswith("harvester.") and FLOORS.get(name.split(".")[1], 0) > FLOORS[room]
    }
    assert upward == set()


@pytest.mark.case("D1")
@pytest.mark.parametrize(
    ("libraries", "rooms"),
    [
        ({"ssl", "httpx", "httpcore", "urllib3", "requests"}, {"fetch"}),
        ({"socket"}, {"fetch", "worker"}),  # worker/ pairs sockets with its children, no network
        ({"sqlite3", "sqlite_utils"}, {"store"}),
        ({"typer"}, {"cli"}),
        ({"pickle", "marshal", "shelve"}, set()),
    ],
)
def test_the_outside_world_has_one_door_each(libraries, rooms):
    """Only fetch/ opens a socket, only store/ knows SQL, only cli/ knows Typer, no one pickles."""
    wrong = {every(p) for p in FILES if tops(p) & libraries and room_of(p) not in rooms}
    assert wrong == set()


@pytest.mark.parametrize("path", FILES, ids=every)
def test_lower_floors_open_no_file_and_know_no_library_of_the_edge(path):
    """Floors 0 and 1 are pure: what they need is handed to them."""
    if FLOORS.get(room_of(path), 9) > 1 or path.name.startswith("profile"):
        return
    assert not tops(path) & {"httpx", "sqlite3", "sqlite_utils", "typer", "rich", "socket"}
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not {call for call in calls if call == "open" or call.endswith((".now", ".today"))}


@pytest.mark.case("D13")
@pytest.mark.parametrize("path", FILES, ids=every)
def test_no_clock_below_the_edge(path):
    """The wall clock is handed in, so that a test needs no patching."""
    if room_of(path) == "cli":
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not {
        c for c in calls if c in ("datetime.now", "datetime.utcnow", "date.today", "time.time")
    }


@pytest.mark.parametrize("path", FILES, ids=every)
def test_files_are_short_and_have_names(path):
    """A file that one cannot read in one go, or cannot name, has no room."""
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{lines} lines"
    assert not FORBIDDEN_NAMES & set(path.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("path", FILES, ids=every)
def test_nothing_happens_on_import(path):
    """A module's top level defines; it opens, connects and prints nothing."""
    effects = re.compile(
        r"^(open|print|exec|eval|Path\(.*\)\.(open|read|write|mkdir|unlink)|subprocess\..*|"
        r".*\.(connect|reconfigure|basicConfig|read_text|read_bytes|write_text|mkdir)|"
        r"signal\.signal|os\.(environ|getenv|chdir|umask).*)$"
    )
    module = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for statement in module.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        if isinstance(statement, ast.If):  # TYPE_CHECKING and __main__
            continue
        found |= {
            ast.unparse(node.func)
            for node in ast.walk(statement)
            if isinstance(node, ast.Call) and effects.match(ast.unparse(node.func))
        }
    assert found == set()


LIGHT = ("httpx", "rdflib", "pyshacl", "sqlite_utils", "sqlite3", "rich", "lxml", "pyoxigraph")


def test_the_command_line_starts_light():
    """``harvester --help`` pays for no library that only some commands need."""
    code = (
        "import sys; from harvester.cli.boundary import run; "
        "code = run(['--help']); "
        f"loaded = sorted(set(sys.modules) & {set(LIGHT) | {'msgspec'}!r}); "
        "sys.stderr.write(repr((code, loaded)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr == "(0, [])"
    assert "Usage: harvester" in done.stdout


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli" / "commands").glob("*.py")), ids=every)
def test_commands_are_thin(path):
    """A command asks the composition root and hands on to a report: at most 15 statements."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            statements = [n for n in ast.walk(node) if isinstance(n, ast.stmt)]
            assert len(statements) - 1 <= 18, f"{node.name}: {len(statements) - 1} statements"
