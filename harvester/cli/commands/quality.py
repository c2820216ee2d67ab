from pathlib import Path
from typing import Annotated

import typer

from harvester.cli.choices import Target
from harvester.cli.measuring import catalogs, measure
from harvester.cli.output import terminal_width
from harvester.cli.session import Session
from harvester.errors import EXIT_OK, EXIT_UNREADABLE
from harvester.quality.indicators import Method
from harvester.quality.summary import add
from harvester.report.quality import advice_lines, page, quality_json, sources_table


def quality(
    session: Session,
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT", show_default=False)] = None,
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    dqv: Annotated[Path | None, typer.Option("--dqv", metavar="FILE")] = None,
) -> int:
    """MQA points by dimension and the five stars, of files or of each harvested source."""
    method = Method(target)
    failed: list[str] = []
    found = measure(session, catalogs(session, inputs or (), failed), method, dqv)
    total = add([summary for _, summary in found])
    width = terminal_width()
    if len(found) == 1:
        text = page(total, method, session.lang, width)
    else:
        text = sources_table(found, total, session.lang, width)
        text += ["", *advice_lines(total.by(method), session.lang, None)]
    session.answer(text, quality_json(found, total, session.lang))
    return EXIT_UNREADABLE if failed else EXIT_OK
