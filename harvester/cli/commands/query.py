from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.asking import read_query, write_answer
from harvester.cli.choices import QueryForm, Target
from harvester.cli.session import Session


def query(
    session: Session,
    sparql: Annotated[str, typer.Argument(metavar="SPARQL", show_default=False)],
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    form: Annotated[QueryForm, typer.Option("--format", metavar="FORMAT")] = QueryForm.TABLE,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, metavar="SECONDS")] = 60.0,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N")] = None,
) -> None:
    """Answer a SPARQL query over the graph that an export would publish; nothing is changed."""
    text = read_query(sparql)
    form = QueryForm.JSON if session.json else form
    most = limit or (compose.TABLE_ROWS if form is QueryForm.TABLE else None)
    answer = compose.query(session.settings(), text, target=target, seconds=timeout, rows=most)
    write_answer(session, answer, form)
