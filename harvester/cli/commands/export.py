from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.choices import Target
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.exported import exported_json, left_out_lines
from harvester.words import Text


def export(
    session: Session,
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """Write the merged RDF of everything that is live; the suffix chooses the syntax."""
    settings = session.settings()
    path = out.resolve() if out else settings.exports.get(target)
    if path is None:
        raise UsageError(
            Text(
                f"ange var med -o FIL, eller sätt [export.{target}] path i {settings.path}",
                f"say where with -o FILE, or set [export.{target}] path in {settings.path}",
            )
        )
    done = compose.export(settings, target=target, path=path)
    text = session.say("export.done", path=path, triples=done.triples, sha256=done.sha256)
    session.done([text, *left_out_lines(done, session.lang)], exported_json(done))
