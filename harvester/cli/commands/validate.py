import os
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import reports
from harvester.cli.choices import Engine, FailOn
from harvester.cli.fixing import fix_inputs
from harvester.cli.session import Session
from harvester.cli.tolerating import read_tolerance, tolerate
from harvester.cli.validating import validate_inputs
from harvester.errors import EXIT_FINDINGS, EXIT_OK, EXIT_UNREADABLE


def validate(
    session: Session,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", show_default=False)],
    *,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME|FILE")] = "dcat-ap-se",
    outputs: Annotated[
        list[str] | None, typer.Option("-o", "--output", metavar="FORMAT[:FILE]")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on")] = FailOn.ERROR,
    exit_zero: Annotated[bool, typer.Option("--exit-zero")] = False,
    engine: Annotated[Engine, typer.Option("--engine")] = Engine.CORE,
    fix: Annotated[bool, typer.Option("--fix")] = False,
    diff: Annotated[bool, typer.Option("--diff")] = False,
    max_findings: Annotated[int | None, typer.Option("--max-findings", min=0, metavar="N")] = None,
    full: Annotated[bool, typer.Option("--full")] = False,
    concise: Annotated[bool, typer.Option("--concise")] = False,
    baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE")] = None,
    write_baseline: Annotated[Path | None, typer.Option("--write-baseline", metavar="FILE")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
) -> int:
    """Will the portal take it, and what is wrong; no configuration, no network for files."""
    wanted = reports.parse_outputs(outputs or [], json=session.json)
    if fix or diff:
        fix_inputs(session, inputs, profile=profile, engine=engine, write=not diff)
    if diff and not outputs and not session.json:
        wanted = []
    tolerance = read_tolerance(session, baseline, as_of)
    result = validate_inputs(
        inputs,
        profile=profile,
        engine=engine,
        offline=session.offline,
        marked=write_baseline is not None
        or not tolerance.empty
        or any(one.format in reports.SHOW_FINGERPRINTS for one in wanted),
        scored=not concise and any(one.format in reports.SHOW_QUALITY for one in wanted),
    )
    result = tolerate(session, result, tolerance, write_baseline)
    view = reports.view_of(
        result,
        lang=session.lang,
        fail_on=fail_on,
        most=max_findings,
        full=full,
        concise=concise,
        environ=os.environ,
    )
    reports.write_all(view, wanted, os.environ)
    if not reports.on_screen(wanted):  # the report says it, and once is enough
        session.problems(unread.reason.in_language(session.lang) for unread in result.unread)
    if result.unread:
        return EXIT_UNREADABLE
    failed = not exit_zero and any(map(result.count, fail_on.severities))
    return EXIT_FINDINGS if failed else EXIT_OK
