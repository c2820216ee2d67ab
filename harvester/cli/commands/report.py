from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.session import Session
from harvester.cli.site import write_site
from harvester.cli.spans import parse_span
from harvester.cli.tolerating import parse_date


def report(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    *,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
    stale: Annotated[str, typer.Option("--stale", metavar="SPAN")] = "48h",
) -> None:
    """Write a static web site: a national overview, a page for each source, the rules."""
    day = parse_date(as_of) if as_of else compose.now().date()
    place = folder.resolve().parent / folder.name
    count = write_site(session, place, as_of=day, stale=parse_span(stale))
    said = session.say("site.written", path=place / "index.html", count=count)
    session.done([said], {"folder": str(place), "pages": count, "as_of": day.isoformat()})
