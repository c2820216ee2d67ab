from collections.abc import Sequence
from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.commands.harvest import Jobs, Sources
from harvester.cli.session import Session, choose_sources
from harvester.errors import EXIT_HELD, EXIT_OK, EXIT_SOURCES_FAILED, UsageError
from harvester.model import SourceResult
from harvester.report.preview import preview_json, preview_lines
from harvester.report.preview_markdown import preview_markdown
from harvester.words import Text


def plan(
    session: Session,
    source: Sources = None,
    *,
    jobs: Jobs = None,
    md: Annotated[bool, typer.Option("--md")] = False,
) -> int:
    """What a harvest would add, change, remove and hold back; nothing is stored."""
    if md and session.json:
        raise UsageError(
            Text(
                "--md och --json går inte ihop; välj en av dem",
                "--md and --json exclude each other; choose one",
            )
        )
    settings = session.settings(secrets=True)
    chosen = choose_sources(settings, source or ())
    found = compose.plan(settings, chosen, jobs=jobs or settings.jobs, offline=session.offline)
    lang = session.lang
    lines = (
        preview_markdown(found, lang) if md else preview_lines(found, lang, output.terminal_width())
    )
    session.answer(lines, preview_json(found, lang))
    return exit_code([result for result, _ in found.sources])


def exit_code(results: Sequence[SourceResult]) -> int:
    """Held wins over failed, as in a harvest."""
    if any(result.plan.held is not None for result in results):
        return EXIT_HELD
    return EXIT_SOURCES_FAILED if any(result.outcome.failed for result in results) else EXIT_OK
