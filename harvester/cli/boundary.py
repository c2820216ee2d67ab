"""The one error boundary: every way a command can end becomes an exit code and one line."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from harvester.cli import output
from harvester.cli.language import asked_for, from_locale
from harvester.errors import (
    EXIT_DISK_FULL,
    EXIT_INTERNAL,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_TERMINATED,
    EXIT_USAGE,
    WRITE_REFUSED,
    ConfigError,
    HarvesterError,
    exit_code_of,
    reason_of,
)
from harvester.report.texts import say
from harvester.words import Text


class LoggedEnd(SystemExit):
    """The command was interrupted, and the log on stderr has said so."""


def main() -> NoReturn:
    """Run the command of ``sys.argv`` and exit."""
    output.prepare_streams()
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing escapes."""
    lang = asked_for(arguments, os.environ) or from_locale(os.environ)
    try:
        code = _run(arguments, lang)
        output.flush_streams()
    except BaseException as error:  # noqa: BLE001 -- the boundary: all else would be a traceback
        return _explain(error, lang, debug="--debug" in arguments)
    return code


def _run(arguments: Sequence[str], lang: str) -> int:
    from harvester.cli.app import build

    command = build(lang)
    try:
        result = command(
            list(arguments) or ["--help"], prog_name="harvester", standalone_mode=False
        )
    except SystemExit as end:
        # Typer's own answer to a pipe that closed while it wrote help.
        if isinstance(end.__context__, BrokenPipeError):
            return EXIT_OK
        if end.code in (None, EXIT_OK):  # its end of completion, and of showing the script for it
            return EXIT_OK
        raise
    if result == EXIT_INTERRUPTED:  # Typer's own answer to Ctrl-C
        raise KeyboardInterrupt
    return result if isinstance(result, int) else EXIT_OK


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    # A second SIGTERM ends the process at once, whatever the first is waiting for.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sys.exit(EXIT_TERMINATED)


def _explain(error: BaseException, lang: str, *, debug: bool) -> int:
    if debug and not isinstance(error, SystemExit):
        import traceback

        output.write_debug("".join(traceback.format_exception(error)))
    if isinstance(error, LoggedEnd):
        return exit_code_of(error)
    if isinstance(error, KeyboardInterrupt | SystemExit):
        output.write_problem(say("error.interrupted", lang))
        return exit_code_of(error)
    if isinstance(error, HarvesterError):
        kind = "config" if isinstance(error, ConfigError) else str(error.exit_code)
        return _end(kind, error.exit_code, error.text.in_language(lang), lang)
    if isinstance(error, OSError) and error.errno in WRITE_REFUSED:
        path = error.filename or say("error.unknown_file", lang)
        text = say("error.disk", lang, path=path, reason=reason_of(error).in_language(lang))
        return _end(str(EXIT_DISK_FULL), EXIT_DISK_FULL, text, lang)
    usage = _usage_text(error)
    if usage is not None:
        return _end("2", EXIT_USAGE, usage.in_language(lang), lang)
    return _internal(error, lang)


def _end(kind: str, code: int, text: str, lang: str) -> int:
    output.write_problem(
        say("error.line", lang, kind=say(f"error.{kind}", lang), text=text, code=code)
    )
    return code


def _usage_text(error: BaseException) -> Text | None:
    """What Typer itself has to say about the command line."""
    from typer import Abort, TyperException

    from harvester.cli.complaints import ABORTED, in_our_words

    if isinstance(error, Abort):
        return ABORTED
    return in_our_words(error.format_message()) if isinstance(error, TyperException) else None


def _internal(error: BaseException, lang: str) -> int:
    from harvester.cli.crash import write_report

    name = type(error).__name__
    try:
        path: Path | None = write_report(error)
    except OSError:
        path = None
    text = (
        say("error.report", lang, name=name, path=path)
        if path is not None
        else say("error.no_report", lang, name=name)
    )
    output.write_problem(text)
    return EXIT_INTERNAL
