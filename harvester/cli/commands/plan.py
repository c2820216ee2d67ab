from harvester.cli import compose, output
from harvester.cli.commands.harvest import Jobs, Sources
from harvester.cli.session import Session, choose_sources
from harvester.errors import EXIT_HELD, EXIT_OK, EXIT_SOURCES_FAILED
from harvester.model import SourceResult
from harvester.report.plan import plan_json, plan_lines


def plan(session: Session, source: Sources = None, *, jobs: Jobs = None) -> int:
    """What a harvest would add, change, remove and hold back; nothing is stored."""
    settings = session.settings(secrets=True)
    chosen = choose_sources(settings, source or ())
    results = compose.plan(settings, chosen, jobs=jobs or settings.jobs, offline=session.offline)
    lines = plan_lines(results, session.lang, output.terminal_width())
    session.answer(lines, plan_json(results, session.lang))
    return exit_code(results)


def exit_code(results: tuple[SourceResult, ...]) -> int:
    """Held wins over failed, as in a harvest."""
    if any(result.plan.held is not None for result in results):
        return EXIT_HELD
    return EXIT_SOURCES_FAILED if any(result.outcome.failed for result in results) else EXIT_OK
