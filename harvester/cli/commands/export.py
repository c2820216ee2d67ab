from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.choices import Datasets, Sector, Target
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.exported import published_json, published_lines, tables_exported
from harvester.settings import Choice
from harvester.words import Text


def export(
    session: Session,
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
    datasets: Annotated[Datasets | None, typer.Option("--datasets")] = None,
    sector: Annotated[Sector | None, typer.Option("--sector")] = None,
    publisher: Annotated[list[str] | None, typer.Option("--publisher", metavar="IRI")] = None,
    theme: Annotated[list[str] | None, typer.Option("--theme", metavar="THEME")] = None,
    hvd: Annotated[bool, typer.Option("--hvd")] = False,
    paged: Annotated[Path | None, typer.Option("--paged", metavar="DIR")] = None,
    page_size: Annotated[int | None, typer.Option("--page-size", min=1, metavar="N")] = None,
    feed: Annotated[Path | None, typer.Option("--feed", metavar="DIR")] = None,
    allow_shrink: Annotated[bool, typer.Option("--allow-shrink")] = False,
    tables: Annotated[Path | None, typer.Option("--csv", metavar="DIR")] = None,
) -> None:
    """Write the merged RDF of everything that is live, in the forms asked for or configured."""
    settings = session.settings()
    if tables is not None:
        if out is not None or paged is not None or feed is not None:
            raise UsageError(
                Text(
                    "ange --csv MAPP för sig, utan -o, --paged och --feed",
                    "give --csv DIR by itself, without -o, --paged and --feed",
                )
            )
        counts = compose.export_tables(settings, tables.resolve().parent / tables.name)
        session.done(*tables_exported(tables, counts, session.lang))
        return
    places = [None if path is None else path.resolve() for path in (out, paged, feed)]
    if not any(places) and target not in settings.exports:
        raise UsageError(
            Text(
                f"ange var med -o FIL, eller sätt [export.{target}] path i {settings.path}",
                f"say where with -o FILE, or set [export.{target}] path in {settings.path}",
            )
        )
    asked = {
        "datasets": datasets and datasets.value,
        "sector": sector and sector.value,
        "publishers": frozenset(publisher or ()),
        "themes": frozenset(map(_theme, theme or ())),
        "hvd": hvd,
    }
    given = {name: value for name, value in asked.items() if value}
    choice: Choice = replace(settings.choice(target), **given)  # type: ignore[arg-type]
    done = compose.export(
        settings,
        target,
        *places,
        choice=choice,
        page_size=page_size,
        allow_shrink=allow_shrink,
    )
    session.done(published_lines(done, session.lang), published_json(done))


def _theme(text: str) -> str:
    from harvester.config.themes import theme_iri

    try:
        return theme_iri(text)
    except UsageError as error:
        raise UsageError("--theme: " + error.text) from None
