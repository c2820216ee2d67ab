from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.show import show_json, show_lines
from harvester.words import Text


def show(session: Session, iri: Annotated[str, typer.Argument(metavar="IRI")]) -> None:
    """One resource as it is published, with what is missing marked."""
    with compose.reading(session.settings()) as store:
        views = store.show(iri)
    if not views:
        raise UsageError(
            Text(
                f"{iri} finns inte i databasen; `harvester status` visar källorna i den",
                f"{iri} is not in the store; `harvester status` shows the sources in it",
            )
        )
    session.answer(show_lines(views, session.lang), show_json(views, session.lang))
