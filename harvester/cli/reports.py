"""Where reports go: formats to files and streams, as ``-o FORMAT[:FILE]`` asks for."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from harvester import __version__
from harvester.cli import output
from harvester.cli.choices import FailOn
from harvester.errors import UsageError
from harvester.report.formats import FORMATS
from harvester.report.ranking import most_important
from harvester.report.texts import say
from harvester.report.validation import Validation, View
from harvester.words import Text

# For people: these go through the terminal's encoding, all else is UTF-8 wherever it goes.
TEXT = "text"
GITHUB = "github"
SHOW_QUALITY = frozenset({"text", "html"})
SHOW_FINGERPRINTS = frozenset({"sarif", "gitlab"})


class Output(NamedTuple):
    """One ``-o``: a format, and the file it goes to or ``None`` for stdout."""

    format: str
    path: Path | None


def parse_outputs(texts: Sequence[str], *, json: bool = False) -> list[Output]:
    """Read ``FORMAT[:FILE]``; text to stdout when nothing is asked for, json with ``--json``.

    Raises ``UsageError`` before any work is done: for an unknown format, or two for one place.
    """
    wanted: list[Output] = [Output("json", None)] if json else []
    for text in texts:
        name, _, path = text.partition(":")
        if name not in FORMATS:
            from harvester.config.diagnose import nearest

            known = ", ".join(FORMATS)
            raise UsageError(
                Text(f'-o {text}: formatet "{name}" finns inte', f'-o {text}: no format "{name}"')
                + nearest(name, list(FORMATS), Text("", ""))
                + Text(f" (här finns {known})", f" (there are {known})")
            )
        wanted.append(Output(name, Path(path) if path else None))
    wanted = list(dict.fromkeys(wanted)) or [Output(TEXT, None)]
    taken: dict[Path | None, str] = {}
    for name, place in wanted:
        if place in taken:
            where = Text.same(str(place)) if place else Text("skärmen", "the screen")
            raise UsageError(
                Text(
                    f"-o {taken[place]} och -o {name} går båda till {where.sv}; "
                    "ge den ena en annan fil",
                    f"-o {taken[place]} and -o {name} both go to {where.en}; give one another file",
                )
            )
        taken[place] = name
    return wanted


def view_of(
    result: Validation,
    *,
    lang: str,
    fail_on: FailOn,
    most: int | None,
    full: bool,
    concise: bool,
    environ: Mapping[str, str],
) -> View:
    """What every format of this run is made from."""
    return View(
        result=result,
        findings=most_important(result, most),
        lang=lang,
        failing=frozenset(fail_on.severities),
        root=str(Path.cwd()),
        version=__version__,
        width=output.terminal_width(),
        colour=wants_colour(environ, terminal=output.is_terminal(sys.stdout)),
        full=full,
        concise=concise,
    )


def wants_colour(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """NO_COLOR (no-color.org) wins over FORCE_COLOR, and both over what the terminal is."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environ.get("TERM") != "dumb"


def write_all(view: View, outputs: Sequence[Output], environ: Mapping[str, str]) -> None:
    """Write every output; files wholly or not at all.

    GitHub's summary is added to, since other steps write to it too. Raises ``UsageError`` for a
    path that is no regular file and ``DiskFullError``.
    """
    for name, path in outputs:
        if path is not None:
            _write_file(path, FORMATS[name](replace(view, colour=False)))
        elif name == TEXT:
            output.write_text("".join(FORMATS[name](view)))
        else:
            output.write_bytes(_encoded(FORMATS[name](view)))
        if name == GITHUB:
            _add_summary(view, environ)
    others = [name for name, _ in outputs if name != TEXT]
    if view.hidden and others:
        output.write_problem(
            say(
                "validate.hidden_in_files",
                view.lang,
                shown=len(view.findings),
                total=len(view.result.findings),
                formats=", ".join(others),
            )
        )


def on_screen(outputs: Sequence[Output]) -> bool:
    """Whether someone reads the text report in a terminal."""
    return Output(TEXT, None) in outputs and output.is_terminal(sys.stdout)


def _write_file(path: Path, pieces: Iterable[str]) -> None:
    from harvester.export.atomic import replacing

    with replacing(path) as (file, _):
        file.writelines(_encoded(pieces))


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode("utf-8", "backslashreplace") for piece in pieces)


def _add_summary(view: View, environ: Mapping[str, str]) -> None:
    from harvester.report.formats.github import SUMMARY_BYTES, summary

    path = environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    there = 0
    with contextlib.suppress(FileNotFoundError):
        there = Path(path).stat().st_size
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.writelines(_encoded(summary(view, SUMMARY_BYTES - there)))
