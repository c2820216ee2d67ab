"""Telling those who are configured in ``[notify]`` how a run began and ended."""

from harvester.model import Run
from harvester.settings import Settings


def begin(settings: Settings) -> list[str]:
    """Tell that a run begins; what went wrong, one line each."""
    if settings.notify.healthcheck is None:
        return []
    from harvester.notify import at_start

    return at_start(settings.notify, settings.user_agent)


def end(settings: Settings, run: Run, exit_code: int, lang: str) -> list[str]:
    """Tell how a run ended; what went wrong, one line each."""
    if settings.notify == type(settings.notify)():
        return []
    import json

    from harvester.cli.compose import reading
    from harvester.notify import Ended, at_end, prometheus
    from harvester.report.harvest import attention_lines, harvest_json
    from harvester.report.status import UPTIME_OVER
    from harvester.report.texts import say

    with reading(settings) as store:
        statuses = store.status()
        uptime = store.uptime(run.started - UPTIME_OVER)
    ended = Ended(
        exit_code=exit_code,
        title=say("notify.title", lang, run=run.run, sources=len(run.sources), code=exit_code),
        lines=tuple(attention_lines(run, settings.limits.run, lang)),
        json=json.dumps(harvest_json(run, lang), ensure_ascii=False).encode(),
        metrics=prometheus(run, statuses, exit_code, uptime),
    )
    return at_end(settings.notify, ended, settings.user_agent)
