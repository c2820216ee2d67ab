from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import output
from harvester.cli.choices import Engine, FailOn
from harvester.cli.session import Session
from harvester.cli.tolerating import read_tolerance, tolerate
from harvester.cli.validating import validate_inputs
from harvester.errors import EXIT_FINDINGS, EXIT_OK, EXIT_UNREADABLE, UsageError
from harvester.report.validation import Validation, validation_json, validation_lines


def validate(
    session: Session,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", show_default=False)],
    *,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME|FILE")] = "dcat-ap-se",
    outputs: Annotated[
        list[str] | None, typer.Option("-o", "--output", metavar="FORMAT[:FILE]")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on")] = FailOn.ERROR,
    engine: Annotated[Engine, typer.Option("--engine")] = Engine.CORE,
    max_findings: Annotated[int | None, typer.Option("--max-findings", min=0, metavar="N")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE")] = None,
    write_baseline: Annotated[Path | None, typer.Option("--write-baseline", metavar="FILE")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
) -> int:
    """Will the portal take it, and what is wrong; no configuration, no network for files."""
    wanted = parse_outputs(outputs or (["json"] if session.json else ["text"]))
    tolerance = read_tolerance(session, baseline, as_of)
    result, errors = validate_inputs(
        inputs,
        profile=profile,
        engine=engine,
        offline=session.offline,
        marked=write_baseline is not None or not tolerance.empty,
    )
    result = tolerate(session, result, tolerance, write_baseline, complete=not errors)
    for name, path in wanted:
        write(session, result, name, path, max_findings)
    session.problems(str(error) for error in errors)
    if errors:
        return EXIT_UNREADABLE
    return EXIT_FINDINGS if any(map(result.count, fail_on.severities)) else EXIT_OK


def parse_outputs(texts: list[str]) -> list[tuple[str, Path | None]]:
    """Read ``FORMAT[:FILE]``. Raises ``UsageError`` before any work is done."""
    wanted: list[tuple[str, Path | None]] = []
    for text in texts:
        name, _, path = text.partition(":")
        if name not in ("text", "json"):
            raise UsageError(f'-o {text}: no format "{name}"; use one of text, json')
        wanted.append((name, Path(path) if path else None))
    return wanted


def write(
    session: Session, result: Validation, name: str, path: Path | None, most: int | None
) -> None:
    """Write one format to its file or to stdout."""
    if name == "json":
        text = output.json_text(validation_json(result, session.lang, most))
    else:
        text = "\n".join(validation_lines(result, session.lang, most)) + "\n"
    if path is None:
        output.write_text(text)
    else:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
