"""Where a query comes from and where its answer goes."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from harvester.cli import output
from harvester.cli.session import Session
from harvester.errors import UsageError, reason_of
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.sparql import Answer

_LONGEST = 1_000_000  # bytes
_UNCUT = 100_000  # cells of a line that no terminal has to show


def read_query(argument: str) -> str:
    """The query itself, ``@FILE``, or ``-`` for standard input. Raises ``UsageError``."""
    if argument != "-" and not argument.startswith("@"):
        return argument
    try:
        if argument == "-":
            body = sys.stdin.buffer.read(_LONGEST + 1)
        else:
            with Path(argument[1:]).open("rb") as file:
                body = file.read(_LONGEST + 1)
        text = body.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        named = argument.removeprefix("@")
        why = reason_of(error) if isinstance(error, OSError) else Text("inte UTF-8", "not UTF-8")
        raise UsageError(
            Text(f"frågan i {named} kan inte läsas: ", f"query: cannot read {named}: ") + why
        ) from error
    if len(body) > _LONGEST:
        named = argument.removeprefix("@")
        raise UsageError(
            Text(
                f"frågan i {named} är längre än {_LONGEST} byte",
                f"query: {named} is longer than {_LONGEST} bytes",
            )
        )
    return text


def write_answer(session: Session, answer: "Answer", form: str) -> None:
    """To stdout, whole; how many rows are not shown to stderr. Raises ``UsageError``."""
    from harvester.report.query import render
    from harvester.sparql import Solutions

    # What goes to a file or a pipe is not cut to a line.
    width = output.terminal_width() if output.is_terminal(sys.stdout) else _UNCUT
    pieces = list(render(answer, form, session.lang, width))
    if form == "table":
        output.write_text("".join(pieces))
    else:
        output.write_bytes(piece.encode("utf-8", "backslashreplace") for piece in pieces)
    if isinstance(answer, Solutions) and len(answer.rows) < answer.total:
        session.problems([session.say("query.more", shown=len(answer.rows), total=answer.total)])
