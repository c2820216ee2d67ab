from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.commands.harvest import Jobs
from harvester.cli.commands.plan import exit_code
from harvester.cli.session import Session
from harvester.report.plan import plan_json, reasons
from harvester.report.sources import check_table


def replay(
    session: Session,
    run: Annotated[int, typer.Argument(metavar="RUN", min=1)],
    *,
    jobs: Jobs = None,
) -> int:
    """What a run's documents give with today's rules, compared with what is live."""
    settings = session.settings()
    results = compose.replay(settings, run, jobs=jobs or settings.jobs)
    lines = check_table(results, session.lang, output.terminal_width())
    session.answer(lines, plan_json(results, session.lang))
    session.problems(reasons(results, session.lang))
    return exit_code(results)
