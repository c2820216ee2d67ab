"""Write docs/examples.md and its pictures from what the program says: ``make examples``."""

import hashlib
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from harvester import __version__
from harvester.cli.boundary import run
from tests.docs.pictures import picture, plain

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
FOLDER: Final = DOCS / "examples"
FILE: Final = ROOT / "examples" / "exempelkoping.ttl"
HERE: Final = "/home/anna"
SIZES: Final = ((1024, "light"), (420, "dark"))  # window width, colour scheme
REPORT: Final = "report.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """One command, what it is for, and how wide the terminals are that it is pictured in."""

    name: str
    words: str
    command: str
    code: int = 0
    widths: tuple[int, ...] = (80,)
    before: Mapping[str, str] | None = None  # files to write first


CONFIG: Final = """\
[harvester]
lang = "{lang}"

[[source]]
id = "exempelkoping"
title = "Exempelköpings kommun"
url = "exempelkoping.ttl"

[[source]]
id = "exempelby"
title = "Exempelby kommun"
url = "https://exempelby.exempel.se/katalog.rdf"
"""
CHAPTERS: Final[Mapping[str, tuple[str, tuple[Shown, ...]]]] = {
    "For who writes the catalog": (
        "A catalog written by hand, [exempelkoping.ttl](../examples/exempelkoping.ttl), before it "
        "is published. No configuration, no network.",
        (
            Shown(
                "validate",
                "Will the portal take it, and what is to be done first? The first line answers; "
                "then what matters most, with its place, its dataset and the remedy.",
                "harvester validate exempelkoping.ttl --max-findings 3",
                1,
                (80, 120),
            ),
            Shown(
                "explain",
                "Why is that a rule, and how is it written right?",
                "harvester explain CA307",
            ),
            Shown(
                "fix",
                "What is certain need not be mended by hand. `--diff` shows it, without `--diff` "
                "the file is changed; comments, order and layout stay.",
                "harvester validate exempelkoping.ttl --fix --diff",
                1,
            ),
            Shown(
                "quality",
                "How good is the metadata, and what would pay most?",
                "harvester quality exempelkoping.ttl",
                0,
                (80, 120),
            ),
        ),
    ),
    "For a pull request": (
        "The same rules in CI; [examples/ci](../examples/ci) has the files for GitHub, GitLab and "
        "pre-commit.",
        (
            Shown(
                "github",
                "GitHub shows these on the changed lines, the most important first.",
                "harvester validate exempelkoping.ttl --offline -o github --max-findings 3",
                1,
            ),
            Shown(
                "baseline",
                "An old catalog has old problems. They are written down once ...",
                "harvester validate exempelkoping.ttl --write-baseline known.json --concise",
            ),
            Shown(
                "only-new",
                "... and from then on only new ones count: here somebody has taken the title away.",
                "harvester validate exempelkoping.ttl --baseline known.json",
                1,
                before={
                    "exempelkoping.ttl": FILE.read_text("utf-8").replace(
                        '    dcterms:title "Lekplatser"@sv ;\n', ""
                    )
                },
            ),
            Shown(
                "wrong-option",
                "What cannot be is said in one line, with what was probably meant.",
                "harvester validate exempelkoping.ttl -o sariff:report.sarif",
                2,
            ),
        ),
    ),
    "For who runs it every night": (
        "Two sources, one of which cannot be reached (`--offline` stands for a broken network).",
        (
            Shown(
                "harvest",
                "One source that fails never stops another, and deletes nothing. From cron, with "
                "`--quiet`, only the last two lines come.",
                "harvester harvest --offline",
                3,
                before={"exempelkoping.ttl": FILE.read_text("utf-8"), "harvester.toml": CONFIG},
            ),
            Shown("status", "How does every source stand?", "harvester status", 0, (80, 120)),
            Shown(
                "plan",
                "What would tonight's harvest change? Here a keyword, in a file that somebody has "
                "edited since.",
                "harvester plan exempelkoping",
                before={
                    "exempelkoping.ttl": FILE.read_text("utf-8").replace(
                        'dcat:keyword "lekplats"@sv', 'dcat:keyword "lekplats"@sv, "lek"@sv'
                    )
                },
            ),
        ),
    ),
}


@cache
def everything() -> dict[Path, str]:
    """Every text file of the page and what it should hold, the hash of the reports among them."""
    found: dict[Path, str] = {}
    said: dict[str, str] = {}
    for lang in ("sv", "en"):
        with TemporaryDirectory(prefix="harvester-examples-") as folder:
            there = Path(folder)
            shutil.copy(FILE, there)
            for shown in shown_in_order():
                for name, text in (shown.before or {}).items():
                    (there / name).write_text(text.replace("{lang}", lang), "utf-8")
                for width in shown.widths:
                    text = say(shown, there, lang, width)
                    path = FOLDER / f"{shown.name}-{lang}-{width}.svg"
                    found[path] = picture(shown.command, text, width, f"{shown.command} ({lang})")
                    if (lang, width) == ("en", 80):
                        said[shown.name] = plain(text)
    found[FOLDER / "report.sha256"] = "".join(
        f"{report_hash(lang)}  report-{lang}\n" for lang in ("sv", "en")
    )
    found[DOCS / "examples.md"] = "\n".join(page(said))
    return found


def shown_in_order() -> list[Shown]:
    """All of them, as they follow on each other."""
    return [shown for _, chapter in CHAPTERS.values() for shown in chapter]


def say(shown: Shown, folder: Path, lang: str, width: int) -> str:
    """What the command says there, with times and folders that are always the same."""
    code, text = called(shown.command.split()[1:], folder, lang, width)
    assert code == shown.code, (shown.command, code, text)
    text = text.replace(str(folder.resolve()), HERE)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-11-22 03:00", text)
    return re.sub(r"\d+\.\d$", "0.5", text, flags=re.MULTILINE)


def called(arguments: list[str], folder: Path, lang: str, width: int) -> tuple[int, str]:
    """Exit code and words of one command, stdout and stderr as a terminal mixes them."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", write_through=True)
    environ = {"COLUMNS": str(width), "FORCE_COLOR": "1", "HARVESTER_LANG": lang, "TZ": "UTC"}
    with surroundings(environ), chdir(folder), redirect_stdout(stream), redirect_stderr(stream):
        code = run(arguments)
    return code, buffer.getvalue().decode()


