import os
import sys
from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.choices import SearchClass
from harvester.cli.reports import wants_colour
from harvester.cli.session import Session
from harvester.lookup import read_words
from harvester.model import Kind
from harvester.report.search import search_json, search_lines


def search(
    session: Session,
    words: Annotated[list[str], typer.Argument(metavar="WORD")],
    *,
    kind: Annotated[SearchClass | None, typer.Option("--class", metavar="CLASS")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="SOURCE")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N")] = 20,
) -> None:
    """Find live resources by words in titles, keywords and descriptions."""
    wanted = read_words(words)
    with compose.reading(session.settings()) as store:
        compose.known_source(store, source)
        found = store.search(wanted, kind=Kind(kind) if kind else None, source=source, limit=limit)
    colour = wants_colour(os.environ, terminal=output.is_terminal(sys.stdout))
    lines = search_lines(found, wanted, session.lang, output.terminal_width(), colour=colour)
    session.answer(lines, search_json(found, wanted, session.lang))
