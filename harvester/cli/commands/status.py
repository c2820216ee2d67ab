from typing import Annotated

import typer

from harvester.cli import compose, output
from harvester.cli.session import Session
from harvester.cli.spans import parse_span
from harvester.errors import EXIT_FINDINGS, EXIT_OK
from harvester.report.health import failing_lines, health_lines, unwell
from harvester.report.status import UPTIME_OVER, status_json, status_problems, status_table


def status(
    session: Session,
    *,
    stale: Annotated[str | None, typer.Option("--stale", metavar="SPAN")] = None,
) -> int:
    """How every source stands; with --stale, exit code 1 when one is older than that."""
    limit = parse_span(stale) if stale else None
    settings = session.settings()
    lang, now = session.lang, compose.now()
    with compose.reading(settings) as store:
        found = store.status()
        uptime = store.uptime(now - UPTIME_OVER)
    lines = status_table(found, lang, output.terminal_width(), now=now, stale=limit, uptime=uptime)
    reasons = {one.id: one.held or one.error for one in found}
    failing = {name: text.in_language(lang) for name, text in reasons.items() if text is not None}
    needs = unwell(found, now)
    looks = [*failing_lines(needs, failing, lang), *health_lines(needs, lang, now)]
    session.answer(
        [*lines, *([""] if looks else []), *looks],
        status_json(found, lang, now=now, stale=limit, uptime=uptime),
    )
    late = status_problems(found, lang, now=now, stale=limit)
    session.problems(late)
    return EXIT_FINDINGS if late else EXIT_OK