@contextmanager
def surroundings(environ: Mapping[str, str]) -> Iterator[None]:
    """The environment with these, and without what a developer or CI may have set."""
    before = dict(os.environ)
    for name in list(os.environ):
        if name.startswith(("HARVESTER_", "GITHUB_", "NO_COLOR", "TERM")):
            del os.environ[name]
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@cache
def report(lang: str) -> str:
    """The page for people that ``-o html`` writes of the example."""
    with TemporaryDirectory(prefix="harvester-examples-") as folder:
        shutil.copy(FILE, folder)
        called(["validate", FILE.name, "-o", f"html:{REPORT}"], Path(folder), lang, 80)
        return (Path(folder) / REPORT).read_text("utf-8")


def report_hash(lang: str) -> str:
    """What the pictured report looked like, whatever version wrote it."""
    return hashlib.sha256(report(lang).replace(__version__, "").encode()).hexdigest()


def page(said: Mapping[str, str]) -> Iterator[str]:
    """docs/examples.md."""
    yield "# Examples"
    yield ""
    yield "Written by `make examples` from what the program says; a test makes page and pictures"
    yield "anew and fails when one is out of date. Each command is shown as text in English and as"
    yield "pictures in both languages. Times are set, everything else is as it comes."
    for heading, (words, chapter) in CHAPTERS.items():
        yield ""
        yield f"## {heading}"
        yield ""
        yield words
        for shown in chapter:
            yield ""
            yield shown.words
            yield ""
            yield "```console"
            yield f"$ {shown.command}"
            yield said[shown.name].rstrip("\n")
            yield "```"
            yield ""
            yield f"Exit code {shown.code}. In Swedish:"
            yield ""
            yield f"![{shown.command}, in Swedish](examples/{shown.name}-sv-80.svg)"
            others = [
                f"[{name}, {width} columns](examples/{shown.name}-{lang}-{width}.svg)"
                for lang, name in (("en", "English"), ("sv", "Swedish"))
                for width in shown.widths
                if (lang, width) != ("sv", 80)
            ]
            yield ""
            yield f"Also: {', '.join(others)}."
            if shown.name == "quality":
                yield from _report()
    yield ""


def _report() -> Iterator[str]:
    yield ""
    yield "The same findings as a page for people: one file, no request to anywhere, readable"
    yield "without script, printable, with a filter and a dark mode."
    yield ""
    yield "```console"
    yield f"$ harvester validate {FILE.name} --lang sv -o html:{REPORT}"
    yield "```"
    yield ""
    yield "![The report in Swedish](examples/report-sv-light.png)"
    yield "![The report in English, in dark mode on a telephone](examples/report-en-dark.png)"


def photograph() -> None:
    """Write the pictures of the report; needs Chromium."""
    from tests.report.formats.browser import chromium

    for lang, (width, scheme) in zip(("sv", "en"), SIZES, strict=True):
        with TemporaryDirectory(prefix="harvester-examples-") as folder, chromium() as browser:
            path = Path(folder) / REPORT
            path.write_text(report(lang), "utf-8")
            browser.size(width, 900)
            browser.scheme(scheme)
            browser.open(path)
            browser.screenshot(FOLDER / f"report-{lang}-{scheme}.png")


def main() -> None:
    """Write all; what is not among it any more is removed."""
    FOLDER.mkdir(exist_ok=True)
    files = everything()
    for path in FOLDER.glob("*.svg"):
        if path not in files:
            path.unlink()
    for path, text in files.items():
        path.write_text(text, "utf-8")
    photograph()


if __name__ == "__main__":
    sys.exit(main())
