"""The manual page, in roff (man(7)), made from the program's own help."""

from collections.abc import Iterator
from typing import Any

from harvester.cli.app import build
from harvester.cli.help import longest
from tests.docs.generate import SHARED, choices, commands

EXIT_CODES = (
    ("0", "Done; nothing at or above --fail-on."),
    ("1", "Findings at or above --fail-on, or a stale source."),
    ("2", "The command line or the configuration is wrong."),
    ("3", "Some sources failed; the others are stored."),
    ("4", "A guard holds a change back."),
    ("5", "An input of validate cannot be read."),
    ("10", "The store is missing, damaged or newer than the program."),
    ("11", "Another run holds the lock."),
    ("12", "The disk is full, or a write was refused."),
    ("70", "Internal error; a report file is named."),
    ("130, 143", "Interrupted by Ctrl-C or SIGTERM."),
)
ENVIRONMENT = (
    ("HARVESTER_CONFIG, HARVESTER_STORE, HARVESTER_LANG", "As --config, --store and --lang."),
    ("LC_ALL, LC_MESSAGES, LANG", "The language, where neither says it."),
    ("NO_COLOR, FORCE_COLOR", "No colours; colours also where no terminal is. NO_COLOR wins."),
    ("COLUMNS", "The width of text."),
    ("GITHUB_STEP_SUMMARY", "Where -o github adds its summary."),
)
EXAMPLES = (
    ("Will the portal take a file, in Swedish?", "harvester validate katalog.rdf --lang sv"),
    (
        "A page to send to a colleague, and the text on the screen:",
        "harvester validate katalog.rdf -o text -o html:report.html",
    ),
    ("Why is that wrong, and how is it mended?", "harvester explain DS003"),
    ("One night, silent unless something is wrong:", "harvester harvest --quiet"),
    ("Completion in bash:", "harvester --show-completion bash >> ~/.bash_completion"),
)


def manual_page() -> Iterator[str]:
    """docs/harvester.1, line by line."""
    tree = build("en")
    every = list(commands(tree))
    yield '.\\" Written by make format from the program itself.'
    yield '.TH HARVESTER 1 "" "dcat\\-harvester" "User Commands"'
    yield ".SH NAME"
    yield "harvester \\- collect, validate, normalise and publish the DCAT metadata of a country"
    yield ".SH SYNOPSIS"
    yield ".B harvester"
    yield ".I COMMAND"
    yield "[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]"
    yield ".SH DESCRIPTION"
    yield _text(tree.help)
    yield "The result goes to standard output, all else to standard error."
    yield ".SH OPTIONS OF EVERY COMMAND"
    yield from _options([p for p in every[0][1].params if longest(p) in SHARED])
    yield ".SH COMMANDS"
    for words, command in every:
        arguments = [p for p in command.params if not longest(p).startswith("-")]
        yield f'.SS "{_text(" ".join([words, *map(_argument, arguments)]))}"'
        yield _text(command.help)
        yield from _options([p for p in command.params if longest(p) not in SHARED])
    yield from _pairs("EXIT STATUS", EXIT_CODES)
    yield from _pairs("ENVIRONMENT", ENVIRONMENT)
    yield ".SH EXAMPLES"
    for what, how in EXAMPLES:
        yield ".PP"
        yield _text(what)
        yield from (".PP", ".RS 4", ".nf", _text(how), ".fi", ".RE")
    yield ".SH SEE ALSO"
    yield "README.md and docs/ of dcat\\-harvester"


def _pairs(heading: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f".SH {heading}"
    for name, what in rows:
        yield from (".TP", f".B {_text(name)}", _text(what))


def _options(parameters: list[Any]) -> Iterator[str]:
    for parameter in parameters:
        is_option = longest(parameter).startswith("-")
        names = ", ".join(parameter.opts) if is_option else ""
        value = parameter.metavar or "|".join(choices(parameter))
        shown = " ".join(part for part in (names, value) if part) or parameter.name
        yield from (".TP", f".B {_text(shown)}", _text(parameter.help))


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    name += "..." if parameter.nargs == -1 else ""
    return name if parameter.required else f"[{name}]"


def _text(text: str) -> str:
    """Text in which nothing is a request or an escape, and a hyphen can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
