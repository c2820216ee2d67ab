from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.choices import Target
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.exported import published_json, published_lines


def export(
    session: Session,
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
    paged: Annotated[Path | None, typer.Option("--paged", metavar="DIR")] = None,
    page_size: Annotated[int | None, typer.Option("--page-size", min=1, metavar="N")] = None,
    feed: Annotated[Path | None, typer.Option("--feed", metavar="DIR")] = None,
    allow_shrink: Annotated[bool, typer.Option("--allow-shrink")] = False,
) -> None:
    """Write the merged RDF of everything that is live, in the forms asked for or configured."""
    settings = session.settings()
    places = [None if path is None else path.resolve() for path in (out, paged, feed)]
    if not any(places) and target not in settings.exports:
        raise UsageError(
            f"say where with -o FILE, or set [export.{target}] path in {settings.path}"
        )
    done = compose.export(settings, target, *places, page_size=page_size, allow_shrink=allow_shrink)
    session.done(published_lines(done, session.lang), published_json(done))
