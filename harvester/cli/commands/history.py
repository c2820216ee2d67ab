from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.session import Session, choose_sources
from harvester.report.history import history_json, history_lines


def history(
    session: Session,
    source: Annotated[str, typer.Argument(metavar="SOURCE")],
    *,
    last: Annotated[int, typer.Option("--last", min=1, metavar="N")] = 10,
) -> None:
    """The newest runs of one source, and what each changed."""
    settings = session.settings()
    with compose.reading(settings) as store:
        if all(known.source.id != source for known in store.sources()):
            choose_sources(settings, [source])
        entries = store.history(source, last=last)
    lines = history_lines(source, entries, session.lang, output.terminal_width())
    session.answer(lines, history_json(source, entries, session.lang))
