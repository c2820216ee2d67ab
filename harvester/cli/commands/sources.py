from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.choices import Sector, SourceType
from harvester.cli.commands.harvest import Jobs, Sources
from harvester.cli.commands.plan import exit_code
from harvester.cli.session import Session, choose_sources
from harvester.report.plan import plan_json, reasons
from harvester.report.sources import check_table, sources_json, sources_table

SourceId = Annotated[str, typer.Argument(metavar="ID")]


def list_sources(session: Session) -> None:
    """The configured sources."""
    settings = session.settings()
    lines = sources_table(settings, session.lang, output.terminal_width())
    session.answer(lines, sources_json(settings))


def add(
    session: Session,
    source_id: SourceId,
    url: Annotated[str, typer.Argument(metavar="ADDRESS")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    kind: Annotated[SourceType, typer.Option("--type")] = SourceType.DCAT,
    priority: Annotated[int | None, typer.Option("--priority", metavar="N")] = None,
    sector: Annotated[Sector, typer.Option("--sector")] = Sector.PUBLIC,
    aggregator: Annotated[bool, typer.Option("--aggregator")] = False,
) -> None:
    """Add a source at the end of the configuration; nothing else in it is touched."""
    from harvester.config.bounded import read_text
    from harvester.config.edit import add_source, write_text

    values = {
        "id": source_id,
        "title": title or None,
        "type": str(kind),
        "url": url,
        "priority": priority,
        "sector": str(sector) if sector is not Sector.PUBLIC else None,
        "aggregator": aggregator or None,
    }
    kept = {key: value for key, value in values.items() if value is not None}
    write_text(session.config, add_source(read_text(session.config), session.config, kept))
    text = session.say("sources.added", id=source_id, path=session.config)
    session.done([text], {"added": source_id, "path": str(session.config)})


def remove(session: Session, source_id: SourceId) -> None:
    """Take a source out of the configuration; what it has given stays in the store."""
    from harvester.config.bounded import read_text
    from harvester.config.edit import remove_source, write_text

    edited = remove_source(read_text(session.config), session.config, source_id)
    write_text(session.config, edited)
    text = session.say("sources.removed", id=source_id, path=session.config)
    session.done([text], {"removed": source_id, "path": str(session.config)})


def check(session: Session, source: Sources = None, *, jobs: Jobs = None) -> int:
    """Fetch and validate sources anew and report; nothing is stored."""
    settings = session.settings(secrets=True)
    chosen = choose_sources(settings, source or ())
    results = compose.check_sources(
        settings, chosen, jobs=jobs or settings.jobs, offline=session.offline
    )
    lines = check_table(results, session.lang, output.terminal_width())
    session.answer(lines, plan_json(results, session.lang))
    session.problems(reasons(results, session.lang))
    return exit_code(results)
