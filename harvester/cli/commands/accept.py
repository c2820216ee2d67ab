from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.session import Session, choose_sources
from harvester.errors import EXIT_HELD, EXIT_OK
from harvester.report.harvest import export_lines, harvest_json


def accept(
    session: Session,
    source: Annotated[str, typer.Argument(metavar="SOURCE")],
    *,
    no_export: Annotated[bool, typer.Option("--no-export")] = False,
) -> int:
    """Let what a guard holds back go live: that state, and no other."""
    settings = session.logged_settings()
    (chosen,) = choose_sources(settings, [source])
    run = compose.accept(settings, chosen, export=not no_export, tell=session.tell)
    counts = run.sources[0].resources
    text = session.say("accept.done", id=source, run=run.run, **counts)
    session.done([text, *export_lines(run, session.lang)], harvest_json(run, session.lang))
    session.problems(why.in_language(session.lang) for why in run.held_exports.values())
    return EXIT_HELD if run.held_exports else EXIT_OK
