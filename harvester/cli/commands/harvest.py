from collections.abc import Collection
from typing import Annotated

import typer

from harvester.cli import compose, notifying, output
from harvester.cli.choices import FailOn, LogFormat
from harvester.cli.progress import Progress
from harvester.cli.session import Session, choose_sources
from harvester.errors import EXIT_FINDINGS, EXIT_HELD, EXIT_OK, EXIT_SOURCES_FAILED
from harvester.events import everyone
from harvester.model import Run, Severity
from harvester.report.harvest import attention_lines, harvest_json, harvest_table
from harvester.settings import Settings

Jobs = Annotated[int | None, typer.Option("--jobs", min=1, max=64, metavar="N")]
Sources = Annotated[list[str] | None, typer.Argument(metavar="SOURCE", show_default=False)]


def harvest(
    session: Session,
    source: Sources = None,
    *,
    jobs: Jobs = None,
    no_export: Annotated[bool, typer.Option("--no-export")] = False,
    fail_on: Annotated[FailOn, typer.Option("--fail-on")] = FailOn.NEVER,
    log_format: Annotated[LogFormat | None, typer.Option("--log-format")] = None,
) -> int:
    """One night: fetch, validate, plan, guard, apply; then export what is configured."""
    settings = session.logged_settings(log_format, secrets=True)
    chosen = choose_sources(settings, source or ())
    if not chosen:
        session.problems([session.say("harvest.nothing", path=settings.path)])
    session.problems(notifying.begin(settings))

    def judge(run: Run) -> int:
        return exit_code(run, counting(session, settings, run), fail_on)

    quiet = session.quiet or session.log_is_on_stderr
    with Progress(session.say("harvest.progress"), len(chosen), quiet=quiet) as progress:
        run = compose.harvest(
            settings,
            chosen,
            jobs=jobs or settings.jobs,
            export=not no_export,
            offline=session.offline,
            judge=judge,
            tell=everyone(session.tell, progress.tell),
        )
    table = harvest_table(run, session.lang, output.terminal_width())
    session.done(table, harvest_json(run, session.lang))
    if not session.log_is_on_stderr:  # it has said all that already
        session.problems(attention_lines(run, settings.limits.run, session.lang))
    code = judge(run)
    session.problems(notifying.end(settings, run, code, session.lang))
    return code


def exit_code(run: Run, found: Collection[Severity], fail_on: FailOn) -> int:
    """Held wins over failed or postponed, and those over findings."""
    if run.held_exports or any(source.held is not None for source in run.sources):
        return EXIT_HELD
    if run.postponed or any(source.outcome.failed for source in run.sources):
        return EXIT_SOURCES_FAILED
    return EXIT_FINDINGS if set(found) & set(fail_on.severities) else EXIT_OK


def counting(session: Session, settings: Settings, run: Run) -> set[Severity]:
    """The severities of findings that no ``[[ignore]]`` is about, as in ``validate``."""
    from harvester.config import load_ignores

    found = {Severity(name) for one in run.sources for name, n in one.findings.items() if n}
    ignores, _ = load_ignores(session.config)
    today = compose.now().date()
    alive = [ignore for ignore in ignores if not ignore.expired(today)]
    if not alive or not found:
        return found
    with compose.reading(settings) as store:
        return {
            severity
            for one in run.sources
            for severity, mark in store.marks(one.id)
            if not any(ignore.matches(mark, one.id) for ignore in alive)
        }
